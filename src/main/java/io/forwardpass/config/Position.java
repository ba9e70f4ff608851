package io.forwardpass.config;

import com.typesafe.config.ConfigOrigin;

/** Says where in a job file something is. */
final class Position {
  private Position() {}

  /** {@code "line 12: "}, or nothing where the origin does not know. */
  static String of(ConfigOrigin origin, String jobFile) {
    String place = place(origin, jobFile);
    return place.isEmpty() ? "" : place + ": ";
  }

  /** {@code " (line 12)"}, {@code " (--set)"}, or nothing. */
  static String after(ConfigOrigin origin, String jobFile) {
    String place = place(origin, jobFile);
    return place.isEmpty() ? "" : " (" + place + ")";
  }

  private static String place(ConfigOrigin origin, String jobFile) {
    if (origin == null) {
      return "";
    }
    String description = origin.description();
    if (description.startsWith(Settings.ORIGIN)) {
      return Settings.ORIGIN;
    }
    if (description.startsWith("environment variable")) {
      return description;
    }
    if (origin.lineNumber() <= 0) {
      return "";
    }
    boolean elsewhere = !description.startsWith(jobFile + ":") && description.contains(":");
    return (elsewhere ? description.substring(0, description.lastIndexOf(':')) + " " : "") + "line " + origin.lineNumber();
  }
}
