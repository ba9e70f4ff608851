package io.forwardpass.spark.feature;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.vectorized.ColumnVector;

/** One column of the table and where its numbers go in a model input; resolved once, from the column's type. */
public abstract class Feature implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int column;

  Feature(int column) {
    this.column = column;
  }

  /**
   * Reads rows {@code from} to {@code from + count} of a batch's column into rows {@code to} and on of a block.
   * Rows whose numbers are missing are marked.
   */
  public abstract void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid);

  /** The same for one row: the same numbers to the bit. */
  public abstract void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid);

  /** The feature as one task reads it: itself, or a copy where it remembers what it has read. */
  public Feature forTask() {
    return this;
  }

  /** Whether it may have marked a row so. */
  public boolean marks(int kind) {
    return kind != InvalidRows.INDEX && kind != InvalidRows.UNKNOWN_KEY;
  }

  /** What is wrong with a row that was marked, in words. */
  public abstract String describe(String name, int kind, long detail);

  /** Its place among the columns the scoring needs. */
  public int column() {
    return column;
  }
}
