package io.forwardpass.spark.append;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What one task does: pieces of the table, in its order. */
final class Share implements Serializable {
  private static final long serialVersionUID = 1L;

  final int number;
  final Piece[] pieces;
  final long rows;

  private Share(int number, List<Piece> pieces) {
    this.number = number;
    this.pieces = pieces.toArray(Piece[]::new);
    rows = pieces.stream().mapToLong(Piece::rows).sum();
  }

  /**
   * Cuts a table into shares of whole row groups and of about equal size, which is at most {@code most}, but smaller where
   * that would leave cores without work.
   *
   * @param openCost what it costs to begin with a file, in bytes
   */
  static List<Share> cut(List<SourceFile> files, long most, long openCost, int cores) {
    long total = 0;
    long groups = 0;
    for (SourceFile file : files) {
      total += file.groups.rows() > 0 ? openCost : 0;
      groups += file.groups.filled();
      for (int g = 0; g < file.groups.count(); g++) {
        total += file.groups.bytes(g);
      }
    }
    if (groups == 0) { // one file, so that the output has a schema
      return files.isEmpty() ? List.of() : List.of(new Share(0, List.of(new Piece(files.get(0), 0, 0))));
    }
    return cut(files, total, Math.min(groups, count(total, most, openCost, cores)), openCost);
  }

  /** As many as fill the cores evenly, wave by wave. */
  private static long count(long total, long most, long openCost, int cores) {
    long size = Math.max(1, Math.min(most, Math.max(openCost, (total + cores - 1) / cores)));
    long count = (total + size - 1) / size;
    return count <= cores ? count : (count + cores - 1) / cores * cores;
  }

  /** A row group goes to the share that its middle falls into. */
  private static List<Share> cut(List<SourceFile> files, long total, long count, long openCost) {
    List<Share> shares = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    long done = 0;
    long number = 0;
    for (SourceFile file : files) {
      done += file.groups.rows() > 0 ? openCost : 0;
      int first = 0;
      for (int g = 0; g < file.groups.count(); g++) {
        if (!file.groups.isEmpty(g)) {
          long at = (long) ((done + file.groups.bytes(g) / 2.0) * count / total);
          if (at > number) {
            add(pieces, file, first, g);
            end(shares, pieces);
            first = g;
            number = at;
          }
          done += file.groups.bytes(g);
        }
      }
      add(pieces, file, first, file.groups.count());
    }
    end(shares, pieces);
    return shares;
  }

  private static void add(List<Piece> pieces, SourceFile file, int first, int end) {
    Piece piece = new Piece(file, first, end);
    if (piece.rows() > 0) {
      pieces.add(piece);
    }
  }

  private static void end(List<Share> shares, List<Piece> pieces) {
    if (!pieces.isEmpty()) {
      shares.add(new Share(shares.size(), pieces));
      pieces.clear();
    }
  }
}
