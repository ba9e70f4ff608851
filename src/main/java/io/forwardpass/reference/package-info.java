/**
 * The slow, obvious network in float64 on Breeze, written from each layer's formula: {@link
 * io.forwardpass.reference.ReferenceNetwork} is what {@code verify} and the tests compare the fast network with.
 */
package io.forwardpass.reference;
