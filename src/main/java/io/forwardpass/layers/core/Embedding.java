package io.forwardpass.layers.core;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.IndexingOperation;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;

/** A vector of weights for every whole number from 0 to before {@code input_dim}. */
public final class Embedding extends OperationLayer {
  private final LayerConfig config;
  private final int numbers;
  private final int size;
  private final boolean maskZero;
  private final boolean countsFromTheEnd;

  public Embedding(LayerConfig config) {
    this.config = config;
    numbers = config.integer("input_dim");
    size = config.integer("output_dim");
    maskZero = config.flag("mask_zero", false);
    countsFromTheEnd = config.kerasVersion().isKeras3(); // keras.ops.take: -1 is the last
    config.ignore("input_length", "dropout"); // of the input, which says it itself; of Keras 1, in training
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(config.single(inputs).withLast(size));
  }

  @Override
  public Optional<Shape> madeMask(List<Shape> inputs) {
    return maskZero ? Optional.of(inputs.get(0)) : Optional.empty();
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    return List.of(WeightSpec.trainable("embeddings", numbers, size));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return new Pass(weights.get(0), least(), size, inputs.get(0).elements());
  }

  /** How many vectors there are. */
  public int numbers() {
    return numbers;
  }

  /** The least number that has a vector: negative ones count from the end where Keras 3 made the model. */
  public int least() {
    return countsFromTheEnd ? -numbers : 0;
  }

  /** The length of a vector. */
  public int size() {
    return size;
  }

  public boolean maskZero() {
    return maskZero;
  }

  private static final class Pass implements IndexingOperation {
    private static final long serialVersionUID = 1L;

    private final float[] vectors; // (numbers, size)
    private final int least;
    private final int numbers;
    private final int size;
    private final int inputs;

    Pass(float[] vectors, int least, int size, int inputs) {
      this.vectors = vectors;
      this.least = least;
      numbers = vectors.length / size;
      this.size = size;
      this.inputs = inputs;
    }

    @Override
    public int least() {
      return least;
    }

    @Override
    public int end() {
      return numbers;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      float[] x = inputs[0].data();
      float[] y = outputs[0].data();
      for (int i = 0; i < this.inputs; i++) {
        for (int r = 0; r < lanes; r++) {
          float given = x[i * capacity + r];
          int number = (int) given; // truncated, as Keras casts to int32
          boolean known = !Float.isNaN(given) && number >= least && number < numbers;
          int at = (number < 0 ? number + numbers : number) * size;
          for (int e = 0; e < size; e++) {
            y[(i * size + e) * capacity + r] = known ? vectors[at + e] : Float.NaN;
          }
        }
        if (outputs.length > 1) {
          for (int r = i * capacity; r < i * capacity + lanes; r++) {
            outputs[1].data()[r] = x[r] != 0 ? 1f : 0f;
          }
        }
      }
    }
  }
}
