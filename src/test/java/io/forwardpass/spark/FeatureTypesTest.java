package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.Scaling;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTypesTest {
  private static final String[] ALL = {"b", "i8", "i16", "i32", "i64", "f32", "f64", "d5", "d15", "d30"};

  private final SparkSession session = Sessions.shared();

  @TempDir
  Path folder;

  private static Dataset<Row> everyType(SparkSession session) {
    return session.range(0, 5000, 1, 2).selectExpr("id", "id % 2 = 0 as b", "cast(id % 120 as tinyint) i8", "cast(id as smallint) i16",
        "cast(id * 3 as int) i32", "id * 1000003 as i64", "cast(sin(id) as float) f32", "cos(id) f64",
        "cast(id % 100 / 7 as decimal(5,2)) d5", "cast(id / 7 as decimal(15,5)) d15", "cast(id / 3 as decimal(30,12)) d30");
  }

  /** What {@link #everyType} holds, by the rule: as a double, narrowed once. */
  private static float[] features(Row row) {
    float[] features = new float[ALL.length];
    features[0] = row.<Boolean>getAs("b") ? 1 : 0;
    for (int i = 1; i < ALL.length; i++) {
      features[i] = (float) row.<Number>getAs(ALL[i]).doubleValue();
    }
    return features;
  }

  private static void assertScored(Dataset<Row> scored, Network network, int rows) {
    List<Row> all = scored.collectAsList();
    assertEquals(rows, all.size());
    for (Row row : all) {
      assertEquals(Networks.answer(network, 0, features(row))[0], row.<Float>getAs("prediction"), "id " + row.getAs("id"));
    }
  }

  @Test
  void readsEveryNumberTypeFromBatchesAndFromRows() throws Exception {
    Network network = Networks.of(Shape.of(ALL.length), Shape.of(1));
    Path table = folder.resolve("table");
    everyType(session).write().parquet(table.toString());
    ScoreJob batches = JobBuilder.from(table).features(ALL).job(network);
    assertTrue(isColumnar(batches.dryRun().plan()));
    assertScored(batches.scored(), network, 5000);
    JobBuilder filtered = JobBuilder.from(table).features(ALL);
    filtered.filter = Optional.of("id >= 0");
    ScoreJob rows = filtered.job(network);
    assertFalse(isColumnar(rows.dryRun().plan()));
    assertScored(rows.scored(), network, 5000);
  }

  private static boolean isColumnar(String plan) {
    int scoring = plan.indexOf("Forwardpass");
    int toRows = plan.indexOf("ColumnarToRow");
    return toRows >= 0 && toRows < scoring;
  }

  @Test
  void readsPartitionColumnsWhichAreConstantInAFile() throws Exception {
    Network network = Networks.of(Shape.of(ALL.length), Shape.of(1));
    Path table = folder.resolve("table");
    everyType(session).where("id < 40").write().partitionBy("i32", "d5").parquet(table.toString());
    JobBuilder jobs = JobBuilder.from(table).features(ALL);
    jobs.schema = Optional.of("id long, b boolean, i8 tinyint, i16 smallint, i64 long, f32 float, f64 double, d15 decimal(15,5), "
        + "d30 decimal(30,12), i32 int, d5 decimal(5,2)");
    assertScored(jobs.job(network).scored(), network, 40);
  }

  @Test
  void readsAroundNullsInDictionaryEncodedColumns() throws Exception {
    Network network = Networks.of(Shape.of(3), Shape.of(1));
    Path table = folder.resolve("table");
    session.range(0, 20_000, 1, 1).selectExpr("id", "if(id % 3 = 0, null, cast(id % 5 as float)) x1", "if(id % 7 = 0, null, id % 11) x2",
        "if(id between 5000 and 9999, null, cast(id % 13 as double)) x3").write().parquet(table.toString());
    ScoreJob job = JobBuilder.from(table).features("x1", "x2", "x3").policy(InvalidPolicy.KEEP).job(network);
    assertTrue(isColumnar(job.dryRun().plan()));
    List<Row> rows = job.scored().collectAsList();
    assertEquals(20_000, rows.size());
    for (Row row : rows) {
      long id = row.getLong(0);
      String reason = id % 3 == 0 ? "x1 is null" : id % 7 == 0 ? "x2 is null" : id >= 5000 && id < 10_000 ? "x3 is null" : null;
      assertEquals(reason, row.<String>getAs("prediction_error"), "id " + id);
      Float expected = reason != null ? null : (Float) Networks.answer(network, 0, new float[] {id % 5, id % 11, id % 13})[0];
      assertEquals(expected, row.<Float>getAs("prediction"), "id " + id);
    }
  }

  @Test
  void scalesInDoubleAndNarrowsOnce() throws Exception {
    Network network = Networks.of(Shape.of(3), Shape.of(1));
    Path table = folder.resolve("table");
    session.range(0, 300, 1, 1).selectExpr("id", "cast(sin(id) as float) x1", "cos(id) x2", "id x3").write().parquet(table.toString());
    JobBuilder jobs = JobBuilder.from(table).features("X1", "x2", "x3");
    jobs.scaling.put("x1", Scaling.standard(0.1, 0.7));
    jobs.scaling.put("X2", Scaling.range(-1, 3));
    jobs.scaling.put("x3", Scaling.rescaling(1, 0.1));
    jobs.inverse = Optional.of(Scaling.standard(100, 3));
    for (String filter : List.of("", "id >= 0")) {
      jobs.filter = Optional.of(filter).filter(f -> !f.isEmpty());
      for (Row row : jobs.job(network).scored().collectAsList()) {
        long id = row.getLong(0);
        float[] x = {(float) (((double) (float) Math.sin((double) id) - 0.1) / 0.7), (float) ((Math.cos((double) id) + 1) / 4),
            (float) (id * 0.1 + 1)};
        assertEquals((float) (Networks.answer(network, 0, x)[0] * 3.0 + 100), row.<Float>getAs("prediction"), "id " + id);
      }
    }
  }

  @Test
  void readsOneArrayColumnFlatOrNestedOfAnyNumberType() throws Exception {
    Network network = Networks.of(Shape.of(4, 3), Shape.of(1));
    Path table = folder.resolve("table");
    String numbers = "transform(sequence(1, 12), i -> cast(sin(id * 12 + i) as %s))";
    session.range(0, 1000, 1, 2).selectExpr("id", numbers.formatted("float") + " f", numbers.formatted("double") + " d",
        "if(id % 50 = 7, null, " + numbers.formatted("float") + ") holes",
        "transform(sequence(0, 3), t -> transform(sequence(1, 3), i -> cast(sin(id * 12 + t * 3 + i) as float))) nested")
        .write().parquet(table.toString());
    for (String column : List.of("f", "d", "nested", "holes")) {
      for (String filter : List.of("id >= 0", "")) {
        JobBuilder jobs = JobBuilder.from(table).column(column).policy(InvalidPolicy.KEEP);
        jobs.filter = Optional.of(filter).filter(f -> !f.isEmpty());
        ScoreJob job = jobs.job(network);
        assertEquals(filter.isEmpty(), isColumnar(job.dryRun().plan()), column);
        List<Row> rows = job.scored().collectAsList();
        assertEquals(1000, rows.size());
        for (Row row : rows) {
          long id = row.getLong(0);
          float[] x = new float[12];
          for (int i = 0; i < 12; i++) {
            x[i] = (float) Math.sin((double) (id * 12 + i + 1));
          }
          Float expected = column.equals("holes") && id % 50 == 7 ? null : (Float) Networks.answer(network, 0, x)[0];
          assertEquals(expected, row.<Float>getAs("prediction"), column + " id " + id);
        }
      }
    }
  }

  @Test
  void tellsWhyAnArrayDoesNotFit() throws Exception {
    Network network = Networks.of(Shape.of(3), Shape.of(1));
    Path table = folder.resolve("table");
    session
        .sql("select 1 id, array(1f, 2f) v union all select 2, array(1f, null, 3f) union all select 3, null "
            + "union all select 4, array(1f, float('NaN'), 3f) union all select 5, array(1f, 2f, 3f)")
        .coalesce(1).write().parquet(table.toString());
    for (String filter : List.of("id >= 0", "")) {
      JobBuilder jobs = JobBuilder.from(table).column("v").policy(InvalidPolicy.KEEP);
      jobs.filter = Optional.of(filter).filter(f -> !f.isEmpty());
      List<Row> rows = jobs.job(network).scored().orderBy("id").select("prediction_error").collectAsList();
      List<String> reasons = new ArrayList<>();
      rows.forEach(row -> reasons.add(row.getString(0)));
      List<String> expected = new ArrayList<>(List.of("v holds 2 elements, not 3", "v holds null", "v is null", "v holds NaN"));
      expected.add(null);
      assertEquals(expected, reasons);
    }
  }

  @Test
  void readsSparkMlsVectorsDenseAndSparseFromRows() throws Exception {
    Network network = Networks.of(Shape.of(4), Shape.of(1));
    StructType schema = new StructType().add("id", DataTypes.LongType).add("v", SQLDataTypes.VectorType());
    List<Row> data = List.of(RowFactory.create(1L, Vectors.dense(1, 2, 3, 4)), RowFactory.create(2L, Vectors.sparse(4, new int[] {1, 3},
        new double[] {0.5, -2})), RowFactory.create(3L, Vectors.dense(1, 2)));
    Path table = folder.resolve("table");
    session.createDataFrame(data, schema).write().parquet(table.toString());
    List<Row> rows = JobBuilder.from(table).column("v").policy(InvalidPolicy.KEEP).job(network).scored().orderBy("id").collectAsList();
    assertEquals(Networks.answer(network, 0, new float[] {1, 2, 3, 4})[0], rows.get(0).<Float>getAs("prediction"));
    assertEquals(Networks.answer(network, 0, new float[] {0, 0.5f, 0, -2})[0], rows.get(1).<Float>getAs("prediction"));
    assertEquals("v holds 2 elements, not 4", rows.get(2).getAs("prediction_error"));
    assertEquals(Vectors.dense(1, 2), rows.get(2).getAs("v"));
  }

  @Test
  void readsVectorsAsTheStructureTheyAreStoredAsWhereSparkMlIsNotThere() throws Exception {
    Network network = Networks.of(Shape.of(4), Shape.of(1));
    Path table = folder.resolve("table");
    session.sql("select 1L id, named_struct('type', cast(1 as tinyint), 'size', cast(null as int), 'indices', cast(null as array<int>), "
        + "'values', array(1d, 2d, 3d, 4d)) v union all select 2L, named_struct('type', cast(0 as tinyint), 'size', 4, 'indices', array(1, 3), "
        + "'values', array(0.5d, -2d))").coalesce(1).write().parquet(table.toString());
    ScoreJob job = JobBuilder.from(table).column("v").job(network);
    assertTrue(isColumnar(job.dryRun().plan()));
    List<Row> rows = job.scored().orderBy("id").collectAsList();
    assertEquals(Networks.answer(network, 0, new float[] {1, 2, 3, 4})[0], rows.get(0).<Float>getAs("prediction"));
    assertEquals(Networks.answer(network, 0, new float[] {0, 0.5f, 0, -2})[0], rows.get(1).<Float>getAs("prediction"));
  }

  @Test
  void carriesColumnsOfAnyTypeThroughRowsAndThroughAWindowsSort() throws Exception {
    StructType schema = new StructType().add("series", DataTypes.StringType).add("t", DataTypes.LongType).add("x", DataTypes.DoubleType)
        .add("v", SQLDataTypes.VectorType()).add("m", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType));
    List<Row> data = new ArrayList<>();
    for (long t = 0; t < 200; t++) {
      data.add(RowFactory.create("s" + t % 3, t * 37 % 200, (double) (t * 37 % 200), Vectors.dense((double) (t * 37 % 200), 1),
          java.util.Map.of("t", t * 37 % 200)));
    }
    Path table = folder.resolve("table");
    session.createDataFrame(data, schema).write().parquet(table.toString());
    Network single = Networks.of(Shape.of(1), Shape.of(1));
    Network sequence = Networks.of(Shape.of(2, 1), Shape.of(1));
    for (ScoreJob job : List.of(JobBuilder.from(table).features("x").job(single),
        JobBuilder.from(table).features("x").windows(List.of("series"), "t").job(sequence))) {
      List<Row> rows = job.scored().collectAsList();
      assertEquals(200, rows.size());
      for (Row row : rows) {
        long t = row.<Long>getAs("t");
        assertEquals(Vectors.dense((double) t, 1), row.getAs("v"));
        assertEquals(t, row.getJavaMap(4).get("t"));
      }
    }
  }

  @Test
  void scoresATableOf150Columns() throws Exception {
    Network network = Networks.of(Shape.of(150), Shape.of(1));
    String[] names = IntStream.range(0, 150).mapToObj(i -> "c" + i).toArray(String[]::new);
    Path table = folder.resolve("table");
    session.range(0, 500, 1, 1).selectExpr(java.util.stream.Stream.of(names).map(c -> "sin(id + " + c.substring(1) + ") as " + c)
        .collect(Collectors.toList()).toArray(String[]::new)).write().parquet(table.toString());
    List<Row> rows = JobBuilder.from(table).features(names).job(network).scored().collectAsList();
    assertEquals(500, rows.size());
    for (Row row : rows) {
      float[] x = new float[150];
      for (int i = 0; i < 150; i++) {
        x[i] = (float) row.getDouble(i);
      }
      assertEquals(Networks.answer(network, 0, x)[0], row.<Float>getAs("prediction"));
    }
  }
}
