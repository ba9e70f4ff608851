package io.forwardpass.spark.task;

import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.feature.InvalidRows;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Reads the features of one model input, for one task: the columns are bound to their places in its rows. */
public final class FeatureReader {
  private final Feature[] features;
  private final int[] ordinals; // of the features' columns in the child's rows

  FeatureReader(Feature[] features, int[] columnOrdinals) {
    this.features = new Feature[features.length];
    ordinals = new int[features.length];
    for (int i = 0; i < features.length; i++) {
      this.features[i] = features[i].forTask();
      ordinals[i] = columnOrdinals[features[i].column()];
    }
  }

  public static FeatureReader[] all(TaskPlan plan) {
    FeatureReader[] readers = new FeatureReader[plan.scoring().features().length];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = new FeatureReader(plan.scoring().features()[i], plan.ordinals());
    }
    return readers;
  }

  public void read(ColumnarBatch batch, int from, int count, float[] data, int capacity, InvalidRows invalid) {
    for (int i = 0; i < features.length; i++) {
      features[i].read(batch.column(ordinals[i]), from, count, data, capacity, 0, invalid);
    }
  }

  public void read(InternalRow row, float[] data, int capacity, int to, InvalidRows invalid) {
    for (int i = 0; i < features.length; i++) {
      features[i].read(row, ordinals[i], data, capacity, to, invalid);
    }
  }
}
