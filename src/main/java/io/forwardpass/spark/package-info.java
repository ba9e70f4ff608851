/** Tables: the plan nodes and physical operators that score them, what is read and written, and the checks before it. */
package io.forwardpass.spark;
