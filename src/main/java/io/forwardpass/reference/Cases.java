package io.forwardpass.reference;

import io.forwardpass.network.InputRows;
import java.util.List;

/**
 * Recorded answers of real Keras, everything row by row.
 *
 * @param inputs {@code x0, x1, …} in the model's input order
 * @param outputs {@code y0, y1, …}: Keras' float32 outputs
 * @param truths {@code t0, t1, …}: the same in float64, or empty where it was not recorded
 */
public record Cases(int rows, List<InputRows> inputs, List<float[]> outputs, List<double[]> truths) {}
