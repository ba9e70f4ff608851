package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.network.Block;
import io.forwardpass.network.Network;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Task attempts that break off halfway: another one does their work, and nothing of theirs is left. */
class AppendRetryTest {
  /** Twice the first number, and a failure in the middle of the first so many attempts of every task. */
  private static final class Breaking implements Operation {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger BROKEN = new AtomicInteger();

    private final int attempts;

    Breaking(int attempts) {
      this.attempts = attempts;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      for (int r = 0; r < lanes; r++) {
        outputs[0].data()[r] = 2 * inputs[0].data()[r];
      }
      boolean late = Stream.of(0, 1).anyMatch(r -> inputs[0].data()[r] % 1000 >= 700);
      if (late && TaskContext.get().attemptNumber() < attempts) {
        BROKEN.incrementAndGet();
        throw new IllegalStateException("broken on purpose");
      }
    }
  }

  private SparkSession session;

  @TempDir
  Path folder;
  private Path table;

  @BeforeEach
  void startSparkThatRetries() {
    Sessions.shared().stop();
    session = SparkSession.builder().master("local[2,3]").config("spark.ui.enabled", "false").config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .getOrCreate();
    session.sparkContext().setLogLevel("OFF");
    table = folder.resolve("table");
    session.range(0, 4000, 1, 4).selectExpr("id", "cast(id as float) as x", "id div 500 as part").write().partitionBy("part")
        .parquet(table.toString());
    Breaking.BROKEN.set(0);
  }

  @AfterEach
  void stopIt() {
    session.stop();
  }

  private static Network network(int attempts) {
    NetworkBuilder network = new NetworkBuilder();
    int x = network.input("x", Shape.of(1));
    int y = network.value(Shape.of(1));
    network.step(new Breaking(attempts), new int[] {x}, new int[] {y});
    network.output("y", y);
    return network.build();
  }

  private ScoreJob job(int attempts) {
    JobBuilder jobs = JobBuilder.from(table).to(folder.resolve("out")).features("x");
    jobs.write = WriteMethod.APPEND;
    return new ScoreJob(session, jobs.config(), network(attempts), "model.keras");
  }

  @Test
  void doesAgainWhatBrokeOff() throws Exception {
    Summary summary = job(2).run();
    assertEquals(4, Breaking.BROKEN.get(), "two tasks break off twice");
    assertEquals(4000, summary.rows().read());
    assertEquals(4000, session.read().parquet(summary.output()).where("prediction = 2 * x and x = id").select("id").distinct().count());
    assertEquals(4000, session.read().parquet(summary.output()).count());
    assertEquals(List.of("out", "table"), names(folder, false));
    List<String> files = names(folder.resolve("out"), true);
    assertEquals(8, files.stream().filter(name -> name.matches("part-0000[01]-\\d+-c\\d{3}\\.parquet")).count(), files.toString());
    assertEquals(8 + 8 + 8 + 2 + 1, files.size(), files.toString()); // files, checksums, folders, _SUCCESS with its own, the folder
  }

  @Test
  void leavesNothingWhereNoAttemptSucceeds() throws Exception {
    Exception failure = assertThrows(Exception.class, () -> job(3).run());
    assertTrue(failure.toString().contains("broken on purpose"), failure.toString());
    assertEquals(List.of("table"), names(folder, false));
  }

  private static List<String> names(Path folder, boolean deep) throws Exception {
    try (Stream<Path> files = deep ? Files.walk(folder) : Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
