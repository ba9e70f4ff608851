package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.FeatureInput;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.Scaling;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Models;
import io.forwardpass.testing.Sessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of texts and of whole numbers that a model looks up or hashes. */
class KeyFeaturesTest {
  private static final String CITIES = "array('Oslo', 'Zürich', 'São Paulo', '東京', '😀', '', 'elsewhere', 'New York')";

  private final SparkSession session = Sessions.shared();

  @TempDir
  Path folder;

  private static Network network(String name) throws Exception {
    return GraphBuilder.build(Models.read(Models.GOLDEN.resolve("preprocessing/" + name + "/model.keras"))).compile();
  }

  private static float answer(Network network, Object... keys) {
    List<InputRows> inputs = List.of(keys).stream()
        .map(key -> key instanceof String text ? InputRows.texts(new String[] {text}) : InputRows.wholeNumbers(new long[] {(Long) key}))
        .toList();
    return new Predictor(network, 16).predict(inputs, 1)[0][0];
  }

  /** Over batches, or over rows by way of a filter. */
  private static JobBuilder jobs(Path table, boolean batches) {
    JobBuilder jobs = JobBuilder.from(table);
    jobs.filter = batches ? Optional.empty() : Optional.of("id >= 0");
    return jobs;
  }

  /** Files with dictionaries of their own in several row groups each, and one without; each with some texts that others lack. */
  private Path texts() {
    Path table = folder.resolve("table");
    for (int file = 0; file < 3; file++) {
      session.range(file * 20_000L, (file + 1) * 20_000L, 1, 1)
          .selectExpr("id", "if(id % 11 = 0, null, element_at(" + CITIES + ", cast((id * id + id div 3000) % 8 as int) + 1)) city")
          .write().option("parquet.enable.dictionary", file < 2).option("parquet.block.size", 4096).option("parquet.page.size", 1024)
          .mode("append").parquet(table.toString());
    }
    return table;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void textsAreLookedUpWhateverTheirEncoding(boolean batches) throws Exception {
    Network network = network("texts_three_unknown");
    JobBuilder jobs = jobs(texts(), batches).features("city").policy(InvalidPolicy.KEEP);
    List<Row> rows = jobs.job(network).scored().collectAsList();
    assertEquals(60_000, rows.size());
    for (Row row : rows) {
      String city = row.getAs("city");
      assertEquals(city == null ? null : (Float) answer(network, city), row.<Float>getAs("prediction"), () -> "of " + city);
      assertEquals(city == null ? "city is null" : null, row.getAs("prediction_error"));
    }
  }

  @Test
  void batchesAreReadAsBatches() throws Exception {
    String plan = jobs(texts(), true).features("city").policy(InvalidPolicy.KEEP).job(network("texts")).dryRun().plan();
    assertTrue(plan.indexOf("ColumnarToRow") < plan.indexOf("Forwardpass"), plan);
    assertTrue(plan.contains("ColumnarToRow"), plan);
  }

  @Test
  void aPartitionColumnIsOneTextForAFile() throws Exception {
    Network network = network("texts");
    Path table = folder.resolve("table");
    session.range(0, 3000, 1, 1).selectExpr("id", "element_at(" + CITIES + ", cast(id % 5 as int) + 1) city").write().partitionBy("city")
        .parquet(table.toString());
    List<Row> rows = jobs(table, true).features("city").job(network).scored().collectAsList();
    assertEquals(3000, rows.size());
    for (Row row : rows) {
      assertEquals(answer(network, row.<String>getAs("city")), row.<Float>getAs("prediction"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wholeNumbersAreKeysToTheirLastBit(boolean batches) throws Exception {
    Network network = network("hash_int32"); // three keys a row, in 11 bins
    Path table = folder.resolve("table");
    session.range(0, 5000, 1, 2).selectExpr("id", "9007199254740992 + id as big", "cast(id % 100 as tinyint) small",
        "cast(9007199254740992 + id as decimal(20,0)) exact", "cast(id as double) + 0.75 wide").write().parquet(table.toString());
    List<Row> rows = jobs(table, batches).features("big", "small", "wide").job(network).scored().collectAsList();
    Predictor predictor = new Predictor(network, 16);
    for (Row row : rows) {
      long id = row.getAs("id");
      float[] expected = predictor.predict(List.of(InputRows.wholeNumbers(new long[] {9007199254740992L + id, id % 100, id})), 1)[0];
      List<Float> found = row.getList(row.fieldIndex("prediction"));
      assertEquals(List.of(expected[0], expected[1], expected[2]), found, () -> "id " + id);
    }
    List<Row> decimals =
        jobs(table, batches).features("exact", "small", "small").job(network).scored().selectExpr("id", "prediction[0] p").collectAsList();
    Map<Long, Float> byId = rows.stream().collect(Collectors.toMap(row -> row.<Long>getAs("id"),
        row -> row.<Float>getList(row.fieldIndex("prediction")).get(0)));
    decimals.forEach(row -> assertEquals(byId.get(row.getLong(0)), row.getFloat(1)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void arraysOfTexts(boolean batches) throws Exception {
    Network network = network("texts_count"); // of three texts, six categories
    Path table = folder.resolve("table");
    session.range(0, 100, 1, 1)
        .selectExpr("id", "case when id = 7 then null when id = 8 then array('Oslo') when id = 9 then array('Oslo', null, '') "
            + "else array('Oslo', if(id % 2 = 0, '東京', 'no'), '') end cities")
        .write().parquet(table.toString());
    JobBuilder jobs = jobs(table, batches).policy(InvalidPolicy.KEEP);
    jobs.features.add(new FeatureInput(Optional.empty(), List.of(), Optional.of("cities")));
    for (Row row : jobs.job(network).scored().collectAsList()) {
      long id = row.getAs("id");
      String error = id == 7 ? "cities is null" : id == 8 ? "cities holds 1 elements, not 3" : id == 9 ? "cities holds null" : null;
      assertEquals(error, row.getAs("prediction_error"));
      if (error == null) {
        assertEquals(id % 2 == 0 ? List.of(1f, 1f, 0f, 0f, 1f, 0f) : List.of(2f, 1f, 0f, 0f, 0f, 0f),
            row.getList(row.fieldIndex("prediction")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTextWithoutAnIndexMakesARowInvalid(boolean batches) throws Exception {
    Network network = network("texts_none_unknown");
    Path table = folder.resolve("table");
    session.sql("select * from values (1L, 'Oslo'), (2L, 'elsewhere') as t(id, city)").coalesce(1).write().parquet(table.toString());
    JobBuilder jobs = jobs(table, batches).features("city").to(folder.resolve("out"));
    jobs.key = List.of("id");
    Refusal refusal = assertThrows(Refusal.class, () -> jobs.job(network).run());
    assertEquals(
        "Cannot score the table: city holds a key that is not in the model's vocabulary in the row with id = 2. Mend the row, or set "
            + "invalid-rows.policy to keep or skip.",
        refusal.getMessage());
    Summary summary = jobs.policy(InvalidPolicy.SKIP).job(network).run();
    assertEquals(Map.of("city holds a key that is not in the model's vocabulary", 1L), summary.rows().invalidByReason());
  }

  @Test
  void oneColumnReadInSeveralWaysIsNamedOnce() throws Exception {
    Network network = network("one_column_in_four_ways");
    Path table = folder.resolve("table");
    session.range(-5, 50, 1, 1).selectExpr("id", "id * 3 as store").write().parquet(table.toString());
    List<Row> rows = JobBuilder.from(table).features("store").job(network).scored().collectAsList();
    assertEquals(55, rows.size());
    for (Row row : rows) {
      float[][] expected = new Predictor(network, 16).predict(List.of(InputRows.wholeNumbers(new long[] {row.<Long>getAs("store")})), 1);
      for (int o = 0; o < expected.length; o++) {
        assertEquals(expected[o][0], row.<Float>getAs("prediction_" + network.outputName(o)), network.outputName(o));
      }
    }
  }

  /** Through append too, which reads the same columns by a scan of its own. */
  @Test
  void aModelOfColumnsOfEveryKindIsAppendedToItsTable() throws Exception {
    Network network = network("census");
    Path table = folder.resolve("table");
    session.range(0, 9000, 1, 3)
        .selectExpr("id", "20 + id % 30 as age", "30000.0D + id pay",
            "element_at(array('Private', 'State-gov', 'other'), " + "cast(id % 3 as int) + 1) job",
            "element_at(" + CITIES + ", cast(id % 8 as int) + 1) city", "id % 9 store")
        .write().parquet(table.toString());
    JobBuilder jobs =
        JobBuilder.from(table).input("age", "age").input("pay", "pay").input("job", "job").input("city", "city").input("store", "store");
    Summary summary = jobs.to(folder.resolve("appended")).job(network).run();
    assertTrue(summary.way().startsWith("append, "), summary.way());
    Dataset<Row> appended = session.read().parquet(folder.resolve("appended").toString());
    jobs.filter = Optional.of("id >= 0");
    List<Row> rows = jobs.to(folder.resolve("other")).job(network).scored().orderBy("id").collectAsList();
    assertEquals(9000, rows.size());
    assertEquals(rows, appended.orderBy("id").collectAsList());
    Row row = rows.get(4321);
    float[] age = {20 + 4321 % 30};
    float[] pay = {30000f + 4321};
    float expected = new Predictor(network, 16).predict(List.of(InputRows.numbers(age), InputRows.numbers(pay),
        InputRows.texts(new String[] {row.getAs("job")}), InputRows.texts(new String[] {row.getAs("city")}),
        InputRows.wholeNumbers(new long[] {row.<Long>getAs("store")})), 1)[0][0];
    assertEquals(expected, row.<Float>getAs("prediction"));
  }

  @Test
  void columnsThatCannotBeKeysAreRefusedAllAtOnce() throws Exception {
    Path table = folder.resolve("table");
    session.range(0, 5, 1, 1).selectExpr("id", "cast(id as string) text", "array(id) list").write().parquet(table.toString());
    JobBuilder jobs =
        JobBuilder.from(table).input("job", "id").input("city", "list").input("store", "text").input("age", "id").input("pay", "id");
    jobs.scaling.put("id", Scaling.standard(1, 2));
    String message = assertThrows(Refusal.class, () -> jobs.job(network("census")).check()).getMessage();
    assertTrue(
        message.contains("column id is of type bigint, but the model's input job takes texts. Name a string column, or read it as one by "
            + "input.schema."),
        message);
    assertTrue(message.contains("column list is of type array<bigint>, but the model's input city takes texts."), message);
    assertTrue(message
        .contains("column text is of type string, but the model's input store takes whole numbers. Name a column of whole numbers, or "
            + "read it as one by input.schema."),
        message);
    JobBuilder scaled = JobBuilder.from(table).features("id");
    scaled.scaling.put("id", Scaling.standard(1, 2));
    message = assertThrows(Refusal.class, () -> scaled.job(network("numbers")).check()).getMessage();
    assertTrue(message.contains("features.scaling names id, which the model looks up as it is. Remove it there."), message);
    assertFalse(message.contains("problems"), message);
  }
}
