/**
 * Layers that make numbers of what a table holds: rescaling, buckets, categories, and keys (texts and whole numbers of 64 bits), which
 * are looked up or hashed where the column is read, so that the network sees their codes alone.
 */
package io.forwardpass.layers.preprocessing;
