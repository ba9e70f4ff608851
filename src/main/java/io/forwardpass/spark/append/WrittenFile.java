package io.forwardpass.spark.append;

import java.io.Serializable;

/** A file that a task attempt wrote. */
final class WrittenFile implements Serializable {
  private static final long serialVersionUID = 1L;

  final String path;
  final String folder; // of its partition; empty where there is none
  final long rows;

  WrittenFile(String path, String folder, long rows) {
    this.path = path;
    this.folder = folder;
    this.rows = rows;
  }
}
