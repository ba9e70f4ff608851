package io.forwardpass.spark.append.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages filled many values at a time are, byte for byte, the pages of parquet-java's own writer. */
class FloatPagesTest {
  private static final float[] ODD = {0f, -0f, 1.5f, -2.25f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};

  /** A null, a Float, or lists of them. */
  private static Object value(DataType type, boolean nullable, boolean nans, Random random) {
    if (nullable && random.nextInt(5) == 0) {
      return null;
    } else if (type instanceof ArrayType array) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        values.add(value(array.elementType(), false, nans, random));
      }
      return values;
    }
    return nans && random.nextInt(50) == 0 ? Float.NaN : random.nextInt(4) == 0 ? ODD[random.nextInt(ODD.length)]
        : (float) random.nextGaussian();
  }

  private static void fill(OnHeapColumnVector vector, List<?> values) {
    vector.reserve(values.size());
    for (int r = 0; r < values.size(); r++) {
      if (values.get(r) == null) {
        vector.putNull(r);
      } else if (values.get(r) instanceof List<?> list) {
        OnHeapColumnVector child = (OnHeapColumnVector) vector.arrayData();
        int at = child.getElementsAppended();
        for (Object element : list) {
          append(child, element);
        }
        vector.putArray(r, at, list.size());
      } else {
        vector.putFloat(r, (Float) values.get(r));
      }
    }
  }

  private static void append(OnHeapColumnVector vector, Object value) {
    if (value instanceof List<?> list) {
      OnHeapColumnVector child = (OnHeapColumnVector) vector.arrayData();
      int at = child.getElementsAppended();
      list.forEach(element -> append(child, element));
      vector.appendArray(list.size());
      vector.putArray(vector.getElementsAppended() - 1, at, list.size());
    } else {
      vector.appendFloat((Float) value);
    }
  }

  private static StructType schema(DataType type, boolean nullable) {
    return new StructType(new StructField[] {DataTypes.createStructField("p", type, nullable)});
  }

  /** A column chunk: its pages, and the file that describes it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Written(byte[] pages, PredictionFile file) {
    ColumnChunk column() throws Exception {
      return file.footer().getRow_groups().get(0).getColumns().get(0);
    }

    ColumnMetaData chunk() throws Exception {
      return column().getMeta_data();
    }

    /** Of every page. */
    List<Long> firstRows() throws Exception {
      byte[] index = file.read(column().getOffset_index_offset(), column().getOffset_index_length());
      return Util.readOffsetIndex(new ByteArrayInputStream(index)).getPage_locations().stream().map(PageLocation::getFirst_row_index)
          .toList();
    }
  }

  private static Written written(StructType schema, Configuration conf, List<?> rows, int batchRows) throws Exception {
    PredictionChunks chunks = new PredictionChunks(schema, conf);
    chunks.begin(CompressionCodecName.SNAPPY);
    for (int from = 0; from < rows.size(); from += batchRows) {
      OnHeapColumnVector vector = new OnHeapColumnVector(batchRows, schema.fields()[0].dataType());
      List<?> part = rows.subList(from, Math.min(rows.size(), from + batchRows));
      fill(vector, part);
      chunks.write(new ColumnarBatch(new ColumnVector[] {vector}, part.size()), 0);
    }
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    PredictionFile file = chunks.end(pages);
    chunks.close();
    return new Written(pages.toByteArray(), file);
  }

  /** What parquet-java writes of the same rows, value by value. */
  private static Written expected(StructType schema, Configuration conf, List<?> rows) throws Exception {
    MessageType message = PredictionSchema.of(schema);
    ParquetProperties properties = ParquetProperties.builder().withMinRowCountForPageSizeCheck(1)
        .withPageRowCountLimit(conf.getInt(ParquetOutputFormat.PAGE_ROW_COUNT_LIMIT, 20_000))
        .withWriterVersion(ParquetOutputFormat.getWriterVersion(conf)).withDictionaryEncoding(false).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PredictionFile file = new PredictionFile(bytes);
    CodecFactory codecs = new CodecFactory(conf, 1 << 20);
    BytesInputCompressor compressor = codecs.getCompressor(CompressionCodecName.SNAPPY);
    try (ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(compressor, message,
        properties.getAllocator(), properties.getColumnIndexTruncateLength(), true);
        ColumnWriteStore store = properties.newColumnWriteStore(message, pages, pages)) {
      ColumnWriter writer = store.getColumnWriter(message.getColumns().get(0));
      int definition = message.getColumns().get(0).getMaxDefinitionLevel();
      for (Object row : rows) {
        write(writer, row, definition, 0, 1);
        store.endRecord();
      }
      store.flush();
      ParquetFileWriter out = new ParquetFileWriter(file, message, ParquetFileWriter.Mode.CREATE, 1 << 27, 0,
          properties.getColumnIndexTruncateLength(), properties.getStatisticsTruncateLength(), properties.getPageWriteChecksumEnabled());
      out.start();
      out.startBlock(rows.size());
      pages.flushToFileWriter(out);
      out.endBlock();
      file.endPages();
      out.end(Map.of());
    }
    codecs.release();
    return new Written(bytes.toByteArray(), file);
  }

  private static void write(ColumnWriter writer, Object value, int definition, int repetition, int level) {
    if (value == null) {
      writer.writeNull(repetition, 0);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        write(writer, list.get(i), definition, i == 0 ? repetition : level, level + 1);
      }
    } else {
      writer.write((Float) value, repetition, definition);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, v1", "0, v2", "1, v1", "1, v2", "2, v1", "2, v2"})
  void writesThePagesOfParquetJava(int lists, String version) throws Exception {
    Random random = new Random(lists);
    DataType type = DataTypes.FloatType;
    for (int i = 0; i < lists; i++) {
      type = DataTypes.createArrayType(type, false);
    }
    for (int table = 0; table < 60; table++) {
      boolean nullable = table % 2 == 0;
      boolean nans = table % 3 == 0;
      StructType schema = schema(type, nullable);
      int most = List.of(1, 7, 100, 1000).get(random.nextInt(4));
      int count = 1 + random.nextInt(3 * most);
      List<Object> rows = new ArrayList<>();
      for (int r = 0; r < count; r++) {
        rows.add(value(type, nullable && table % 4 == 0, nans, random));
      }
      Configuration conf = new Configuration(false);
      conf.setInt(ParquetOutputFormat.PAGE_ROW_COUNT_LIMIT, most);
      conf.set(ParquetOutputFormat.WRITER_VERSION, version);
      String what = count + " rows, pages of " + most + (nullable ? ", nullable" : "") + (nans ? ", with NaN" : "");
      Written expected = expected(schema, conf, rows);
      Written written = written(schema, conf, rows, 1 + random.nextInt(2 * most));
      assertArrayEquals(expected.pages(), written.pages(), what);
      ColumnMetaData theirs = expected.chunk();
      ColumnMetaData ours = written.chunk();
      assertEquals(theirs.getStatistics(), ours.getStatistics(), what);
      assertEquals(theirs.getEncodings(), ours.getEncodings(), what);
      assertEquals(theirs.getNum_values(), ours.getNum_values(), what);
    }
  }

  @Test
  void endsPagesWhereTheyAreFull() throws Exception {
    Configuration conf = new Configuration(false);
    conf.setInt(ParquetOutputFormat.PAGE_SIZE, 4000);
    List<Object> rows = new ArrayList<>();
    for (int r = 0; r < 2500; r++) {
      rows.add((float) r);
    }
    assertEquals(List.of(0L, 1000L, 2000L), written(schema(DataTypes.FloatType, false), conf, rows, 4096).firstRows());
  }

  @Test
  void holdsARowThatIsLongerThanAPage() throws Exception {
    Configuration conf = new Configuration(false);
    conf.setInt(ParquetOutputFormat.PAGE_SIZE, 400);
    List<Float> row = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      row.add((float) i);
    }
    StructType schema = schema(DataTypes.createArrayType(DataTypes.FloatType, false), false);
    Written file = written(schema, conf, List.of(row, row), 2);
    assertEquals(List.of(0L, 1L), file.firstRows());
    assertEquals(2000, file.chunk().getNum_values());
    assertTrue(file.chunk().getTotal_uncompressed_size() > 8000);
  }
}
