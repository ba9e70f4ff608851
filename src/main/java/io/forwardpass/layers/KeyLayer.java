package io.forwardpass.layers;

import io.forwardpass.network.InputType;
import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;

/**
 * A layer that reads keys, texts or whole numbers: the network is given their codes in place of them, which are read off a table's
 * columns. Keys that the network computes itself, and floats, it reads as numbers.
 */
public interface KeyLayer extends Layer {
  /** The codes of the keys that it reads; the same object for every call. */
  KeyEncoding encoding();

  /** Whether keys of this type may be given. */
  boolean reads(InputType type);

  /**
   * As {@link Layer#addTo}.
   *
   * @param inputs the shapes of the keys
   * @param encoded by input: whether the value holds codes, {@link KeyEncoding#width} numbers a key; otherwise it holds numbers
   */
  void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, boolean[] encoded, List<float[]> weights);

  @Override
  default void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    addTo(network, from, to, inputs, new boolean[inputs.size()], weights);
  }
}
