package io.forwardpass.spark.feature;

import io.forwardpass.network.KeyEncoding;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A number column whose whole numbers are keys, to the last of their 64 bits: one element of a model input. */
public final class WholeNumberFeature extends KeyFeature {
  private static final long serialVersionUID = 1L;

  private final int element;
  private final NumberType type;
  private final DecimalType decimal;

  /** @param decimal the column's type where it is a decimal, else null */
  public WholeNumberFeature(int column, int element, NumberType type, DecimalType decimal, KeyEncoding encoding) {
    super(column, encoding);
    this.element = element;
    this.type = type;
    this.decimal = decimal;
  }

  @Override
  public void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    for (int r = 0; r < count; r++) {
      if (values.isNullAt(from + r)) {
        nothing(InvalidRows.NULL, data, capacity, to + r, invalid);
      } else if (type.mayBeNaN() && Double.isNaN(type.value(values, from + r, decimal))) {
        nothing(InvalidRows.NAN, data, capacity, to + r, invalid);
      } else {
        put(encoding().ofNumber(type.whole(values, from + r, decimal)), element, data, capacity, to + r, invalid);
      }
    }
  }

  @Override
  public void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid) {
    if (row.isNullAt(ordinal)) {
      nothing(InvalidRows.NULL, data, capacity, to, invalid);
    } else if (type.mayBeNaN() && Double.isNaN(type.value(row, ordinal, decimal))) {
      nothing(InvalidRows.NAN, data, capacity, to, invalid);
    } else {
      put(encoding().ofNumber(type.whole(row, ordinal, decimal)), element, data, capacity, to, invalid);
    }
  }

  /** NaN is no key, whatever the job says of NaN. */
  private void nothing(int kind, float[] data, int capacity, int to, InvalidRows invalid) {
    clear(element, data, capacity, to);
    invalid.mark(to, column(), kind, 0);
  }
}
