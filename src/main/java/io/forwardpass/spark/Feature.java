package io.forwardpass.spark;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.vectorized.ColumnVector;

/** One column of the table and where its numbers go in a model input; resolved once, from the column's type. */
abstract class Feature implements Serializable {
  private static final long serialVersionUID = 1L;

  final int column; // its place among the columns the scoring needs

  Feature(int column) {
    this.column = column;
  }

  /**
   * Reads rows {@code from} to {@code from + count} of a batch's column into rows {@code to} and on of a block.
   * Rows whose numbers are missing are marked.
   */
  abstract void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, Invalid invalid);

  /** The same for one row: the same numbers to the bit. */
  abstract void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, Invalid invalid);

  /** What is wrong with a row that was marked, in words. */
  abstract String describe(String name, int kind, long detail);
}
