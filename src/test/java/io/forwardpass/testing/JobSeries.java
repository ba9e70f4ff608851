package io.forwardpass.testing;

import io.forwardpass.Main;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Runs the command lines of standard input one after another in one JVM, whose start would take longer than each of them. */
public final class JobSeries {
  private JobSeries() {}

  public static void main(String[] none) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int exitCode = Main.run(line.trim().split("\\s+"));
      if (exitCode != 0) {
        System.exit(exitCode);
      }
    }
  }
}
