/**
 * The compiled graph: {@link io.forwardpass.network.Network}, immutable and shared by all tasks, and {@link
 * io.forwardpass.network.Workspace}, the buffers of one. {@link io.forwardpass.network.Operation} is what a layer adds to it.
 *
 * <p>It uses nothing of the project's.
 */
package io.forwardpass.network;
