package io.forwardpass.spark;

import java.util.Map;

/**
 * What a run did.
 *
 * @param output where the predictions are
 * @param way how they were written, and why so
 */
public record Summary(String model, RowCounts rows, WindowCounts windows, double seconds, String output, String way) {
  /**
   * @param scored rows that got a prediction
   * @param invalid rows that could not be scored, or whose window could not
   * @param invalidByReason the same by reason, in words
   * @param dropped rows that were wanted and are not in the output: invalid ones, and those with too little history
   */
  public record RowCounts(long read, long scored, long invalid, Map<String, Long> invalidByReason, long dropped) {}

  /**
   * All zero where each row is scored by itself.
   *
   * @param without rows with too little history
   * @param cut those of them whose history may begin before the context that was read
   * @param context rows that were read for the windows of others alone
   * @param duplicates rows left out because others have their series and time
   * @param partitioning how windows were parted among tasks; empty where there are none
   */
  public record WindowCounts(long without, long cut, long context, long duplicates, String partitioning) {}

  public double rowsPerSecond() {
    return rows.read() / Math.max(seconds, 1e-9);
  }
}
