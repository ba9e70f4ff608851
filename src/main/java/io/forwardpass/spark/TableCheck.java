package io.forwardpass.spark;

import io.forwardpass.config.JobConfig;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.binding.Columns;
import io.forwardpass.spark.binding.LabelTime;
import io.forwardpass.spark.binding.OutputCheck;
import io.forwardpass.spark.binding.ScoringBinding;
import io.forwardpass.spark.binding.TimeBounds;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.interop.SqlNames;
import io.forwardpass.spark.io.InputTable;
import io.forwardpass.spark.io.Locations;
import io.forwardpass.spark.task.Scoring;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** Checks a job against its tables, and finds everything that is wrong at once. */
final class TableCheck {
  private final SparkSession session;
  private final JobConfig config;
  private final Network network;
  private final String model;
  private final Problems problems;

  TableCheck(SparkSession session, JobConfig config, Network network, String model, Problems problems) {
    this.session = session;
    this.config = config;
    this.network = network;
    this.model = model;
    this.problems = problems;
  }

  /** Of the tables that the job names. Meaningless where there are problems. */
  ResolvedJob check() throws IOException {
    Locations locations = new Locations(session.sessionState().newHadoopConf());
    OutputCheck output = new OutputCheck(session, config, locations, problems);
    output.checkPlace();
    Optional<Dataset<Row>> input = new InputTable(session, config.input(), locations, problems).open();
    if (input.isEmpty()) {
      return null;
    }
    LogicalPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) input.get()).logicalPlan();
    output.checkApart(plan);
    return check(plan, output);
  }

  /** Of a table at hand, which goes to wherever somebody else takes it. Meaningless where there are problems. */
  ResolvedJob check(LogicalPlan atHand) {
    return check(atHand, new OutputCheck(session, config, new Locations(session.sessionState().newHadoopConf()), problems));
  }

  private ResolvedJob check(LogicalPlan input, OutputCheck output) {
    LogicalPlan plan = input;
    Columns columns = new Columns(ScalaLists.list(plan.output()), session.sessionState().conf().caseSensitiveAnalysis());
    TimeBounds bounds = new TimeBounds(session, config, problems, plan);
    ScoringBinding binding = new ScoringBinding(config, network, model, columns, problems, bounds);
    Scoring scoring = binding.scoring();
    List<Attribute> kept = output.kept(columns);
    output.checkColumns(kept, scoring.predictions(), columns);
    if (scoring.windows() != null && scoring.windows().order().time() != null) {
      Attribute time = binding.needed().get(scoring.windows().order().orderBy()[0]);
      plan = bounds.read(columns, time, scoring.windows());
      output.checkTimeColumn(kept, columns);
    }
    return new ResolvedJob(plan, scoring, binding.needed(), kept, labelTime(scoring));
  }

  /** The time that is predicted for: the name of the new column and its SQL expression. */
  private Optional<LabelTime> labelTime(Scoring scoring) {
    if (scoring.windows() == null || scoring.windows().order().time() == null || config.windows().get().labelOffset().isEmpty()) {
      return Optional.empty();
    }
    long ticks = config.windows().get().labelOffset().getAsInt() * scoring.windows().rules().step();
    String column = SqlNames.quoted(scoring.columns()[scoring.windows().order().orderBy()[0]]);
    return Optional.of(new LabelTime(LabelTime.column(config), scoring.windows().order().time().later(column, ticks)));
  }
}
