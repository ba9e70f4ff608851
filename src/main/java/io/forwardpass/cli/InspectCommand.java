package io.forwardpass.cli;

import io.forwardpass.config.Reference;
import io.forwardpass.graph.Graph;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.layers.Layer;
import io.forwardpass.network.InputType;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a model file holds. Starts no Spark. */
@Command(name = "inspect", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = "Shows a model's format, layers, shapes and parameters, and which parts are not supported.",
    footer = {
        "",
        "Examples:",
        "  jobs/forwardpass inspect jobs/samples/mlp/model.keras",
        "  jobs/forwardpass inspect jobs/samples/xor/model.weights.h5 --architecture jobs/samples/xor/model.json"})
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "Model file or folder, on any Hadoop path.")
  private String model;

  @Option(names = "--architecture", paramLabel = "FILE", description = "The model.to_json() file, where MODEL holds weights alone.")
  private Optional<String> architecture = Optional.empty();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    SavedModel saved = ModelFiles.read(model, architecture, Optional.empty(), Reference.kerasVersion(), new Configuration());
    PrintWriter out = spec.commandLine().getOut();
    TextTable head = new TextTable().row("file", saved.source()).row("format", saved.format())
        .row("Keras", saved.kerasVersion().toString());
    Graph graph;
    try {
      graph = GraphBuilder.build(saved);
    } catch (Refusal refusal) {
      head.lines().forEach(out::println);
      out.println();
      ArchitectureListing.of(saved.architecture()).lines().forEach(out::println);
      throw refusal;
    }
    head.row("parameters", number(parameters(graph)));
    head.lines().forEach(out::println);
    out.println();
    layers(graph).lines().forEach(out::println);
    out.println();
    ends(graph).lines().forEach(out::println);
    graph.notices().forEach(notice -> out.println("notice: " + notice));
    return Forwardpass.DONE;
  }

  /** A shared layer counts once. */
  private static long parameters(Graph graph) {
    Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return graph.calls().stream().filter(call -> seen.add(call.layer())).mapToLong(call -> size(call.weights())).sum();
  }

  private static TextTable layers(Graph graph) {
    TextTable table = new TextTable().row("layer", "class", "output shape", "parameters");
    Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Graph.Call call : graph.calls()) {
      String shapes = call.outputs().stream().map(value -> graph.shapes().get(value).toString()).collect(Collectors.joining(" "));
      table.row(call.path(), call.className(), shapes, seen.add(call.layer()) ? number(size(call.weights())) : "shared");
    }
    return table;
  }

  private static TextTable ends(Graph graph) {
    TextTable table = new TextTable();
    for (int i = 0; i < graph.inputs().size(); i++) {
      table.row("input", graph.inputNames().get(i), graph.inputShape(i) + (graph.inputType(i) == InputType.TEXTS ? " of texts" : ""));
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      table.row("output", graph.outputNames().get(i), graph.outputShape(i).toString());
    }
    return table;
  }

  private static long size(List<float[]> weights) {
    return weights.stream().mapToLong(array -> array.length).sum();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
