/** The optimizer rule that has calls made by the operator. */
package io.forwardpass.sql.extraction;
