/**
 * Products of tensors that add up over axes, as an {@link io.forwardpass.layers.contraction.Equation} in Einstein's notation names them:
 * of values with weights ({@link io.forwardpass.layers.contraction.Projection}) and of values with values ({@link
 * io.forwardpass.layers.contraction.ValueProduct}). Dense layers along any axis, attention and Dot stand on them.
 */
package io.forwardpass.layers.contraction;
