/**
 * Operations on tensors as models write them: those of keras.ops in files of Keras 3 ({@code Operations}), TensorFlow's functions in
 * files of Keras 2 ({@code TensorFlowFunctions}). What one computes is settled by its call, which holds its constants ({@code
 * OperationCall}).
 */
package io.forwardpass.layers.operations;
