package io.forwardpass.spark.feature;

import io.forwardpass.config.Scaling;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A column of Spark ML's vectors, dense or sparse, that holds all numbers of a model input. */
public final class VectorFeature extends Feature {
  private static final long serialVersionUID = 1L;
  private static final String UDT = "org.apache.spark.ml.linalg.VectorUDT";
  private static final int FIELDS = 4; // type (0 sparse, 1 dense), size, indices, values
  private static final byte DENSE = 1;

  private final int length;
  private final Scaling scaling;

  /** @param scaling null for none */
  public VectorFeature(int column, int length, Scaling scaling) {
    super(column);
    this.length = length;
    this.scaling = scaling;
  }

  /** By name, as Spark ML need not be there; without it Spark shows such a column as the structure it is stored as. */
  public static boolean isVector(DataType type) {
    return (type instanceof UserDefinedType<?> && type.getClass().getName().equals(UDT))
        || (type instanceof StructType struct && isStoredVector(struct));
  }

  private static boolean isStoredVector(StructType struct) {
    StructField[] fields = struct.fields();
    return fields.length == FIELDS && fields[0].name().equals("type") && fields[0].dataType().equals(DataTypes.ByteType)
        && fields[1].name().equals("size") && fields[1].dataType().equals(DataTypes.IntegerType)
        && fields[2].name().equals("indices") && isArrayOf(fields[2].dataType(), DataTypes.IntegerType)
        && fields[3].name().equals("values") && isArrayOf(fields[3].dataType(), DataTypes.DoubleType);
  }

  private static boolean isArrayOf(DataType type, DataType element) {
    return type instanceof ArrayType array && array.elementType().equals(element);
  }

  @Override
  public void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    for (int r = 0; r < count; r++) {
      if (values.isNullAt(from + r)) {
        fill(data, capacity, to + r, 0f);
        invalid.mark(to + r, column(), InvalidRows.NULL, 0);
      } else {
        read(values.getStruct(from + r), data, capacity, to + r, invalid);
      }
    }
  }

  @Override
  public void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid) {
    if (row.isNullAt(ordinal)) {
      fill(data, capacity, to, 0f);
      invalid.mark(to, column(), InvalidRows.NULL, 0);
    } else {
      read(row.getStruct(ordinal, FIELDS), data, capacity, to, invalid);
    }
  }

  private void read(InternalRow vector, float[] data, int capacity, int to, InvalidRows invalid) {
    boolean dense = vector.getByte(0) == DENSE;
    ArrayData values = vector.getArray(3);
    int size = dense ? values.numElements() : vector.getInt(1);
    fill(data, capacity, to, NumberType.narrow(0, scaling));
    if (size != length) {
      invalid.mark(to, column(), InvalidRows.LENGTH, size);
      return;
    }
    ArrayData indices = dense ? null : vector.getArray(2);
    for (int i = 0; i < values.numElements(); i++) {
      int element = dense ? i : indices.getInt(i);
      float value = NumberType.narrow(values.getDouble(i), scaling);
      data[element * capacity + to] = value;
      if (Float.isNaN(value) && invalid.nanIsInvalid()) {
        invalid.mark(to, column(), InvalidRows.NAN_ELEMENT, element);
      }
    }
  }

  private void fill(float[] data, int capacity, int to, float value) {
    for (int e = 0; e < length; e++) {
      data[e * capacity + to] = value;
    }
  }

  @Override
  public String describe(String name, int kind, long detail) {
    return switch (kind) {
      case InvalidRows.NULL -> name + " is null";
      case InvalidRows.LENGTH -> name + " holds " + detail + " elements, not " + length;
      default -> name + " holds NaN";
    };
  }
}
