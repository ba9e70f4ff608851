package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.Codecs;
import io.forwardpass.spark.append.parquet.FileNotes;
import io.forwardpass.spark.append.parquet.Layout;
import io.forwardpass.spark.append.parquet.PredictionChunks;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.sql.types.StructType;

/** What output files hold: the input's columns that are kept, the new ones, and what is said of the whole. */
final class OutputForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] kept;
  private final StructType added;
  private final FileNotes notes;
  private final CompressionCodecName codec;

  /** @param codec of the new columns; null for the input's */
  OutputForm(String[] kept, StructType added, FileNotes notes, CompressionCodecName codec) {
    this.kept = kept;
    this.added = added;
    this.notes = notes;
    this.codec = codec;
  }

  Layout layout(FileMetaData input) {
    return new Layout(input, kept, notes.of(input));
  }

  PredictionChunks chunks(Configuration conf) {
    return new PredictionChunks(added, conf);
  }

  /** Of the new columns beside a row group's old ones. */
  CompressionCodecName codec(RowGroup group) {
    return codec == null ? Codecs.of(group) : codec;
  }
}
