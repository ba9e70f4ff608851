package io.forwardpass.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.List;

/**
 * IntegerLookup with {@code invert}: the token at an index; the {@code mask_token} at 0 where there is one, {@code oov_token} at indices
 * of unknown keys and beyond the vocabulary. Keras 3.15, {@code index_lookup.py}.
 */
public final class InvertedLookup extends OperationLayer {
  private static final long MOST = 1 << 24; // exact in float32

  private final LayerConfig config;
  private final float[] values; // by index
  private final float other;

  public InvertedLookup(LayerConfig config) {
    this.config = config;
    config.flag("invert", true);
    config.allow("output_mode", "int");
    JsonNode mask = config.json("mask_token");
    JsonNode oov = config.json("oov_token");
    int masks = mask.isMissingNode() ? 0 : 1;
    int oovIndices = config.integer("num_oov_indices", 1);
    List<Object> tokens = Vocabulary.read(config, false, Lookup.special(config, mask.longValue(), masks, oovIndices, false)).tokens();
    other = exact(oov.isMissingNode() ? -1 : oov.longValue());
    values = new float[masks + oovIndices + tokens.size()];
    for (int i = 0; i < values.length; i++) {
      boolean isToken = i >= masks + oovIndices;
      values[i] = isToken ? exact((Long) tokens.get(i - masks - oovIndices)) : i < masks ? exact(mask.longValue()) : other;
    }
    config.allow("vocabulary_dtype", "int64");
    config.ignore("max_tokens", "sparse", "pad_to_max_tokens", "vocabulary_size", "oov_method", "salt", "idf_weights",
        "has_input_vocabulary");
  }

  private float exact(long value) {
    if (Math.abs(value) > MOST) {
      throw config.refusal("turns indices into whole numbers (invert), and " + value + " is beyond " + MOST
          + ", up to which float32 holds all "
          + "exactly. Take the model's output before it.");
    }
    return value;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    return List.of(config.single(inputs));
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    return new Pass(values, other, inputs.get(0).elements());
  }

  /** What stands at an index. */
  public float value(double index) {
    return index > -1 && index < values.length ? values[(int) index] : other;
  }

  private static final class Pass implements Operation {
    private static final long serialVersionUID = 1L;

    private final float[] values;
    private final float other;
    private final int elements;

    Pass(float[] values, float other, int elements) {
      this.values = values;
      this.other = other;
      this.elements = elements;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      int capacity = inputs[0].capacity();
      for (int e = 0; e < elements; e++) {
        for (int r = e * capacity; r < e * capacity + lanes; r++) {
          float index = inputs[0].data()[r];
          outputs[0].data()[r] = index > -1 && index < values.length ? values[(int) index] : other;
        }
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }
  }
}
