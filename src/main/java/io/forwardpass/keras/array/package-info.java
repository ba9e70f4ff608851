/**
 * Arrays of numbers as NumPy and pickle write them, with the dtypes they may have. Nothing of a pickle is ever evaluated.
 *
 * <p>It uses {@code refusal} alone.
 */
package io.forwardpass.keras.array;
