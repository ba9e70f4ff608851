package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.Layout;
import io.forwardpass.spark.append.parquet.PositionedOutput;
import io.forwardpass.spark.append.parquet.SplicedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.FileMetaData;

/**
 * The files of one task attempt: as few as the input's layouts and partitions allow. Their names belong to this attempt
 * alone, and a folder that is gone is not made again: an abandoned attempt leaves nothing.
 */
final class OutputFiles {
  private static final int BUFFER = 1 << 16; // Hadoop's own default of 4 KiB takes a tenth longer

  private final Path folder;
  private final String prefix;
  private final Configuration conf;
  private final ArrayList<WrittenFile> written = new ArrayList<>();
  private final List<Path> begun = new ArrayList<>();
  private SplicedFile current;
  private String partition;

  OutputFiles(Path folder, int share, long attempt, Configuration conf) {
    this.folder = folder;
    this.conf = conf;
    prefix = String.format(Locale.ROOT, "part-%05d-%d", share, attempt);
  }

  SplicedFile forPiece(Piece piece, Layout layout, FileMetaData predictions) throws IOException {
    if (current == null || !partition.equals(piece.file.listed.folder) || !current.takes(layout)) {
      finish();
      Path path = new Path(folder, prefix + String.format(Locale.ROOT, "-c%03d.parquet", written.size()));
      FileSystem files = path.getFileSystem(conf);
      begun.add(path);
      partition = piece.file.listed.folder;
      current =
          new SplicedFile(new PositionedOutput(files.createFile(path).overwrite(false).bufferSize(BUFFER).build()), layout, predictions);
    }
    return current;
  }

  private void finish() throws IOException {
    if (current != null) {
      current.end();
      written.add(new WrittenFile(begun.get(begun.size() - 1).toString(), partition, current.rows()));
      current = null;
    }
  }

  List<WrittenFile> end() throws IOException {
    finish();
    return written;
  }

  /** Removes what a failed attempt wrote. */
  void discard() throws IOException {
    if (current != null) {
      current.abandon();
    }
    for (Path path : begun) {
      path.getFileSystem(conf).delete(path, false);
    }
  }
}
