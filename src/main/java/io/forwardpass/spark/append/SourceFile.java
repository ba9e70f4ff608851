package io.forwardpass.spark.append;

import java.io.Serializable;

/** An input file whose footer was read. */
final class SourceFile implements Serializable {
  private static final long serialVersionUID = 1L;

  final ListedFile listed;
  final RowGroups groups;

  SourceFile(ListedFile listed, RowGroups groups) {
    this.listed = listed;
    this.groups = groups;
  }
}
