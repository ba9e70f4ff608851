package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.Codecs;
import io.forwardpass.spark.append.parquet.FileNotes;
import io.forwardpass.spark.append.parquet.Footers;
import io.forwardpass.spark.append.parquet.Layout;
import io.forwardpass.spark.append.parquet.PredictionChunks;
import io.forwardpass.spark.append.parquet.SourceBytes;
import io.forwardpass.spark.append.parquet.SplicedFile;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;

/** Runs in a task: scores its share of the table and writes it out, old columns as they lie and new ones beside them. */
final class AppendTask implements Function<Share, List<WrittenFile>> {
  private static final long serialVersionUID = 1L;
  private static final int COPY_BUFFER = 1 << 18; // less than what the G1 collector keeps apart as humongous

  private final Broadcast<SerializableConfiguration> hadoop;
  private final Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader;
  private final FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> scoring;
  private final int firstAdded; // of the columns of a scored batch
  private final StructType added;
  private final String[] kept;
  private final FileNotes notes;
  private final CompressionCodecName codec; // null for the input's
  private final String folder;

  AppendTask(Broadcast<SerializableConfiguration> hadoop, Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader,
      FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> scoring, int firstAdded, StructType added, String[] kept, FileNotes notes,
      CompressionCodecName codec, Path folder) {
    this.hadoop = hadoop;
    this.reader = reader;
    this.scoring = scoring;
    this.firstAdded = firstAdded;
    this.added = added;
    this.kept = kept;
    this.notes = notes;
    this.codec = codec;
    this.folder = folder.toString();
  }

  @Override
  public List<WrittenFile> call(Share share) throws Exception {
    Run run = new Run(share, hadoop.value().value());
    boolean done = false;
    try {
      List<WrittenFile> written = run.write();
      done = true;
      return written;
    } finally {
      run.close(done);
    }
  }

  private final class Run {
    private final Share share;
    private final Configuration conf;
    private final PredictionChunks chunks;
    private final OutputFiles outputs;
    private final byte[] buffer = new byte[COPY_BUFFER];

    Run(Share share, Configuration conf) {
      this.share = share;
      this.conf = conf;
      chunks = new PredictionChunks(added, conf);
      outputs = new OutputFiles(new Path(folder), share.number, TaskContext.get().taskAttemptId(), conf);
    }

    List<WrittenFile> write() throws Exception {
      BatchSource source = new BatchSource(reader);
      Iterator<ColumnarBatch> scored = scoring.call(source);
      FileMetaData schema = chunks.schema();
      for (Piece piece : share.pieces) {
        Path path = piece.file.location();
        try (FSDataInputStream in = path.getFileSystem(conf).open(path)) {
          FileMetaData input = Footers.read(in, piece.file.length, piece.file.name());
          SplicedFile output = outputs.forPiece(piece, new Layout(input, kept, notes.of(input)), schema);
          if (piece.rows() > 0) {
            source.open(piece);
            write(piece, input, new SourceBytes(piece.file.path, in, piece.file.length, buffer), scored, output);
            source.end(piece);
          }
        }
      }
      return outputs.end();
    }

    private void write(Piece piece, FileMetaData input, SourceBytes bytes, Iterator<ColumnarBatch> scored, SplicedFile output) throws IOException {
      for (int g = piece.firstGroup; g < piece.endGroup; g++) {
        RowGroup group = input.getRow_groups().get(g);
        if (group.getNum_rows() != piece.file.rows[g]) {
          throw new IOException(piece.file.path + " changed while the job ran");
        }
        if (group.getNum_rows() > 0) {
          TaskContext.get().killTaskIfInterrupted();
          chunks.begin(codec == null ? Codecs.of(group) : codec);
          for (long rows = 0; rows < group.getNum_rows();) {
            ColumnarBatch batch = scored.next();
            chunks.write(batch, firstAdded);
            rows += batch.numRows();
          }
          output.append(group, bytes, chunks);
        }
      }
    }

    void close(boolean done) throws IOException {
      chunks.close();
      if (!done) {
        outputs.discard();
      }
    }
  }
}
