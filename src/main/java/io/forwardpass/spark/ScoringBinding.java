package io.forwardpass.spark;

import io.forwardpass.Problems;
import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.ShortHistory;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Resolves a job against its table and its model. */
final class ScoringBinding {
  private final JobConfig config;
  private final Network network;
  private final String model;
  private final Problems problems;
  private final Columns columns;
  private final NeededColumns needed;

  ScoringBinding(JobConfig config, Network network, String model, Columns columns, Problems problems) {
    this.config = config;
    this.network = network;
    this.model = model;
    this.columns = columns;
    this.problems = problems;
    needed = new NeededColumns(columns, problems);
  }

  /** Of no use where there are problems. */
  Scoring scoring() {
    Feature[][] features = new FeatureBinding(config, network, columns, needed, problems).features();
    Scoring.Windowing windows = config.windows().map(this::windowing).orElse(null);
    int[] key = key();
    Predictions predictions = new PredictionBinding(config, network, problems).predictions();
    return new Scoring(model, needed.names(), features, config.spark().blockRows(), config.invalidRows().nanIsInvalid(),
        config.invalidRows().policy(), key, windows, predictions);
  }

  List<Attribute> needed() {
    return needed.all();
  }

  /** What names a row is only read where a row may have to be named. */
  private int[] key() {
    List<String> names = new ArrayList<>(config.input().key());
    if (config.invalidRows().policy() != InvalidPolicy.ERROR) {
      names.forEach(name -> needed.find(name, "input.key"));
      return new int[0];
    }
    if (!names.isEmpty()) {
      return needed.indices(names, "input.key");
    }
    config.windows().ifPresent(windows -> {
      names.addAll(windows.series());
      names.addAll(windows.orderBy());
    });
    return needed.indices(names, "windows");
  }

  private Scoring.Windowing windowing(JobConfig.Windows windows) {
    int inputs = network.inputs();
    int[] steps = new int[inputs];
    int[] widths = new int[inputs];
    boolean[] windowed = new boolean[inputs];
    boolean any = false;
    for (int i = 0; i < inputs; i++) {
      Shape shape = network.inputShape(i);
      windowed[i] = FeatureBinding.isWindowed(config, shape);
      any |= windowed[i];
      if (!shape.isOpen()) {
        steps[i] = windowed[i] ? shape.size(0) : 1;
        widths[i] = shape.elements() / steps[i];
      }
    }
    if (!any) {
      problems.add("windows feed models that take sequences, (steps, features), but this model's input " + network.inputName(0) + " takes "
          + network.inputShape(0) + ". Remove the windows section.");
    }
    checkSeries(windows);
    checkOrder(windows);
    return new Scoring.Windowing(needed.indices(windows.series(), "windows.series"), needed.indices(windows.orderBy(), "windows.order-by"),
        steps, widths, windowed, windows.shortHistory() == ShortHistory.DROP);
  }

  private void checkSeries(JobConfig.Windows windows) {
    for (String name : windows.series()) {
      Attribute column = needed.find(name, "windows.series");
      if (column != null && !RowOrdering.isOrderable(column.dataType())) {
        problems.add("windows.series names " + column.name() + ", which is of type " + column.dataType().simpleString()
            + " and cannot be sorted. Name a column of a plain type.");
      }
    }
  }

  private void checkOrder(JobConfig.Windows windows) {
    if (windows.orderBy().isEmpty()) {
      problems.add("windows.order-by names no column. Name the column that tells the order of a series' rows.");
    }
    for (String name : windows.orderBy()) {
      Attribute column = needed.find(name, "windows.order-by");
      if (column != null && !tellsOrder(column.dataType())) {
        problems.add("windows.order-by names " + column.name() + ", which is of type " + column.dataType().simpleString()
            + ". Name an integer, decimal, date or timestamp column.");
      }
    }
  }

  private static boolean tellsOrder(DataType type) {
    return type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType || type instanceof LongType
        || type instanceof DecimalType || type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
  }
}
