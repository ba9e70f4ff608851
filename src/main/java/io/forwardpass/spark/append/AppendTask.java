package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.Footers;
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
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;

/** Runs in a task: scores its share of the table and writes it out, old columns as they are and new ones beside them. */
final class AppendTask implements Function<Share, List<WrittenFile>> {
  private static final long serialVersionUID = 1L;
  private static final int COPY_BUFFER = 1 << 18; // small enough for the G1 collector not to keep it apart as humongous

  private final Broadcast<SerializableConfiguration> hadoop;
  private final PieceScoring scoring;
  private final OutputForm form;
  private final String folder;

  AppendTask(Broadcast<SerializableConfiguration> hadoop, PieceScoring scoring, OutputForm form, Path folder) {
    this.hadoop = hadoop;
    this.scoring = scoring;
    this.form = form;
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
      chunks = form.chunks(conf);
      outputs = new OutputFiles(new Path(folder), share.number, TaskContext.get().taskAttemptId(), conf);
    }

    List<WrittenFile> write() throws Exception {
      BatchSource source = scoring.source();
      Iterator<ColumnarBatch> scored = scoring.scored(source);
      FileMetaData schema = chunks.schema();
      for (Piece piece : share.pieces) {
        Path path = piece.file.listed.location();
        try (FSDataInputStream in = path.getFileSystem(conf).open(path)) {
          FileMetaData input = Footers.read(in, piece.file.listed.length, piece.file.listed.name());
          SplicedFile output = outputs.forPiece(piece, form.layout(input), schema);
          if (piece.rows() > 0) {
            source.open(piece);
            write(piece, input, new SourceBytes(piece.file.listed.path, in, piece.file.listed.length, buffer), scored, output);
            source.end(piece);
          }
        }
      }
      return outputs.end();
    }

    private void write(Piece piece, FileMetaData input, SourceBytes bytes, Iterator<ColumnarBatch> scored, SplicedFile output)
        throws IOException {
      for (int g = piece.firstGroup; g < piece.endGroup; g++) {
        RowGroup group = input.getRow_groups().get(g);
        if (group.getNum_rows() != piece.file.groups.rows(g)) {
          throw new IOException(piece.file.listed.path + " changed while the job ran");
        }
        if (group.getNum_rows() > 0) {
          TaskContext.get().killTaskIfInterrupted();
          chunks.begin(form.codec(group));
          for (long rows = 0; rows < group.getNum_rows();) {
            ColumnarBatch batch = scored.next();
            chunks.write(batch, scoring.firstAdded());
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
