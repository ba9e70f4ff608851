package io.forwardpass.sql;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobKeys;
import io.forwardpass.model.LoadedModel;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.interop.CatalystNames;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.sql.call.CallSpec;
import io.forwardpass.sql.call.ForwardpassCall;
import io.forwardpass.sql.call.OnInvalid;
import io.forwardpass.sql.call.PinnedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import scala.collection.immutable.Seq;

/** Makes a call of the arguments that SQL gives it: the model, its features in one of the forms they may have, and options by name. */
final class CallArguments {
  private static final String MODEL = "model";
  private static final String ON_INVALID = "on_invalid";
  private static final String LABELS = "labels";

  private final List<Expression> byPosition = new ArrayList<>();
  private final Map<String, Expression> byName = new LinkedHashMap<>(); // lower case

  private CallArguments() {}

  static ForwardpassCall call(Seq<Expression> given) {
    CallArguments arguments = new CallArguments();
    for (Expression argument : ScalaLists.list(given)) {
      if (argument instanceof NamedArgumentExpression named) {
        if (arguments.byName.put(named.key().toLowerCase(Locale.ROOT), named.value()) != null) {
          throw refusal(named.key() + " is given twice. Give it once.");
        }
      } else {
        arguments.byPosition.add(argument);
      }
    }
    return arguments.call();
  }

  private static Refusal refusal(String why) {
    return Refusal.table("Cannot call " + ForwardpassCall.NAME + ": " + why);
  }

  private ForwardpassCall call() {
    Expression first = byName.remove(MODEL);
    if (first == null && byPosition.isEmpty()) {
      throw refusal("it has no arguments. Give a model and its features, " + ForwardpassCall.NAME + "('models/mlp.keras', x1, x2).");
    }
    ModelArgument argument = ModelArgument.of(first != null ? first : byPosition.remove(0), ForwardpassCall.NAME,
        (org.apache.spark.sql.classic.SparkSession) SparkSession.active());
    Expression policy = byName.remove(ON_INVALID);
    OnInvalid onInvalid = policy == null ? OnInvalid.NULL : OnInvalid.of(Constants.text(policy, ON_INVALID, ForwardpassCall.NAME));
    JobKeys keys = argument.keys().with("invalid-rows.policy", "keep");
    Expression labels = byName.remove(LABELS);
    if (labels != null) {
      keys = keys.with("output.labels", Constants.texts(labels, LABELS, ForwardpassCall.NAME));
    }
    LoadedModel model = argument.model(OptionalInt.empty());
    checkNames(model.network());
    FeatureArguments features = argument.jobFile().isPresent() ? byJob(argument.jobFile().get(), keys.job())
        : FeatureArguments.of(model, inputs(model.network()));
    JobConfig job = features.in(keys).job();
    ForwardpassCall call = new ForwardpassCall(new CallSpec(new PinnedModel(model), job, onInvalid, features.names()),
        ScalaLists.seq(features.values()));
    call.dataType(); // refuses now rather than later
    return call;
  }

  private void checkNames(Network network) {
    List<String> inputs = IntStream.range(0, network.inputs()).mapToObj(network::inputName).toList();
    for (String name : byName.keySet()) {
      if (inputs.stream().noneMatch(name::equalsIgnoreCase)) {
        List<String> known = new ArrayList<>(List.of(MODEL, ON_INVALID, LABELS));
        known.addAll(inputs);
        throw refusal("it has no argument " + name + ". " + Nearest.to(name, known).map(near -> "Did you mean " + near + "?")
            .orElse("It has " + String.join(", ", known.subList(0, 3)) + ", and the model's inputs " + String.join(", ", inputs) + "."));
      }
    }
  }

  /** By model input, what feeds it. */
  private List<List<Expression>> inputs(Network network) {
    if (byName.isEmpty() && network.inputs() == 1) {
      return List.of(byPosition);
    }
    if (!byPosition.isEmpty()) {
      List<String> names = IntStream.range(0, network.inputs()).mapToObj(network::inputName).toList();
      throw refusal("the model has the inputs " + String.join(", ", names) + ", and " + CatalystNames.pretty(byPosition.get(0))
          + " is given for none of them. Give each input by its name, "
          + network.inputName(0) + " => array(x1, x2).");
    }
    List<List<Expression>> inputs = new ArrayList<>();
    for (int i = 0; i < network.inputs(); i++) {
      Expression value = byName.get(network.inputName(i).toLowerCase(Locale.ROOT));
      if (value == null) {
        throw refusal("nothing is given for the model's input " + network.inputName(i) + " " + network.inputShape(i) + ". Add "
            + network.inputName(i) + " => array(x1, x2), or an array column.");
      }
      inputs.add(FeatureArguments.unwrapped(value, network.inputShape(i)));
    }
    return inputs;
  }

  private FeatureArguments byJob(String jobFile, JobConfig job) {
    if (job.windows().isPresent()) {
      throw refusal(jobFile + " has windows, which no single row has. Call " + WindowsFunction.NAME
          + "(TABLE(t) PARTITION BY ... ORDER BY ..., model => '" + jobFile + "').");
    }
    Optional<String> named = byName.keySet().stream().findFirst();
    if (named.isPresent()) {
      throw refusal(jobFile + " says what feeds the model, and so does the argument " + named.get() + ". Leave one of them out.");
    }
    return FeatureArguments.of(jobFile, job, byPosition);
  }
}
