/** Kernels that normalise a row's elements by what they are themselves; they know of shapes no more than which elements go together. */
package io.forwardpass.math.normalization;
