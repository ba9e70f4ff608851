package io.forwardpass.sql;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobKeys;
import io.forwardpass.model.LoadedModel;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.sql.call.CallSpec;
import io.forwardpass.sql.call.ForwardpassCall;
import io.forwardpass.sql.call.OnInvalid;
import io.forwardpass.sql.call.PinnedModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils$;
import org.apache.spark.sql.functions;

/** Calls as columns of a DataFrame program. */
public final class CallColumns {
  private CallColumns() {}

  /**
   * @param named whether the job's names are the user's, rather than numbers for features that come by position
   * @param columns the features' values in the order of their names; none to take the columns of those names
   */
  public static Column column(JobKeys keys, boolean named, LoadedModel model, List<Column> columns) {
    JobConfig job = keys.job();
    check(job);
    OnInvalid onInvalid = job.invalidRows().policy() == InvalidPolicy.ERROR ? OnInvalid.ERROR : OnInvalid.NULL;
    JobKeys kept = keys.with("invalid-rows.policy", "keep").with("input.key", List.of());
    Set<String> names = new LinkedHashSet<>();
    job.features().inputs().forEach(input -> {
      names.addAll(input.columns());
      input.column().ifPresent(names::add);
    });
    List<Column> given = columns.isEmpty() && named ? names.stream().map(functions::col).toList() : columns;
    List<Expression> values = given.stream().map(ExpressionUtils$.MODULE$::expression).toList();
    FeatureArguments features = named || values.size() == names.size() ? FeatureArguments.inOrder(model.name(), names, values)
        : FeatureArguments.of(model, List.of(values));
    CallSpec spec = new CallSpec(new PinnedModel(model), features.in(kept).job(), onInvalid, features.names());
    return ExpressionUtils$.MODULE$.column(new ForwardpassCall(spec, ScalaLists.seq(features.values())));
  }

  private static void check(JobConfig job) {
    if (job.windows().isPresent()) {
      throw Refusal.table("Cannot score with " + job.model().path() + ": windows are made of several rows, and a column is of one."
          + " Score the dataset, or leave the windows out.");
    }
    if (job.invalidRows().policy() == InvalidPolicy.SKIP) {
      throw Refusal.table("Cannot score with " + job.model().path()
          + ": invalid rows are to be skipped, and a column cannot leave rows out."
          + " Score the dataset, or have them kept.");
    }
  }
}
