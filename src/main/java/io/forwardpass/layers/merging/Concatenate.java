package io.forwardpass.layers.merging;

import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Its inputs one after another along one axis. */
public final class Concatenate extends OperationLayer {
  private final LayerConfig config;
  private final int axis;

  public Concatenate(LayerConfig config) {
    this.config = config;
    axis = config.integer("axis", -1);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw config.refusal("has no inputs. Check how the model calls it.");
    }
    Shape first = inputs.get(0);
    int along = axisOf(first);
    int size = 0;
    for (Shape input : inputs) {
      if (input.rank() != first.rank() || !input.with(along, 0).equals(first.with(along, 0))) {
        throw config.refusal("cannot join inputs of shapes " + inputs + " along axis " + axis
            + ". They have to agree along all other axes.");
      }
      size = size < 0 || input.size(along) < 0 ? Shape.OPEN : size + input.size(along);
    }
    return List.of(first.with(along, size));
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  /**
   * Along the steps, one mask behind the other, all ones where an input has none. Along the features, a step counts where it counts in
   * any since Keras 3.4, and everywhere where one has none; before, where it counts in all that have a mask.
   */
  @Override
  public Optional<Layer> meetMasks(List<Optional<Shape>> masks, List<Shape> inputs) {
    boolean inAny = config.kerasVersion().isAtLeast(3, 4);
    List<Shape> there = masks.stream().flatMap(Optional::stream).toList();
    boolean bySteps = inputs.get(0).rank() == 2 && there.stream().allMatch(mask -> mask.rank() == 1);
    if (bySteps && axisOf(inputs.get(0)) == 0) {
      return Optional.of(MaskMeeting.inOrder(IntStream.range(0, inputs.size())
          .map(i -> masks.get(i).isPresent() ? inputs.get(i).size(0) : -inputs.get(i).size(0)).toArray()));
    }
    if (there.isEmpty() || there.stream().distinct().count() != 1 || axisOf(inputs.get(0)) != inputs.get(0).rank() - 1) {
      return Optional.empty();
    }
    if (inAny && there.size() < masks.size()) {
      return bySteps ? Optional.of(MaskMeeting.inOrder(new int[] {-inputs.get(0).size(0)})) : Optional.empty();
    }
    return Optional.of(MaskMeeting.of(inAny ? MaskMeeting.Kind.IN_ANY : MaskMeeting.Kind.IN_ALL, there.get(0)));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    int along = axisOf(inputs.get(0));
    int outer = 1;
    for (int before = 0; before < along; before++) {
      outer *= inputs.get(0).size(before);
    }
    int[] runs = new int[inputs.size()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = inputs.get(i).elements() / outer;
    }
    return new Pass(outer, runs);
  }

  /** The axis of a row's shape along which the inputs follow one another. */
  public int axisOf(Shape input) {
    return config.axis(axis, input);
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final int outer; // how many runs of every input there are
    private final int[] runs; // by input: elements next to each other that stay so

    Pass(int outer, int[] runs) {
      this.outer = outer;
      this.runs = runs;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = outputs[0].capacity();
      int to = 0;
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < runs.length; i++) {
          Blocks.copy(inputs[i].data(), o * runs[i] * capacity, outputs[0].data(), to, runs[i], capacity, lanes);
          to += runs[i] * capacity;
        }
      }
    }
  }
}
