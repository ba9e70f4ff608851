package io.forwardpass.layers.preprocessing;

import io.forwardpass.network.Block;
import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;

/** The codes of keys that the network computed itself, or was given as numbers. */
final class Codes implements Operation {
  private static final long serialVersionUID = 1L;

  private final KeyEncoding encoding;
  private final int elements;

  private Codes(KeyEncoding encoding, int elements) {
    this.encoding = encoding;
    this.elements = elements;
  }

  /** A value of codes: the one that is there where it holds them already, or a new one. */
  static int[] of(NetworkBuilder network, int from, boolean encoded, Shape keys, KeyEncoding encoding) {
    if (encoded) {
      return new int[] {from};
    }
    int[] codes = {network.value(encoding.width() == 1 ? keys : keys.withLast(encoding.width()))};
    network.step(new Codes(encoding, keys.elements()), new int[] {from}, codes);
    return codes;
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = inputs[0].capacity();
    float[] x = inputs[0].data();
    float[] y = outputs[0].data();
    int width = encoding.width();
    for (int e = 0; e < elements; e++) {
      for (int r = 0; r < lanes; r++) {
        encoding.write(encoding.ofFloat(x[e * capacity + r]), y, e * width * capacity + r, capacity);
      }
    }
  }

  @Override
  public boolean inPlace() {
    return encoding.width() == 1;
  }
}
