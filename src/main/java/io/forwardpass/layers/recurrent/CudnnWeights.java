package io.forwardpass.layers.recurrent;

import java.util.ArrayList;
import java.util.List;

/**
 * The arrays of CuDNNLSTM and CuDNNGRU, which Keras 2 wrote from GPUs, as LSTM and GRU have them ({@code _convert_rnn_weights} in
 * keras/saving/legacy/hdf5_format.py): every gate's kernel is filled in column order, its recurrent kernel is transposed, and there is a
 * bias for the input and one for the state.
 */
final class CudnnWeights {
  private CudnnWeights() {}

  /** @param addsBiases whether the layer has one bias, the sum of both */
  static List<float[]> plain(List<float[]> weights, int units, int gates, boolean addsBiases) {
    List<float[]> plain = new ArrayList<>();
    plain.add(kernel(weights.get(0), units, gates));
    plain.add(transposed(weights.get(1), units, gates));
    if (weights.size() > 2) {
      float[] both = weights.get(2);
      float[] sum = new float[both.length / 2];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = both[i] + both[sum.length + i];
      }
      plain.add(addsBiases ? sum : both);
    }
    return plain;
  }

  /** numpy's {@code k.T.reshape(k.shape, order="F")} of every gate. */
  private static float[] kernel(float[] given, int units, int gates) {
    int columns = units * gates;
    int features = given.length / columns;
    float[] plain = new float[given.length];
    for (int gate = 0; gate < gates; gate++) {
      for (int i = 0; i < features * units; i++) {
        int unit = i / features; // in column order, both of the transposed and of the result
        int feature = i % features;
        int fromUnit = i % units;
        int fromFeature = i / units;
        plain[feature * columns + gate * units + unit] = given[fromFeature * columns + gate * units + fromUnit];
      }
    }
    return plain;
  }

  private static float[] transposed(float[] given, int units, int gates) {
    int columns = units * gates;
    float[] plain = new float[given.length];
    for (int gate = 0; gate < gates; gate++) {
      for (int i = 0; i < units; i++) {
        for (int j = 0; j < units; j++) {
          plain[i * columns + gate * units + j] = given[j * columns + gate * units + i];
        }
      }
    }
    return plain;
  }
}
