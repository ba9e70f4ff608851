/**
 * Layers with a state that goes from step to step. {@link io.forwardpass.layers.recurrent.RecurrentLayer} holds what they share,
 * {@link io.forwardpass.layers.recurrent.RecurrentOperation} runs any {@link io.forwardpass.layers.recurrent.RecurrentCell}.
 */
package io.forwardpass.layers.recurrent;
