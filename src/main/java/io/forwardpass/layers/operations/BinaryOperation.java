package io.forwardpass.layers.operations;

import io.forwardpass.layers.Broadcast;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.math.tensor.PairFunction;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An operation on two tensors number by number, on a tensor and a constant, or on several ({@code keras.ops.numpy}): {@code y = f(a, b)},
 * sizes of 1 repeated.
 */
public final class BinaryOperation extends OperationLayer {
  private final LayerConfig config;
  private final PairFunction function;
  private final List<Operand> operands;

  private BinaryOperation(LayerConfig config, PairFunction function, List<Operand> operands) {
    this.config = config;
    this.function = function;
    this.operands = operands;
  }

  static Layer of(OperationCall call, PairFunction function) {
    return new BinaryOperation(call.config(), function, List.of(call.operand(0, "x1"), call.operand(1, "x2")));
  }

  /** {@code tf.add_n}: of a list of tensors, the first two first. */
  static Layer ofList(OperationCall call, PairFunction function) {
    call.tensors(0, "inputs");
    return new BinaryOperation(call.config(), function, IntStream.range(0, call.tensors().size()).mapToObj(Operand::input).toList());
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(together(operands(inputs), inputs, config));
  }

  /**
   * As Keras' TensorFlow backend sees them: since 3.7 its {@code add} takes a constant that can be squeezed to a vector for a bias of the
   * last axis, or of the first behind the batch, whichever has its size, where the shape of the sum stays as it is.
   */
  public List<Operand> operands(List<Shape> inputs) {
    Operand b = operands.get(operands.size() - 1);
    Shape x = inputs.get(0);
    boolean looks = function == PairFunction.ADD && operands.size() == 2 && operands.get(0).isInput() && !b.isInput()
        && config.kerasVersion().isAtLeast(3, 7) && x.rank() > 0;
    int[] sizes = looks ? Arrays.stream(b.dimensions().dimensions()).filter(size -> size > 1).toArray() : new int[0];
    if (sizes.length != 1 || x.isOpen() || !together(operands, inputs, config).equals(x)
        || (sizes[0] != x.last() && sizes[0] != x.size(0))) {
      return operands;
    }
    int[] ones = new int[x.rank()];
    Arrays.fill(ones, 1);
    Shape bias = Shape.of(ones).with(sizes[0] == x.last() ? -1 : 0, sizes[0]);
    return List.of(operands.get(0), new Operand(-1, b.constant(), bias));
  }

  /** The shape that operands spread to. */
  static Shape together(List<Operand> operands, List<Shape> inputs, LayerConfig config) {
    int rank = inputs.get(0).rank();
    if (inputs.stream().anyMatch(input -> input.rank() != rank)) {
      throw config.refusal("combines tensors of shapes " + inputs + ", whose batches would meet other axes."
          + " Give them as many axes, with Reshape or expand_dims.");
    }
    Shape together = inputs.get(0);
    for (Operand operand : operands) {
      Shape shape = operand.shape(inputs, rank, config);
      Shape before = together;
      together = Broadcast.together(together, shape).orElseThrow(() -> config.refusal("cannot combine shapes " + before + " and " + shape
          + ". Sizes have to be equal, or 1, along every axis counted from the last."));
    }
    return together;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape output = outputShapes(inputs).get(0);
    List<Operand> seen = operands(inputs);
    return new Pass(function, seen.stream().map(operand -> Side.of(operand, inputs, output, config)).toArray(Side[]::new),
        output.elements());
  }

  public PairFunction function() {
    return function;
  }

  public LayerConfig config() {
    return config;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final PairFunction function;
    private final Side[] sides;
    private final int elements;
    private final boolean isAligned; // two inputs, neither repeated

    Pass(PairFunction function, Side[] sides, int elements) {
      this.function = function;
      this.sides = sides;
      isAligned = sides.length == 2 && sides[0].isWhole() && sides[1].isWhole();
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      float[] y = outputs[0].data();
      float[] first = sides[0].data(inputs, scratch);
      if (isAligned) {
        int run = lanes == capacity ? elements * capacity : lanes;
        for (int from = 0; from < elements * capacity; from += Math.max(run, capacity)) {
          function.apply(first, sides[1].data(inputs, scratch), y, from, from + run);
        }
        return;
      }
      for (int e = 0; e < elements; e++) {
        int to = e * capacity;
        if (sides.length == 1) {
          System.arraycopy(first, sides[0].at(e, scratch, 0, capacity), y, to, lanes);
        }
        for (int s = 1; s < sides.length; s++) {
          float[] other = sides[s].data(inputs, scratch);
          int otherAt = sides[s].at(e, scratch, capacity, capacity);
          function.apply(s == 1 ? first : y, s == 1 ? sides[0].at(e, scratch, 0, capacity) : to, other, otherAt, y, to, lanes);
        }
      }
    }

    @Override
    public int scratch(int capacity) {
      return 2 * capacity;
    }
  }

  /** One operand by element of the output. */
  static final class Side implements Serializable {
    private static final long serialVersionUID = 1L;

    final int input; // or -1 for a constant
    private final int[] sources; // by element of the output: where it stands in the operand
    private final float[] constant; // or null

    private Side(int input, int[] sources, float[] constant) {
      this.input = input;
      this.sources = sources;
      this.constant = constant;
    }

    static Side of(Operand operand, List<Shape> inputs, Shape output, LayerConfig config) {
      Shape shape = operand.shape(inputs, inputs.get(0).rank(), config);
      return new Side(operand.input(), Broadcast.sources(shape, output), operand.constant());
    }

    /** An input whose elements stand where they are. */
    boolean isWhole() {
      return input >= 0 && IntStream.range(0, sources.length).allMatch(e -> sources[e] == e);
    }

    float[] data(Block[] inputs, float[] scratch) {
      return input < 0 ? scratch : inputs[input].data();
    }

    /** Where the numbers of an element begin: in the input, or in scratch, where a constant is written. */
    int at(int element, float[] scratch, int room, int capacity) {
      if (input >= 0) {
        return sources[element] * capacity;
      }
      if (element == 0 || sources[element] != sources[element - 1]) {
        Arrays.fill(scratch, room, room + capacity, constant[sources[element]]);
      }
      return room;
    }
  }
}
