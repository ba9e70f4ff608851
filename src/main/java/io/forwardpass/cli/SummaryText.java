package io.forwardpass.cli;

import io.forwardpass.config.JobConfig;
import io.forwardpass.spark.Summary;
import java.util.List;
import java.util.Locale;

/** What a finished run says: how much of what went where, and how fast. */
final class SummaryText {
  private final JobConfig job;
  private final Summary summary;

  SummaryText(JobConfig job, Summary summary) {
    this.job = job;
    this.summary = summary;
  }

  List<String> lines() {
    TextTable table = new TextTable()
        .row("model", job.model().path())
        .row("rows read", count(summary.rows()));
    if (summary.context() > 0) {
      table.row("as context", count(summary.context()));
    }
    if (summary.duplicates() > 0) {
      table.row("duplicates", count(summary.duplicates()) + ", left out");
    }
    table
        .row("scored", count(summary.scored()))
        .row("without window", count(summary.withoutWindow())
            + (summary.cut() == 0 ? "" : ", of which " + count(summary.cut()) + " may have history before windows.context"))
        .row("invalid", count(summary.invalid()));
    summary.invalidByReason().forEach((reason, rows) -> table.row("", count(rows) + " " + reason));
    if (summary.dropped() > 0) {
      table.row("left out", count(summary.dropped()));
    }
    if (!summary.partitioning().isEmpty()) {
      table.row("windows", "partitioned " + summary.partitioning());
    }
    return table
        .row("seconds", String.format(Locale.ROOT, "%.1f", summary.seconds()))
        .row("rows/s", String.format(Locale.ROOT, "%,.0f", summary.rowsPerSecond()))
        .row("output", summary.output())
        .row("written by", summary.way())
        .lines();
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }
}
