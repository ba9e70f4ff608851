package io.forwardpass.spark.append;

import java.io.Serializable;

/** Some row groups of an input file, one after another. */
final class Piece implements Serializable {
  private static final long serialVersionUID = 1L;

  final SourceFile file;
  final int firstGroup;
  final int endGroup;

  Piece(SourceFile file, int firstGroup, int endGroup) {
    this.file = file;
    this.firstGroup = firstGroup;
    this.endGroup = endGroup;
  }

  long rows() {
    long count = 0;
    for (int group = firstGroup; group < endGroup; group++) {
      count += file.groups.rows(group);
    }
    return count;
  }

  /** The range of bytes that holds the middles of these row groups and of no others. */
  long start() {
    return edge(true);
  }

  long end() {
    return edge(false) + 1;
  }

  private long edge(boolean first) {
    long edge = -1;
    for (int group = firstGroup; group < endGroup; group++) {
      if (!file.groups.isEmpty(group) && (edge < 0 || !first)) {
        edge = file.groups.middle(group);
      }
    }
    return edge;
  }
}
