package io.forwardpass.spark;

import java.util.Map;

/**
 * What a run did.
 *
 * @param rows rows read
 * @param scored rows that got a prediction
 * @param withoutWindow rows with too little history
 * @param invalid rows that could not be scored, or whose window could not
 * @param invalidByReason the same by reason, in words
 * @param dropped those of them that are not in the output
 * @param output where the predictions are
 * @param way how they were written, and why so
 */
public record Summary(String model, long rows, long scored, long withoutWindow, long invalid, Map<String, Long> invalidByReason,
    long dropped, double seconds, String output, String way) {
  public double rowsPerSecond() {
    return rows / Math.max(seconds, 1e-9);
  }
}
