package io.forwardpass.spark;

import java.util.Map;

/**
 * What a run did.
 *
 * @param rows rows read
 * @param scored rows that got a prediction
 * @param withoutWindow rows with too little history
 * @param cut those of them whose history may begin before the context that was read
 * @param context rows that were read for the windows of others alone
 * @param duplicates rows left out, as others have their series and time
 * @param invalid rows that could not be scored, or whose window could not
 * @param invalidByReason the same by reason, in words
 * @param dropped those of them that are not in the output
 * @param output where the predictions are
 * @param partitioning how windows were parted among tasks; empty without windows
 * @param way how they were written, and why so
 */
public record Summary(String model, long rows, long scored, long withoutWindow, long cut, long context, long duplicates,
    long invalid, Map<String, Long> invalidByReason, long dropped, double seconds, String output, String partitioning, String way) {
  public double rowsPerSecond() {
    return rows / Math.max(seconds, 1e-9);
  }
}
