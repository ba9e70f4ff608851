package io.forwardpass.sql.call;

import io.forwardpass.config.JobConfig;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.binding.Columns;
import io.forwardpass.spark.binding.ScoringBinding;
import io.forwardpass.spark.feature.NumberType;
import io.forwardpass.spark.feature.VectorFeature;
import io.forwardpass.spark.interop.CatalystNames;
import io.forwardpass.spark.prediction.Predictions;
import io.forwardpass.spark.task.Scoring;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;

/** What a call says besides its features' values: the model, and as a job what each feature is. Equal calls have equal ones. */
public final class CallSpec {
  private final PinnedModel model;
  private final JobConfig job;
  private final OnInvalid onInvalid;
  private final List<String> names; // the job's columns, in the order of the call's features
  private final Map<List<DataType>, BoundCall> bound = new ConcurrentHashMap<>(); // by the features' types

  public CallSpec(PinnedModel model, JobConfig job, OnInvalid onInvalid, List<String> names) {
    this.model = model;
    this.job = job;
    this.onInvalid = onInvalid;
    this.names = List.copyOf(names);
  }

  public PinnedModel model() {
    return model;
  }

  OnInvalid onInvalid() {
    return onInvalid;
  }

  /**
   * Resolves the call against the types of its features: the optimizer copies calls again and again, and asks each copy for its type.
   *
   * @throws Refusal that names everything that does not fit
   */
  BoundCall bind(List<Expression> features) {
    List<DataType> types = features.stream().map(Expression::dataType).toList();
    BoundCall known = bound.get(types);
    if (known == null) {
      known = bindTo(types, features);
      bound.put(types, known);
    }
    return known;
  }

  private BoundCall bindTo(List<DataType> types, List<Expression> features) {
    Problems problems = new Problems();
    checkTypes(features, problems);
    problems.throwIfAny(Refusal.Kind.TABLE, "score with " + model);
    List<Attribute> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(CatalystNames.attribute(names.get(i), types.get(i), true));
    }
    ScoringBinding binding = new ScoringBinding(job, model.network(), model.name(), new Columns(columns, true), problems, null);
    Scoring found = binding.scoring();
    problems.throwIfAny(Refusal.Kind.TABLE, "score with " + model);
    int[] places = binding.needed().stream().mapToInt(columns::indexOf).toArray();
    Predictions predictions = new Predictions(found.predictions().columns(), true, onInvalid != OnInvalid.NULL, false);
    Scoring scoring = new Scoring(model.name(), found.columns(), found.features(), found.blockRows(), found.invalidRows().withoutKey(),
        null, predictions);
    return new BoundCall(scoring, places, onInvalid);
  }

  private void checkTypes(List<Expression> features, Problems problems) {
    Set<String> whole = new HashSet<>();
    job.features().inputs().forEach(input -> input.column().ifPresent(whole::add));
    for (int i = 0; i < names.size(); i++) {
      DataType type = features.get(i).dataType();
      String shown = CatalystNames.pretty(features.get(i));
      if (whole.contains(names.get(i))) {
        if (!(type instanceof ArrayType) && !VectorFeature.isVector(type)) {
          problems.add(shown + " is of type " + type.simpleString()
              + ", but is to hold all numbers of a model input. Give an array or a vector"
              + " column, or one number for each feature, in the order of training.");
        }
      } else if (NumberType.of(type).isEmpty()) {
        problems.add(shown + " is of type " + type.simpleString() + ", but a feature has to be a number. Turn it into one, CAST(" + shown
            + " AS FLOAT).");
      }
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof CallSpec spec && model.equals(spec.model) && job.equals(spec.job) && onInvalid == spec.onInvalid
        && names.equals(spec.names);
  }

  @Override
  public int hashCode() {
    return Objects.hash(model, onInvalid, names);
  }
}
