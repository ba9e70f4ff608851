package io.forwardpass.spark;

import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.config.JobConfig;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.append.AppendTable;
import io.forwardpass.spark.append.parquet.NotAppendable;
import io.forwardpass.spark.task.Counts;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.classic.SparkSession;

/** How a job's output comes to be: predictions appended to the input's columns as they lie, or every row written anew. */
final class WriteDecision {
  private final AppendTable appended; // null for rows
  private final String text;

  private WriteDecision(AppendTable appended, String text) {
    this.appended = appended;
    this.text = text;
  }

  /** Where appending is asked for and cannot be, that is a problem. */
  static WriteDecision choose(SparkSession session, JobConfig config, String model, ResolvedJob table, Problems problems) throws IOException {
    if (config.output().write() == WriteMethod.ROWS) {
      return new WriteDecision(null, "rows, as output.write says");
    }
    try {
      AppendTable appended = AppendTable.of(table.appendRequest(session, config, model));
      return new WriteDecision(appended, "append, " + appended.describe());
    } catch (NotAppendable e) {
      if (config.output().write() == WriteMethod.APPEND) {
        problems.add("output.write is append, but " + e.getMessage() + ". Set output.write to auto or rows.");
      }
      return new WriteDecision(null, "rows, because " + e.getMessage());
    }
  }

  boolean appends() {
    return appended != null;
  }

  /** Which way, and why. */
  @Override
  public String toString() {
    return text;
  }

  void append(SparkSession session, Network network, ResolvedJob table, Counts counts, Path folder) throws IOException {
    appended.write(folder, table.batches(session, network, counts, appended.features()));
    if (counts.rows().value() != appended.rows()) {
      throw new IllegalStateException("the footers name " + appended.rows() + " rows, but " + counts.rows().value() + " were scored");
    }
  }
}
