/** Arithmetic on the tensors of a row: functions of one and of two numbers, and products of two values of a row. */
package io.forwardpass.math.tensor;
