/** From a model's file or bytes to the network that scores, read once and known by its content. */
package io.forwardpass.model;
