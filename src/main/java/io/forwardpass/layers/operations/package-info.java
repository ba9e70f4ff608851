/** Operations on tensors that Keras writes into functional models where a layer stands. */
package io.forwardpass.layers.operations;
