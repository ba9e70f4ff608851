package io.forwardpass.layers.operations;

import io.forwardpass.layers.AxisGroups;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.FloatMath;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An operation that makes one number of all along some axes ({@code keras.ops.numpy}, {@code keras.ops.math}), never of the batch. */
public final class Reduction extends OperationLayer {
  /** How: a variance is the mean of the squared distances from the mean, a norm the root of the sum of squares. */
  public enum Kind {
    SUM, MEAN, MAX, MIN, PROD, ANY, ALL, VAR, STD, LOG_SUM_EXP, ARGMAX, ARGMIN, COUNT_NONZERO, NORM, SUM_OF_MAGNITUDES
  }

  private final LayerConfig config;
  private final Kind kind;
  private final int[] axes;
  private final boolean keepsDimensions;

  private Reduction(LayerConfig config, Kind kind, int[] axes, boolean keepsDimensions) {
    this.config = config;
    this.kind = kind;
    this.axes = axes;
    this.keepsDimensions = keepsDimensions;
  }

  static Layer of(OperationCall call, Kind kind) {
    call.tensor(0, "x");
    Optional<int[]> axes = call.integers(1, "axis");
    call.ignore("dtype");
    if (axes.isEmpty()) {
      throw call.config().refusal("works over all axes, the batch among them: its result would depend on what other rows there are."
          + " Give it an axis.");
    }
    return new Reduction(call.config(), kind, axes.get(), call.flag(2, "keepdims", false));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    boolean[] over = over(input);
    int[] sizes = IntStream.range(0, over.length).filter(axis -> keepsDimensions || !over[axis])
        .map(axis -> over[axis] ? 1 : input.size(axis)).toArray();
    return List.of(Shape.of(sizes));
  }

  /** By axis: whether it is worked over. */
  public boolean[] over(Shape input) {
    boolean[] over = new boolean[input.rank()];
    for (int axis : axes) {
      over[config.axis(axis, input)] = true;
    }
    return over;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    boolean[] over = over(inputs.get(0));
    return new Pass(kind, AxisGroups.of(inputs.get(0), over), AxisGroups.size(inputs.get(0), over));
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int[] groups;
    private final int size;

    Pass(Kind kind, int[] groups, int size) {
      this.kind = kind;
      this.groups = groups;
      this.size = size;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int group = 0; group * size < groups.length; group++) {
        int to = group * capacity;
        int first = group * size;
        switch (kind) {
          case VAR, STD -> {
            fold(Kind.SUM, first, x, scratch, 0, capacity, lanes);
            divide(scratch, 0, lanes);
            spread(first, x, scratch, y, to, capacity, lanes);
            divide(y, to, lanes);
          }
          case LOG_SUM_EXP -> {
            fold(Kind.MAX, first, x, scratch, 0, capacity, lanes);
            logSumExp(first, x, scratch, y, to, capacity, lanes);
          }
          case ARGMAX, ARGMIN -> where(first, x, scratch, y, to, capacity, lanes);
          default -> fold(kind, first, x, y, to, capacity, lanes);
        }
        if (kind == Kind.MEAN) {
          divide(y, to, lanes);
        }
        for (int r = to; (kind == Kind.STD || kind == Kind.NORM) && r < to + lanes; r++) {
          y[r] = (float) Math.sqrt(y[r]);
        }
      }
    }

    private void fold(Kind how, int first, float[] x, float[] y, int to, int capacity, int lanes) {
      float start = switch (how) {
        case PROD, ALL -> 1f;
        case MAX -> Float.NEGATIVE_INFINITY;
        case MIN -> Float.POSITIVE_INFINITY;
        default -> 0f;
      };
      Arrays.fill(y, to, to + lanes, start);
      for (int i = first; i < first + size; i++) {
        int from = groups[i] * capacity;
        switch (how) {
          case PROD -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] *= x[from + r];
            }
          }
          case MAX -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] = Math.max(y[to + r], x[from + r]);
            }
          }
          case MIN -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] = Math.min(y[to + r], x[from + r]);
            }
          }
          case ANY -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] = x[from + r] != 0 ? 1f : y[to + r];
            }
          }
          case ALL -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] = x[from + r] != 0 ? y[to + r] : 0f;
            }
          }
          case COUNT_NONZERO -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] += x[from + r] != 0 ? 1f : 0f;
            }
          }
          case NORM -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] = Math.fma(x[from + r], x[from + r], y[to + r]);
            }
          }
          case SUM_OF_MAGNITUDES -> {
            for (int r = 0; r < lanes; r++) {
              y[to + r] += Math.abs(x[from + r]);
            }
          }
          default -> { // SUM, MEAN
            for (int r = 0; r < lanes; r++) {
              y[to + r] += x[from + r];
            }
          }
        }
      }
    }

    private void divide(float[] y, int to, int lanes) {
      for (int r = to; r < to + lanes; r++) {
        y[r] /= size;
      }
    }

    /** The sum of the squared distances from the means. */
    private void spread(int first, float[] x, float[] means, float[] y, int to, int capacity, int lanes) {
      Arrays.fill(y, to, to + lanes, 0f);
      for (int i = first; i < first + size; i++) {
        int from = groups[i] * capacity;
        for (int r = 0; r < lanes; r++) {
          float distance = x[from + r] - means[r];
          y[to + r] = Math.fma(distance, distance, y[to + r]);
        }
      }
    }

    private void logSumExp(int first, float[] x, float[] most, float[] y, int to, int capacity, int lanes) {
      Arrays.fill(y, to, to + lanes, 0f);
      for (int i = first; i < first + size; i++) {
        int from = groups[i] * capacity;
        for (int r = 0; r < lanes; r++) {
          y[to + r] += x[from + r] == most[r] ? 1f : FloatMath.exp(x[from + r] - most[r]); // for infinite numbers, too
        }
      }
      for (int r = 0; r < lanes; r++) {
        y[to + r] = FloatMath.log(y[to + r]) + most[r];
      }
    }

    /** The first place of the greatest or the least number. */
    private void where(int first, float[] x, float[] best, float[] y, int to, int capacity, int lanes) {
      System.arraycopy(x, groups[first] * capacity, best, 0, lanes);
      Arrays.fill(y, to, to + lanes, 0f);
      for (int i = 1; i < size; i++) {
        int from = groups[first + i] * capacity;
        for (int r = 0; r < lanes; r++) {
          boolean better = kind == Kind.ARGMAX ? x[from + r] > best[r] : x[from + r] < best[r];
          best[r] = better ? x[from + r] : best[r];
          y[to + r] = better ? i : y[to + r];
        }
      }
    }

    @Override
    public int scratch(int capacity) {
      return capacity;
    }
  }
}
