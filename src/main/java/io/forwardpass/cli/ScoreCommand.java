package io.forwardpass.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a job file. No Spark class here: every command line loads this one, and only score needs Spark. */
@Command(name = "score", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = "Scores a table with a model, as a job file says.",
    footer = {
        "",
        "conf/reference.conf shows every key of a job file.",
        "",
        "Examples:",
        "  jobs/forwardpass score jobs/mlp.conf",
        "  jobs/forwardpass score jobs/mlp.conf --dry-run",
        "  jobs/forwardpass score jobs/mlp.conf --set output.path=/tmp/out --set 'output.columns=[id]'"})
final class ScoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB.conf", description = "The job file, on any Hadoop path.")
  private String jobFile;

  @Option(names = "--set", paramLabel = "key=value", description = "Overrides a key of the job file; may be repeated.")
  private List<String> settings = List.of();

  @Option(names = "--dry-run", description = "Check everything, print the plan and five scored rows, write nothing.")
  private boolean dryRun;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    new ScoreRun(jobFile, settings, spec.commandLine().getOut()).run(dryRun);
    return Forwardpass.DONE;
  }
}
