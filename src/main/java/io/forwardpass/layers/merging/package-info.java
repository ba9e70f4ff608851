/** Layers that bring several inputs together. */
package io.forwardpass.layers.merging;
