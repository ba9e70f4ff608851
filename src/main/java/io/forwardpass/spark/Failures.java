package io.forwardpass.spark;

import io.forwardpass.refusal.FailureText;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Finds what a user can mend in what Spark throws when a job fails. */
public final class Failures {
  private Failures() {}

  /** As {@link #forUsers(Exception)}, with something to add about what the failed run may leave. */
  static RuntimeException forUsers(Exception failure, Optional<String> left) throws IOException {
    left.ifPresent(also -> failure.addSuppressed(new IllegalStateException(also)));
    RuntimeException told = forUsers(failure);
    return left.isPresent() && told instanceof Refusal refusal
        ? new Refusal(refusal.kind(), refusal.getMessage() + " " + left.get(), failure) : told;
  }

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
      return new Refusal(Refusal.Kind.TABLE, "Cannot write the predictions: " + FailureText.sentence(failure)
          + " Correct the output section of the job file.", failure);
    }
    if (failure instanceof IOException io) {
      throw io;
    }
    return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
  }

  /** What was wrong at the bottom, with the exception's name: alone, a message may be no more than the name of a class. */
  public static String reason(Throwable failure) {
    Throwable cause = FailureText.deepest(failure);
    return cause.getClass().getSimpleName() + ": " + FailureText.sentence(cause);
  }
}
