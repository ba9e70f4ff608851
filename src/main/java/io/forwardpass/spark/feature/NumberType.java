package io.forwardpass.spark.feature;

import io.forwardpass.config.Scaling;
import io.forwardpass.network.KeyEncoding;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** The column types a feature may have, and how each is read: as a double, scaled, narrowed once. */
public enum NumberType {
  BOOLEAN, BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, DECIMAL;

  public static Optional<NumberType> of(DataType type) {
    if (type instanceof FloatType) {
      return Optional.of(FLOAT);
    } else if (type instanceof DoubleType) {
      return Optional.of(DOUBLE);
    } else if (type instanceof IntegerType) {
      return Optional.of(INT);
    } else if (type instanceof LongType) {
      return Optional.of(LONG);
    } else if (type instanceof ShortType) {
      return Optional.of(SHORT);
    } else if (type instanceof ByteType) {
      return Optional.of(BYTE);
    } else if (type instanceof BooleanType) {
      return Optional.of(BOOLEAN);
    }
    return type instanceof DecimalType ? Optional.of(DECIMAL) : Optional.empty();
  }

  boolean mayBeNaN() {
    return this == FLOAT || this == DOUBLE;
  }

  /** @param decimal the column's type where it is a decimal */
  double value(SpecializedGetters row, int ordinal, DecimalType decimal) {
    return switch (this) {
      case BOOLEAN -> row.getBoolean(ordinal) ? 1 : 0;
      case BYTE -> row.getByte(ordinal);
      case SHORT -> row.getShort(ordinal);
      case INT -> row.getInt(ordinal);
      case LONG -> row.getLong(ordinal);
      case FLOAT -> row.getFloat(ordinal);
      case DOUBLE -> row.getDouble(ordinal);
      case DECIMAL -> row.getDecimal(ordinal, decimal.precision(), decimal.scale()).toDouble();
    };
  }

  double value(ColumnVector column, int row, DecimalType decimal) {
    return switch (this) {
      case BOOLEAN -> column.getBoolean(row) ? 1 : 0;
      case BYTE -> column.getByte(row);
      case SHORT -> column.getShort(row);
      case INT -> column.getInt(row);
      case LONG -> column.getLong(row);
      case FLOAT -> column.getFloat(row);
      case DOUBLE -> column.getDouble(row);
      case DECIMAL -> column.getDecimal(row, decimal.precision(), decimal.scale()).toDouble();
    };
  }

  /** Cut to a whole number of 64 bits, as Keras casts. */
  long whole(SpecializedGetters row, int ordinal, DecimalType decimal) {
    return switch (this) {
      case LONG -> row.getLong(ordinal);
      case DECIMAL -> row.getDecimal(ordinal, decimal.precision(), decimal.scale()).toLong();
      default -> KeyEncoding.truncated(value(row, ordinal, decimal));
    };
  }

  long whole(ColumnVector column, int row, DecimalType decimal) {
    return switch (this) {
      case LONG -> column.getLong(row);
      case DECIMAL -> column.getDecimal(row, decimal.precision(), decimal.scale()).toLong();
      default -> KeyEncoding.truncated(value(column, row, decimal));
    };
  }

  /** Reads rows of a column that holds no null, in bulk where the type's vectors can. */
  void read(ColumnVector column, int from, int count, float[] to, int at, Scaling scaling, DecimalType decimal) {
    switch (this) {
      case FLOAT -> {
        float[] values = column.getFloats(from, count);
        if (scaling == null) {
          System.arraycopy(values, 0, to, at, count);
        } else {
          for (int r = 0; r < count; r++) {
            to[at + r] = (float) scaling.apply(values[r]);
          }
        }
      }
      case DOUBLE -> {
        double[] values = column.getDoubles(from, count);
        for (int r = 0; r < count; r++) {
          to[at + r] = narrow(values[r], scaling);
        }
      }
      case INT -> {
        int[] values = column.getInts(from, count);
        for (int r = 0; r < count; r++) {
          to[at + r] = narrow(values[r], scaling);
        }
      }
      case LONG -> {
        long[] values = column.getLongs(from, count);
        for (int r = 0; r < count; r++) {
          to[at + r] = narrow((double) values[r], scaling);
        }
      }
      default -> {
        for (int r = 0; r < count; r++) {
          to[at + r] = narrow(value(column, from + r, decimal), scaling);
        }
      }
    }
  }

  static float narrow(double value, Scaling scaling) {
    return (float) (scaling == null ? value : scaling.apply(value));
  }
}
