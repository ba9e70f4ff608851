/**
 * From a config tree to a graph of layers with their weights. {@link io.forwardpass.graph.GraphBuilder} is the way in: it has
 * {@code ArchitectureReader} read the tree, settles every shape and mask, asks the file for every array, and makes a
 * {@link io.forwardpass.graph.Graph}, which compiles to a network. {@link io.forwardpass.graph.LayerRegistry} is the only list of layers.
 *
 * <p>It uses {@code layers} and {@code keras}; neither uses it.
 */
package io.forwardpass.graph;
