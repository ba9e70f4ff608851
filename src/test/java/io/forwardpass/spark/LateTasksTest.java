package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.network.Block;
import io.forwardpass.network.Network;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.io.RunTasks;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task that goes on writing when its run has failed: nothing of what it writes is left. */
class LateTasksTest {
  private static final int LATE = 1000; // from this number on, rows are the late task's

  /** Of two tasks that run at the same time, one refuses its rows, and the other goes on when it is let, whoever interrupts it. */
  private static final class Held implements Operation {
    private static final long serialVersionUID = 1L;
    static CountDownLatch held;
    static CountDownLatch released;
    static CountDownLatch ended;

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      if (inputs[0].data()[0] < LATE) {
        await(held);
        throw Refusal.table("Cannot score the table: refused on purpose. Do nothing.");
      }
      if (held.getCount() > 0) {
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> ended.countDown());
        held.countDown();
      }
      await(released);
      System.arraycopy(inputs[0].data(), 0, outputs[0].data(), 0, lanes);
    }

    private static void await(CountDownLatch latch) {
      while (true) {
        try {
          latch.await();
          return;
        } catch (InterruptedException e) {
          // as a task that computes does not notice
        }
      }
    }
  }

  private final SparkSession session = Sessions.shared();

  @TempDir
  Path folder;
  private Path table;
  private Throwable failure;

  @BeforeEach
  void writeTable() {
    table = folder.resolve("table");
    session.range(0, 2 * LATE, 1, 2).selectExpr("id", "cast(id as float) as x").write().parquet(table.toString());
    Held.held = new CountDownLatch(1);
    Held.released = new CountDownLatch(1);
    Held.ended = new CountDownLatch(1);
  }

  @AfterEach
  void letGo() {
    Held.released.countDown();
  }

  private static Network network() {
    NetworkBuilder network = new NetworkBuilder();
    int x = network.input("x", Shape.of(1));
    int y = network.value(Shape.of(1));
    network.step(new Held(), new int[] {x}, new int[] {y});
    network.output("y", y);
    return network.build();
  }

  private Thread start(JobBuilder jobs, Duration patience) throws Exception {
    ScoreJob job = new ScoreJob(session, jobs.config(), network(), "model.keras", patience);
    Thread run = new Thread(() -> {
      try {
        job.run();
      } catch (Exception e) {
        failure = e;
      }
    });
    run.start();
    Held.held.await();
    return run;
  }

  private JobBuilder jobs(WriteMethod way) {
    JobBuilder jobs = JobBuilder.from(table).to(folder.resolve("deep/er/out")).features("x");
    jobs.write = way;
    if (way == WriteMethod.ROWS) {
      jobs.outputOptions.put("maxRecordsPerFile", "100"); // so that the late task has files to begin
    }
    return jobs;
  }

  /** The late task goes on when the run is over, or waits for it. */
  private void letGoOnceItFailed(Thread run) throws Exception {
    while (run.isAlive() && Arrays.stream(run.getStackTrace()).noneMatch(at -> at.getClassName().equals(RunTasks.class.getName()))) {
      Thread.sleep(5);
    }
    Held.released.countDown();
    run.join();
    assertTrue(Held.ended.await(1, TimeUnit.MINUTES));
    assertEquals("Cannot score the table: refused on purpose. Do nothing.", failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource(value = WriteMethod.class, names = {"ROWS", "APPEND"})
  void isWaitedForBeforeItsFolderIsCleared(WriteMethod way) throws Exception {
    List<String> before = tree();
    Thread run = start(jobs(way), Duration.ofMinutes(5));
    letGoOnceItFailed(run);
    assertEquals(before, tree());
  }

  @Test
  void isClearedAfterWhenItCannotBeWaitedFor() throws Exception {
    List<String> before = tree();
    Thread run = start(jobs(WriteMethod.ROWS), Duration.ofSeconds(1));
    run.join();
    assertTrue(failure.getMessage().matches("Cannot score the table: refused on purpose. Do nothing. Tasks of it could not be stopped "
        + "within 1 s; what they still write, to file:\\S+/deep/er/.out.staging-\\S+, is removed when they have ended."),
        failure.getMessage());
    assertEquals(before, tree());
    Held.released.countDown();
    assertTrue(Held.ended.await(1, TimeUnit.MINUTES));
    for (int i = 0; i < 6000 && Files.exists(folder.resolve("deep")); i++) { // the last that is removed
      Thread.sleep(10);
    }
    assertEquals(before, tree());
  }

  @Test
  void isWaitedForBeforeItsTableIsGivenUp() throws Exception {
    Path warehouse = Path.of("target/test-warehouse");
    session.sql("drop table if exists late");
    JobBuilder jobs = jobs(WriteMethod.ROWS);
    jobs.outputTable = Optional.of("late");
    Thread run = start(jobs, Duration.ofMinutes(5));
    letGoOnceItFailed(run);
    assertTrue(Files.notExists(warehouse.resolve("late")));
  }

  private List<String> tree() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }
}
