package io.forwardpass.network;

/** The buffers of one network for one thread; made once per task, reused for every batch. */
public final class Workspace {
  final Block[][] stepInputs;
  final Block[][] stepOutputs;
  final RowWindows[] stepWindows; // by step: what it reads instead of its input, or null
  final float[] scratch;
  private final Block[] inputs;
  private final Block[] outputs;
  private final int capacity;

  Workspace(Network network, int capacity) {
    if (capacity <= 0 || capacity % Block.LANES != 0) {
      throw new IllegalArgumentException("a block's capacity is a multiple of " + Block.LANES + ", not " + capacity);
    }
    this.capacity = capacity;
    float[][] buffers = new float[network.bufferElements.length][];
    for (int b = 0; b < buffers.length; b++) {
      buffers[b] = new float[Math.multiplyExact(network.bufferElements[b], capacity)];
    }
    Block[] values = new Block[network.shapes.length];
    for (int v = 0; v < values.length; v++) {
      values[v] = new Block(network.shapes[v], capacity, buffers[network.buffers[v]]);
    }
    stepWindows = new RowWindows[network.steps.length];
    stepInputs = new Block[network.steps.length][];
    stepOutputs = new Block[network.steps.length][];
    int most = 0;
    for (int s = 0; s < network.steps.length; s++) {
      stepInputs[s] = pick(values, network.steps[s].inputs);
      stepOutputs[s] = pick(values, network.steps[s].outputs);
      most = Math.max(most, network.steps[s].operation.scratch(capacity));
    }
    scratch = new float[most];
    inputs = pick(values, network.inputs);
    outputs = pick(values, network.outputs);
  }

  private static Block[] pick(Block[] values, int[] numbers) {
    Block[] picked = new Block[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      picked[i] = values[numbers[i]];
    }
    return picked;
  }

  public int capacity() {
    return capacity;
  }

  /** Where the rows of a model input go: element {@code e} of row {@code r} at {@code e * capacity + r}. */
  public Block input(int input) {
    return inputs[input];
  }

  /** From now on, the part's operation reads these windows over rows that the part has projected. */
  public void feed(RowPart part, RowWindows windows) {
    stepWindows[part.step] = windows;
  }

  public Block output(int output) {
    return outputs[output];
  }
}
