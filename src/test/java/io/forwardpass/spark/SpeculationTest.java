package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.network.Block;
import io.forwardpass.network.Network;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Sessions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A standalone cluster of two hosts with speculation: a slow task runs twice at a time, and its rows are written once. */
@Tag("cluster")
class SpeculationTest {
  private static final int SLOW_SECONDS = 6;

  /** Twice the first number; the first attempt of the first task takes its time, and does not mind being interrupted. */
  private static final class Slow implements Operation {
    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean DONE = new AtomicBoolean();

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      for (int r = 0; r < lanes; r++) {
        outputs[0].data()[r] = 2 * inputs[0].data()[r];
      }
      if (TaskContext.get().attemptNumber() == 0 && TaskContext.getPartitionId() == 0 && DONE.compareAndSet(false, true)) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLOW_SECONDS);
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private final List<Process> processes = new ArrayList<>();
  private SparkSession session;

  @TempDir
  Path folder;

  @BeforeEach
  void startCluster() throws Exception {
    Sessions.shared().stop();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String master = "spark://127.0.0.1:" + port;
    start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0");
    for (String host : List.of("127.0.0.2", "127.0.0.3")) { // a task runs a second time on another host only
      start(host, "org.apache.spark.deploy.worker.Worker", "--host", host, "--webui-port", "0", "--cores", "1", "--memory", "1g",
          "--work-dir", folder.resolve("work-" + host).toString(), master);
    }
    session = SparkSession.builder().master(master).config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path")).config("spark.executor.memory", "700m")
        .config("spark.cores.max", "2").config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s").config("spark.sql.files.minPartitionNum", "4")
        .config("spark.speculation", "true").config("spark.speculation.interval", "50ms").config("spark.speculation.quantile", "0.25")
        .config("spark.speculation.multiplier", "1.2").getOrCreate();
    session.sparkContext().setLogLevel("OFF");
  }

  private void start(String name, String main, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
        System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
    // workers look for Spark's jars under its home, unless they are told that this is a test: they come with the class path
    builder.environment().putAll(java.util.Map.of("SPARK_HOME", folder.toString(), "SPARK_TESTING", "1", "SPARK_SCALA_VERSION", "2.13"));
    processes.add(builder.start());
  }

  @AfterEach
  void stopCluster() throws Exception {
    if (session != null) {
      session.stop();
    }
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static Network network() {
    NetworkBuilder network = new NetworkBuilder();
    int x = network.input("x", Shape.of(1));
    int y = network.value(Shape.of(1));
    network.step(new Slow(), new int[] {x}, new int[] {y});
    network.output("y", y);
    return network.build();
  }

  @ParameterizedTest
  @EnumSource(value = WriteMethod.class, names = {"APPEND", "ROWS"})
  void whatRunsTwiceIsWrittenOnce(WriteMethod way) throws Exception {
    AtomicInteger speculative = new AtomicInteger();
    session.sparkContext().addSparkListener(new SparkListener() {
      @Override
      public void onTaskStart(SparkListenerTaskStart start) {
        speculative.addAndGet(start.taskInfo().speculative() ? 1 : 0);
      }
    });
    Path table = folder.resolve("table");
    session.range(0, 4000, 1, 4).selectExpr("id", "cast(id as float) as x").write().parquet(table.toString());
    JobBuilder jobs = JobBuilder.from(table).to(folder.resolve("outputs").resolve("out")).features("x");
    jobs.write = way;
    speculative.set(0);
    long start = System.nanoTime();
    Summary summary = new ScoreJob(session, jobs.config(), network(), "model.keras").run();
    assertTrue(speculative.get() > 0, "no task ran twice");
    Thread.sleep(Math.max(0, TimeUnit.SECONDS.toMillis(SLOW_SECONDS + 3) - (System.nanoTime() - start) / 1_000_000)); // for the slow attempt to end
    assertEquals(4000, summary.rows().read());
    assertEquals(4000, summary.rows().scored());
    assertEquals(4000, session.read().parquet(summary.output()).count());
    assertEquals(4000, session.read().parquet(summary.output()).where("prediction = 2 * x and x = id").select("id").distinct().count());
    try (Stream<Path> files = Files.list(folder.resolve("outputs"))) {
      assertEquals(List.of("out"), files.map(file -> file.getFileName().toString()).toList());
    }
    try (Stream<Path> files = Files.walk(folder.resolve("outputs").resolve("out"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".crc")).sorted().toList();
      assertEquals(4, names.stream().filter(name -> name.endsWith(".parquet")).count(), names.toString());
      assertEquals(4 + 1 + 1, names.size(), names.toString()); // files, _SUCCESS, the folder
    }
  }
}
