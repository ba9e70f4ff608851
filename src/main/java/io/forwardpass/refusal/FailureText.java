package io.forwardpass.refusal;

import java.util.Objects;
import java.util.stream.Stream;

/** What an exception says, in the form in which a message to the user quotes it. */
public final class FailureText {
  private FailureText() {}

  /** The failure, its cause, the cause of that, and so on. */
  public static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** The last of its causes, which is itself where it has none. */
  public static Throwable deepest(Throwable failure) {
    return chain(failure).reduce((outer, cause) -> cause).orElseThrow();
  }

  /** The first line of its message without a full stop; the exception's name where it has no message. */
  public static String firstLine(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    String line = message.strip().lines().findFirst().orElse("").replaceAll("[. ]+$", "");
    return line.isEmpty() ? failure.getClass().getSimpleName() : line;
  }

  /** The same with a full stop. */
  public static String sentence(Throwable failure) {
    return firstLine(failure) + ".";
  }
}
