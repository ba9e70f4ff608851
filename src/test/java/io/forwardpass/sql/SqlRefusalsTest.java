package io.forwardpass.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.Scorer;
import io.forwardpass.Windows;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.Models;
import io.forwardpass.testing.Sessions;
import io.forwardpass.testing.SqlQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong use of the functions, refused when the query is analysed, in words that help. */
class SqlRefusalsTest {
  private static final SparkSession SESSION = Sessions.shared().newSession();
  private static final String MLP = "jobs/samples/mlp/model.keras";
  private static final String LSTM = "jobs/samples/lstm/model.keras";
  private static final String NOT_SCORED = "Cannot score with " + MLP + ": ";
  private static final String NOT_CALLED = "Cannot call forwardpass: ";
  private static final String NO_WINDOWS = "Cannot call forwardpass_windows: ";

  @TempDir
  static Path folder;

  @BeforeAll
  static void writeTables() {
    SqlQueries.writeTables(SESSION, folder);
  }

  @AfterEach
  void openTheFolder() {
    SESSION.sparkContext().conf().remove(ModelFolder.FOLDER).remove(ModelFolder.ONLY);
  }

  /** The message of the refusal that analysing this must end in: an IllegalArgumentException, which Spark Connect shows as it is. */
  static String message(SparkSession session, String sql) {
    IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> session.sql(sql));
    assertTrue(thrown instanceof Refusal, thrown.toString());
    return thrown.getMessage();
  }

  private static String call(String arguments) {
    return message(SESSION, "SELECT forwardpass(" + arguments + ") FROM t");
  }

  private static String mlp(String features) {
    return call("'" + MLP + "', " + features);
  }

  @Test
  void modelsThatAreNone() {
    assertEquals("Cannot read model nix.keras: there is no file or folder file:" + Path.of("nix.keras").toAbsolutePath()
        + ". Give the path of an"
        + " existing one; without a scheme it is looked for on fs.defaultFS, here file:///.", call("'nix.keras', x1"));
    assertTrue(call("'README.md', x1").contains("it is neither a zip nor HDF5 nor NumPy, but text that starts with '# Forwardpass'"));
    assertEquals("Cannot call forwardpass: the model should be a path, a job file or a model's bytes, not NULL. Give for instance"
        + " 'models/mlp.keras'.", call("NULL, x1"));
    assertEquals("Cannot call forwardpass: the model should be a path, a job file or a model's bytes, not 12. Give for instance"
        + " 'models/mlp.keras'.", call("12, x1"));
    assertTrue(call("X'00ff', x1").startsWith("Cannot read model sha-256:"));
    assertEquals(NOT_CALLED + "it has no arguments. Give a model and its features, forwardpass('models/mlp.keras', x1, x2).", call(""));
    assertEquals(
        "Cannot read the job file none.conf: there is no such file on file:///. Give the path of a readable job file, with its scheme if"
            + " it is not on fs.defaultFS.",
        call("'none.conf', struct(*)"));
  }

  @Test
  void aModelThatIsNotConstant() {
    assertEquals(NOT_CALLED
        + "the model has to be known before a row is read, but region is not constant. Give a literal or a session variable.",
        call("region, x1"));
    assertEquals(NOT_CALLED + "on_invalid should be a text, not 1.", mlp("x1, x2, x3, x4, on_invalid => 1"));
  }

  @Test
  void aModelTooLargeForAPlan() {
    assertEquals(
        "Cannot score with the model given as BINARY: it has 67108865 bytes, and a plan carries up to 67108864. Save it to a file, and"
            + " give its path.",
        call("CAST(repeat('a', 67108865) AS BINARY), x1"));
  }

  @Test
  void featuresThatDoNotFit() {
    assertEquals(NOT_SCORED
        + "the model's input input_layer takes 4 features, but the call gives 3. Give one for each, in the order of training.",
        mlp("x1, x2, x3"));
    assertEquals(NOT_SCORED
        + "the model's input input_layer takes 4 features, but the call gives 0. Give one for each, in the order of training.",
        call("'" + MLP + "'"));
    assertEquals(NOT_SCORED + "2 problems.\n"
        + "  - region is of type string, but a feature has to be a number. Turn it into one, CAST(region AS FLOAT).\n"
        + "  - array(x1) is of type array<float>, but a feature has to be a number. Turn it into one, CAST(array(x1) AS FLOAT).",
        mlp("region, x2, array(x1), x4"));
    assertEquals(NOT_SCORED
        + "x1 is of type float, but is to hold all numbers of a model input. Give an array or a vector column, or one number for"
        + " each feature, in the order of training.", mlp("x1"));
    assertTrue(mlp("struct(*)").contains(" is a structure, and the model does not say which of its fields are features."));
    assertEquals("Cannot score with " + LSTM
        + ": the model's input input_layer_5 takes sequences, (4, 3), but the call gives 3 numbers of a row."
        + " Give one array of 4 × 3 numbers, or call forwardpass_windows.", call("'" + LSTM + "', x1, x2, x3"));
  }

  @Test
  void argumentsThatItHasNot() {
    assertEquals(NOT_CALLED + "it has no argument on_invalit. Did you mean on_invalid?", mlp("x1, x2, x3, x4, on_invalit => 'error'"));
    assertEquals(NOT_CALLED + "it has no argument zzz. It has model, on_invalid, labels, and the model's inputs input_layer.",
        mlp("x1, x2, x3, x4, zzz => 1"));
    assertEquals(NOT_CALLED + "on_invalid should be 'null', 'error' or 'report', not 'erorr'. Did you mean 'error'?",
        mlp("x1, x2, x3, x4, on_invalid => 'erorr'"));
    assertEquals(NOT_SCORED
        + "output.labels lists 3 labels, but the model's output has one number, which decides between 2. List 2 labels, in the"
        + " order of training.", mlp("x1, x2, x3, x4, labels => array('a', 'b', 'c')"));
    assertEquals(NOT_CALLED + "labels should be an array of texts, array('a', 'b'), not 1.", mlp("x1, x2, x3, x4, labels => 1"));
  }

  @Test
  void inputsByNameThatAreMissing() {
    String model = Models.GOLDEN.resolve("layers/wide_and_deep_with_history/model.keras").toString();
    assertEquals(NOT_CALLED
        + "the model has the inputs numbers, store, history, and x1 is given for none of them. Give each input by its name,"
        + " numbers => array(x1, x2).", call("'" + model + "', x1"));
    assertEquals(NOT_CALLED + "nothing is given for the model's input history (6, 2). Add history => array(x1, x2), or an array column.",
        call("'" + model + "', numbers => array(x1, x2, x3), store => x3"));
  }

  @Test
  void jobFilesThatDoNotFit() throws Exception {
    Path job = Files.writeString(folder.resolve("job.conf"), "model.path = \"" + MLP + "\"\nfeatures.columns = [x1, x2, x3, x5]\n"
        + "input.path = i\noutput.path = o");
    assertEquals("Cannot score with " + job + ": the structure has no field x5, which " + job + " names. Did you mean x1?",
        call("'" + job + "', struct(*)"));
    assertEquals("Cannot score with " + job
        + ": it has the features x1, x2, x3, x5, but the call gives 2 values. Give one for each in this order,"
        + " or struct(*).", call("'" + job + "', x1, x2"));
    Path broken = Files.writeString(folder.resolve("broken.conf"), "model.path = \"" + MLP + "\"\nfeaturs.columns = [a]");
    assertTrue(call("'" + broken + "', struct(*)").contains("featurs (line 2) is not a key of job files. Did you mean features?"));
    assertTrue(call("'jobs/lstm.conf', struct(*)").startsWith(NOT_CALLED + "jobs/lstm.conf has windows, which no single row has. Call"));
  }

  @Test
  void modelsOutsideTheFolderThatIsAllowed() throws Exception {
    SparkConf conf = SESSION.sparkContext().conf();
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.copy(Path.of(MLP), models.resolve("mlp.keras"));
    Files.copy(Path.of(MLP), folder.resolve("secret.keras"));
    Files.createSymbolicLink(models.resolve("link.keras"), folder.resolve("secret.keras"));
    conf.set(ModelFolder.FOLDER, models.toString());
    assertEquals(600, SESSION.sql("SELECT forwardpass('mlp.keras', x1, x2, x3, x4) FROM t").count());
    assertEquals(600, SESSION.sql("SELECT forwardpass('" + folder + "/secret.keras', x1, x2, x3, x4) FROM t").count());
    conf.set(ModelFolder.ONLY, "true");
    assertEquals(600, SESSION.sql("SELECT forwardpass('mlp.keras', x1, x2, x3, x4) FROM t").count());
    SESSION.sql("SET " + ModelFolder.ONLY + " = false");
    for (String path : new String[] {folder + "/secret.keras", "../secret.keras", "link.keras", "file:" + folder + "/secret.keras"}) {
      assertEquals("Cannot read model " + path + ": it is not in " + models
          + ", and spark.forwardpass.models.only allows no other folder. Have"
          + " the model put there.", call("'" + path + "', x1, x2, x3, x4"));
    }
    Files.writeString(models.resolve("job.conf"), "model.path = \"" + folder + "/secret.keras\"\nfeatures.columns = [x1, x2, x3, x4]\n"
        + "input.path = i\noutput.path = o");
    assertTrue(call("'job.conf', struct(*)").startsWith("Cannot read model " + folder + "/secret.keras: it is not in "));
    conf.remove(ModelFolder.FOLDER);
    assertEquals(NOT_CALLED + "spark.forwardpass.models.only is true, but spark.forwardpass.models names no folder. Set both where Spark is"
        + " started.", call("'mlp.keras', x1, x2, x3, x4"));
  }

  private static String windows(String table, String rest) {
    return message(SESSION, "SELECT * FROM forwardpass_windows(" + table + rest + ")");
  }

  @Test
  void windowsThatCannotBe() {
    String meters = "TABLE(meters) PARTITION BY meter ORDER BY t";
    String model = ", model => '" + LSTM + "', features => array('a', 'b', 'c')";
    assertEquals(NO_WINDOWS + "it has no table. Give TABLE(t) PARTITION BY series ORDER BY time.", windows("model => '" + LSTM + "'", ""));
    assertEquals(NO_WINDOWS + "it has no model. Give model => 'models/load.keras'.", windows(meters, ""));
    assertEquals(NO_WINDOWS + "nothing tells the order of the rows. Give TABLE(t) PARTITION BY series ORDER BY time.",
        windows("TABLE(meters) PARTITION BY meter", model));
    assertEquals(NO_WINDOWS + "it has no argument stepp. Did you mean step?", windows(meters, model + ", stepp => '1 hour'"));
    assertTrue(windows("TABLE(meters) PARTITION BY meter ORDER BY t DESC",
        model).endsWith(" DESC runs backwards. Order by time, ascending."));
    assertTrue(windows("TABLE(meters) PARTITION BY upper(meter) ORDER BY t", model).startsWith(NO_WINDOWS
        + "PARTITION BY should name columns, not"));
    assertEquals("Cannot score with " + LSTM
        + ": windows.step should be a length such as \"15 minutes\", or a whole number above 0, not \"often\"."
        + " The units are weeks, days, hours, minutes, seconds, ms and us.", windows(meters, model + ", step => 'often'"));
    assertEquals("Cannot score the table: the table has no column d, which features.columns names. Did you mean t?",
        windows(meters, model.replace("'c'", "'d'")));
    assertEquals(NO_WINDOWS + "on_invalid should be 'null', 'error', 'report' or 'skip', not 'maybe'.",
        windows(meters, model + ", on_invalid => 'maybe'"));
    SESSION.readStream().schema(SESSION.table("meters").schema()).parquet(folder.resolve("meters").toString())
        .createOrReplaceTempView("stream");
    assertEquals(NO_WINDOWS
        + "the table is a stream, whose windows would end with each of its micro-batches. Keep the readings in a table, and"
        + " score that in foreachBatch, with score_from => the first new time.",
        windows("TABLE(stream) PARTITION BY meter ORDER BY t",
            model));
  }

  @Test
  void columnsOfAProgramThatCannotBe() {
    assertEquals("Cannot score with " + LSTM + ": windows are made of several rows, and a column is of one. Score the dataset, or leave the"
        + " windows out.",
        assertThrows(Refusal.class, () -> Scorer.of(LSTM).features("a", "b",
            "c").windows(Windows.by("meter").orderBy("t")).score())
            .getMessage());
    assertEquals("Cannot score with " + MLP
        + ": invalid rows are to be skipped, and a column cannot leave rows out. Score the dataset, or have"
        + " them kept.",
        assertThrows(Refusal.class, () -> Scorer.of(MLP).features("x1", "x2", "x3",
            "x4").invalidRows(InvalidPolicy.SKIP).score())
            .getMessage());
    Scorer mlp = Scorer.of(MLP);
    assertEquals(NOT_SCORED + "region is of type string, but a feature has to be a number. Turn it into one, CAST(region AS FLOAT).",
        assertThrows(Refusal.class, () -> SESSION.table("t").select(mlp.score(functions.col("x1"), functions.col("x2"), functions.col("x3"),
            functions.col("region")))).getMessage());
  }
}
