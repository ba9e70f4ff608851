package io.forwardpass.spark.append;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.catalyst.InternalRow;

/** An input file as Spark's listing gives it, and the row groups that its footer names. */
public final class SourceFile implements Serializable {
  private static final long serialVersionUID = 1L;

  final String path; // as a URL, as Spark passes paths on
  final long length;
  final long modified;
  final InternalRow partition; // the values of the partition columns
  final String folder; // of the partition, below the table's; empty where there is none
  long[] rows; // by row group
  long[] middles; // of the row groups, in bytes
  long[] bytes;

  public SourceFile(String path, long length, long modified, InternalRow partition, String folder) {
    this.path = path;
    this.length = length;
    this.modified = modified;
    this.partition = partition;
    this.folder = folder;
  }

  Path location() {
    return SparkPath.fromUrlString(path).toPath();
  }

  String name() {
    return location().getName();
  }

  long rowCount() {
    long count = 0;
    for (long group : rows) {
      count += group;
    }
    return count;
  }
}
