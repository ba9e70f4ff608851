/** One call of the SQL function: an expression that scores a row, and what it takes to have the operator score it. */
package io.forwardpass.sql.call;
