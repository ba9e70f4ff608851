package io.forwardpass.spark.prediction;

import io.forwardpass.network.Block;
import io.forwardpass.network.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;

/**
 * The class a model decides for, or its probability: of several numbers the greatest, the first of equals; of a single
 * one whether it is above one half, the probability of the first label being what it lacks of one.
 */
public final class LabelPrediction extends Prediction {
  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  private final byte[][] labels;
  private final boolean probability;

  private LabelPrediction(String name, byte[][] labels, boolean probability) {
    super(name, probability ? DataTypes.FloatType : DataTypes.StringType);
    this.labels = labels;
    this.probability = probability;
  }

  public static LabelPrediction label(List<String> labels) {
    return new LabelPrediction("label", labels.stream().map(l -> l.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new), false);
  }

  public static LabelPrediction probability(List<String> labels) {
    return new LabelPrediction("probability", new byte[labels.size()][], true);
  }

  @Override
  void write(Workspace workspace, int from, int count, WritableColumnVector column, int to) {
    Block block = workspace.output(0);
    boolean single = block.shape().elements() == 1;
    for (int r = 0; r < count; r++) {
      int decided = single ? threshold(block, from + r) : greatest(block, from + r);
      if (probability) {
        column.putFloat(to + r, single ? ofSingle(block, from + r) : ofDecided(block, decided, from + r));
      } else if (decided == UNKNOWN) {
        column.putNull(to + r);
      } else {
        column.putByteArray(to + r, labels[decided]);
      }
    }
  }

  private static float ofDecided(Block block, int decided, int row) {
    return decided == UNKNOWN ? Float.NaN : block.data()[at(block, decided, row)];
  }

  private static float ofSingle(Block block, int row) {
    float value = block.data()[row];
    return value > 0.5f ? value : 1f - value;
  }

  private static int threshold(Block block, int row) {
    float value = block.data()[row];
    return Float.isNaN(value) ? UNKNOWN : value > 0.5f ? 1 : 0;
  }

  private int greatest(Block block, int row) {
    int best = 0;
    for (int e = 0; e < labels.length; e++) {
      float value = block.data()[at(block, e, row)];
      if (Float.isNaN(value)) {
        return UNKNOWN;
      }
      if (value > block.data()[at(block, best, row)]) {
        best = e;
      }
    }
    return best;
  }
}
