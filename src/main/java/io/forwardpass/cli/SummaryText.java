package io.forwardpass.cli;

import io.forwardpass.spark.Summary;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a finished run says: how much of what went where, and how fast. */
final class SummaryText {
  private SummaryText() {}

  static List<String> of(Summary summary) {
    return new TextTable()
        .row("model", summary.model())
        .row("rows read", count(summary.rows()))
        .row("scored", count(summary.scored()))
        .row("without window", count(summary.withoutWindow()))
        .row("invalid", count(summary.invalid()) + reasons(summary))
        .row("dropped", count(summary.dropped()))
        .row("seconds", String.format(Locale.ROOT, "%.1f", summary.seconds()))
        .row("rows/s", String.format(Locale.ROOT, "%,.0f", summary.rowsPerSecond()))
        .row("output", summary.output())
        .lines();
  }

  private static String reasons(Summary summary) {
    if (summary.invalidByReason().isEmpty()) {
      return "";
    }
    return summary.invalidByReason().entrySet().stream().map(reason -> count(reason.getValue()) + " " + reason.getKey())
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }
}
