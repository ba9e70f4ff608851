package io.forwardpass.layers;

import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which element of an input stands where in an output: the numbers of a tensor, in another order, some of them left out or
 * repeated. Along every axis of the output it says how far each place lies from the first; immutable.
 */
public final class View {
  /** A place that shows no element of the input. */
  public static final int NOTHING = -1;

  private static final int FAR_OUT = Integer.MIN_VALUE / 16; // added up over all axes it stays below 0 and does not wrap

  private final int first;
  private final List<int[]> steps; // by axis and place: how many elements further

  private View(int first, List<int[]> steps) {
    this.first = first;
    this.steps = List.copyOf(steps);
  }

  /** The input itself. */
  public static View of(Shape shape) {
    List<int[]> steps = new ArrayList<>();
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int one = stride;
      steps.add(0, IntStream.range(0, shape.size(axis)).map(place -> place * one).toArray());
      stride *= shape.size(axis);
    }
    return new View(0, steps);
  }

  public Shape shape() {
    return Shape.of(steps.stream().mapToInt(axis -> axis.length).toArray());
  }

  /** Along one axis, these places of it in this order; {@link #NOTHING} where there shall be none. */
  public View take(int axis, int... places) {
    int[] old = steps.get(axis);
    List<int[]> changed = new ArrayList<>(steps);
    changed.set(axis, Arrays.stream(places).map(place -> place == NOTHING ? FAR_OUT : old[place]).toArray());
    return new View(first, changed);
  }

  /** One place of an axis, which is then gone. */
  public View at(int axis, int place) {
    List<int[]> changed = new ArrayList<>(steps);
    int[] gone = changed.remove(axis);
    return new View(first + gone[place], changed);
  }

  /** A new axis of size 1 before the axis of this number. */
  public View insert(int axis) {
    List<int[]> changed = new ArrayList<>(steps);
    changed.add(axis, new int[] {0});
    return new View(first, changed);
  }

  /** The axes in this order. */
  public View transpose(int... axes) {
    return new View(first, Arrays.stream(axes).mapToObj(steps::get).toList());
  }

  /** By element of the output: the element of the input that stands there, or {@link #NOTHING}. */
  public int[] sources() {
    Shape shape = shape();
    int[] sources = new int[shape.elements()];
    for (int e = 0; e < sources.length; e++) {
      int source = first;
      int rest = e;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        source += steps.get(axis)[rest % shape.size(axis)];
        rest /= shape.size(axis);
      }
      sources[e] = Math.max(source, NOTHING);
    }
    return sources;
  }

  /** Writes the output. */
  public Operation operation(float nothing) {
    return new Pass(sources(), nothing);
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int[] from; // by run: its first element in the input, or NOTHING
    private final int[] lengths; // by run: how many elements follow one another
    private final float nothing;

    Pass(int[] sources, float nothing) {
      List<Integer> starts = new ArrayList<>();
      for (int e = 0; e < sources.length; e++) {
        boolean follows = e > 0 && (sources[e] == NOTHING ? sources[e - 1] == NOTHING : sources[e - 1] != NOTHING
            && sources[e] == sources[e - 1] + 1);
        if (!follows) {
          starts.add(e);
        }
      }
      from = starts.stream().mapToInt(e -> sources[e]).toArray();
      lengths = IntStream.range(0, from.length)
          .map(run -> (run + 1 < from.length ? starts.get(run + 1) : sources.length) - starts.get(run)).toArray();
      this.nothing = nothing;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      int to = 0;
      for (int run = 0; run < from.length; run++) {
        int length = lengths[run] * capacity;
        if (from[run] == NOTHING) {
          Arrays.fill(y, to, to + length, nothing);
        } else {
          Blocks.copy(inputs[0].data(), from[run] * capacity, y, to, lengths[run], capacity, lanes);
        }
        to += length;
      }
    }
  }
}
