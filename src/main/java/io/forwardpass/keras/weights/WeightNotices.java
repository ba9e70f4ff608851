package io.forwardpass.keras.weights;

import io.forwardpass.keras.array.StoredArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a user should know about a model's numbers though nothing is wrong with them. */
public final class WeightNotices {
  private WeightNotices() {}

  public static List<String> of(Collection<StoredArray> arrays) {
    List<String> notices = new ArrayList<>();
    long wide = arrays.stream().filter(array -> array.dtype().equals("float64")).count();
    if (wide > 0) {
      notices.add(wide + " of " + arrays.size() + " weight arrays are float64 and are narrowed to float32.");
    }
    long numbers = 0;
    long nan = 0;
    for (StoredArray array : arrays) {
      float[] values = array.isReadable() ? array.values() : new float[0];
      numbers += values.length;
      for (float value : values) {
        nan += Float.isNaN(value) ? 1 : 0;
      }
    }
    if (nan > 0) {
      notices.add(nan == numbers ? "All weights are NaN, and so will be the predictions: the training went wrong."
          : nan + " of " + numbers + " weights are NaN, and predictions may be NaN for it.");
    }
    return notices;
  }
}
