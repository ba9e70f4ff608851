package io.forwardpass.spark.interop;

/** Column names as SQL has them, in back-ticks where they hold more than letters. */
public final class SqlNames {
  private static final String TICK = "`";

  private SqlNames() {}

  /** The name, whatever it holds, as an expression for the column. */
  public static String quoted(String name) {
    return TICK + name.replace(TICK, TICK + TICK) + TICK;
  }

  /** The name that a user may or may not have quoted. */
  public static String unquoted(String text) {
    boolean isQuoted = text.length() > 2 && text.startsWith(TICK) && text.endsWith(TICK);
    return isQuoted ? text.substring(1, text.length() - 1).replace(TICK + TICK, TICK) : text;
  }
}
