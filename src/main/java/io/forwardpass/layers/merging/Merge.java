package io.forwardpass.layers.merging;

import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.tensor.PairFunction;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The layers that combine inputs number by number: Add, Subtract, Multiply, Average, Maximum, Minimum. */
public final class Merge extends OperationLayer {
  /** How two numbers become one; an average is their sum, divided at the end. */
  public enum Kind {
    ADD, SUBTRACT, MULTIPLY, AVERAGE, MAXIMUM, MINIMUM
  }

  private final LayerConfig config;
  private final Kind kind;
  private final List<Integer> maskedInputs; // whose masks follow the inputs

  public Merge(LayerConfig config, Kind kind) {
    this(config, kind, List.of());
  }

  private Merge(LayerConfig config, Kind kind, List<Integer> maskedInputs) {
    this.config = config;
    this.kind = kind;
    this.maskedInputs = maskedInputs;
  }

  /** Since Keras 3.4, where a step of an input does not count, its numbers have no part in a product, a maximum or a minimum. */
  @Override
  public List<Integer> maskedInputs(int inputs) {
    boolean reads = config.kerasVersion().isAtLeast(3, 4) && Set.of(Kind.MULTIPLY, Kind.MAXIMUM, Kind.MINIMUM).contains(kind) && inputs > 1;
    return reads ? IntStream.range(0, inputs).boxed().toList() : List.of();
  }

  @Override
  public Layer readingMasks(List<Integer> masked) {
    return new Merge(config, kind, masked);
  }

  /** Of which inputs the masks follow the inputs. */
  public List<Integer> maskedInputs() {
    return maskedInputs;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> all) {
    List<Shape> inputs = all.subList(0, all.size() - maskedInputs.size());
    if (inputs.isEmpty() || (kind == Kind.SUBTRACT && inputs.size() != 2)) {
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

  /** Since Keras 3.4 a step counts where it counts in any, and there is no mask where one has none; before, where it counts in all. */
  @Override
  public Optional<Layer> meetMasks(List<Optional<Shape>> masks, List<Shape> inputs) {
    List<Shape> there = masks.stream().flatMap(Optional::stream).toList();
    boolean inAny = config.kerasVersion().isAtLeast(3, 4);
    if (there.stream().distinct().count() != 1 || (inAny && there.size() < masks.size())) {
      return Optional.empty();
    }
    return Optional.of(MaskMeeting.of(inAny ? MaskMeeting.Kind.IN_ANY : MaskMeeting.Kind.IN_ALL, there.get(0)));
  }

  @Override
  protected Operation operation(List<Shape> all, List<float[]> weights) {
    Shape output = outputShapes(all).get(0);
    List<Shape> inputs = all.subList(0, all.size() - maskedInputs.size());
    if (!maskedInputs.isEmpty()) {
      return MaskedMerge.of(kind, inputs, output, maskedInputs);
    }
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
    private final boolean isPlainSum; // of two inputs, neither repeated, as in a residual
    private final boolean inPlace; // not for three inputs: the third might be the first again, by then overwritten

    Pass(Kind kind, int elements, int[][] sources, boolean inPlace) {
      this.kind = kind;
      this.elements = elements;
      this.sources = sources;
      this.inPlace = inPlace;
      isPlainSum = kind == Kind.ADD && sources.length == 2
          && Arrays.stream(sources).allMatch(source -> IntStream.range(0, elements).allMatch(e -> source[e] == e));
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      if (isPlainSum && lanes == capacity) {
        PairFunction.ADD.apply(inputs[0].data(), inputs[1].data(), y, 0, elements * capacity); // a loop that becomes vector instructions
        return;
      }
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
        case SUBTRACT -> {
          for (int r = 0; r < lanes; r++) {
            y[to + r] = a[aOffset + r] - b[bOffset + r];
          }
        }
        case MULTIPLY -> {
          for (int r = 0; r < lanes; r++) {
            y[to + r] = a[aOffset + r] * b[bOffset + r];
          }
        }
        case MAXIMUM -> {
          for (int r = 0; r < lanes; r++) {
            y[to + r] = Math.max(a[aOffset + r], b[bOffset + r]);
          }
        }
        case MINIMUM -> {
          for (int r = 0; r < lanes; r++) {
            y[to + r] = Math.min(a[aOffset + r], b[bOffset + r]);
          }
        }
        default -> { // ADD, AVERAGE
          for (int r = 0; r < lanes; r++) {
            y[to + r] = a[aOffset + r] + b[bOffset + r];
          }
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
