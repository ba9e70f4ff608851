package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.View;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Operations that put a tensor's numbers in other places, leave some out or repeat them: slices, transpose, flip, take, pad, split, … */
public final class Rearrangement implements Layer {
  private final LayerConfig config;
  private final Function<Shape, List<View>> views; // by input shape: one for each output
  private final float nothing;

  private Rearrangement(LayerConfig config, Function<Shape, List<View>> views, float nothing) {
    this.config = config;
    this.views = views;
    this.nothing = nothing;
  }

  private static Layer of(OperationCall call, Function<Shape, View> view) {
    return new Rearrangement(call.config(), shape -> List.of(view.apply(shape)), 0f);
  }

  static Layer slice(OperationCall call) {
    call.tensor(0, "x");
    Slices slices = new Slices(call.option(1, "key"), call.config());
    return of(call, slices::view);
  }

  static Layer transpose(OperationCall call) {
    call.tensor(0, "x");
    int[] axes = call.integers(1, "axes")
        .orElseThrow(() -> call.config().refusal("turns all axes round, the batch among them. Give it axes."));
    return of(call, shape -> {
      boolean fits = axes.length == shape.rank() + 1 && axes[0] == 0;
      if (!fits) {
        throw call.config().refusal("puts the axes of an input " + shape + " in the order " + Arrays.toString(axes)
            + ", where the batch is not the first. Leave the batch, 0, where it is.");
      }
      return View.of(shape).transpose(Arrays.stream(axes).skip(1).map(axis -> call.config().axis(axis, shape)).toArray());
    });
  }

  static Layer swapAxes(OperationCall call) {
    call.tensor(0, "x");
    int one = call.integer(1, "axis1", 0);
    int other = call.integer(2, "axis2", 0);
    return of(call, shape -> {
      int[] order = IntStream.range(0, shape.rank()).toArray();
      order[call.config().axis(one, shape)] = call.config().axis(other, shape);
      order[call.config().axis(other, shape)] = call.config().axis(one, shape);
      return View.of(shape).transpose(order);
    });
  }

  static Layer moveAxis(OperationCall call) {
    call.tensor(0, "x");
    int source = call.integer(1, "source", 0);
    int destination = call.integer(2, "destination", 0);
    return of(call, shape -> {
      int from = call.config().axis(source, shape);
      int to = call.config().axis(destination, shape);
      List<Integer> order = new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
      order.remove(Integer.valueOf(from));
      order.add(to, from);
      return View.of(shape).transpose(order.stream().mapToInt(Integer::intValue).toArray());
    });
  }

  static Layer flip(OperationCall call) {
    call.tensor(0, "x");
    int[] axes = call.integers(1, "axis").orElseThrow(() -> call.config().refusal("turns the batch round. Give it an axis."));
    return of(call, shape -> {
      View view = View.of(shape);
      for (int axis : axes) {
        int along = call.config().axis(axis, shape);
        int size = shape.size(along);
        view = view.take(along, IntStream.range(0, size).map(place -> size - 1 - place).toArray());
      }
      return view;
    });
  }

  static Layer roll(OperationCall call) {
    call.tensor(0, "x");
    int shift = call.integer(1, "shift", 0);
    int axis = call.integer(2, "axis", 0);
    return of(call, shape -> {
      int along = call.config().axis(axis, shape);
      int size = shape.size(along);
      return View.of(shape).take(along, IntStream.range(0, size).map(place -> Math.floorMod(place - shift, size)).toArray());
    });
  }

  static Layer repeat(OperationCall call) {
    call.tensor(0, "x");
    int times = call.integer(1, "repeats", 1);
    int axis = call.integer(2, "axis", 0);
    return of(call, shape -> {
      int along = call.config().axis(axis, shape);
      return View.of(shape).take(along, IntStream.range(0, shape.size(along) * times).map(place -> place / times).toArray());
    });
  }

  static Layer tile(OperationCall call) {
    call.tensor(0, "x");
    int[] times = call.integers(1, "repeats").orElseThrow(() -> call.config().refusal("says not how often."));
    return of(call, shape -> {
      if (times.length > shape.rank() + 1 || (times.length == shape.rank() + 1 && times[0] != 1)) {
        throw call.config().refusal("repeats the batch of an input " + shape + " " + Arrays.toString(times) + " times. Leave the batch 1.");
      }
      View view = View.of(shape);
      for (int back = 1; back <= Math.min(times.length, shape.rank()); back++) {
        int axis = shape.rank() - back;
        int size = shape.size(axis);
        view = view.take(axis, IntStream.range(0, size * times[times.length - back]).map(place -> place % size).toArray());
      }
      return view;
    });
  }

  static Layer take(OperationCall call) {
    call.tensor(0, "x");
    boolean one = call.option(1, "indices").isNumber();
    int[] places = call.integers(1, "indices").orElseThrow(() -> call.config().refusal("says not which."));
    int axis = call.integers(2, "axis").map(axes -> axes[0])
        .orElseThrow(() -> call.config().refusal("takes from the batch. Give it an axis."));
    return of(call, shape -> {
      int along = call.config().axis(axis, shape);
      int size = shape.size(along);
      int[] counted = Arrays.stream(places).map(place -> place < 0 ? place + size : place).toArray();
      if (Arrays.stream(counted).anyMatch(place -> place < 0 || place >= size)) {
        throw call.config().refusal("takes places " + Arrays.toString(places) + " of an axis of size " + size + ".");
      }
      return one ? View.of(shape).at(along, counted[0]) : View.of(shape).take(along, counted);
    });
  }

  static Layer pad(OperationCall call) {
    call.tensor(0, "x");
    int[][] widths = Slices.pairs(call.option(1, "pad_width"), call.config());
    call.allow(2, "mode", "constant", "CONSTANT");
    float nothing = (float) call.number(3, "constant_values", 0);
    return new Rearrangement(call.config(), shape -> {
      if (widths.length != shape.rank() + 1 || widths[0][0] != 0 || widths[0][1] != 0) {
        throw call.config().refusal("pads the batch, or not every axis of an input " + shape
            + ". Give a pair for each axis, the batch's 0, 0.");
      }
      View view = View.of(shape);
      for (int axis = 0; axis < shape.rank(); axis++) {
        int before = widths[axis + 1][0];
        int size = shape.size(axis);
        view = view.take(axis, IntStream.range(0, before + size + widths[axis + 1][1])
            .map(place -> place < before || place >= before + size ? View.NOTHING : place - before).toArray());
      }
      return List.of(view);
    }, nothing);
  }

  static Layer broadcastTo(OperationCall call) {
    call.tensor(0, "x");
    int[] target = call.integers(1, "shape").orElseThrow(() -> call.config().refusal("says no shape."));
    return of(call, shape -> {
      if (target.length != shape.rank() + 1 || target[0] >= 0) {
        throw call.config().refusal("spreads an input " + shape + " to " + Arrays.toString(target)
            + ", which names the size of the batch.");
      }
      View view = View.of(shape);
      for (int axis = 0; axis < shape.rank(); axis++) {
        if (shape.size(axis) == 1) {
          view = view.take(axis, new int[target[axis + 1]]);
        }
      }
      return view;
    });
  }

  /** @param key parts, of which there are so many, or where each but the first begins, or, with TensorFlow, how long each is */
  static Layer split(OperationCall call, String key) {
    call.tensor(0, "x");
    boolean count = call.option(1, key).isNumber();
    int[] given = call.integers(1, key).orElseThrow(() -> call.config().refusal("says not into what."));
    int axis = call.integer(2, "axis", 0);
    return new Rearrangement(call.config(), shape -> {
      int along = call.config().axis(axis, shape);
      int size = shape.size(along);
      int[] ends = new int[count ? given[0] : key.equals("sizes") ? given.length : given.length + 1];
      for (int part = 0; part < ends.length; part++) {
        int before = part == 0 ? 0 : ends[part - 1];
        ends[part] = count ? size / ends.length * (part + 1) : key.equals("sizes") ? before + given[part] : part < given.length
            ? given[part] : size;
      }
      if (ends[ends.length - 1] != size) {
        throw call.config().refusal("splits an axis of size " + size + " into " + Arrays.toString(given) + ".");
      }
      return IntStream.range(0, ends.length)
          .mapToObj(part -> View.of(shape).take(along, IntStream.range(part == 0 ? 0 : ends[part - 1], ends[part]).toArray())).toList();
    }, 0f);
  }

  static Layer unstack(OperationCall call) {
    call.tensor(0, "x");
    call.ignore("num");
    int axis = call.integer(2, "axis", 0);
    return new Rearrangement(call.config(), shape -> {
      int along = call.config().axis(axis, shape);
      return IntStream.range(0, shape.size(along)).mapToObj(place -> View.of(shape).at(along, place)).toList();
    }, 0f);
  }

  /** What fills places that show nothing of the input. */
  public float nothing() {
    return nothing;
  }

  /** By output: which element of the input stands where. */
  public List<View> views(Shape input) {
    return views.apply(input);
  }

  /** Where sizes are open, those of the output are, too, that would not be the same with another size. */
  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    List<Shape> shapes = views.apply(settled(input, 97)).stream().map(View::shape).toList();
    if (!input.isOpen()) {
      return shapes;
    }
    List<Shape> others = views.apply(settled(input, 101)).stream().map(View::shape).toList();
    return IntStream.range(0, shapes.size()).mapToObj(i -> {
      Shape shape = shapes.get(i);
      for (int axis = 0; axis < shape.rank(); axis++) {
        shape = shape.size(axis) == others.get(i).size(axis) ? shape : shape.with(axis, Shape.OPEN);
      }
      return shape;
    }).toList();
  }

  private static Shape settled(Shape shape, int size) {
    return Shape.of(Arrays.stream(shape.dimensions()).map(each -> each < 0 ? size : each).toArray());
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    List<View> shown = views.apply(inputs.get(0));
    for (int i = 0; i < to.length; i++) {
      network.step(shown.get(i).operation(nothing), from, new int[] {to[i]});
    }
  }
}
