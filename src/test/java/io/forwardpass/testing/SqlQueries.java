package io.forwardpass.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Queries that call the function wherever SQL lets it be called, over tables made of numbers alone; each with how many operators its
 * plan has to show. Their rows do not depend on the Spark release, the switch or the settings.
 */
public final class SqlQueries {
  /** @param operators how many the optimized plan shows */
  public record Query(String sql, int operators) {}

  private static final String MLP = "forwardpass('jobs/samples/mlp/model.keras', ";
  private static final String CALL = MLP + "x1, x2, x3, x4)";

  private SqlQueries() {}

  /** The tables {@code t}, {@code u} and {@code meters}, files of Parquet below a folder. */
  public static void writeTables(SparkSession session, Path folder) {
    session.range(0, 600, 1, 3).selectExpr("id", "concat('r', id % 7) AS region",
        "CAST(IF(id % 11 = 3, NULL, (id * 37 % 101) / 64D) AS FLOAT) AS x1",
        "CAST((id * 53 % 211) / 128D - 0.75D AS DOUBLE) AS x2", "CAST(id % 5 AS INT) AS x3", "CAST((id % 9 - 4) / 8D AS DOUBLE) AS x4")
        .write().mode("overwrite").parquet(folder.resolve("t").toString());
    session.range(0, 60, 1, 2).selectExpr("id * 7 AS id", "CAST(id % 3 AS FLOAT) AS y1",
        "CAST(id / 64D AS DOUBLE) AS y2").write().mode("overwrite")
        .parquet(folder.resolve("u").toString());
    session.range(0, 240, 1, 3).selectExpr("concat('m', id % 8) AS meter",
        "timestamp_seconds(1767225600 + CAST(id / 8 AS BIGINT) * 900) AS t",
        "CAST((id * 37 % 101) / 64D AS FLOAT) AS a", "CAST((id * 53 % 211) / 128D AS FLOAT) AS b",
        "CAST((id * 29 % 97) / 128D AS FLOAT) AS c")
        .write().mode("overwrite").parquet(folder.resolve("meters").toString());
    for (String table : List.of("t", "u", "meters")) {
      session.read().parquet(folder.resolve(table).toString()).createOrReplaceTempView(table);
    }
  }

  /** By name, in a fixed order. */
  public static Map<String, Query> all() {
    Map<String, Query> all = new LinkedHashMap<>();
    all.put("projection", new Query("SELECT id, " + CALL + " AS p FROM t", 1));
    all.put("two calls", new Query("SELECT id, " + CALL + " AS p, " + CALL + " + 1F AS q, " + MLP + "x4, x2, x3, x1) AS r FROM t", 2));
    all.put("computed features", new Query("SELECT id, " + MLP + "x1 * 2, x2 - x1, x3 % 2, CAST(x4 AS DECIMAL(9, 4))) AS p FROM t", 1));
    all.put("filter", new Query("SELECT id FROM t WHERE " + CALL + " > -1", 1));
    all.put("filter with a condition for the source", new Query("SELECT id, " + CALL + " AS p FROM t WHERE " + CALL + " > -1 AND id < 300",
        1));
    all.put("filter of a column", new Query("SELECT * FROM (SELECT *, " + CALL + " AS p FROM t) WHERE p > -1 AND x3 = 2", 1));
    all.put("filter or", new Query("SELECT id FROM t WHERE " + CALL + " > 0 OR id % 50 = 0", 1));
    all.put("sort", new Query("SELECT id FROM t ORDER BY " + CALL + " DESC, id LIMIT 50", 1));
    all.put("sort by a column", new Query("SELECT id, " + CALL + " AS p FROM t ORDER BY p NULLS LAST, id LIMIT 50", 1));
    all.put("aggregate", new Query("SELECT region, count(" + CALL + ") AS n, max(" + CALL + ") AS m FROM t GROUP BY region", 1));
    all.put("aggregate of a filter", new Query("SELECT count(*) FILTER (WHERE " + CALL + " > -2) AS n, count(*) AS m FROM t", 1));
    all.put("grouping", new Query("SELECT CAST(" + CALL + " AS INT) AS k, count(*) AS n FROM t GROUP BY 1", 1));
    all.put("of a grouping column", new Query("SELECT DISTINCT x3, " + MLP + "0.5, x3, x3, 1) AS p, max(" + MLP
        + "0.5, x3, x3, 1)) AS m FROM t GROUP BY"
        + " x3", 1));
    all.put("having", new Query("SELECT region, max(" + CALL + ") AS m FROM t GROUP BY region HAVING max(" + CALL + ") > 0", 1));
    all.put("of an aggregate", new Query("SELECT region, " + MLP + "max(x1), min(x2), max(x3), 0.5) AS p FROM t GROUP BY region", 0));
    all.put("of an aggregate below", new Query("SELECT region, " + MLP
        + "a, b, c, 0.5) AS p FROM (SELECT region, max(x1) AS a, min(x2) AS b,"
        + " max(x3) AS c FROM t GROUP BY region HAVING count(*) > 1)", 1));
    all.put("window", new Query("SELECT id, rank() OVER (PARTITION BY region ORDER BY " + CALL + ", id) AS r FROM t", 1));
    all.put("aggregate over a window", new Query("SELECT id, max(" + CALL
        + ") OVER (PARTITION BY region ORDER BY id ROWS 2 PRECEDING) AS m FROM t",
        1));
    all.put("distinct", new Query("SELECT DISTINCT CAST(" + CALL + " AS INT) AS k FROM t", 1));
    all.put("join", new Query("SELECT t.id, " + CALL + " AS p, y1 FROM t JOIN u ON t.id = u.id", 1));
    all.put("filter before a join", new Query("SELECT t.id, " + CALL + " AS p, y1 FROM t JOIN u ON t.id = u.id WHERE " + CALL + " > -1",
        1));
    all.put("features of both sides", new Query("SELECT t.id, " + MLP + "x1, y1, x3, y2) AS p FROM t LEFT JOIN u ON t.id = u.id", 1));
    all.put("join condition", new Query("SELECT t.id, u.id AS other FROM t JOIN u ON t.x3 = u.y1 AND " + MLP + "x1, x2, y1, y2) > 0", 0));
    all.put("outer join of predictions", new Query("SELECT a.id, b.p FROM t a LEFT JOIN (SELECT id, " + CALL
        + " AS p FROM t WHERE x3 = 1) b"
        + " ON a.id = b.id", 1));
    all.put("union", new Query("SELECT id, " + CALL + " AS p FROM t WHERE x3 = 1 UNION ALL SELECT id, " + MLP + "y1, y2, y1, y2) FROM u",
        2));
    all.put("except", new Query("SELECT CAST(" + CALL + " AS INT) AS k FROM t EXCEPT SELECT CAST(" + MLP
        + "y1, y2, y1, y2) AS INT) FROM u", 2));
    all.put("scalar subquery", new Query("SELECT id FROM t WHERE x1 <> (SELECT max(" + CALL + ") FROM t)", 1));
    all.put("in a subquery", new Query("SELECT id FROM t WHERE id IN (SELECT id FROM t WHERE " + CALL + " > 0)", 1));
    all.put("exists", new Query("SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id AND " + MLP
        + "t.x1, u.y2, t.x3, t.x4) > 0)", 0));
    all.put("correlated scalar", new Query("SELECT id, (SELECT max(" + MLP + "y1, y2, y1, y2)) FROM u WHERE u.id = t.id) AS m FROM t", 1));
    all.put("common table", new Query("WITH s AS (SELECT id, " + CALL
        + " AS p FROM t) SELECT a.id, a.p FROM s a JOIN s b ON a.id = b.id + 7"
        + " WHERE b.p > 0", 2));
    all.put("case", new Query("SELECT id, CASE WHEN x3 > 2 THEN " + CALL + " WHEN x3 > 1 THEN 0 END AS p FROM t", 1));
    all.put("case that spares a division", new Query("SELECT id, CASE WHEN x3 <> 0 THEN " + MLP + "x1, x2 / x3, x3, x4) END AS p FROM t",
        0));
    all.put("case that spares an error", new Query("SELECT id, CASE WHEN x1 IS NOT NULL THEN " + MLP
        + "x1, x2, x3, x4, on_invalid => 'error') END"
        + " AS p FROM t", 1));
    all.put("coalesce", new Query("SELECT id, coalesce(" + CALL + ", -100) AS p FROM t", 1));
    all.put("if", new Query("SELECT id, if(" + CALL + " > 0, 'up', 'down') AS w FROM t", 1));
    all.put("lambda of a call", new Query("SELECT id, transform(sequence(1, x3 + 1), i -> CAST(i AS FLOAT) + " + CALL + ") AS p FROM t",
        1));
    all.put("call in a lambda", new Query("SELECT id, transform(array(x1, x4), x -> " + MLP + "x, x2, x3, x4)) AS p FROM t", 0));
    all.put("generator", new Query("SELECT id, p FROM t LATERAL VIEW explode(array(" + CALL + ", 0)) v AS p", 0));
    all.put("nested", new Query("SELECT id, " + MLP + CALL + ", x2, x3, x4) AS p FROM t", 2));
    all.put("report", new Query("SELECT id, r.prediction, r.prediction_error FROM (SELECT id, " + MLP
        + "x1, x2, x3, x4, on_invalid => 'report')"
        + " AS r FROM t)", 1));
    all.put("two policies", new Query("SELECT id FROM t WHERE " + MLP + "x1, x2, x3, x4, on_invalid => 'report').prediction > 1 OR " + CALL
        + " < -3",
        2));
    all.put("labels", new Query("SELECT id, " + MLP + "x1, x2, x3, x4, labels => array('no', 'yes')) AS r FROM t", 1));
    all.put("array of a model",
        new Query("SELECT id, forwardpass('src/test/resources/golden/layers/activation_softmax/model.keras', x2, x2, x3, x4,"
            + " x1) AS p FROM t", 1));
    all.put("two outputs",
        new Query("SELECT id, forwardpass('src/test/resources/golden/layers/two_outputs/model.keras', array(x2, x2, x3, x4, x1))"
            + " AS p FROM t", 1));
    all.put("three inputs by name",
        new Query("SELECT id, forwardpass('src/test/resources/golden/layers/wide_and_deep_with_history/model.keras',"
            + " store => x3, numbers => array(x1, x2, x4), history => array(x1, x2, x1, x4, x2, x2, x4, x1, 0, 0.5, x2, x4)) AS p FROM t",
            1));
    all.put("one array", new Query("SELECT id, " + MLP + "array(x1, x2, x3, x4)) AS p FROM t", 1));
    all.put("limit", new Query("SELECT " + CALL + " IS NULL AS p FROM t WHERE x1 > 0 LIMIT 3", 1));
    all.put("values", new Query("SELECT " + MLP + "a, 2, 3, 4) AS p FROM VALUES (1), (NULL), (3) AS v(a)", 0));
    all.put("of constants", new Query("SELECT " + MLP + "1, 2.5, CAST(NULL AS INT), 4) AS p, " + MLP + "1, 2.5, true, 4) AS q", 2));
    all.put("windows", new Query("SELECT * FROM forwardpass_windows(TABLE(meters) PARTITION BY meter ORDER BY t,"
        + " model => 'jobs/samples/lstm/model.keras', features => array('a', 'b', 'c'), step => '15 minutes')", 1));
    all.put("windows joined with a call", new Query("SELECT w.meter, w.t, w.prediction, " + MLP + "a, b, c, 1) AS p FROM"
        + " forwardpass_windows(TABLE(SELECT * FROM meters WHERE meter < 'm4') PARTITION BY meter ORDER BY t,"
        + " model => 'jobs/samples/lstm/model.keras', features => array('a', 'b', 'c'), on_invalid => 'skip') w WHERE w.prediction > 0",
        2));
    return all;
  }
}
