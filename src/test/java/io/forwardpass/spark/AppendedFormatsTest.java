package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as other writers make them (see fixtures.py) stay, column by column, what they were; read back by Spark and by DuckDB. */
class AppendedFormatsTest {
  private static final Path OUTPUTS = Path.of("target", "appended"); // stays, for readers outside of the JVM

  private final SparkSession session = Sessions.shared();
  private final Network network = Networks.of(Shape.of(3), Shape.of(1));

  private Path score(Path table, String name, WriteMethod way) throws Exception {
    JobBuilder jobs = JobBuilder.from(table.toAbsolutePath())
        .to(OUTPUTS.resolve(way.name().toLowerCase(java.util.Locale.ROOT)).resolve(name).toAbsolutePath()).features("x1", "x2", "x3");
    jobs.write = way;
    jobs.mode = WriteMode.OVERWRITE;
    jobs.job(network).run();
    return Path.of(jobs.outputPath.orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrow-snappy", "arrow-v2-zstd", "arrow-gzip-int96", "arrow-lz4", "arrow-plain", "arrow-delta",
      "arrow-empty-file", "arrow-empty-group", "duckdb-snappy", "duckdb-zstd-v2", "duckdb-lz4"})
  void carriesOverWhatOthersWrote(String name) throws Exception {
    assertAppends(Path.of("src", "test", "resources", "parquet", name), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy PARQUET_1_0 true", "zstd PARQUET_2_0 true", "gzip PARQUET_2_0 false", "lz4_raw PARQUET_1_0 false",
      "none PARQUET_1_0 true"})
  void carriesOverWhatSparkWrote(String how) throws Exception {
    String[] options = how.split(" ");
    Path table = OUTPUTS.resolve("spark-" + options[0]).toAbsolutePath();
    session.read().parquet(Path.of("src", "test", "resources", "parquet", "arrow-snappy").toString())
        .drop(options[0].equals("gzip") ? "big" : "").coalesce(1).write() // DuckDB reads no delta encoding of fixed-length decimals
        .mode("overwrite")
        .option("compression", options[0]).option("parquet.writer.version", options[1]).option("parquet.enable.dictionary", options[2])
        .option("parquet.bloom.filter.enabled#id", "true").option("parquet.bloom.filter.expected.ndv#id", "1500")
        .option("parquet.page.row.count.limit", "200").parquet(table.toString());
    assertAppends(table, "spark-" + options[0]);
    long read = rowsReadOfPages(table, 700);
    assertTrue(read > 0 && read < 500, "pages of 200 rows, but " + read + " rows read");
    assertEquals(read, rowsReadOfPages(OUTPUTS.resolve("append").resolve("spark-" + options[0]), 700));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARQUET_1_0 SNAPPY", "PARQUET_2_0 ZSTD", "PARQUET_1_0 UNCOMPRESSED"})
  void carriesOverWhatParquetJavaWrote(String how) throws Exception {
    String[] options = how.split(" ");
    String name = "java-" + options[1].toLowerCase(java.util.Locale.ROOT);
    Path table = OUTPUTS.resolve(name).toAbsolutePath();
    Files.createDirectories(table);
    Path file = table.resolve("records.parquet");
    Files.deleteIfExists(file);
    writeRecords(file, WriterVersion.valueOf(options[0]), CompressionCodecName.valueOf(options[1]));
    assertTrue(chunks(table).stream().filter(chunk -> chunk.path.equals("id")).count() > 1, "one row group only");
    assertAppends(table, name);
    long read = rowsReadOfPages(table, 700);
    assertTrue(read > 0 && read < 500, "pages of 200 rows, but " + read + " rows read");
    assertEquals(read, rowsReadOfPages(OUTPUTS.resolve("append").resolve(name), 700));
  }

  /** Several row groups of every kind of column, by parquet-java without Spark. */
  private static void writeRecords(Path file, WriterVersion version, CompressionCodecName codec) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message record { required int64 id; required float x1; required double x2; "
        + "required int32 x3; optional binary name (STRING); optional group place { required double latitude; optional binary note (STRING); } "
        + "optional group tags (LIST) { repeated group list { optional int32 element; } } optional int64 price (DECIMAL(12,2)); "
        + "optional int64 at (TIMESTAMP(MICROS,true)); optional int96 old; optional binary raw; }");
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toString()), new Configuration())).withType(schema)
        .withWriterVersion(version).withCompressionCodec(codec).withRowGroupSize(64L << 10).withPageRowCountLimit(200)
        .withMinRowCountForPageSizeCheck(100).withBloomFilterEnabled("id", true).build()) {
      for (int i = 0; i < 3000; i++) {
        Group row =
            groups.newGroup().append("id", (long) i).append("x1", (float) Math.sin(i)).append("x2", Math.cos(i)).append("x3", i % 7);
        if (i % 5 != 0) {
          row.append("name", "name " + i % 11).append("price", i * 100L - 7).append("at", 1_700_000_000_000_000L + i)
              .append("old", new NanoTime(2_460_000 + i % 3, i * 1000L))
              .append("raw", Binary.fromConstantByteArray(new byte[] {(byte) i, 0, 1}));
          Group place = row.addGroup("place").append("latitude", i / 7.0);
          if (i % 2 == 0) {
            place.append("note", "note " + i);
          }
          Group tags = row.addGroup("tags");
          for (int t = 0; t < i % 4; t++) {
            Group element = tags.addGroup("list");
            if (t != 1) {
              element.append("element", i + t);
            }
          }
        }
        writer.write(row);
      }
    }
  }

  /** How many rows a reader has to read that looks for one id and goes by the column index. */
  private static long rowsReadOfPages(Path table, long id) throws IOException {
    ParquetReadOptions options = ParquetReadOptions.builder()
        .withRecordFilter(FilterCompat.get(FilterApi.eq(FilterApi.longColumn("id"), id))).useColumnIndexFilter().build();
    long rows = 0;
    for (Path file : files(table)) {
      try (ParquetFileReader reader = ParquetFileReader.open(
          HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toString()), new Configuration()), options)) {
        for (PageReadStore pages = reader.readNextFilteredRowGroup(); pages != null; pages = reader.readNextFilteredRowGroup()) {
          rows += pages.getRowCount();
        }
      }
    }
    return rows;
  }

  private void assertAppends(Path table, String name) throws Exception {
    Path appended = score(table, name, WriteMethod.APPEND);
    Path written = score(table, name, WriteMethod.ROWS);
    Map<Long, Integer> predictions = predictions(session.read().parquet(written.toString()));
    assertEquals(predictions, predictions(session.read().parquet(appended.toString())));
    assertEquals(json(session.read().parquet(table.toString())), json(session.read().parquet(appended.toString()).drop("prediction")));
    assertChunksCarried(table, appended);
    assertDuckDbReads(table, appended, predictions);
  }

  private static Map<Long, Integer> predictions(Dataset<Row> table) {
    Map<Long, Integer> bits = new HashMap<>();
    for (Row row : table.select("id", "prediction").collectAsList()) {
      assertEquals(null, bits.put(row.getLong(0), Float.floatToRawIntBits(row.getFloat(1))));
    }
    return bits;
  }

  private static List<String> json(Dataset<Row> table) {
    return table.orderBy("id").toJSON().collectAsList();
  }

  private record Chunk(String path, long values, String statistics, String encodings, boolean columnIndex, boolean offsetIndex,
      boolean bloomFilter) {}

  private static List<Chunk> chunks(Path table) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (Path file : files(table)) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toString()), new Configuration()))) {
        for (BlockMetaData block : reader.getRowGroups()) {
          for (ColumnChunkMetaData chunk : block.getColumns()) {
            if (block.getRowCount() > 0) {
              chunks.add(new Chunk(chunk.getPath().toDotString(), chunk.getValueCount(), chunk.getStatistics().toString(),
                  chunk.getEncodings().stream().sorted().toList().toString(), reader.readColumnIndex(chunk) != null,
                  reader.readOffsetIndex(chunk) != null, reader.readBloomFilter(chunk) != null));
            }
          }
        }
      }
    }
    return chunks;
  }

  private static List<Path> files(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  /** Statistics, page indexes, bloom filters and encodings of every old chunk, and all that belongs to the new one. */
  private static void assertChunksCarried(Path table, Path appended) throws IOException {
    List<Chunk> after = chunks(appended);
    List<Chunk> old = after.stream().filter(chunk -> !chunk.path.equals("prediction")).toList();
    assertEquals(chunks(table).stream().map(Chunk::toString).sorted().toList(), old.stream().map(Chunk::toString).sorted().toList());
    List<Chunk> added = after.stream().filter(chunk -> chunk.path.equals("prediction")).toList();
    assertTrue(!added.isEmpty() && added.size() == old.stream().filter(chunk -> chunk.path.equals("id")).count());
    for (Chunk chunk : added) {
      assertTrue(chunk.columnIndex && chunk.offsetIndex && chunk.statistics.startsWith("min: "), chunk.toString());
      assertTrue(!chunk.encodings.contains("DICTIONARY"), chunk.toString());
    }
  }

  private static void assertDuckDbReads(Path table, Path appended, Map<Long, Integer> predictions) throws Exception {
    String before = "read_parquet('" + table + "/*.parquet')";
    String after = "read_parquet('" + appended + "/*.parquet')";
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:"); var statement = duck.createStatement()) {
      statement.execute("set timezone = 'UTC'");
      try (ResultSet rows = statement.executeQuery(
          "select count(*) from (select * exclude (prediction) from " + after + " except all select * from " + before + ")")) {
        assertTrue(rows.next());
        assertEquals(0, rows.getLong(1));
      }
      Map<Long, Integer> read = new HashMap<>();
      try (ResultSet rows = statement.executeQuery("select id, prediction from " + after)) {
        while (rows.next()) {
          assertEquals(null, read.put(rows.getLong(1), Float.floatToRawIntBits(rows.getFloat(2))));
        }
      }
      assertEquals(predictions, read);
      assertNotNull(read.get(0L));
    }
  }
}
