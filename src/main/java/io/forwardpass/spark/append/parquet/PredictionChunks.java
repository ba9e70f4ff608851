package io.forwardpass.spark.append.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Encodes the new columns of one row group after another. */
public final class PredictionChunks {
  private static final long ROW_GROUP = 128L << 20; // only where files are aligned to blocks, which this one is not

  private final StructType columns;
  private final MessageType schema;
  private final ParquetProperties properties;
  private final CodecFactory codecs;
  private ColumnChunkPageWriteStore pages;
  private PredictionColumn[] writers = {};
  private long rows;

  public PredictionChunks(StructType columns, Configuration hadoop) {
    this.columns = columns;
    schema = PredictionSchema.of(columns);
    codecs = new CodecFactory(hadoop, ParquetOutputFormat.getPageSize(hadoop));
    properties = ParquetProperties.builder().withPageSize(ParquetOutputFormat.getPageSize(hadoop))
        .withPageRowCountLimit(hadoop.getInt(ParquetOutputFormat.PAGE_ROW_COUNT_LIMIT, ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT))
        .withPageWriteChecksumEnabled(
            hadoop.getBoolean(ParquetOutputFormat.PAGE_WRITE_CHECKSUM_ENABLED, ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED))
        .withWriterVersion(ParquetOutputFormat.getWriterVersion(hadoop)).withDictionaryEncoding(false).withBloomFilterEnabled(false)
        .withAllocator(new HeapByteBufferAllocator()).build();
  }

  public void begin(CompressionCodecName codec) {
    BytesInputCompressor compressor = codecs.getCompressor(codec);
    pages = new ColumnChunkPageWriteStore(compressor, schema, properties.getAllocator(),
        properties.getColumnIndexTruncateLength(), properties.getPageWriteChecksumEnabled());
    writers = new PredictionColumn[columns.length()];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = PredictionColumn.of(columns.fields()[i], schema.getType(i), schema.getColumns().get(i), properties, pages);
    }
    rows = 0;
  }

  /** @param first the batch's first new column */
  public void write(ColumnarBatch batch, int first) throws IOException {
    for (int i = 0; i < writers.length; i++) {
      writers[i].write(batch.column(first + i), batch.numRows());
    }
    rows += batch.numRows();
  }

  /** Writes the pages out; the file that is returned has one row group. */
  PredictionFile end(OutputStream out) throws IOException {
    for (PredictionColumn writer : writers) {
      writer.end();
    }
    PredictionFile file = new PredictionFile(out);
    ParquetFileWriter writer = started(file);
    writer.startBlock(rows);
    pages.flushToFileWriter(writer);
    writer.endBlock();
    file.endPages();
    writer.end(Map.of());
    abandon();
    return file;
  }

  /** The footer of a file of no rows: what the columns are. */
  public FileMetaData schema() throws IOException {
    PredictionFile file = new PredictionFile(OutputStream.nullOutputStream());
    ParquetFileWriter writer = started(file);
    file.endPages();
    writer.end(Map.of());
    return file.footer();
  }

  private ParquetFileWriter started(PredictionFile file) throws IOException {
    ParquetFileWriter writer = new ParquetFileWriter(file, schema, ParquetFileWriter.Mode.CREATE, ROW_GROUP, 0,
        properties.getColumnIndexTruncateLength(), properties.getStatisticsTruncateLength(), properties.getPageWriteChecksumEnabled());
    writer.start();
    return writer;
  }

  private void abandon() {
    if (pages != null) {
      for (PredictionColumn writer : writers) {
        writer.close();
      }
      pages.close();
      pages = null;
    }
  }

  public void close() {
    abandon();
    codecs.release();
  }
}
