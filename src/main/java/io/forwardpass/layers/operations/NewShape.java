package io.forwardpass.layers.operations;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.ReshapingLayer;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Operations that leave every number as it is, at most under another shape: expand_dims, squeeze, reshape, and the like of identity. */
public final class NewShape extends ReshapingLayer {
  private final LayerConfig config;
  private final UnaryOperator<Shape> change;

  private NewShape(LayerConfig config, UnaryOperator<Shape> change) {
    this.config = config;
    this.change = change;
  }

  static Layer none(OperationCall call) {
    call.tensor(0, "x");
    call.ignore("dtype", "sparse", "ragged");
    return new NewShape(call.config(), shape -> shape);
  }

  static Layer flat(OperationCall call) {
    call.tensor(0, "x");
    return new NewShape(call.config(), shape -> shape.isOpen() ? Shape.of(Shape.OPEN) : Shape.of(shape.elements()));
  }

  static Layer expandDims(OperationCall call) {
    call.tensor(0, "x");
    int axis = call.integer(1, "axis", -1);
    return new NewShape(call.config(), shape -> {
      int at = axis < 0 ? shape.rank() + 1 + axis : axis - 1;
      if (at < 0 || at > shape.rank()) {
        throw call.config().refusal("puts a new axis " + axis + " before the batch of an input " + shape + ". Put it behind the batch.");
      }
      List<Integer> sizes = list(shape);
      sizes.add(at, 1);
      return shape(sizes);
    });
  }

  static Layer squeeze(OperationCall call) {
    call.tensor(0, "x");
    Optional<int[]> axes = call.integers(1, "axis");
    return new NewShape(call.config(), shape -> {
      List<Integer> gone = axes.filter(some -> some.length > 0)
          .map(some -> Arrays.stream(some).map(axis -> call.config().axis(axis, shape)).boxed().toList())
          .orElseGet(() -> IntStream.range(0, shape.rank()).filter(axis -> shape.size(axis) == 1).boxed().toList());
      if (gone.stream().anyMatch(axis -> shape.size(axis) != 1)) {
        throw call.config().refusal("squeezes an axis of an input " + shape + " that is not of size 1.");
      }
      return shape(IntStream.range(0, shape.rank()).filter(axis -> !gone.contains(axis)).map(shape::size).boxed().toList());
    });
  }

  static Layer reshape(OperationCall call) {
    call.tensor(0, "x");
    int[] target = call.integers(1, "newshape").orElseThrow(() -> call.config().refusal("says no shape."));
    return new NewShape(call.config(), shape -> {
      if (target.length == 0 || target[0] >= 0) {
        throw call.config().refusal("has the shape " + Arrays.toString(target)
            + ", whose first size is not the batch. Use -1 there, or the layer"
            + " Reshape.");
      }
      int[] rest = Arrays.copyOfRange(target, 1, target.length);
      int open = (int) Arrays.stream(rest).filter(size -> size < 0).count();
      int known = Arrays.stream(rest).filter(size -> size >= 0).reduce(1, (a, b) -> a * b);
      if (shape.isOpen()) {
        return Shape.of(rest);
      }
      boolean fits = open == 0 ? known == shape.elements() : open == 1 && known > 0 && shape.elements() % known == 0;
      if (!fits) {
        throw call.config().refusal("cannot give an input of shape " + shape + " the shape " + Arrays.toString(target)
            + " and keep every row's numbers together.");
      }
      return Shape.of(Arrays.stream(rest).map(size -> size < 0 ? shape.elements() / known : size).toArray());
    });
  }

  private static List<Integer> list(Shape shape) {
    return new ArrayList<>(Arrays.stream(shape.dimensions()).boxed().toList());
  }

  private static Shape shape(List<Integer> sizes) {
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(change.apply(config.single(inputs)));
  }
}
