package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import io.forwardpass.testing.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that has published its table is done, whether or not its first rows can be shown. */
class FirstRowsTest {
  private static SparkSession session;

  @TempDir
  private Path folder;

  @BeforeAll
  static void startSpark() {
    session = Sessions.shared();
  }

  /** Features as Spark reads them, and beside them a column whose encoding it does not read. */
  private Path splitTable() throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message row { required int64 id; required double x1; required double x2; "
        + "required double x3; required double x4; required float mark; }");
    SimpleGroupFactory rows = new SimpleGroupFactory(schema);
    Path file = Files.createDirectory(folder.resolve("table")).resolve("records.parquet");
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(HadoopOutputFile.fromPath(path(file), new Configuration()))
        .withType(schema).withDictionaryEncoding(false).withByteStreamSplitEncoding("mark", true).build()) {
      for (int i = 0; i < 50; i++) {
        writer.write(rows.newGroup().append("id", (long) i).append("x1", i / 7.0).append("x2", 1.0).append("x3", -i / 3.0).append("x4", 0.5)
            .append("mark", i / 5f));
      }
    }
    return file.getParent();
  }

  private static org.apache.hadoop.fs.Path path(Path file) {
    return new org.apache.hadoop.fs.Path(file.toString());
  }

  private Ran score(Path table, String more, String... options) throws IOException {
    Path job = Files.writeString(folder.resolve("job.conf"), "model.path = \"src/test/resources/golden/samples/mlp/model.keras\"\n"
        + "input.path = \"" + table + "\"\nfeatures.columns = [x1, x2, x3, x4]\n"
        + "output { path = \"" + folder.resolve("out") + "\", write = append }\n" + more);
    List<String> words = new ArrayList<>(List.of("score", job.toString()));
    words.addAll(List.of(options));
    return Ran.forwardpass(words.toArray(new String[0]));
  }

  @Test
  void saysWhyTheyAreNotShown() throws IOException {
    Ran ran = score(splitTable(), "");
    assertEquals("", ran.err());
    assertEquals(0, ran.exitCode());
    List<String> lines = ran.out().lines().toList();
    assertTrue(lines.contains("scored          50"), ran.out());
    assertTrue(lines.contains("written by      append, 1 row group of 1 file carried over in 1 task"), ran.out());
    assertEquals(List.of("", "The first rows are not shown, as Spark cannot read them: SparkUnsupportedOperationException: Unsupported "
        + "encoding: BYTE_STREAM_SPLIT. The output is complete."), lines.subList(lines.size() - 2, lines.size()));
    assertTrue(marks(folder.resolve("out")).getEncodings().contains(Encoding.BYTE_STREAM_SPLIT), "the column was written anew");
    List<Row> predictions = session.read().parquet(folder.resolve("out").toString()).select("id", "prediction").collectAsList();
    assertEquals(50, predictions.size());
    assertTrue(predictions.stream().noneMatch(row -> row.isNullAt(1)));
  }

  private static ColumnChunkMetaData marks(Path out) throws IOException {
    Path part;
    try (var files = Files.list(out)) {
      part = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path(part), new Configuration()))) {
      return reader.getRowGroups().get(0).getColumns().stream().filter(chunk -> chunk.getPath().toDotString().equals("mark")).findFirst()
          .orElseThrow();
    }
  }

  @Test
  void areShownWhereTheColumnIsLeftOut() throws IOException {
    Ran ran = score(splitTable(), "output.columns = [id]");
    assertEquals("", ran.err());
    assertEquals(0, ran.exitCode());
    List<String> lines = ran.out().lines().toList();
    assertTrue(lines.get(lines.size() - 6).matches("id +prediction"), ran.out());
    assertTrue(lines.get(lines.size() - 1).matches(" *4 +-?\\d+\\.\\d+"), ran.out());
  }

  /** What is carried over unread need not be read by a dry run either. */
  @Test
  void areThePredictionsAloneInADryRun() throws IOException {
    Ran ran = score(splitTable(), "", "--dry-run");
    assertEquals("", ran.err());
    assertEquals(0, ran.exitCode());
    List<String> lines = ran.out().lines().toList();
    int end = lines.size();
    assertEquals(List.of("The columns kept are not shown, as Spark cannot read them: SparkUnsupportedOperationException: Unsupported "
        + "encoding: BYTE_STREAM_SPLIT. They would be carried over as they are.", "", "Nothing was written (--dry-run)."),
        lines.subList(end - 3, end));
    assertEquals("prediction", lines.get(end - 9).strip());
    assertTrue(lines.subList(end - 8, end - 3).stream().allMatch(line -> line.matches(" *-?\\d+\\.\\d+")), ran.out());
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  @Test
  void areRefusedInADryRunThatWouldHaveToReadThem() throws IOException {
    Ran ran = score(splitTable(), "output.write = rows", "--dry-run");
    assertEquals(4, ran.exitCode());
    assertTrue(ran.err().matches("Cannot read file:\\S+/records.parquet: SparkUnsupportedOperationException: Unsupported encoding: "
        + "BYTE_STREAM_SPLIT. Mend or replace the file.\n"), ran.err());
  }
}
