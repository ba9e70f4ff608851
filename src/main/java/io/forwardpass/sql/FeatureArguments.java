package io.forwardpass.sql;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobKeys;
import io.forwardpass.model.LoadedModel;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.feature.VectorFeature;
import io.forwardpass.spark.interop.ScalaLists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** The features of a call: their values, the columns of a job they stand for, and how a job would put it. */
final class FeatureArguments {
  private final List<String> names = new ArrayList<>();
  private final List<Expression> values = new ArrayList<>();
  // by key, or by model input where there are several; none of a job file's
  private final List<Map.Entry<String, Object>> keys = new ArrayList<>();
  private final boolean severalInputs;

  private FeatureArguments(boolean severalInputs) {
    this.severalInputs = severalInputs;
  }

  /** By position: numbers of every input, or one value that holds them all. */
  static FeatureArguments of(LoadedModel model, List<List<Expression>> inputs) {
    Network network = model.network();
    FeatureArguments features = new FeatureArguments(network.inputs() > 1);
    Problems problems = new Problems();
    for (int i = 0; i < inputs.size(); i++) {
      features.addInput(network.inputName(i), network.inputShape(i), inputs.get(i), problems);
    }
    problems.throwIfAny(Refusal.Kind.TABLE, "score with " + model.name());
    return features;
  }

  private void addInput(String input, Shape shape, List<Expression> given, Problems problems) {
    if (shape.isOpen()) {
      problems.add("the model leaves the size of its input " + input + " open: " + shape + ". Save it with a fixed input shape.");
      return;
    }
    int elements = shape.elements();
    if (given.size() == 1 && elements > 1) {
      if (given.get(0).resolved() && isPlainStruct(given.get(0))) {
        problems.add(given.get(0).sql()
            + " is a structure, and the model does not say which of its fields are features. Give them one by one,"
            + " or name them in a job file and give that in place of the model.");
      }
      addKey(input, "column", add(given.get(0)));
      return;
    }
    if (shape.rank() > 1 && elements > 1) {
      problems.add("the model's input " + input + " takes sequences, " + shape + ", but the call gives "
          + given.size() + " numbers of a row. Give one array of " + times(shape) + " numbers, or call " + WindowsFunction.NAME + ".");
    } else if (given.size() != elements) {
      problems.add("the model's input " + input + " takes " + elements + (elements == 1 ? " feature" : " features")
          + ", but the call gives "
          + given.size() + ". Give one for each, in the order of training.");
    }
    addKey(input, "columns", given.stream().map(this::add).toList());
  }

  private static String times(Shape shape) {
    return String.join(" × ", Arrays.stream(shape.dimensions()).mapToObj(Integer::toString).toList());
  }

  private static boolean isPlainStruct(Expression value) {
    return value.dataType() instanceof StructType && !VectorFeature.isVector(value.dataType());
  }

  private String add(Expression value) {
    String name = "x" + names.size();
    names.add(name);
    values.add(value.resolved() && value.dataType() instanceof NullType ? new Literal(null, DataTypes.FloatType) : value);
    return name;
  }

  private void addKey(String input, String key, Object value) {
    keys.add(severalInputs ? Map.entry(input, Map.of(key, value)) : Map.entry(key, value));
  }

  /** As a job file names them: out of one structure by name, or by position in the order of the file. */
  static FeatureArguments of(String jobFile, JobConfig job, List<Expression> given) {
    Set<String> wanted = new LinkedHashSet<>();
    job.features().inputs().forEach(input -> {
      wanted.addAll(input.columns());
      input.column().ifPresent(wanted::add);
    });
    if (given.size() == 1 && given.get(0).resolved() && isPlainStruct(given.get(0))) {
      FeatureArguments features = new FeatureArguments(false);
      Problems problems = new Problems();
      wanted.forEach(name -> features.addField(name, given.get(0), jobFile, problems));
      problems.throwIfAny(Refusal.Kind.TABLE, "score with " + jobFile);
      return features;
    }
    return inOrder(jobFile, wanted, given);
  }

  /** By position, in the order of the names. */
  static FeatureArguments inOrder(String source, Collection<String> names, List<Expression> given) {
    if (given.size() != names.size()) {
      throw Refusal.table("Cannot score with " + source + ": it has the features " + String.join(", ", names) + ", but the call gives "
          + given.size() + (given.size() == 1 ? " value" : " values") + ". Give one for each in this order"
          + (source.endsWith(ModelArgument.JOB_SUFFIX) ? ", or struct(*)." : "."));
    }
    FeatureArguments features = new FeatureArguments(false);
    features.names.addAll(names);
    features.values.addAll(given);
    return features;
  }

  private void addField(String name, Expression struct, String jobFile, Problems problems) {
    String[] fields = ((StructType) struct.dataType()).fieldNames();
    boolean caseSensitive = SQLConf.get().caseSensitiveAnalysis();
    int[] found = IntStream.range(0, fields.length).filter(i -> caseSensitive ? fields[i].equals(name) : fields[i].equalsIgnoreCase(name))
        .toArray();
    if (found.length != 1) {
      problems.add("the structure has " + (found.length == 0 ? "no field " : found.length + " fields called ") + name + ", which " + jobFile
          + " names. " + Nearest.to(name, List.of(fields)).filter(near -> found.length == 0).map(near -> "Did you mean " + near + "?")
              .orElse("Its fields are " + String.join(", ", fields) + "."));
      return;
    }
    names.add(name);
    values.add(struct instanceof CreateNamedStruct made ? ScalaLists.list(made.valExprs()).get(found[0])
        : new GetStructField(struct, found[0], Option.apply(fields[found[0]])));
  }

  /** The numbers of {@code array(x1, x2)} one by one, where that is what an input takes. */
  static List<Expression> unwrapped(Expression value, Shape shape) {
    return value instanceof CreateArray array && shape.rank() <= 1 ? ScalaLists.list(array.children()) : List.of(value);
  }

  /** The job that says so. */
  JobKeys in(JobKeys job) {
    JobKeys named = job;
    for (Map.Entry<String, Object> key : keys) {
      named = severalInputs ? named.with("features.inputs", key.getKey(), key.getValue())
          : named.with("features." + key.getKey(), key.getValue());
    }
    return named;
  }

  List<String> names() {
    return names;
  }

  List<Expression> values() {
    return values;
  }
}
