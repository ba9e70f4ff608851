package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.WindowsConfig.OnDuplicate;
import io.forwardpass.config.WindowsConfig.OnGap;
import io.forwardpass.config.WindowsConfig.ShortHistory;
import io.forwardpass.config.WindowsConfig.WindowPartitioning;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.ObviousWindows;
import io.forwardpass.testing.ObviousWindows.Policy;
import io.forwardpass.testing.RandomTables;
import io.forwardpass.testing.Sessions;
import io.forwardpass.testing.WindowsBuilder;
import io.forwardpass.windows.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random tables through Spark, whole series and ranges, against the obvious windows: same rows, same bits. */
class RandomWindowsTest {
  private static final int TABLES = 24;
  private static final SparkSession SESSION = Sessions.shared();
  private static final StructType SCHEMA = StructType.fromDDL("id int, s int, t bigint, n int, x float, own float");

  @BeforeAll
  static void keepSmallPartitions() {
    SESSION.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
  }

  @AfterAll
  static void leaveTheSessionAsItWas() {
    SESSION.conf().unset("spark.sql.adaptive.coalescePartitions.enabled");
    SESSION.conf().set("spark.sql.shuffle.partitions", "3");
  }

  private static WindowsBuilder windows(Policy policy, WindowPartitioning partitioning) {
    WindowsBuilder of = new WindowsBuilder(List.of("s"), "t", "n");
    of.onDuplicate = policy.keepsLast() ? OnDuplicate.LAST : OnDuplicate.FIRST;
    of.step = policy.step() > 0 ? WindowsBuilder.number(policy.step()) : of.step;
    of.onGap = policy.step() > 0 ? OnGap.valueOf(policy.gap().name()) : OnGap.RESTART;
    of.fillLimit = OptionalInt.of(policy.fillLimit());
    of.shortHistory = switch (policy.padding()) {
      case VALUE -> ShortHistory.ZERO;
      case REPEAT_FIRST -> ShortHistory.REPEAT_FIRST;
      default -> ShortHistory.KEEP;
    };
    of.stride = policy.stride();
    of.scoreFrom = java.util.Optional.ofNullable(policy.from()).map(String::valueOf);
    of.scoreUntil = java.util.Optional.ofNullable(policy.until()).map(String::valueOf);
    of.partitioning = partitioning;
    return of;
  }

  private static Map<Integer, String> scored(String view, Policy policy, Network network, int blockRows, WindowPartitioning partitioning)
      throws Exception {
    JobBuilder jobs = JobBuilder.from("none").input("customer", "own").input("history", "x").windows(windows(policy, partitioning))
        .policy(InvalidPolicy.KEEP);
    jobs.inputPath = java.util.Optional.empty();
    jobs.inputTable = java.util.Optional.of(view);
    jobs.blockRows = blockRows;
    Map<Integer, String> answers = new TreeMap<>();
    for (Row row : jobs.job(network).scored().collectAsList()) {
      String reason = row.getAs("prediction_error");
      answers.put(row.getInt(0), reason == null ? Integer.toHexString(Float.floatToRawIntBits(row.<Float>getAs("prediction_risk")))
          : reason.equals("too little history") ? "short" : "invalid");
    }
    return answers;
  }

  /** The bits of what the network answers for a window of the obvious way, "[1.0, 2.0] 2.0". */
  private static String bits(Network network, String window) {
    if (!window.startsWith("[")) {
      return window;
    }
    String[] parts = window.substring(1).split("[^0-9.]+");
    float[] history = new float[parts.length - 1];
    for (int t = 0; t < history.length; t++) {
      history[t] = Float.parseFloat(parts[t]);
    }
    float[] own = {Float.parseFloat(parts[history.length])};
    return Integer.toHexString(Float.floatToRawIntBits(Networks.answer(network, 0, own, history)[0]));
  }

  @Test
  void scoresTheWindowsOfTheObviousWayWhateverTablePolicyPartitionsAndBlock() throws Exception {
    int windows = 0;
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(9000 + seed);
      Policy any = RandomTables.policy(random);
      Policy policy = new Policy(any.lookBack(), any.step(), any.gap() == Gap.ERROR ? Gap.FILL : any.gap(), any.fillLimit(), any.stride(),
          any.padding(), any.from(), any.until() == null || any.from() == null || any.until() > any.from() ? any.until() : null,
          any.keepsLast());
      List<ObviousWindows.Row> table = RandomTables.table(random, policy);
      List<Row> rows = new ArrayList<>();
      for (ObviousWindows.Row row : table) {
        rows.add(RowFactory.create(row.id(), row.series(), row.time(), row.rank(), row.invalid() ? null : row.value(),
            row.ownInvalid() ? null : row.value()));
      }
      int partitions = 1 + random.nextInt(17);
      SESSION.conf().set("spark.sql.shuffle.partitions", Integer.toString(partitions));
      SESSION.createDataFrame(rows, SCHEMA).createOrReplaceTempView("random_table");
      Network network = Networks.twoInputs(Shape.of(1), Shape.of(policy.lookBack(), 1));
      Map<Integer, String> expected = new TreeMap<>();
      ObviousWindows.of(table, policy).forEach((id, window) -> expected.put(id, bits(network, window)));
      int blockRows = List.of(16, 64, 512).get(random.nextInt(3));
      String what = "seed " + seed + ", " + partitions + " partitions, " + policy;
      assertEquals(expected, scored("random_table", policy, network, blockRows, WindowPartitioning.SERIES), what);
      if (policy.stride() == 1 || policy.step() > 0) {
        assertEquals(expected, scored("random_table", policy, network, blockRows, WindowPartitioning.RANGE), "range, " + what);
      }
      windows += expected.size();
    }
    assertTrue(windows > 20 * TABLES, "only " + windows);
  }
}
