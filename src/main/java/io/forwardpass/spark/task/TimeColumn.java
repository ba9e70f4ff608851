package io.forwardpass.spark.task;

import io.forwardpass.config.Span;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The column that orders a series' rows, as whole numbers: microseconds, days, or the numbers themselves. */
public final class TimeColumn implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long DAY = 86_400_000_000L;

  private final DataType type;

  public TimeColumn(DataType type) {
    this.type = type;
  }

  public static boolean fits(DataType type) {
    return isWhole(type) || type instanceof DecimalType || type instanceof DateType || isTimestamp(type);
  }

  public DataType type() {
    return type;
  }

  private static boolean isWhole(DataType type) {
    return type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType || type instanceof LongType;
  }

  private static boolean isTimestamp(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  /** Whether a long holds its values; decimals of more digits are only told apart. */
  public boolean isCountable() {
    return !(type instanceof DecimalType decimal) || decimal.precision() <= Decimal.MAX_LONG_DIGITS();
  }

  /** A length in this column's whole numbers, or empty where it is of another kind. */
  public Optional<Long> ticks(Span span) {
    if (isTimestamp(type) || type instanceof DateType) {
      long unit = type instanceof DateType ? DAY : 1;
      return span.isDuration() && span.amount() % unit == 0 ? Optional.of(span.amount() / unit) : Optional.empty();
    }
    long unit = type instanceof DecimalType decimal ? (long) Math.pow(10, Math.min(18, decimal.scale())) : 1;
    return span.isDuration() ? Optional.empty() : Optional.of(Math.multiplyExact(span.amount(), unit));
  }

  /** What a length has to look like. */
  public String lengths() {
    return isTimestamp(type) ? "a length of time such as \"15 minutes\"" : type instanceof DateType ? "whole days, such as \"1 day\""
        : "a whole number";
  }

  /** For one task: reads the column from its rows. */
  public Reader reader(int ordinal) {
    return new Reader(type, ordinal, isCountable());
  }

  public static final class Reader {
    private final int ordinal;
    private final int precision;
    private final int scale;
    private final int kind; // how many bytes the row keeps it in, or DECIMAL, WIDE
    private Decimal last;
    private long different;

    private static final int DECIMAL = 16;
    private static final int WIDE = 32;

    Reader(DataType type, int ordinal, boolean isCountable) {
      this.ordinal = ordinal;
      precision = type instanceof DecimalType decimal ? decimal.precision() : 0;
      scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
      kind = !isCountable ? WIDE : type instanceof DecimalType ? DECIMAL : type instanceof ByteType ? 1 : type instanceof ShortType ? 2
          : type instanceof IntegerType || type instanceof DateType ? 4 : 8;
    }

    public boolean isNull(InternalRow row) {
      return row.isNullAt(ordinal);
    }

    public long time(InternalRow row) {
      return switch (kind) {
        case 1 -> row.getByte(ordinal);
        case 2 -> row.getShort(ordinal);
        case 4 -> row.getInt(ordinal);
        case DECIMAL -> row.getDecimal(ordinal, precision, scale).toUnscaledLong();
        case WIDE -> number(row.getDecimal(ordinal, precision, scale));
        default -> row.getLong(ordinal);
      };
    }

    /** Rows come sorted: equal values are neighbours and get one number. */
    private long number(Decimal value) {
      if (!value.equals(last)) {
        last = value.clone();
        different++;
      }
      return different;
    }
  }

  /** As Spark keeps it in rows; empty where the column's type does not reach so far. */
  public Optional<Object> internal(long ticks) {
    if (type instanceof DecimalType decimal) {
      return Math.abs((double) ticks) < Math.pow(10, decimal.precision())
          ? Optional.of(Decimal.createUnsafe(ticks, decimal.precision(), decimal.scale())) : Optional.empty();
    }
    if (type instanceof ByteType) {
      return ticks == (byte) ticks ? Optional.of((byte) ticks) : Optional.empty();
    }
    if (type instanceof ShortType) {
      return ticks == (short) ticks ? Optional.of((short) ticks) : Optional.empty();
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return ticks == (int) ticks ? Optional.of((int) ticks) : Optional.empty();
    }
    return Optional.of(ticks);
  }

  /** As messages show it. */
  public String text(long ticks) {
    return internal(ticks).map(value -> String.valueOf(CatalystTypeConverters.convertToScala(value, type))).orElse(Long.toString(ticks));
  }

  /** An SQL expression for the time so much later. */
  public String later(String column, long ticks) {
    if (type instanceof TimestampType) {
      return "timestamp_micros(unix_micros(" + column + ") + " + ticks + "L)";
    }
    if (type instanceof TimestampNTZType) {
      return column + " + make_dt_interval(0, 0, 0, " + BigDecimal.valueOf(ticks, 6).toPlainString() + "BD)";
    }
    if (type instanceof DateType) {
      return "date_add(" + column + ", " + ticks + ")";
    }
    String amount = type instanceof DecimalType decimal ? BigDecimal.valueOf(ticks, decimal.scale()).toPlainString() + "BD" : ticks + "L";
    return "cast(" + column + " + " + amount + " as " + type.sql() + ")";
  }
}
