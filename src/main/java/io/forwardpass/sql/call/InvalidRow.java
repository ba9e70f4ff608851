package io.forwardpass.sql.call;

import io.forwardpass.refusal.Refusal;
import org.apache.spark.unsafe.types.UTF8String;

/** What stops a query that calls with {@code on_invalid => 'error'}. */
public final class InvalidRow {
  private InvalidRow() {}

  static Refusal refusal(String model, String reason) {
    return new Refusal(Refusal.Kind.INVALID_ROWS, "Cannot score with " + model + ": " + reason
        + ". Mend the row, or call with on_invalid => 'null' or 'report'.");
  }

  /**
   * Called by the code Spark generates, where the operator has found what is wrong with a row and the query now asks for its
   * prediction.
   */
  public static boolean check(UTF8String model, UTF8String reason) {
    if (reason != null) {
      throw refusal(model.toString(), reason.toString());
    }
    return true;
  }
}
