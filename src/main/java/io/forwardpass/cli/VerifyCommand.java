package io.forwardpass.cli;

import io.forwardpass.config.Reference;
import io.forwardpass.graph.Graph;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.reference.Cases;
import io.forwardpass.reference.Verification;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares models with what Keras itself answered. Starts no Spark. */
@Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = "Compares a model's predictions with answers that Keras recorded, and with the float64 truth.",
    footer = {
        "",
        "Cases are an .npz file with the arrays x0, x1, ... (inputs), y0, y1, ... (Keras' outputs) and, where there are",
        "any, t0, t1, ... (the same in float64).",
        "",
        "Examples:",
        "  jobs/forwardpass verify model.keras --cases cases.npz",
        "  jobs/forwardpass verify --all src/test/resources/golden/samples"})
final class VerifyCommand implements Callable<Integer> {
  // In a field, as a logger without references loses its level: it warns of a missing native BLAS, which is not wanted here.
  private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib");

  @Parameters(paramLabel = "MODEL", arity = "0..1", description = "Model file or folder, on any Hadoop path.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--architecture", paramLabel = "FILE", description = "The model.to_json() file, where MODEL holds weights alone.")
  private Optional<String> architecture = Optional.empty();

  @Option(names = "--cases", paramLabel = "FILE", description = "Keras' recorded answers.")
  private Optional<String> cases = Optional.empty();

  @Option(names = "--all", paramLabel = "FOLDER", description = "Every whole-model file below it that lies beside a cases.npz.")
  private Optional<String> all = Optional.empty();

  @Option(names = "--tolerance", paramLabel = "NUMBER", defaultValue = "1e-5",
      description = "How far a number may be from Keras', and from the truth where Keras' is nearer, absolute plus relative "
          + "(default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Spec
  private CommandSpec spec;

  private int verified;
  private int differ;
  private int refused;

  @Override
  public Integer call() throws IOException {
    if (all.isPresent() == model.isPresent() || model.isPresent() != cases.isPresent() || (all.isPresent() && architecture.isPresent())) {
      throw new ParameterException(spec.commandLine(), "Give either MODEL with --cases FILE, or --all FOLDER alone.");
    }
    if (!(tolerance >= 0)) {
      throw new ParameterException(spec.commandLine(), "--tolerance should be 0 or more, not " + tolerance + ".");
    }
    NETLIB.setLevel(Level.OFF);
    Configuration hadoop = new Configuration();
    if (all.isEmpty()) {
      compare(model.get(), model.get(), cases.get(), hadoop);
    } else {
      for (RecordedModel recorded : RecordedModel.below(all.get(), hadoop)) {
        try {
          compare(recorded.name(), recorded.model(), recorded.cases(), hadoop);
        } catch (Refusal refusal) {
          refused++;
          out().println(recorded.name() + ": refused. " + refusal.getMessage());
        }
      }
    }
    out().println(verified + " verified, " + differ + " differ, " + refused + " refused");
    return differ > 0 ? Refusal.Kind.VERIFICATION.exitCode() : refused > 0 ? Refusal.Kind.MODEL.exitCode() : Forwardpass.DONE;
  }

  private void compare(String name, String model, String casesFile, Configuration hadoop) throws IOException {
    SavedModel saved = ModelFiles.read(model, architecture, Optional.empty(), Reference.kerasVersion(), hadoop);
    CasesFile recorded = CasesFile.read(casesFile, hadoop);
    Graph graph = GraphBuilder.build(saved, recorded.inputShapes());
    Cases fitting = recorded.casesFor(graph);
    Verification.Outcome outcome = Verification.verify(graph, fitting, tolerance);
    out().println(String.format(Locale.ROOT, "%s: %.1e from Keras; from the float64 truth %.1e, Keras %.1e; %s", name, outcome.fromKeras(),
        outcome.oursFromTruth(), outcome.kerasFromTruth(), outcome.holds() ? "verified" : "differs"));
    outcome.differences().forEach(difference -> out().println("  " + difference));
    graph.notices().forEach(notice -> out().println("  notice: " + notice));
    if (outcome.holds()) {
      verified++;
    } else {
      differ++;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
