package io.forwardpass.spark.feature;

import io.forwardpass.config.Scaling;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A number column: one element of a model input. */
public final class NumberFeature extends Feature {
  private static final long serialVersionUID = 1L;

  private final int element;
  private final NumberType type;
  private final DecimalType decimal;
  private final Scaling scaling;

  /**
   * @param decimal the column's type where it is a decimal, else null
   * @param scaling null for none
   */
  public NumberFeature(int column, int element, NumberType type, DecimalType decimal, Scaling scaling) {
    super(column);
    this.element = element;
    this.type = type;
    this.decimal = decimal;
    this.scaling = scaling;
  }

  @Override
  public void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    int at = element * capacity + to;
    if (values.hasNull()) {
      readAroundNulls(values, from, count, data, at, to, invalid);
    } else {
      type.read(values, from, count, data, at, scaling, decimal);
    }
    if (type.mayBeNaN()) {
      invalid.markNaNs(data, at, count, to, column());
    }
  }

  /** What stands in the place of a null may be anything, a dictionary's index beyond its end too: it is not read. */
  private void readAroundNulls(ColumnVector values, int from, int count, float[] data, int at, int to, InvalidRows invalid) {
    for (int r = 0; r < count; r++) {
      if (values.isNullAt(from + r)) {
        data[at + r] = 0f;
        invalid.mark(to + r, column(), InvalidRows.NULL, 0);
      } else {
        data[at + r] = NumberType.narrow(type.value(values, from + r, decimal), scaling);
      }
    }
  }

  @Override
  public void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid) {
    int at = element * capacity + to;
    if (row.isNullAt(ordinal)) {
      data[at] = 0f;
      invalid.mark(to, column(), InvalidRows.NULL, 0);
      return;
    }
    float value = NumberType.narrow(type.value(row, ordinal, decimal), scaling);
    data[at] = value;
    if (Float.isNaN(value) && invalid.nanIsInvalid()) {
      invalid.mark(to, column(), InvalidRows.NAN, 0);
    }
  }

  @Override
  public String describe(String name, int kind, long detail) {
    return name + " is " + (kind == InvalidRows.NULL ? "null" : "NaN");
  }
}
