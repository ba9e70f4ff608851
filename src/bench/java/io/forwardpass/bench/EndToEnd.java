package io.forwardpass.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores tables and copies them in turn, in one warm session, Parquet to Parquet, and ends in a table of ratios. */
@Command(name = "EndToEnd", sortOptions = false, mixinStandardHelpOptions = true, showDefaultValues = true)
public final class EndToEnd implements Callable<Integer> {
  @Option(names = "--workloads", split = ",", defaultValue = "W1,W2", description = "${COMPLETION-CANDIDATES}")
  private List<BenchModel> workloads;

  @Option(names = "--rows", split = ",", description = "W1=8000000,W2=2000000,W3=8000000,W4=2000000 unless given")
  private Map<BenchModel, Long> rows = new EnumMap<>(BenchModel.class);

  @Option(names = "--kept", split = ",", defaultValue = "all,key", description = "all columns, or only what names a row")
  private List<String> kept;

  @Option(names = "--pairs", defaultValue = "9")
  private int pairs;

  @Option(names = "--warm", defaultValue = "2", description = "rounds before those that count")
  private int warm;

  @Option(names = "--master", defaultValue = "local[1]")
  private String master;

  @Option(names = "--folder", defaultValue = "target/bench", description = "where the tables are made")
  private String folder;

  @Option(names = "--set", description = "a key of the scoring job with another value")
  private List<String> settings = List.of();

  private final List<String> results = new ArrayList<>();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EndToEnd()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (SparkSession session = BenchSession.start(master)) {
      BenchSession.describe(session, settings);
      for (BenchModel model : workloads) {
        BenchTable table = new BenchTable(model, rows.getOrDefault(model, model.rows()), folder);
        table.make(session);
        for (String columns : kept) {
          measure(session, model, table, new Comparison(session, model, table, columns.equals("all"), folder, settings));
        }
      }
    }
    System.out.println();
    System.out.printf("%s, medians of %d, seconds, and ratios within each pair (least to most)%n", master, pairs);
    results.forEach(System.out::println);
    return 0;
  }

  private void measure(SparkSession session, BenchModel model, BenchTable table, Comparison comparison) throws Exception {
    comparison.score();
    System.out.printf(Locale.ROOT, "%n%s%n  predictions checked, at most %.1e from the reference network%n", comparison.name(),
        new PredictionCheck(session, model, table).check(comparison.written()));
    Run[] copies = new Run[pairs];
    Run[] columns = new Run[pairs];
    Run[] scores = new Run[pairs];
    for (int round = -warm; round < pairs; round++) {
      boolean scoresFirst = round % 2 != 0;
      Run before = scoresFirst ? comparison.score() : comparison.copyAndColumn();
      Run after = scoresFirst ? comparison.copyAndColumn() : comparison.score();
      Run copy = comparison.copy();
      Run column = scoresFirst ? after : before;
      Run score = scoresFirst ? before : after;
      System.out.printf(Locale.ROOT, "  %s copy %.2f  copy + column %.2f  score %.2f  ratio %.3f, of processor time %.3f%n",
          round < 0 ? "(warm)" : "      ", copy.seconds(), column.seconds(), score.seconds(), score.seconds() / column.seconds(),
          score.cpu() / column.cpu());
      if (round >= 0) {
        copies[round] = copy;
        columns[round] = column;
        scores[round] = score;
      }
    }
    results.add(comparison.name());
    results.add(line("seconds", copies, columns, scores, Run::seconds));
    results.add(line("processor time in tasks", copies, columns, scores, Run::cpu));
  }

  private static String line(String what, Run[] copies, Run[] columns, Run[] scores, ToDoubleFunction<Run> measure) {
    double[] copy = Arrays.stream(copies).mapToDouble(measure).toArray();
    double[] column = Arrays.stream(columns).mapToDouble(measure).toArray();
    double[] score = Arrays.stream(scores).mapToDouble(measure).toArray();
    return String.format(Locale.ROOT, "  %-24s copy %.2f | copy + column %.2f | score %.2f | score / copy + column %s | score / copy %s",
        what, Spread.of(copy).median(), Spread.of(column).median(), Spread.of(score).median(), Spread.ofRatios(score, column),
        Spread.ofRatios(score, copy));
  }
}
