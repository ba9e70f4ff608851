package io.forwardpass.spark.append;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Encodes the new columns of one row group after another by parquet-java's own writer, into a file in memory. */
final class PredictionChunks {
  private static final long ROW_GROUP = 128L << 20; // only where files are aligned to blocks, which this one is not

  private static final int FOOTER = 1 << 16; // what else a file holds, mostly; it grows where that is too little

  private final StructType columns;
  private final MessageType schema;
  private final ParquetProperties properties;
  private final CodecFactory codecs;
  private final MemoryFile file = new MemoryFile();
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private PredictionColumn[] writers;
  private CompressionCodecName codec;
  private long rows;

  PredictionChunks(StructType columns, Configuration hadoop) {
    this.columns = columns;
    schema = PredictionSchema.of(columns);
    codecs = new CodecFactory(hadoop, ParquetOutputFormat.getPageSize(hadoop));
    properties = ParquetProperties.builder().withPageSize(ParquetOutputFormat.getPageSize(hadoop))
        .withPageRowCountLimit(hadoop.getInt(ParquetOutputFormat.PAGE_ROW_COUNT_LIMIT, ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT))
        .withPageWriteChecksumEnabled(
            hadoop.getBoolean(ParquetOutputFormat.PAGE_WRITE_CHECKSUM_ENABLED, ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED))
        .withWriterVersion(ParquetOutputFormat.getWriterVersion(hadoop)).withDictionaryEncoding(false).withBloomFilterEnabled(false)
        .withAllocator(new HeapByteBufferAllocator()).withValuesWriterFactory(new PlainFloats.Factory()).build();
  }

  void begin(CompressionCodecName compression) {
    codec = compression;
    pages = new ColumnChunkPageWriteStore(codecs.getCompressor(codec), schema, properties.getAllocator(),
        properties.getColumnIndexTruncateLength(), properties.getPageWriteChecksumEnabled());
    store = properties.newColumnWriteStore(schema, pages, pages);
    List<ColumnDescriptor> leaves = schema.getColumns();
    writers = new PredictionColumn[leaves.size()];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = PredictionColumn.of(columns.fields()[i].dataType(), store.getColumnWriter(leaves.get(i)), leaves.get(i).getMaxDefinitionLevel());
    }
    rows = 0;
  }

  /** @param first the batch's first new column */
  void write(ColumnarBatch batch, int first) {
    for (int i = 0; i < writers.length; i++) {
      writers[i].read(batch.column(first + i));
    }
    int count = batch.numRows();
    for (int r = 0; r < count; r++) {
      for (PredictionColumn writer : writers) {
        writer.write(r);
      }
      store.endRecord();
    }
    rows += count;
  }

  /** A whole file with one row group, to be read before the next one begins. */
  MemoryFile end() throws IOException {
    store.flush();
    file.makeRoom(store.getBufferedSize() + FOOTER);
    ParquetFileWriter writer = new ParquetFileWriter(file, schema, ParquetFileWriter.Mode.CREATE, ROW_GROUP, 0,
        properties.getColumnIndexTruncateLength(), properties.getStatisticsTruncateLength(), properties.getPageWriteChecksumEnabled());
    writer.start();
    writer.startBlock(rows);
    pages.flushToFileWriter(writer);
    writer.endBlock();
    writer.end(Map.of());
    abandon();
    return file;
  }

  /** The file of no rows, which still says what the columns are. */
  MemoryFile none() throws IOException {
    ParquetFileWriter writer = new ParquetFileWriter(file, schema, ParquetFileWriter.Mode.CREATE, ROW_GROUP, 0,
        properties.getColumnIndexTruncateLength(), properties.getStatisticsTruncateLength(), properties.getPageWriteChecksumEnabled());
    writer.start();
    writer.end(Map.of());
    return file;
  }

  private void abandon() {
    if (store != null) {
      store.close();
      pages.close();
      store = null;
    }
  }

  void close() {
    abandon();
    codecs.release();
  }
}
