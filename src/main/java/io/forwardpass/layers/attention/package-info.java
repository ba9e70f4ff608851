/** Attention: each query looks at all keys and takes of their values by how well they fit. */
package io.forwardpass.layers.attention;
