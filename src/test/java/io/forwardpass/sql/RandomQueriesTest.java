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
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries nobody thought of: the same rows whether the operator makes the calls or each is evaluated where it stands. */
class RandomQueriesTest {
  private static final int QUERIES = Integer.getInteger("forwardpass.random.queries", 600);
  private static final int AT_ONCE = 2;
  private static final int TOGETHER = 5; // queries asked as one: starting one takes longer than so few rows
  private static final int VALIDATED = 25;

  @TempDir
  Path folder;

  private record Answer(List<String> rows, int operators) {}

  private SparkSession session(boolean operator) {
    SparkSession session = Sessions.shared().newSession();
    session.conf().set(ExtractCalls.SWITCH, operator);
    // compiling thousands of queries would take longer than running them
    session.conf().set("spark.sql.codegen.wholeStage", false);
    session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    session.conf().set("spark.sql.adaptive.enabled", false);
    session.conf().set("spark.sql.shuffle.partitions", 1);
    session.conf().set("spark.sql.autoBroadcastJoinThreshold", -1);
    session.read().parquet(folder.resolve("r").toString()).createOrReplaceTempView("r");
    return session;
  }

  /** Collected from the plan itself: what Spark does around that, for its web page, takes longer than so few rows. */
  private static Answer answer(SparkSession session, String sql) {
    QueryExecution query = session.sql(sql).queryExecution();
    StructType schema = query.analyzed().schema();
    List<String> rows =
        Stream.of(query.executedPlan().executeCollect()).map(row -> row.toSeq(schema).toString()).sorted().toList();
    return new Answer(rows, query.optimizedPlan().toString().split("ForwardpassScore ", -1).length - 1);
  }

  @Test
  void rowsDoNotDependOnWhoMakesTheCalls() throws Exception {
    Sessions.shared().range(0, 40, 1, 1).selectExpr("CAST(id AS INT) AS id",
        "CAST(IF(id % 7 = 2, NULL, (id * 37 % 101) / 64D) AS DOUBLE) AS a",
        "(id * 53 % 211) / 128D - 0.75D AS b", "CAST(id % 4 AS DOUBLE) AS c",
        "CAST(id % 3 AS INT) AS g").write().parquet(folder.resolve("r").toString());
    SparkSession extracted = session(true);
    SparkSession plain = session(false);
    SparkSession validated = session(true); // looks at the plan after every rule, which takes as long as all the rest
    validated.conf().set("spark.sql.planChangeValidation", true);
    extracted.table("r").cache(); // a columnar scan that starts faster than a file's
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<Integer>> outcomes = new ArrayList<>();
    try {
      for (int i = 0; i < QUERIES / TOGETHER; i++) {
        List<String> queries = new ArrayList<>();
        for (int k = i * TOGETHER; k < (i + 1) * TOGETHER; k++) {
          queries.add(new RandomSql(k).query(Math.max(0, k % 6 - 3)));
        }
        SparkSession asked = i % VALIDATED == 0 ? validated : extracted;
        outcomes.add(threads.submit(() -> compared(asked, plain, queries)));
      }
      int operators = 0;
      for (Future<Integer> outcome : outcomes) {
        operators += outcome.get();
      }
      assertTrue(operators > QUERIES, operators + " in " + QUERIES + " queries");
    } finally {
      threads.shutdownNow();
      extracted.table("r").unpersist();
    }
  }

  /** How many operators there were. */
  private static int compared(SparkSession extracted, SparkSession plain, List<String> queries) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < queries.size(); i++) {
      all.append(i == 0 ? "" : " UNION ALL ").append("SELECT ").append(i).append(" AS q, * FROM (").append(queries.get(i)).append(")");
    }
    Answer expected = answer(plain, all.toString());
    Answer found = answer(extracted, all.toString());
    assertEquals(0, expected.operators);
    if (!expected.rows.equals(found.rows)) {
      for (String sql : queries) {
        assertEquals(answer(plain, sql).rows, answer(extracted, sql).rows, sql);
      }
    }
    assertEquals(expected.rows, found.rows, all.toString());
    return found.operators;
  }
}
