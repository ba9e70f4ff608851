package io.forwardpass.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.sql.extraction.ExtractCalls;
import io.forwardpass.testing.Sessions;
import io.forwardpass.testing.SqlQueries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls in every place of a query: the same rows whether the operator makes them or not, and the operator where it should be. */
class SqlPlacesTest {
  private static final SparkSession SESSION = Sessions.shared().newSession();

  private static final List<Map<String, String>> SETTINGS = List.of(Map.of(ExtractCalls.SWITCH, "false"),
      Map.of("spark.sql.ansi.enabled", "false", "spark.sql.adaptive.enabled", "false", "spark.sql.codegen.wholeStage", "false",
          "spark.sql.sources.useV1SourceList", ""));

  @TempDir
  static Path folder;

  @BeforeAll
  static void writeTables() {
    SESSION.conf().set("spark.sql.planChangeValidation", "true");
    SqlQueries.writeTables(SESSION, folder);
  }

  @AfterEach
  void unset() {
    for (String key : List.of(ExtractCalls.SWITCH, "spark.sql.adaptive.enabled", "spark.sql.ansi.enabled", "spark.sql.codegen.wholeStage",
        "spark.sql.sources.useV1SourceList")) {
      SESSION.conf().unset(key);
    }
  }

  private static List<String> rows(String sql) {
    return SESSION.sql(sql).collectAsList().stream().map(Row::json).sorted().toList();
  }

  private static String optimized(String sql) {
    return SESSION.sql(sql).queryExecution().optimizedPlan().toString();
  }

  private static String executed(String sql) {
    return SESSION.sql(sql).queryExecution().executedPlan().toString();
  }

  private static int count(String text, String word) {
    return text.split(word, -1).length - 1;
  }

  @Test
  void theOperatorIsThereAndCallsAreGoneFromWhereTheyStood() {
    List<String> wrong = new ArrayList<>();
    SqlQueries.all().forEach((name, query) -> {
      String plan = optimized(query.sql());
      int operators = count(plan, "ForwardpassScore ") + count(plan, "ForwardpassWindows ");
      if (operators != query.operators()) {
        wrong.add(name + ": " + operators + " operators, not " + query.operators() + "\n" + plan);
      }
    });
    assertEquals(List.of(), wrong);
  }

  @Test
  void rowsAreTheSameRowByRowAndUnderEverySetting() {
    Map<String, SqlQueries.Query> queries = SqlQueries.all();
    Map<String, List<String>> expected = new LinkedHashMap<>();
    queries.forEach((name, query) -> expected.put(name, rows(query.sql())));
    List<String> wrong = new ArrayList<>();
    for (Map<String, String> settings : SETTINGS) {
      settings.forEach(SESSION.conf()::set);
      queries.forEach((name, query) -> {
        if (!rows(query.sql()).equals(expected.get(name))) {
          wrong.add(name + " with " + settings);
        }
      });
      settings.keySet().forEach(SESSION.conf()::unset);
    }
    assertEquals(List.of(), wrong);
    expected.forEach((name, rows) -> assertFalse(rows.isEmpty(), name));
  }

  @Test
  void onlyTheColumnsNeededAreRead() {
    String call = "forwardpass('jobs/samples/mlp/model.keras', x1, x2, x3, x4)";
    for (String sql : List.of("SELECT id FROM t WHERE " + call + " > 0", "SELECT id, " + call + " AS p FROM t",
        "SELECT id, max(" + call + ") FROM t GROUP BY id", "SELECT id FROM t ORDER BY " + call,
        "SELECT id FROM (SELECT * FROM t WHERE " + call + " > 0 LIMIT 10)")) {
      assertTrue(executed(sql).contains("ReadSchema: struct<id:bigint,x1:float,x2:double,x3:int,x4:double>"), executed(sql));
      SESSION.conf().set("spark.sql.sources.useV1SourceList", "");
      Dataset<Row> v2 = SESSION.read().parquet(folder.resolve("t").toString());
      v2.createOrReplaceTempView("t2");
      String plan = executed(sql.replace("FROM t", "FROM t2"));
      assertTrue(plan.contains("BatchScan") && plan.contains("ReadSchema: struct<id:bigint,x1:float,x2:double,x3:int,x4:double>"), plan);
      SESSION.conf().unset("spark.sql.sources.useV1SourceList");
    }
  }

  @Test
  void conditionsWithoutACallReachTheSource() {
    String sql = SqlQueries.all().get("filter with a condition for the source").sql();
    String plan = executed(sql);
    assertTrue(plan.contains("PushedFilters: [IsNotNull(id), LessThan(id,300)]"), plan);
    String optimized = optimized(sql);
    assertTrue(optimized.indexOf("Filter (prediction") < optimized.indexOf("ForwardpassScore")
        && optimized.indexOf("ForwardpassScore") < optimized.indexOf("Filter (isnotnull(id"), optimized);
  }

  @Test
  void theOperatorWorksOnTheColumnsOfTheScan() {
    String plan = executed(SqlQueries.all().get("projection").sql());
    assertTrue(plan.indexOf("ColumnarToRow") >= 0 && plan.indexOf("ColumnarToRow") < plan.indexOf("ForwardpassScore"), plan);
  }

  @Test
  void anErrorIsRaisedWhereTheCallStoodAndNowhereElse() {
    String error = "forwardpass('jobs/samples/mlp/model.keras', x1, x2, x3, x4, on_invalid => 'error')";
    for (String on : List.of("true", "false")) {
      SESSION.conf().set(ExtractCalls.SWITCH, on);
      assertEquals(rows("SELECT count(*) AS n FROM t WHERE x1 IS NOT NULL"),
          rows("SELECT count(" + error + ") AS n FROM t WHERE x1 IS NOT NULL"));
      String message = "";
      try {
        rows("SELECT id, " + error + " AS p FROM t");
      } catch (Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
          message = cause.getMessage();
        }
      }
      assertEquals(
          "Cannot score with jobs/samples/mlp/model.keras: x1 is null. Mend the row, or call with on_invalid => 'null' or 'report'.",
          message);
    }
  }

  @Test
  void whatAnExchangeHasInCommonIsDoneOnce() {
    SESSION.conf().set("spark.sql.adaptive.enabled", "false");
    SESSION.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    String half = "SELECT region, max(forwardpass('jobs/samples/mlp/model.keras', x1, x2, x3, x4)) AS m FROM t GROUP BY region";
    String plan = executed("SELECT a.region, a.m FROM (" + half + ") a JOIN (" + half + ") b ON a.region = b.region AND a.m = b.m");
    SESSION.conf().unset("spark.sql.autoBroadcastJoinThreshold");
    assertTrue(plan.contains("ReusedExchange"), plan);
    assertEquals(1, count(plan, "ForwardpassScore"), plan);
  }
}
