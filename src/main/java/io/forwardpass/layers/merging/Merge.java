package io.forwardpass.layers.merging;

import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/** The layers that combine inputs number by number: Add, Subtract, Multiply, Average, Maximum, Minimum. */
public final class Merge extends OperationLayer {
  /** How two numbers become one; an average is their sum, divided at the end. */
  public enum Kind { ADD, SUBTRACT, MULTIPLY, AVERAGE, MAXIMUM, MINIMUM }

  private final LayerConfig config;
  private final Kind kind;

  public Merge(LayerConfig config, Kind kind) {
    this.config = config;
    this.kind = kind;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.isEmpty() || kind == Kind.SUBTRACT && inputs.size() != 2) {
      throw config.refusal("takes " + (kind == Kind.SUBTRACT ? "two inputs" : "one input or more") + ", not " + inputs.size()
          + ". Check how the model calls it.");
    }
    Shape together = inputs.get(0);
    for (Shape input : inputs) {
      together = Broadcast.together(together, input).orElseThrow(() -> config.refusal("cannot combine inputs of shapes " + inputs
          + ". Sizes have to be equal, or 1, along every axis counted from the last."));
    }
    return List.of(together);
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape output = outputShapes(inputs).get(0);
    int[][] sources = new int[inputs.size()][];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = Broadcast.sources(inputs.get(i), output);
    }
    return new Pass(kind, output.elements(), sources, inputs.get(0).elements() == output.elements() && inputs.size() == 2);
  }

  public Kind kind() {
    return kind;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int elements;
    private final int[][] sources; // by input and element: where it stands in the input
    private final boolean inPlace; // not for three inputs: the third might be the first again, by then overwritten

    Pass(Kind kind, int elements, int[][] sources, boolean inPlace) {
      this.kind = kind;
      this.elements = elements;
      this.sources = sources;
      this.inPlace = inPlace;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      for (int e = 0; e < elements; e++) {
        int to = e * capacity;
        float[] first = inputs[0].data();
        int at = sources[0][e] * capacity;
        if (inputs.length == 1) {
          System.arraycopy(first, at, y, to, lanes);
        }
        for (int i = 1; i < inputs.length; i++) {
          combine(first, at, inputs[i].data(), sources[i][e] * capacity, y, to, lanes);
          first = y;
          at = to;
        }
        if (kind == Kind.AVERAGE) {
          divide(y, to, inputs.length, lanes);
        }
      }
    }

    private void combine(float[] a, int aOffset, float[] b, int bOffset, float[] y, int to, int lanes) {
      switch (kind) {
        case SUBTRACT:
          for (int r = 0; r < lanes; r++) {
            y[to + r] = a[aOffset + r] - b[bOffset + r];
          }
          break;
        case MULTIPLY:
          for (int r = 0; r < lanes; r++) {
            y[to + r] = a[aOffset + r] * b[bOffset + r];
          }
          break;
        case MAXIMUM:
          for (int r = 0; r < lanes; r++) {
            y[to + r] = Math.max(a[aOffset + r], b[bOffset + r]);
          }
          break;
        case MINIMUM:
          for (int r = 0; r < lanes; r++) {
            y[to + r] = Math.min(a[aOffset + r], b[bOffset + r]);
          }
          break;
        default: // ADD, AVERAGE
          for (int r = 0; r < lanes; r++) {
            y[to + r] = a[aOffset + r] + b[bOffset + r];
          }
      }
    }

    private static void divide(float[] y, int to, int by, int lanes) {
      for (int r = to; r < to + lanes; r++) {
        y[r] /= by;
      }
    }

    @Override
    public boolean inPlace() {
      return inPlace;
    }
  }
}
