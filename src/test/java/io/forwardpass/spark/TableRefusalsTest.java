package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.PredictionAs;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.config.Scaling;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.io.FileOutput;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableRefusalsTest {
  private final SparkSession session = Sessions.shared();
  private final Network single = Networks.of(Shape.of(2), Shape.of(1));
  private final Network classes = Networks.of(Shape.of(2), Shape.of(3));
  private final Network sequence = Networks.of(Shape.of(4, 2), Shape.of(1));

  @TempDir
  Path folder;
  private Path table;

  @BeforeEach
  void writeTable() {
    table = folder.resolve("table");
    session.range(0, 10, 1, 1).selectExpr("id", "concat('r', id) as region", "cast(id as float) as amount", "cast(id as double) as price",
        "array(1f, 2f) as pair", "map('a', 1) as tags").write().parquet(table.toString());
  }

  private JobBuilder jobs() {
    return JobBuilder.from(table).to(folder.resolve("out"));
  }

  /** The message after "Cannot score …: ". */
  private String refusal(JobBuilder jobs, Network network) throws Exception {
    List<String> before = ScoreJobTest.names(folder);
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(network).check());
    assertEquals(Refusal.Kind.TABLE, refusal.kind());
    assertEquals(before, ScoreJobTest.names(folder));
    String start = "Cannot score " + jobs.inputPath.or(() -> jobs.inputTable).get() + ": ";
    assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    return refusal.getMessage().substring(start.length());
  }

  @Test
  void aMissingFeatureColumnWithTheNearestName() throws Exception {
    assertEquals("the table has no column amuont, which features.columns names. Did you mean amount?",
        refusal(jobs().features("amuont", "price"), single));
    assertEquals("the table has no column zzzzzz, which features.columns names. Its columns are id, region, amount, price, pair, tags.",
        refusal(jobs().features("zzzzzz", "price"), single));
  }

  @Test
  void aStringColumnAsFeature() throws Exception {
    assertEquals(
        "column region is of type string, but a feature has to be a number. Turn it into a number, or read it as one by input.schema.",
        refusal(jobs().features("region", "price"), single));
    assertEquals("column pair is of type array<float>, but a feature has to be a number. "
        + "Name it in features.column if it holds all features of the input.", refusal(jobs().features("pair", "price"), single));
  }

  @Test
  void anotherNumberOfFeaturesThanTheModelTakes() throws Exception {
    assertEquals(
        "the model's input x takes 2 features, but features.columns lists 3. List one column per feature, in the order of training.",
        refusal(jobs().features("amount", "price", "id"), single));
    assertEquals("the model's input x takes 2 features per step, but features.columns lists 1. "
        + "List one column per feature, in the order of training.", refusal(jobs().features("amount").windows(List.of(), "id"), sequence));
  }

  @Test
  void aSequenceModelWithoutWindows() throws Exception {
    assertEquals("the model's input x takes sequences, (4, 2), but features.columns gives one row. Add a windows section, "
        + "or name one array column of 4 × 2 numbers in features.column.", refusal(jobs().features("amount", "price"), sequence));
  }

  @Test
  void windowsWithAModelOfSingleRows() throws Exception {
    assertEquals(
        "windows feed models that take sequences, (steps, features), but this model's input x takes (2,). Remove the windows section.",
        refusal(jobs().features("amount", "price").windows(List.of(), "id"), single));
  }

  @Test
  void anOrderByThatTellsNoOrder() throws Exception {
    assertEquals("windows.order-by names region, which is of type string. Name an integer, decimal, date or timestamp column.",
        refusal(jobs().features("amount", "price").windows(List.of("id"), "region"), sequence));
    assertEquals("windows.series names tags, which is of type map<string,int> and cannot be sorted. Name a column of a plain type.",
        refusal(jobs().features("amount", "price").windows(List.of("tags"), "id"), sequence));
  }

  @Test
  void anOutputColumnThatIsThereAlready() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.prediction = "REGION";
    assertEquals("the table already has a column region, and scoring adds one of that name. "
        + "Set output.prediction to another name, or leave the column out of output.columns.", refusal(jobs, single));
    jobs.columns = List.of("id");
    jobs.job(single).check();
  }

  @Test
  void aLabelColumnThatIsThereAlreadyWhateverPredictionsAreCalled() throws Exception {
    session.read().parquet(table.toString()).withColumnRenamed("region", "label").write().parquet(folder.resolve("labelled").toString());
    JobBuilder jobs = JobBuilder.from(folder.resolve("labelled")).to(folder.resolve("out")).features("amount", "price");
    jobs.labels = List.of("no", "yes");
    jobs.prediction = "lab";
    assertEquals("the table already has a column label, and scoring adds one of that name. Leave the column out of output.columns.",
        refusal(jobs, single));
  }

  @Test
  void anOutputPathThatIsThereAlready() throws Exception {
    Files.createDirectory(folder.resolve("out"));
    JobBuilder jobs = jobs().features("amount", "price");
    assertEquals("the output path file:" + folder.resolve("out") + " is there already. Remove it, choose another output.path, "
        + "or set output.mode to overwrite or append.", refusal(jobs, single));
    jobs.mode = WriteMode.OVERWRITE;
    jobs.job(single).check();
  }

  @ParameterizedTest
  @EnumSource(WriteMode.class)
  void anOutputPathThatIsNoFolder(WriteMode mode) throws Exception {
    Path file = Files.writeString(folder.resolve("thesis.txt"), "chapter one");
    Files.createSymbolicLink(folder.resolve("link"), file);
    JobBuilder jobs = jobs().features("amount", "price").to(file);
    jobs.mode = mode;
    String advice = " not a folder, and predictions are written to a folder. Choose another output.path.";
    assertEquals("the output path file:" + file + " is" + advice, refusal(jobs, single));
    assertEquals("the output path file:" + folder + "/link is" + advice, refusal(jobs.to(folder.resolve("link")), single));
    assertEquals("the output path file:/dev/null is" + advice, refusal(jobs.to("/dev/null"), single));
    assertEquals("the output path file:" + file + "/deep/out lies below file:" + file + ", which is" + advice,
        refusal(jobs.to(file.resolve("deep/out")), single));
    assertTrue(refusal(jobs.to("/"), single).contains("the output path file:/ is the root of its file system. Choose a folder below it."));
    assertEquals("chapter one", Files.readString(file));
  }

  @Test
  void anOutputPathThatBecomesAFileWhileTheJobRuns() throws Exception {
    Path target = folder.resolve("out");
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(target.toString());
    for (WriteMode mode : List.of(WriteMode.OVERWRITE, WriteMode.APPEND)) {
      FileOutput output = new FileOutput(path.getFileSystem(new Configuration()), path);
      output.stage();
      Files.writeString(target, "chapter one");
      assertEquals("Cannot write the predictions to " + target + ": it became a file while the job ran, and they are written to a "
          + "folder. Choose another output.path.", assertThrows(Refusal.class, () -> output.publish(mode)).getMessage());
      output.discard(true);
      assertEquals("chapter one", Files.readString(target));
      assertEquals(List.of("out", "table"), ScoreJobTest.names(folder));
    }
  }

  @Test
  void anOutputThatIsTheInputOrInsideIt() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price").to(table + "/../table");
    jobs.mode = WriteMode.OVERWRITE;
    assertTrue(
        refusal(jobs, single).contains("the output file:" + table + " is the input itself. Write to a folder apart from the input."));
    assertEquals("the output file:" + table + "/out lies inside the input file:" + table + ". Write to a folder apart from the input.",
        refusal(jobs.to(table.resolve("out")), single));
    assertEquals("the input file:" + table + " lies inside the output file:" + folder + ". Write to a folder apart from the input.",
        refusal(jobs.to(folder), single));
    Path link = Files.createSymbolicLink(folder.resolve("link"), table);
    assertEquals("the output file:" + table + "/out lies inside the input file:" + table + ". Write to a folder apart from the input.",
        refusal(jobs.to(link.resolve("out")), single));
    jobs.inputPath = Optional.of(folder + "/t*");
    assertEquals(
        "the output file:" + folder + "/tout lies inside the input file:" + folder + "/t*. Write to a folder apart from the input.",
        refusal(jobs.to(folder.resolve("tout")), single));
  }

  @Test
  void anArrayForCsv() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.outputFormat = "csv";
    jobs.columns = List.of("id", "pair");
    assertEquals(
        "2 problems.\n  - the column prediction would be an array of 3 numbers, which CSV cannot hold. Set output.prediction-as = columns."
            + "\n  - the column pair is of type array<float>, which CSV cannot hold. Leave it out of output.columns, or write parquet.",
        refusal(jobs, classes));
    jobs.columns = List.of("id");
    jobs.predictionAs = PredictionAs.COLUMNS;
    jobs.job(classes).check();
  }

  @Test
  void labelsThatAreNotAsManyAsTheOutputIsWide() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.labels = List.of("a", "b", "c", "d");
    assertEquals("output.labels lists 4 labels, but the model's output has 3 numbers. List 3 labels, in the order of training.",
        refusal(jobs, classes));
    assertEquals("output.labels lists 4 labels, but the model's output has one number, which decides between 2. "
        + "List 2 labels, in the order of training.", refusal(jobs, single));
  }

  @Test
  void namesThatTheTableHasNot() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price").windows(List.of("regio"), "idd");
    jobs.columns = List.of("pricee");
    jobs.partitionBy = List.of("predicton");
    jobs.key = List.of("x");
    jobs.scaling.put("amont", Scaling.standard(0, 1));
    assertEquals(String.join("\n  - ", "6 problems.",
        "features.scaling names amont, which is no feature. Did you mean amount?",
        "the table has no column regio, which windows.series names. Did you mean region?",
        "the table has no column idd, which windows.order-by names. Did you mean id?",
        "the table has no column x, which input.key names. Its columns are id, region, amount, price, pair, tags.",
        "the table has no column pricee, which output.columns names. Did you mean price?",
        "the output has no column predicton, which output.partition-by names. Did you mean prediction?"), refusal(jobs, sequence));
  }

  @Test
  void formatsThatSparkDoesNotKnow() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.inputFormat = "parkett";
    jobs.outputFormat = "exel";
    assertEquals(String.join("\n  - ", "2 problems.",
        "Spark knows no format exel, which output.format names. Use parquet, csv, orc or json, or add the format's jar.",
        "Spark knows no format parkett, which input.format names. Use parquet, csv, orc or json, or add the format's jar."),
        refusal(jobs, single));
  }

  @Test
  void anInputThatIsNotThere() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.inputPath = Optional.of(folder + "/nowhere/*.parquet");
    assertEquals(
        "there is nothing at input.path " + folder + "/nowhere/*.parquet (file:" + folder + "/nowhere/*.parquet). Correct the path.",
        refusal(jobs, single));
    jobs.inputPath = Optional.empty();
    jobs.inputTable = Optional.of("no_such_table");
    String message = refusal(jobs, single);
    assertTrue(message.startsWith("the table no_such_table cannot be read. Spark says: [TABLE_OR_VIEW_NOT_FOUND]"), message);
  }

  @Test
  void aFileSystemThatNobodyKnows() {
    Refusal refusal = assertThrows(Refusal.class, () -> jobs().features("amount", "price").to("moon://base/out").job(single).check());
    assertEquals("Cannot reach moon://base/out: No FileSystem for scheme \"moon\". Correct the path, or add the jar of its file system.",
        refusal.getMessage());
    assertEquals(Refusal.Kind.TABLE, refusal.kind());
  }

  /** Each way out that the message names is then taken. */
  @Test
  void aParquetTypeThatSparkDoesNotRead() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.inputPath = Optional.of(records("at (TIMESTAMP(NANOS,false))"));
    assertEquals(jobs.inputPath.get() + " cannot be read as parquet. Spark says: [PARQUET_TYPE_ILLEGAL] Illegal Parquet type: "
        + "INT64 (TIMESTAMP(NANOS,false)). SQLSTATE: 42846. Have nanoseconds read as whole numbers: "
        + "--conf spark.sql.legacy.parquet.nanosAsLong=true.", refusal(jobs, single));
    session.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    try {
      jobs.job(single).run();
      assertEquals(7L, session.read().parquet(folder.resolve("out").toString()).select("at").head().getLong(0));
    } finally {
      session.conf().unset("spark.sql.legacy.parquet.nanosAsLong");
    }
    jobs = jobs().features("amount", "price").to(folder.resolve("other"));
    jobs.inputPath = Optional.of(records("at (TIME(NANOS,true))"));
    assertTrue(refusal(jobs, single).endsWith("Illegal Parquet type: INT64 (TIME(NANOS,true)). SQLSTATE: 42846. "
        + "Leave that column out: name the others, with their types, in input.schema."), refusal(jobs, single));
    jobs.schema = Optional.of("amount float, price double");
    assertEquals(1, jobs.job(single).run().rows().read());
  }

  /** A table of one row, with a column that Spark could not write. */
  private String records(String column) throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType("message row { required float amount; required double price; required int64 " + column + "; }");
    Path file = Files.createTempDirectory(folder, "records").resolve("a.parquet");
    try (ParquetWriter<Group> writer = ExampleParquetWriter
        .builder(HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toString()), new Configuration())).withType(schema).build()) {
      writer.write(new SimpleGroupFactory(schema).newGroup().append("amount", 1f).append("price", 2.0).append("at", 7L));
    }
    return file.getParent().toString();
  }

  @Test
  void anInputOfAnotherFormat() throws Exception {
    Path text = Files.writeString(folder.resolve("text.parquet"), "id,amount\n1,2\n");
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.inputPath = Optional.of(text.toString());
    String message = refusal(jobs, single);
    assertTrue(message.startsWith(text + " cannot be read as parquet. Spark says: [FAILED_READ_FILE"), message);
  }

  @Test
  void aFilterOrSchemaThatSparkDoesNotUnderstand() throws Exception {
    JobBuilder jobs = jobs().features("amount", "price");
    jobs.filter = Optional.of("amount >");
    String message = refusal(jobs, single);
    assertTrue(message.startsWith("input.filter \"amount >\" is not understood: [PARSE_SYNTAX_ERROR]"), message);
    jobs.filter = Optional.of("amuont > 1");
    message = refusal(jobs, single);
    assertTrue(message.startsWith("input.filter \"amuont > 1\" is not understood: [UNRESOLVED_COLUMN"), message);
    jobs.filter = Optional.empty();
    jobs.schema = Optional.of("id lang");
    message = refusal(jobs, single);
    assertTrue(message.startsWith("input.schema is not understood: "), message);
    assertTrue(message.endsWith(" Write it as \"id long, x1 double\"."), message);
  }

  @Test
  void inputsThatTheModelHasNot() throws Exception {
    Network two = Networks.twoInputs(Shape.of(1), Shape.of(1));
    assertEquals("2 problems.\n  - the model has no input histori, which features.inputs names. Did you mean history?"
        + "\n  - features.inputs says nothing about the model's input history (1,). Add history { columns = [...] }.",
        refusal(jobs().input("customer", "amount").input("histori", "price"), two));
    assertEquals("the model has 2 inputs, customer, history, but features names none. Give each its own columns in features.inputs.",
        refusal(jobs().features("amount", "price"), two));
  }

  @Test
  void anArrayColumnThatCannotHoldTheInput() throws Exception {
    assertEquals("column region is of type string, but features.column has to be an array of numbers or a vector, with 2 numbers. "
        + "Turn it into an array of floats.", refusal(jobs().column("region"), single));
    assertEquals("column amount is of type float, but features.column has to be an array of numbers or a vector, with 4 × 2 numbers. "
        + "Name number columns in features.columns.", refusal(jobs().column("amount"), sequence));
  }
}
