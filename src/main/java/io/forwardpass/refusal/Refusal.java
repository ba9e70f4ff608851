package io.forwardpass.refusal;

/**
 * Something a user can mend: the one exception that reaches the command line without a stack trace.
 *
 * <p>Its message has the form {@code Cannot <do what>: <why, with both values>. <what to do>.} It is an IllegalArgumentException as
 * Spark Connect and PySpark show the message of those, and of exceptions they do not know no more than the name.
 */
public final class Refusal extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Which side of a run was refused, and with it the exit code of the command. */
  public enum Kind {
    COMMAND(2),
    MODEL(3),
    TABLE(4),
    VERIFICATION(5),
    INVALID_ROWS(6);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  public Refusal(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Refusal(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public static Refusal command(String message) {
    return new Refusal(Kind.COMMAND, message);
  }

  public static Refusal model(String message) {
    return new Refusal(Kind.MODEL, message);
  }

  public static Refusal table(String message) {
    return new Refusal(Kind.TABLE, message);
  }

  public Kind kind() {
    return kind;
  }
}
