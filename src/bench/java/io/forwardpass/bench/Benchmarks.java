package io.forwardpass.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs JMH with its own command line and ends in a table of ratios to ours, within this run. */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    System.out.println("machine: " + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors()
        + " processors; JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    Collection<RunResult> results = new Runner(new OptionsBuilder().parent(new CommandLineOptions(arguments)).addProfiler(GCProfiler.class)
        .jvmArgsPrepend("--add-modules=jdk.incubator.vector", "-Xss8m").build()).run(); // ONNX Runtime 1.29 overflows a stack of 1 MB
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
      String parameter = result.getParams().getParamsKeys().stream().map(result.getParams()::getParam).findFirst().orElse("");
      rows.computeIfAbsent(parameter, key -> new LinkedHashMap<>()).put(method, result.getPrimaryResult().getScore());
    }
    System.out.println();
    System.out.println("ns a row, and how many times the time of ours:");
    rows.forEach((parameter, methods) -> {
      double ours = methods.getOrDefault("forwardpass", Double.NaN);
      StringBuilder line = new StringBuilder(String.format("%-12s", parameter));
      methods.forEach((method, time) -> line.append(String.format("  %s %.2f (%.2f)", method, time, time / ours)));
      System.out.println(line);
    });
  }
}
