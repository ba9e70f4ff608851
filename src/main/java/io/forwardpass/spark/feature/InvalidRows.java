package io.forwardpass.spark.feature;

import io.forwardpass.math.Kernels;
import java.util.Arrays;

/** Which rows of a block cannot be scored and why: a number per row, 0 where the row is valid. */
public final class InvalidRows {
  public static final int NULL = 1;
  public static final int NAN = 2;
  /** An array or vector of another length; the detail is the length found, shifted by the level of nesting. */
  public static final int LENGTH = 3;
  /** A null inside an array; the detail is its position. */
  static final int NULL_ELEMENT = 4;
  /** A NaN inside an array or vector; the detail is its position. */
  public static final int NAN_ELEMENT = 5;
  /** A number beyond those that the model has an embedding for; the detail is its lower 32 bits. */
  public static final int INDEX = 6;
  /** A key that the model's vocabulary lacks, where it has no index for those; the detail is its position. */
  public static final int UNKNOWN_KEY = 7;

  private static final int KIND_BITS = 4;
  private static final int DETAIL_BITS = 36;

  private final long[] reasons;
  private final boolean nanIsInvalid;
  private boolean any;

  public InvalidRows(int rows, boolean nanIsInvalid) {
    reasons = new long[rows];
    this.nanIsInvalid = nanIsInvalid;
  }

  public void clear() {
    if (any) {
      Arrays.fill(reasons, 0);
      any = false;
    }
  }

  public boolean any() {
    return any;
  }

  boolean nanIsInvalid() {
    return nanIsInvalid;
  }

  public long reason(int row) {
    return reasons[row];
  }

  /** The first reason found stands. */
  void mark(int row, int column, int kind, long detail) {
    if (reasons[row] == 0) {
      reasons[row] = reason(column, kind, detail);
      any = true;
    }
  }

  void markNaNs(float[] data, int at, int count, int row, int column) {
    if (nanIsInvalid && Kernels.best().hasNaN(data, at, count)) {
      for (int r = 0; r < count; r++) {
        if (Float.isNaN(data[at + r])) {
          mark(row + r, column, NAN, 0);
        }
      }
    }
  }

  /** @param column its place among the columns the scoring needs */
  public static long reason(int column, int kind, long detail) {
    return ((long) column << KIND_BITS | kind) << DETAIL_BITS | detail;
  }

  public static int column(long reason) {
    return (int) (reason >>> (DETAIL_BITS + KIND_BITS));
  }

  public static int kind(long reason) {
    return (int) (reason >>> DETAIL_BITS) & (1 << KIND_BITS) - 1;
  }

  public static long detail(long reason) {
    return reason & (1L << DETAIL_BITS) - 1;
  }

  /** The reason without what differs from row to row, for counting. */
  public static long category(long reason) {
    return reason >>> DETAIL_BITS << DETAIL_BITS;
  }
}
