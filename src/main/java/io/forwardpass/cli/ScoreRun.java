package io.forwardpass.cli;

import io.forwardpass.Scorer;
import io.forwardpass.config.JobConfig;
import io.forwardpass.spark.DryRun;
import io.forwardpass.spark.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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
    Scorer scorer = Scorer.fromJob(jobFile, settings, SparkStart.hadoop(conf));
    JobConfig job = scorer.job();
    scorer.notices().forEach(notice -> out.println("notice: " + notice));
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkSession session = SparkStart.session(conf, job, jobFile);
    try {
      if (dryRun) {
        print(scorer.dryRun(session));
      } else {
        Summary summary = scorer.run(session);
        new SummaryText(job, summary).lines().forEach(out::println);
        out.println();
        FirstRows.of(session, job.output()).forEach(out::println);
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
    if (!dryRun.unread().isEmpty()) {
      out.println("The columns kept are not shown, as Spark cannot read them: " + dryRun.unread()
          + " They would be carried over as they are.");
    }
    out.println();
    out.println("Nothing was written (--dry-run).");
  }
}
