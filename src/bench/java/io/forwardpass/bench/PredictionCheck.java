package io.forwardpass.bench;

import io.forwardpass.reference.ReferenceNetwork;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares predictions that were written with the reference network: a wrong number is not worth timing. */
final class PredictionCheck {
  private static final int ROWS = 2000;
  private static final double TOLERANCE = 1e-5;

  private final SparkSession session;
  private final BenchModel model;
  private final BenchTable table;

  PredictionCheck(SparkSession session, BenchModel model, BenchTable table) {
    this.session = session;
    this.model = model;
    this.table = table;
  }

  /** @return the largest distance found among the rows that were looked at */
  double check(Dataset<Row> written) {
    return table.isSeries() ? series(written) : rows(written);
  }

  private double rows(Dataset<Row> written) {
    Dataset<Row> input = session.read().parquet(table.path()).where("id % " + Math.max(1, table.rows() / ROWS) + " = 0");
    List<Row> sample = input.join(written.select("id", "prediction"), "id").selectExpr(selected()).collectAsList();
    double[] features = new double[sample.size() * model.elements()];
    for (int r = 0; r < sample.size(); r++) {
      put(sample.get(r), features, r * model.elements());
    }
    return compare(features, sample);
  }

  /** The windows of the first series. */
  private double series(Dataset<Row> written) {
    Dataset<Row> input = session.read().parquet(table.path()).where("series < 2");
    List<Row> sample = input.join(written.select("series", "t", "prediction"), scala.jdk.javaapi.CollectionConverters.asScala(
        List.of("series", "t")).toSeq(), "inner").orderBy("series", "t").selectExpr(selected()).collectAsList();
    int width = table.features().size();
    int steps = model.elements() / width;
    List<Row> ends = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int r = 0; r < sample.size(); r++) {
      if (!sample.get(r).isNullAt(width)) {
        ends.add(sample.get(r));
        positions.add(r);
      }
    }
    double[] features = new double[ends.size() * model.elements()];
    for (int w = 0; w < ends.size(); w++) {
      for (int step = 0; step < steps; step++) {
        put(sample.get(positions.get(w) - steps + 1 + step), features, w * model.elements() + step * width);
      }
    }
    return compare(features, ends);
  }

  private String[] selected() {
    List<String> columns = new ArrayList<>(table.features());
    columns.add("prediction");
    return columns.toArray(String[]::new);
  }

  private void put(Row row, double[] to, int at) {
    for (int e = 0; e < table.features().size(); e++) {
      to[at + e] = row.getFloat(e);
    }
  }

  private double compare(double[] features, List<Row> rows) {
    double[] expected = new ReferenceNetwork(model.graph()).predict(List.of(features), rows.size()).get(0);
    double worst = 0;
    for (int r = 0; r < rows.size(); r++) {
      double found = rows.get(r).getFloat(table.features().size());
      double distance = Math.abs(found - expected[r]);
      if (!(distance <= TOLERANCE + TOLERANCE * Math.abs(expected[r]))) {
        throw new IllegalStateException(model + ": " + found + " was predicted instead of " + expected[r]);
      }
      worst = Math.max(worst, distance);
    }
    if (rows.isEmpty()) {
      throw new IllegalStateException(model + ": no row to look at");
    }
    return worst;
  }
}
