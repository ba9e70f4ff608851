package io.forwardpass.layers.operations;

import io.forwardpass.layers.Blocks;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code keras.ops.concatenate} and {@code keras.ops.stack}: tensors one after another along one axis, which stack makes anew. */
public final class Joining extends OperationLayer {
  private final LayerConfig config;
  private final int axis;
  private final boolean stacks;

  private Joining(LayerConfig config, int axis, boolean stacks) {
    this.config = config;
    this.axis = axis;
    this.stacks = stacks;
  }

  static Layer concatenate(OperationCall call) {
    call.tensors(0, "xs");
    return new Joining(call.config(), call.integer(1, "axis", -1), false);
  }

  static Layer stack(OperationCall call) {
    call.tensors(0, "x");
    return new Joining(call.config(), call.integer(1, "axis", 0), true);
  }

  /** The axis of a row's result along which the tensors follow one another. */
  public int along(Shape input) {
    return config.axis(axis, stacks ? input.withLast(1) : input);
  }

  public boolean stacks() {
    return stacks;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape first = inputs.get(0);
    int along = along(first);
    int size = 0;
    for (Shape input : inputs) {
      boolean fits = stacks ? input.equals(first) : input.rank() == first.rank() && input.with(along, 0).equals(first.with(along, 0));
      if (!fits) {
        throw config.refusal("cannot join tensors of shapes " + inputs + " along axis " + axis
            + ". They have to agree along all other axes.");
      }
      size = size < 0 || (!stacks && input.size(along) < 0) ? Shape.OPEN : size + (stacks ? 1 : input.size(along));
    }
    List<Integer> sizes = new ArrayList<>(Arrays.stream(first.dimensions()).boxed().toList());
    if (stacks) {
      sizes.add(along, size);
    } else {
      sizes.set(along, size);
    }
    return List.of(Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray()));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    int outer = 1;
    for (int before = 0; before < along(inputs.get(0)); before++) {
      outer *= inputs.get(0).size(before);
    }
    int runs = outer;
    return new Pass(outer, inputs.stream().mapToInt(input -> input.elements() / Math.max(1, runs)).toArray());
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
