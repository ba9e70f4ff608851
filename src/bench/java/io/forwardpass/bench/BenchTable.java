package io.forwardpass.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The table a network is measured on: what names a row, then float features; 8 Snappy files of Parquet, made once. */
final class BenchTable {
  private static final int FILES = 8;
  private static final int SERIES_LENGTH = 1000;
  private static final long SEED = 42;

  private final BenchModel model;
  private final long rows;
  private final Path path;

  BenchTable(BenchModel model, long rows, String folder) {
    this.model = model;
    this.rows = rows;
    path = new Path(folder, model.name().toLowerCase(Locale.ROOT) + "-" + rows);
  }

  long rows() {
    return rows;
  }

  String path() {
    return path.toString();
  }

  boolean isSeries() {
    return model.inputShape(1).length > 2;
  }

  /** The names of the features, in the model's order. */
  List<String> features() {
    int width = (int) model.inputShape(1)[model.inputShape(1).length - 1];
    String prefix = model == BenchModel.W2 ? "f" : "x";
    int first = model == BenchModel.W2 ? 0 : 1;
    return IntStream.range(first, first + width).mapToObj(i -> prefix + i).toList();
  }

  /** A float that depends on every feature, as cheap as an expression of SQL can be. */
  String expression() {
    List<String> terms = new ArrayList<>();
    for (String feature : features()) {
      terms.add(feature + " * CAST(0." + (terms.size() + 1) + " AS FLOAT)");
    }
    return String.join(" + ", terms);
  }

  void make(SparkSession session) throws java.io.IOException {
    if (path.getFileSystem(session.sparkContext().hadoopConfiguration()).exists(new Path(path, "_SUCCESS"))) {
      return;
    }
    List<Column> columns = new ArrayList<>();
    if (isSeries()) {
      columns.add(functions.expr("id div " + SERIES_LENGTH).as("series"));
      columns.add(functions.expr("id % " + SERIES_LENGTH).as("t"));
    } else {
      columns.add(functions.col("id"));
      columns.add(functions.expr("elt(1 + CAST(id % 5 AS INT), 'north', 'south', 'east', 'west', 'centre')").as("region"));
    }
    for (String feature : features()) {
      columns.add(functions.randn(SEED + columns.size()).cast("float").as(feature));
    }
    Dataset<Row> table = session.range(0, rows, 1, FILES).select(columns.toArray(Column[]::new));
    table.write().mode(SaveMode.Overwrite).option("compression", "snappy").parquet(path());
  }
}
