/** Dense layers, activations as layers, embeddings, masking and reshaping: what works on features, or on each step alone. */
package io.forwardpass.layers.core;
