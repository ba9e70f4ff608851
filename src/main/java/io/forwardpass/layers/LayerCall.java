package io.forwardpass.layers;

import java.util.List;

/**
 * A layer as one call uses it.
 *
 * @param layer the layer, which knows the constants of the call
 * @param tensors its inputs: numbers of the call's tensors, in the order in which the layer takes them
 */
public record LayerCall(Layer layer, List<Integer> tensors) {}
