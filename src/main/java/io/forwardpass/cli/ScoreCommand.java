package io.forwardpass.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.layers.Graph;
import io.forwardpass.layers.GraphBuilder;
import io.forwardpass.spark.DryRun;
import io.forwardpass.spark.ScoreJob;
import io.forwardpass.spark.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import scala.Tuple2;

/** Runs a job file. What can be checked without Spark is checked before Spark starts. */
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

  @Option(names = "--set", paramLabel = "key=value", description = "A key of the job file with another value; may be repeated.")
  private List<String> settings = List.of();

  @Option(names = "--dry-run", description = "Check everything, print the plan and five scored rows, write nothing.")
  private boolean dryRun;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    SparkConf conf = new SparkConf();
    Configuration hadoop = hadoop(conf);
    JobConfig job = JobFile.read(jobFile, settings, hadoop);
    SavedModel saved = model(job.model(), hadoop);
    Graph graph = GraphBuilder.build(saved);
    graph.notices().forEach(notice -> out.println("notice: " + notice));
    if (job.model().bareLayers().isPresent()) {
      out.println("notice: the layers are taken as those of Keras " + saved.kerasVersion() + " (model.keras-version).");
    }
    SparkSession session = session(conf, job);
    try {
      ScoreJob score = new ScoreJob(session, job, graph.compile(), job.model().path());
      if (dryRun) {
        print(score.dryRun(), out);
      } else {
        Summary summary = score.run();
        new SummaryText(job, summary).lines().forEach(out::println);
        FirstRows.of(session, job.output()).lines().forEach(out::println);
      }
      return Forwardpass.DONE;
    } finally {
      session.stop();
    }
  }

  private static void print(DryRun dryRun, PrintWriter out) {
    out.println(dryRun.plan());
    out.println("written by " + dryRun.way());
    FirstRows.table(dryRun.schema().fieldNames(), dryRun.rows()).lines().forEach(out::println);
    out.println("Nothing was written (--dry-run).");
  }

  private static SavedModel model(JobConfig.Model model, Configuration hadoop) throws IOException {
    Optional<JsonNode> layers = model.bareLayers().isPresent()
        ? Optional.of(new ObjectMapper().readTree(model.bareLayers().get())) : Optional.empty();
    return ModelFiles.read(model.path(), model.architecture(), layers, model.kerasVersion().orElse(3), hadoop);
  }

  /** As Spark's own will be: the cluster's files and what spark-submit was given as spark.hadoop.*. */
  private static Configuration hadoop(SparkConf conf) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> entry : conf.getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(entry._1(), entry._2());
    }
    return hadoop;
  }

  private SparkSession session(SparkConf conf, JobConfig job) {
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "forwardpass score " + jobFile);
    SparkSession.Builder builder = SparkSession.builder().config(conf);
    boolean tables = job.input().table().isPresent() || job.output().table().isPresent();
    return (tables && hasHive() ? builder.enableHiveSupport() : builder).getOrCreate();
  }

  private static boolean hasHive() {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class.forName("org.apache.spark.sql.hive.HiveSessionStateBuilder", false, loader);
      Class.forName("org.apache.hadoop.hive.conf.HiveConf", false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
