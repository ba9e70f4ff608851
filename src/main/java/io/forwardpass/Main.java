package io.forwardpass;

import java.util.ServiceLoader;
import java.util.spi.ToolProvider;

/** The class that spark-submit and the launcher start. It looks the command line up, which is itself a user of this package. */
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
    return commandLine().run(System.out, System.err, args);
  }

  /** By this class's own loader: spark-submit loads a jar by a loader of its own, which the thread's need not be. */
  private static ToolProvider commandLine() {
    ClassLoader own = Main.class.getClassLoader();
    return ServiceLoader.load(ToolProvider.class, own).stream()
        .filter(tool -> tool.type().getPackageName().startsWith(Main.class.getPackageName() + "."))
        .findFirst().orElseThrow(() -> new IllegalStateException("META-INF/services of this jar names no command line")).get();
  }
}
