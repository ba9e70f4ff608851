package io.forwardpass.layers.merging;

import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

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
  public boolean readsMask(Shape mask, Shape input) {
    if (axisOf(input) != input.rank() - 1) {
      throw config.refusal("joins masked sequences along axis " + axis + ", which is not supported. Join them before they are masked.");
    }
    return false;
  }

  @Override
  public boolean handsOnMask() {
    return true;
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
