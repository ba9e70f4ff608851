/**
 * What all layers share. {@link io.forwardpass.layers.Layer} is a layer as its config describes it, {@link
 * io.forwardpass.layers.OperationLayer} and {@link io.forwardpass.layers.ReshapingLayer} are the two usual kinds,
 * {@link io.forwardpass.layers.LayerConfig} reads options and remembers which were read. The layers themselves lie in the rooms below,
 * a file each.
 *
 * <p>Layers know nothing of the graph that they are part of; a wrapper is handed what reads its inner layer.
 */
package io.forwardpass.layers;
