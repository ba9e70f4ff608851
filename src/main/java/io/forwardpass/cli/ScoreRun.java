package io.forwardpass.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.graph.Graph;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.SavedModel;
import io.forwardpass.spark.DryRun;
import io.forwardpass.spark.ScoreJob;
import io.forwardpass.spark.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** One run of a job file, from its text to the summary. What can be checked without Spark is checked before Spark starts. */
final class ScoreRun {
  private final String jobFile;
  private final List<String> settings;
  private final PrintWriter out;

  ScoreRun(String jobFile, List<String> settings, PrintWriter out) {
    this.jobFile = jobFile;
    this.settings = settings;
    this.out = out;
  }

  void run(boolean dryRun) throws IOException {
    SparkConf conf = new SparkConf();
    Configuration hadoop = SparkStart.hadoop(conf);
    JobConfig job = JobFile.read(jobFile, settings, hadoop);
    Graph graph = GraphBuilder.build(model(job.model(), hadoop), job.windows().map(JobConfig.Windows::lookBack).orElse(OptionalInt.empty()));
    graph.notices().forEach(notice -> out.println("notice: " + notice));
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkSession session = SparkStart.session(conf, job, jobFile);
    try {
      ScoreJob score = new ScoreJob(session, job, graph.compile(), job.model().path());
      if (dryRun) {
        print(score.dryRun());
      } else {
        Summary summary = score.run();
        new SummaryText(job, summary).lines().forEach(out::println);
        out.println();
        FirstRows.of(session, job.output()).lines().forEach(out::println);
      }
    } finally {
      // a notebook's or a test's session goes on
      if (ours) {
        session.stop();
      }
    }
  }

  private void print(DryRun dryRun) {
    out.println(dryRun.plan());
    out.println("written by " + dryRun.way());
    FirstRows.table(dryRun.schema().fieldNames(), dryRun.rows()).lines().forEach(out::println);
    out.println();
    out.println("Nothing was written (--dry-run).");
  }

  private static SavedModel model(JobConfig.Model model, Configuration hadoop) throws IOException {
    Optional<JsonNode> layers = model.bareLayers().isPresent()
        ? Optional.of(new ObjectMapper().readTree(model.bareLayers().get())) : Optional.empty();
    return ModelFiles.read(model.path(), model.architecture(), layers, model.kerasVersion().orElse(3), hadoop);
  }
}
