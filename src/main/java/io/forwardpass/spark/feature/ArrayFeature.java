package io.forwardpass.spark.feature;

import io.forwardpass.config.Scaling;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** An array column that holds all numbers of a model input: flat, or nested as the input's shape is. */
public final class ArrayFeature extends Feature {
  private static final long serialVersionUID = 1L;
  private static final int LEVEL_SHIFT = 32;

  private final int[] lengths; // by level of nesting, outermost first
  private final NumberType type;
  private final DecimalType decimal;
  private final Scaling scaling;

  /** @param scaling null for none */
  public ArrayFeature(int column, int[] lengths, NumberType type, DecimalType decimal, Scaling scaling) {
    super(column);
    this.lengths = lengths.clone();
    this.type = type;
    this.decimal = decimal;
    this.scaling = scaling;
  }

  @Override
  public void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    if (values instanceof WritableColumnVector writable && isPlain(writable, from, count)) {
      readPlain(writable, from, count, data, capacity, to, invalid);
      return;
    }
    for (int r = 0; r < count; r++) {
      if (values.isNullAt(from + r)) {
        clear(data, capacity, to + r);
        invalid.mark(to + r, column(), InvalidRows.NULL, 0);
      } else {
        read(values.getArray(from + r), data, capacity, to + r, invalid);
      }
    }
  }

  /** Whether the rows' arrays follow one another in one child vector, all of the right length, with no null about. */
  private boolean isPlain(WritableColumnVector values, int from, int count) {
    if (lengths.length > 1 || values.hasNull() || values.getChild(0).hasNull() || type == NumberType.DECIMAL) {
      return false;
    }
    int offset = values.getArrayOffset(from);
    for (int r = 0; r < count; r++) {
      if (values.getArrayLength(from + r) != lengths[0] || values.getArrayOffset(from + r) != offset + r * lengths[0]) {
        return false;
      }
    }
    return true;
  }

  private void readPlain(WritableColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    ColumnVector child = values.getChild(0);
    int length = lengths[0];
    int offset = values.getArrayOffset(from);
    for (int r = 0; r < count; r++) {
      for (int e = 0; e < length; e++) {
        float value = NumberType.narrow(type.value(child, offset + r * length + e, decimal), scaling);
        data[e * capacity + to + r] = value;
        if (Float.isNaN(value) && invalid.nanIsInvalid()) {
          invalid.mark(to + r, column(), InvalidRows.NAN_ELEMENT, e);
        }
      }
    }
  }

  @Override
  public void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid) {
    if (row.isNullAt(ordinal)) {
      clear(data, capacity, to);
      invalid.mark(to, column(), InvalidRows.NULL, 0);
    } else {
      read(row.getArray(ordinal), data, capacity, to, invalid);
    }
  }

  private void read(ArrayData array, float[] data, int capacity, int to, InvalidRows invalid) {
    if (read(array, 0, 0, data, capacity, to, invalid) < 0) {
      clear(data, capacity, to);
    }
  }

  /** @return the element after the last one read, or -1 where the array does not fit */
  private int read(ArrayData array, int level, int element, float[] data, int capacity, int to, InvalidRows invalid) {
    if (array.numElements() != lengths[level]) {
      invalid.mark(to, column(), InvalidRows.LENGTH, (long) level << LEVEL_SHIFT | array.numElements());
      return -1;
    }
    int at = element;
    for (int i = 0; i < lengths[level] && at >= 0; i++) {
      if (array.isNullAt(i)) {
        invalid.mark(to, column(), InvalidRows.NULL_ELEMENT, at);
        return -1;
      }
      if (level + 1 < lengths.length) {
        at = read(array.getArray(i), level + 1, at, data, capacity, to, invalid);
        continue;
      }
      float value = NumberType.narrow(type.value(array, i, decimal), scaling);
      data[at * capacity + to] = value;
      if (Float.isNaN(value) && invalid.nanIsInvalid()) {
        invalid.mark(to, column(), InvalidRows.NAN_ELEMENT, at);
      }
      at++;
    }
    return at;
  }

  private void clear(float[] data, int capacity, int to) {
    int elements = 1;
    for (int length : lengths) {
      elements *= length;
    }
    for (int e = 0; e < elements; e++) {
      data[e * capacity + to] = 0f;
    }
  }

  @Override
  public String describe(String name, int kind, long detail) {
    return switch (kind) {
      case InvalidRows.NULL -> name + " is null";
      case InvalidRows.LENGTH -> (detail >> LEVEL_SHIFT == 0 ? name : "an array in " + name) + " holds " + (int) detail + " elements, not "
          + lengths[(int) (detail >> LEVEL_SHIFT)];
      case InvalidRows.NULL_ELEMENT -> name + " holds null";
      default -> name + " holds NaN";
    };
  }
}
