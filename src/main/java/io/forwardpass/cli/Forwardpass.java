package io.forwardpass.cli;

import io.forwardpass.refusal.FailureText;
import io.forwardpass.refusal.Refusal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command line: parses it, runs one command, and turns whatever happens into a message and an exit code. */
@Command(name = "forwardpass", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    subcommands = {ScoreCommand.class, InspectCommand.class, VerifyCommand.class},
    description = "Runs trained Keras models over large tables on Apache Spark, in plain Java.",
    footer = {
        "",
        "Examples:",
        "  jobs/forwardpass score jobs/mlp.conf",
        "  jobs/forwardpass --master spark://host:7077 score jobs/mlp.conf --set output.mode=overwrite",
        "  jobs/forwardpass inspect jobs/samples/mlp/model.keras",
        "",
        "Options before the command go to spark-submit as they are.",
        "",
        "Exit codes: 0 done, 1 unforeseen, 2 bad command line or job file, 3 model refused, 4 input or output",
        "refused, 5 verification differs, 6 the invalid-rows policy stopped the run."})
public final class Forwardpass implements ToolProvider {
  static final int DONE = 0;
  static final int UNFORESEEN = 1;

  @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print where in the program a refusal comes from.")
  private boolean stacktrace;

  @Override
  public String name() {
    return "forwardpass";
  }

  /** Runs a command line and returns its exit code. */
  @Override
  public int run(PrintStream out, PrintStream err, String... args) {
    return run(new PrintWriter(out, true, StandardCharsets.UTF_8), new PrintWriter(err, true, StandardCharsets.UTF_8), args);
  }

  @Override
  public int run(PrintWriter out, PrintWriter err, String... args) {
    Forwardpass root = new Forwardpass();
    CommandLine line = new CommandLine(root)
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(110)
        .setParameterExceptionHandler((e, arguments) -> badCommandLine(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command.getErr(), root.stacktrace));
    try {
      return args.length == 0 ? usage(line) : line.execute(args);
    } finally {
      line.getOut().flush();
      line.getErr().flush();
    }
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return Refusal.Kind.COMMAND.exitCode();
  }

  private static int badCommandLine(ParameterException e) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Refusal.Kind.COMMAND.exitCode();
  }

  private static int failed(Throwable thrown, PrintWriter err, boolean stacktrace) {
    Optional<Refusal> refusal = refusal(thrown);
    if (refusal.isEmpty()) {
      err.print("Unforeseen: ");
      thrown.printStackTrace(err);
      return UNFORESEEN;
    }
    err.println(refusal.get().getMessage());
    if (stacktrace) {
      thrown.printStackTrace(err);
    }
    return refusal.get().kind().exitCode();
  }

  /** A task's refusal arrives wrapped in Spark's own exceptions. */
  private static Optional<Refusal> refusal(Throwable thrown) {
    return FailureText.chain(thrown).filter(Refusal.class::isInstance).map(Refusal.class::cast).findFirst();
  }
}
