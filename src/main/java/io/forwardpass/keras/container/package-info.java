/**
 * Files that hold other things: folders, zip archives, HDF5, npz, JSON, each in memory as a whole, since models are small.
 * {@link io.forwardpass.keras.container.FileSource} reads any Hadoop path; a file that is damaged or hostile ends in a refusal here.
 *
 * <p>It uses {@code keras.array} and {@code refusal}.
 */
package io.forwardpass.keras.container;
