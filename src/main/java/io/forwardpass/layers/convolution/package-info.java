/** Layers that look along the steps of a sequence: convolution and pooling. */
package io.forwardpass.layers.convolution;
