package io.forwardpass.spark.feature;

import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A feature that the model looks up: rows with a number it has nothing for are marked. */
public final class IndexFeature extends Feature {
  private static final long serialVersionUID = 1L;

  private final Feature feature;
  private final int firstElement;
  private final int elements;
  private final int least;
  private final int end;

  /**
   * The feature fills this many elements of its input, beginning with the first.
   *
   * @param least the least number that the model knows
   * @param end one more than the greatest
   */
  public IndexFeature(Feature feature, int firstElement, int elements, int least, int end) {
    super(feature.column());
    this.feature = feature;
    this.firstElement = firstElement;
    this.elements = elements;
    this.least = least;
    this.end = end;
  }

  @Override
  public void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    feature.read(values, from, count, data, capacity, to, invalid);
    check(data, capacity, to, count, invalid);
  }

  @Override
  public void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid) {
    feature.read(row, ordinal, data, capacity, to, invalid);
    check(data, capacity, to, 1, invalid);
  }

  private void check(float[] data, int capacity, int to, int count, InvalidRows invalid) {
    for (int e = firstElement; e < firstElement + elements; e++) {
      for (int r = to; r < to + count; r++) {
        int index = (int) data[e * capacity + r]; // as the model truncates it
        if (index < least || index >= end) {
          invalid.mark(r, column(), InvalidRows.INDEX, index & 0xFFFFFFFFL);
        }
      }
    }
  }

  @Override
  public boolean marks(int kind) {
    return kind == InvalidRows.INDEX || feature.marks(kind);
  }

  @Override
  public String describe(String name, int kind, long detail) {
    return kind == InvalidRows.INDEX ? name + " holds " + (int) detail + ", and the model knows " + least + " to " + (end - 1)
        : feature.describe(name, kind, detail);
  }
}
