package io.forwardpass.cli;

import io.forwardpass.config.JobConfig;
import io.forwardpass.spark.Failures;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The first rows of what a run has written, as a table for the terminal. */
final class FirstRows {
  private static final int ROWS = 5;
  private static final int COLUMNS = 10;
  private static final int WIDTH = 32;

  private FirstRows() {}

  /** Of what a run has written, or one line that says why they are not shown: by then the run is done, whatever becomes of them. */
  static List<String> of(SparkSession session, JobConfig.Output output) {
    try {
      Dataset<Row> rows = read(session, output);
      return table(rows.columns(), rows.takeAsList(ROWS)).lines();
    } catch (Throwable unread) {
      return List.of("The first rows are not shown, as Spark cannot read them: " + Failures.reason(unread) + " The output is complete.");
    }
  }

  private static Dataset<Row> read(SparkSession session, JobConfig.Output output) {
    if (output.table().isPresent()) {
      return session.table(output.table().get());
    }
    // the job writes CSV with a header unless its options say otherwise
    return session.read().format(output.format()).option("header", "true").options(output.options()).load(output.path().orElseThrow());
  }

  static TextTable table(String[] names, List<Row> rows) {
    int[] shown = names.length > COLUMNS ? ends(names.length) : IntStream.range(0, names.length).toArray();
    TextTable table = new TextTable().row(cells(shown, i -> names[i]));
    for (Row row : rows) {
      table.row(cells(shown, i -> text(row.get(i))));
    }
    return table;
  }

  /** What names a row stands first, predictions last; -1 stands for what lies between. */
  private static int[] ends(int columns) {
    int[] shown = new int[COLUMNS + 1];
    for (int i = 0; i < COLUMNS / 2; i++) {
      shown[i] = i;
      shown[COLUMNS - i] = columns - 1 - i;
    }
    shown[COLUMNS / 2] = -1;
    return shown;
  }

  private static String[] cells(int[] shown, IntFunction<String> cell) {
    return Arrays.stream(shown).mapToObj(i -> i < 0 ? "..." : cut(cell.apply(i))).toArray(String[]::new);
  }

  private static String text(Object value) {
    if (value instanceof Seq) {
      return CollectionConverters.asJava((Seq<?>) value).toString();
    }
    return String.valueOf(value);
  }

  private static String cut(String text) {
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 3) + "...";
  }
}
