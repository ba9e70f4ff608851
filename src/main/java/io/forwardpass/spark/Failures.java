package io.forwardpass.spark;

import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.io.InputTable;
import java.io.IOException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Finds what a user can mend in what Spark throws when a job fails. */
final class Failures {
  private Failures() {}

  /** The refusal a task threw, or one made from Spark's own words about what was asked of it; any other is itself. */
  static RuntimeException forUsers(Exception failure) throws IOException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known && String.valueOf(known.getCondition()).startsWith("FAILED_READ_FILE")) {
        return new Refusal(Refusal.Kind.TABLE, "Cannot read " + known.getMessageParameters().get("path") + ": " + reason(cause)
            + " Mend or replace the file.", failure);
      }
    }
    if (failure instanceof AnalysisException) {
      return new Refusal(Refusal.Kind.TABLE, "Cannot write the predictions: " + InputTable.firstLine(failure)
          + " Correct the output section of the job file.", failure);
    }
    if (failure instanceof IOException io) {
      throw io;
    }
    return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
  }

  /** What was wrong at the bottom, with the exception's name: alone, a message may be no more than the name of a class. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + InputTable.firstLine(cause);
  }
}
