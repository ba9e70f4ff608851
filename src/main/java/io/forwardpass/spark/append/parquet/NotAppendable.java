package io.forwardpass.spark.append.parquet;

/** Why predictions cannot be appended to a table, so that it has to be written row by row. */
public final class NotAppendable extends Exception {
  private static final long serialVersionUID = 1L;

  /** @param reason a clause without a full stop: {@code rows are filtered} */
  public NotAppendable(String reason) {
    super(reason);
  }

  public static void when(boolean holds, String reason) throws NotAppendable {
    if (holds) {
      throw new NotAppendable(reason);
    }
  }
}
