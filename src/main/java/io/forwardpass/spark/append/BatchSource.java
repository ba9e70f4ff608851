package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.ReadFailures;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Function1;

/** The feature columns of one piece after another, decoded by Spark's own reader; batches end where row groups do. */
final class BatchSource implements Iterator<ColumnarBatch> {
  private final Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader;
  private scala.collection.Iterator<InternalRow> batches; // so typed by Spark, though they are batches
  private String path;

  BatchSource(Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader) {
    this.reader = reader;
  }

  void open(Piece piece) {
    ListedFile file = piece.file.listed;
    path = file.path;
    InputFileBlockHolder.set(file.path, piece.start(), piece.end() - piece.start());
    PartitionedFile part =
        new PartitionedFile(file.partition, SparkPath.fromUrlString(file.path), piece.start(), piece.end() - piece.start(), new String[0],
            file.modified, file.length, scala.collection.immutable.Map$.MODULE$.<String, Object>empty());
    batches = ReadFailures.named(path, () -> reader.apply(part));
  }

  @Override
  public boolean hasNext() {
    return ReadFailures.named(path, batches::hasNext);
  }

  @Override
  public ColumnarBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the file ended before its last row");
    }
    Object batch = ReadFailures.named(path, batches::next);
    return (ColumnarBatch) batch;
  }

  /** Checks that the piece was read to its end; the reader closes its file when it finds that out. */
  void end(Piece piece) throws IOException {
    if (hasNext()) {
      throw new IOException(piece.file.listed.path + " gave more rows than its footer says");
    }
    InputFileBlockHolder.unset();
  }
}
