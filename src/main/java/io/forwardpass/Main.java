package io.forwardpass;

import io.forwardpass.cli.Forwardpass;

/** The class that spark-submit and the launcher start. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int exitCode = run(args);
    // On YARN a driver that exits by itself counts as failed even with code 0.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs a command line and returns its exit code; never ends the JVM. */
  public static int run(String... args) {
    return Forwardpass.run(System.out, System.err, args);
  }
}
