package io.forwardpass.spark.append;

import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/** Hands one new column's values to Parquet's writer, a row at a time, with the levels that say what is null and what a list. */
abstract class PredictionColumn {
  final ColumnWriter writer;
  final int definition; // level of a value that is there
  ColumnVector values;

  private PredictionColumn(ColumnWriter writer, int definition) {
    this.writer = writer;
    this.definition = definition;
  }

  static PredictionColumn of(DataType type, ColumnWriter writer, int definition) {
    return type instanceof ArrayType array ? new Lists(writer, definition, levels(array))
        : type instanceof FloatType ? new Numbers(writer, definition) : new Texts(writer, definition);
  }

  private static int levels(DataType type) {
    return type instanceof ArrayType array ? 1 + levels(array.elementType()) : 0;
  }

  /** The next rows come from here. */
  final void read(ColumnVector from) {
    values = from;
  }

  final void write(int row) {
    if (definition > 0 && values.isNullAt(row)) {
      writer.writeNull(0, 0);
    } else {
      writeValue(row);
    }
  }

  abstract void writeValue(int row);

  private static final class Numbers extends PredictionColumn {
    private Numbers(ColumnWriter writer, int definition) {
      super(writer, definition);
    }

    @Override
    void writeValue(int row) {
      writer.write(values.getFloat(row), 0, definition);
    }
  }

  private static final class Texts extends PredictionColumn {
    private Texts(ColumnWriter writer, int definition) {
      super(writer, definition);
    }

    @Override
    void writeValue(int row) {
      writer.write(Binary.fromConstantByteArray(values.getUTF8String(row).getBytes()), 0, definition);
    }
  }

  /** Lists are never empty: a model's output has a fixed shape. */
  private static final class Lists extends PredictionColumn {
    private final int levels;

    private Lists(ColumnWriter writer, int definition, int levels) {
      super(writer, definition);
      this.levels = levels;
    }

    @Override
    void writeValue(int row) {
      write(values.getArray(row), 1, 0);
    }

    private void write(ColumnarArray array, int level, int firstRepetition) {
      for (int i = 0; i < array.numElements(); i++) {
        int repetition = i == 0 ? firstRepetition : level;
        if (level == levels) {
          writer.write(array.getFloat(i), repetition, definition);
        } else {
          write(array.getArray(i), level + 1, repetition);
        }
      }
    }
  }
}
