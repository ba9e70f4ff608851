package io.forwardpass.spark.append;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.catalyst.InternalRow;

/** An input file as Spark's listing gives it. */
public final class ListedFile implements Serializable {
  private static final long serialVersionUID = 1L;

  final String path; // as a URL, as Spark passes paths on
  final long length;
  final long modified;
  final InternalRow partition; // the values of the partition columns
  final String folder; // of the partition, below the table's; empty where there is none

  public ListedFile(String path, long length, long modified, InternalRow partition, String folder) {
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
}
