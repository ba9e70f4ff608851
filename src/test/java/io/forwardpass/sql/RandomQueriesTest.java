package io.forwardpass.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.sql.extraction.ExtractCalls;
import io.forwardpass.testing.RandomSql;
import io.forwardpass.testing.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries nobody thought of: the same rows whether the operator makes the calls or each is evaluated where it stands. */
class RandomQueriesTest {
  private static final int QUERIES = Integer.getInteger("forwardpass.random.queries", 2000);
  private static final int AT_ONCE = 2;

  @TempDir
  Path folder;

  private record Answer(List<String> rows, boolean operator) {}

  private SparkSession session(boolean operator) {
    SparkSession session = Sessions.shared().newSession();
    session.conf().set(ExtractCalls.SWITCH, operator);
    session.conf().set("spark.sql.planChangeValidation", true);
    // compiling thousands of queries would take longer than running them
    session.conf().set("spark.sql.codegen.wholeStage", false);
    session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    session.conf().set("spark.sql.adaptive.enabled", false);
    session.conf().set("spark.sql.shuffle.partitions", 1);
    session.read().parquet(folder.resolve("r").toString()).createOrReplaceTempView("r");
    return session;
  }

  private static Answer answer(SparkSession session, String sql) {
    Dataset<Row> rows = session.sql(sql);
    return new Answer(rows.collectAsList().stream().map(Row::toString).sorted().toList(),
        rows.queryExecution().optimizedPlan().toString().contains("ForwardpassScore"));
  }

  @Test
  void rowsDoNotDependOnWhoMakesTheCalls() throws Exception {
    Sessions.shared().range(0, 40, 1, 1).selectExpr("CAST(id AS INT) AS id", "CAST(IF(id % 7 = 2, NULL, (id * 37 % 101) / 64D) AS DOUBLE) AS a",
        "(id * 53 % 211) / 128D - 0.75D AS b", "CAST(id % 4 AS DOUBLE) AS c", "concat('g', id % 3) AS g").write().parquet(folder.resolve("r").toString());
    SparkSession extracted = session(true);
    SparkSession plain = session(false);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<String>> outcomes = new ArrayList<>();
    try {
      for (int i = 0; i < QUERIES; i++) {
        String sql = new RandomSql(i).query(i % 4);
        outcomes.add(threads.submit(() -> compared(extracted, plain, sql)));
      }
      int operators = 0;
      for (Future<String> outcome : outcomes) {
        assertTrue(outcome.get().isEmpty() || outcome.get().equals("operator"), outcome.get());
        operators += outcome.get().isEmpty() ? 0 : 1;
      }
      assertTrue(operators > QUERIES * 3 / 4, operators + " of " + QUERIES);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String compared(SparkSession extracted, SparkSession plain, String sql) {
    try {
      Answer expected = answer(plain, sql);
      Answer found = answer(extracted, sql);
      assertEquals(false, expected.operator);
      if (!expected.rows.equals(found.rows)) {
        return "differs: " + sql + "\n  row by row " + expected.rows + "\n  operator   " + found.rows;
      }
      return found.operator ? "operator" : "";
    } catch (Exception e) {
      return "fails: " + sql + "\n" + e;
    }
  }
}
