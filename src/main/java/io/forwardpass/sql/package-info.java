/** SQL's way in: the function {@code forwardpass}, the table function {@code forwardpass_windows}, and the rule that makes calls fast. */
package io.forwardpass.sql;
