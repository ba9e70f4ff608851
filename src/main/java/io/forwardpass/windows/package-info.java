/** Which rows form which look-back window; no Spark in it. */
package io.forwardpass.windows;
