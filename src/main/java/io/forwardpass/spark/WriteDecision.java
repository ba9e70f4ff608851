package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.append.AppendTable;
import io.forwardpass.spark.append.parquet.NotAppendable;
import io.forwardpass.spark.task.Counts;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.classic.SparkSession;

/** How a job's output comes to be: predictions appended to the input's columns as they are, or every row written anew. */
final class WriteDecision {
  private final Optional<AppendTable> appended; // empty where every row is written anew
  private final String text;

  private WriteDecision(Optional<AppendTable> appended, String text) {
    this.appended = appended;
    this.text = text;
  }

  /** Where appending is asked for and is not possible, that is a problem. */
  static WriteDecision choose(SparkSession session, JobConfig config, String model, ResolvedJob table, Problems problems)
      throws IOException {
    if (config.output().write() == WriteMethod.ROWS) {
      return new WriteDecision(Optional.empty(), "rows, as output.write says");
    }
    try {
      AppendTable appended = AppendTable.of(table.appendRequest(session, config, model));
      return new WriteDecision(Optional.of(appended), "append, " + appended.describe());
    } catch (NotAppendable e) {
      if (config.output().write() == WriteMethod.APPEND) {
        problems.add("output.write is append, but " + e.getMessage() + ". Set output.write to auto or rows.");
      }
      return new WriteDecision(Optional.empty(), "rows, because " + e.getMessage());
    }
  }

  boolean appends() {
    return appended.isPresent();
  }

  /** Which way, and why. */
  @Override
  public String toString() {
    return text;
  }

  void append(SparkSession session, Network network, ResolvedJob table, Counts counts, Path folder) throws IOException {
    AppendTable input = appended.orElseThrow();
    input.write(folder, table.batches(session, network, counts, input.features()));
    if (counts.rows().value() != input.rows()) {
      throw new IllegalStateException("the footers name " + input.rows() + " rows, but " + counts.rows().value() + " were scored");
    }
  }
}
