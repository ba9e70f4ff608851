/**
 * Model files: bytes to a {@link io.forwardpass.keras.SavedModel}, which is an architecture as Keras' config tree, a store of arrays,
 * and the Keras that wrote it. {@link io.forwardpass.keras.ModelFiles} is the way in and tells by the content what a file is.
 *
 * <p>It knows files and nothing of layers: what an array is for, its asker says.
 */
package io.forwardpass.keras;
