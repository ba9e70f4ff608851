package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.Block;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The operations of {@code keras.ops} that Keras 3 itself writes into functional models, where a Masking or an Embedding makes a
 * mask: its truth values are 1 and 0 here. {@code logical_or} is the maximum of {@code Merge}, {@code concatenate} the layer's.
 */
public final class MaskOperation implements Layer {
  /** The option under which an operation's second argument is found, where it is a number: only its call holds it. */
  public static final String SECOND_ARGUMENT = "second_argument";

  /** Which operation. */
  public enum Kind { NOT_EQUAL, ANY, ZEROS_LIKE, ONES_LIKE, EXPAND_DIMS }

  private final LayerConfig config;
  private final Kind kind;
  private final float number;

  public MaskOperation(LayerConfig config, Kind kind) {
    this.config = config;
    this.kind = kind;
    number = kind == Kind.NOT_EQUAL ? (float) config.number(SECOND_ARGUMENT, Double.NaN) : 0;
    if (kind == Kind.NOT_EQUAL && !config.has(SECOND_ARGUMENT)) {
      throw config.refusal("is not supported: it compares two tensors. Comparing one with a number is.");
    }
    if (kind == Kind.ANY || kind == Kind.EXPAND_DIMS) {
      config.allow("axis", "-1");
      config.allow("keepdims", "false");
    }
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    return List.of(kind == Kind.ANY ? input.withoutLast() : kind == Kind.EXPAND_DIMS ? input.withLast(1) : input);
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    if (kind == Kind.EXPAND_DIMS) {
      network.alias(from[0], to[0]);
      return;
    }
    Shape output = outputShapes(inputs).get(0);
    network.step(new Pass(kind, number, output.elements(), inputs.get(0).elements() / output.elements()), from, to);
  }

  public Kind kind() {
    return kind;
  }

  /** What {@link Kind#NOT_EQUAL} compares with. */
  public float number() {
    return number;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final float number;
    private final int elements; // of the output
    private final int each; // numbers of the input for one of the output

    Pass(Kind kind, float number, int elements, int each) {
      this.kind = kind;
      this.number = number;
      this.elements = elements;
      this.each = each;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int e = 0; e < elements; e++) {
        int to = e * capacity;
        if (kind == Kind.ZEROS_LIKE || kind == Kind.ONES_LIKE) {
          Arrays.fill(y, to, to + lanes, kind == Kind.ONES_LIKE ? 1f : 0f);
          continue;
        }
        for (int r = 0; r < lanes; r++) {
          boolean any = false;
          for (int i = 0; i < each; i++) {
            any |= x[(e * each + i) * capacity + r] != number; // true for NaN, as in Keras
          }
          y[to + r] = any ? 1f : 0f;
        }
      }
    }
  }
}
