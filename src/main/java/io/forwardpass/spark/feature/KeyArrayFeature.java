package io.forwardpass.spark.feature;

import io.forwardpass.network.KeyEncoding;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** An array column that holds all keys of a model input. */
public final class KeyArrayFeature extends KeyFeature {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final NumberType type; // null for texts
  private final DecimalType decimal;

  /**
   * @param type of the numbers, null for texts
   * @param decimal where the numbers are decimals, else null
   */
  public KeyArrayFeature(int column, int length, NumberType type, DecimalType decimal, KeyEncoding encoding) {
    super(column, encoding);
    this.length = length;
    this.type = type;
    this.decimal = decimal;
  }

  @Override
  public void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    for (int r = 0; r < count; r++) {
      if (values.isNullAt(from + r)) {
        nothing(InvalidRows.NULL, 0, data, capacity, to + r, invalid);
      } else {
        read(values.getArray(from + r), data, capacity, to + r, invalid);
      }
    }
  }

  @Override
  public void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid) {
    if (row.isNullAt(ordinal)) {
      nothing(InvalidRows.NULL, 0, data, capacity, to, invalid);
    } else {
      read(row.getArray(ordinal), data, capacity, to, invalid);
    }
  }

  private void read(ArrayData array, float[] data, int capacity, int to, InvalidRows invalid) {
    if (array.numElements() != length) {
      nothing(InvalidRows.LENGTH, array.numElements(), data, capacity, to, invalid);
      return;
    }
    for (int i = 0; i < length; i++) {
      if (array.isNullAt(i)) {
        nothing(InvalidRows.NULL_ELEMENT, i, data, capacity, to, invalid);
        return;
      }
      if (type != null && type.mayBeNaN() && Double.isNaN(type.value(array, i, decimal))) {
        nothing(InvalidRows.NAN_ELEMENT, i, data, capacity, to, invalid);
        return;
      }
      put(type == null ? code(array.getUTF8String(i)) : encoding().ofNumber(type.whole(array, i, decimal)), i, data, capacity, to, invalid);
    }
  }

  private void nothing(int kind, long detail, float[] data, int capacity, int to, InvalidRows invalid) {
    for (int i = 0; i < length; i++) {
      clear(i, data, capacity, to);
    }
    invalid.mark(to, column(), kind, detail);
  }

  @Override
  public String describe(String name, int kind, long detail) {
    return kind == InvalidRows.LENGTH ? name + " holds " + detail + " elements, not " + length : super.describe(name, kind, detail);
  }
}
