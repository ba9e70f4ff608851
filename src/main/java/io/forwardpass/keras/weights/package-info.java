/**
 * The arrays of a model by the layer that asks for them: a {@link io.forwardpass.keras.weights.WeightStore} for each way in which Keras
 * groups arrays (by object path, by layer name, in {@code get_weights()} order). A layer asks with
 * {@link io.forwardpass.keras.weights.WeightSpec}s and gets {@link io.forwardpass.keras.weights.WeightArray}s, or every problem at once.
 *
 * <p>It uses {@code keras.container}, {@code keras.array} and {@code refusal}.
 */
package io.forwardpass.keras.weights;
