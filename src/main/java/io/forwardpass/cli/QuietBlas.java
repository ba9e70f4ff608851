package io.forwardpass.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Loads the BLAS below Breeze without what it prints then: a verdict's output is for programs to read too. */
final class QuietBlas {
  // kept, as a logger that nobody holds forgets its level
  private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib");

  private QuietBlas() {}

  static void load() {
    NETLIB.setLevel(Level.OFF);
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      Class.forName("dev.ludovic.netlib.blas.BLAS").getMethod("getInstance").invoke(null);
    } catch (ReflectiveOperationException e) {
      // another release of it, which will say what it has to say when Breeze asks for it
      NETLIB.setLevel(null);
    } finally {
      System.setOut(out);
    }
  }
}
