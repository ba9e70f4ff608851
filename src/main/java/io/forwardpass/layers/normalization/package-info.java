/** Layers that shift and scale by statistics. */
package io.forwardpass.layers.normalization;
