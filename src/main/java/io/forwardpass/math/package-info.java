/**
 * The only hot loops: dense layers, recurrent cells and activation functions over blocks of rows, in float32, with the same bits in
 * plain Java and on the Vector API.
 *
 * <p>{@link io.forwardpass.math.Kernels} is the way in for layers, {@link io.forwardpass.math.Matrix} holds a layer's weights as the
 * kernels read them, {@link io.forwardpass.math.Activations} makes activations by Keras' names. {@link io.forwardpass.math.FloatMath}
 * has the elementary functions, number by number; everything vectorised repeats its operations.
 *
 * <p>It uses nothing of the project's: no layers, no files, no refusals. What cannot be is the caller's mistake, an
 * IllegalArgumentException, or an empty Optional.
 */
package io.forwardpass.math;
