package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.Footers;
import io.forwardpass.spark.append.parquet.NotAppendable;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/** The row groups of a file, as its footer names them. */
final class RowGroups implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] rows;
  private final long[] middles; // positions in the file
  private final long[] bytes;

  RowGroups(long[] rows, long[] middles, long[] bytes) {
    this.rows = rows;
    this.middles = middles;
    this.bytes = bytes;
  }

  static RowGroups of(List<RowGroup> groups, String file) throws NotAppendable {
    long[] rows = new long[groups.size()];
    long[] middles = new long[groups.size()];
    long[] bytes = new long[groups.size()];
    long before = -1;
    for (int i = 0; i < rows.length; i++) {
      RowGroup group = groups.get(i);
      rows[i] = group.getNum_rows();
      if (rows[i] > 0) {
        bytes[i] = Footers.compressedBytes(group);
        middles[i] = Footers.middle(group);
        NotAppendable.when(middles[i] <= before, "the row groups of " + file + " are not in their order");
        before = middles[i];
      }
    }
    return new RowGroups(rows, middles, bytes);
  }

  int count() {
    return rows.length;
  }

  boolean isEmpty(int group) {
    return rows[group] == 0;
  }

  long rows(int group) {
    return rows[group];
  }

  /** The byte by which Spark's reader finds the row group; of one that is not empty. */
  long middle(int group) {
    return middles[group];
  }

  long bytes(int group) {
    return bytes[group];
  }

  /** In all of them. */
  long rows() {
    return Arrays.stream(rows).sum();
  }

  /** How many are not empty. */
  long filled() {
    return Arrays.stream(rows).filter(count -> count > 0).count();
  }
}
