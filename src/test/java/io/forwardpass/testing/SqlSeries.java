package io.forwardpass.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Asks all of {@link SqlQueries} and what lasts in a catalog, and writes the answers to one file. It uses Spark alone: the functions have
 * to be there because the jar is.
 */
public final class SqlSeries {
  private static final String CALL = "forwardpass('jobs/samples/mlp/model.keras', ";

  private SqlSeries() {}

  /** @param arguments the folder for the answers */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession session = SparkSession.builder().config("spark.sql.warehouse.dir", folder.resolve("warehouse").toAbsolutePath().toString())
        .config("spark.sql.shuffle.partitions", "3").getOrCreate();
    Path tables = Files.createTempDirectory("sql-series");
    List<String> answers = new ArrayList<>();
    try {
      SqlQueries.writeTables(session, tables);
      SqlQueries.all().forEach((name, query) -> answers.addAll(answers(session, name, query.sql(), query.operators() > 0)));
      answers.addAll(lasting(session, tables));
    } finally {
      try (Stream<Path> files = Files.walk(tables)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
      session.stop();
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve("part-0.csv"), answers);
  }

  private static List<String> answers(SparkSession session, String name, String sql, boolean operator) {
    Dataset<Row> rows = session.sql(sql);
    String plan = rows.queryExecution().optimizedPlan().toString();
    if (operator && !plan.contains("ForwardpassScore") && !plan.contains("ForwardpassWindows")) {
      throw new IllegalStateException(name + " is planned without the operator:\n" + plan);
    }
    return rows.collectAsList().stream().map(row -> name + ": " + row).toList();
  }

  /** A view and a function that a catalog keeps, as dbt makes them. */
  private static List<String> lasting(SparkSession session, Path tables) {
    List<String> answers = new ArrayList<>();
    session.sql("CREATE OR REPLACE VIEW scored AS SELECT id, " + CALL + "x1, x2, x3, x4) AS p FROM parquet.`" + tables.resolve("t") + "`");
    answers.addAll(answers(session, "view", "SELECT * FROM scored", true));
    session.sql("CREATE OR REPLACE FUNCTION churn(a FLOAT, b DOUBLE) RETURNS FLOAT RETURN " + CALL + "a, b, 1, 2)");
    answers.addAll(answers(session, "function", "SELECT id, churn(x1, x2) AS p FROM t", true));
    session.sql("CREATE OR REPLACE VIEW windowed AS SELECT * FROM forwardpass_windows(TABLE(SELECT * FROM parquet.`"
        + tables.resolve("meters")
        + "`) PARTITION BY meter ORDER BY t, model => 'jobs/samples/lstm/model.keras', features => array('a', 'b', 'c'))");
    answers.addAll(answers(session, "view of windows", "SELECT * FROM windowed", true));
    session.sql("DECLARE OR REPLACE VARIABLE m STRING DEFAULT 'jobs/samples/mlp/model.keras'");
    answers.addAll(answers(session, "variable", "SELECT id, forwardpass(m, x1, x2, x3, x4) AS p FROM t", true));
    return answers;
  }
}
