package io.forwardpass.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The session that is measured in: Spark's defaults, but no web page. */
final class BenchSession {
  private BenchSession() {}

  static SparkSession start(String master) {
    return SparkSession.builder().master(master).appName("forwardpass benchmark").config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate();
  }

  /** What figures depend on. */
  static void describe(SparkSession session, List<String> settings) throws IOException {
    System.out.println("machine: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
        + System.getProperty("os.arch"));
    System.out.println("JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", heap of "
        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
    System.out.println("flags: " + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("--add-opens")).toList()));
    System.out.println("Spark: " + session.version() + ", " + session.sparkContext().master() + "; settings of the job: " + settings);
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.name");
    }
    List<String> lines = Files.readAllLines(info);
    String name =
        lines.stream().filter(line -> line.startsWith("model name")).findFirst().map(line -> line.replaceFirst(".*: ", "")).orElse("");
    boolean wide = lines.stream().anyMatch(line -> line.startsWith("flags") && line.contains(" avx512f "));
    return name + (wide ? " with AVX-512" : " without AVX-512");
  }
}
