package io.forwardpass.cli;

import io.forwardpass.config.JobConfig;
import io.forwardpass.spark.Summary;
import java.util.List;
import java.util.Locale;

/** The summary of a finished run: how many rows went where, and how fast. */
final class SummaryText {
  private final JobConfig job;
  private final Summary summary;

  SummaryText(JobConfig job, Summary summary) {
    this.job = job;
    this.summary = summary;
  }

  List<String> lines() {
    Summary.RowCounts rows = summary.rows();
    Summary.WindowCounts windows = summary.windows();
    TextTable table = new TextTable()
        .row("model", job.model().path())
        .row("rows read", count(rows.read()));
    if (windows.context() > 0) {
      table.row("as context", count(windows.context()));
    }
    if (windows.duplicates() > 0) {
      table.row("duplicates", count(windows.duplicates()) + ", left out");
    }
    table
        .row("scored", count(rows.scored()))
        .row("without window", count(windows.without())
            + (windows.cut() == 0 ? "" : ", of which " + count(windows.cut()) + " may have history before windows.context"))
        .row("invalid", count(rows.invalid()));
    rows.invalidByReason().forEach((reason, number) -> table.row("", count(number) + " " + reason));
    if (rows.dropped() > 0) {
      table.row("left out", count(rows.dropped()));
    }
    if (!windows.partitioning().isEmpty()) {
      table.row("windows", "partitioned " + windows.partitioning());
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
