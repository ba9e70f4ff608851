package io.forwardpass.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.forwardpass.layers.Argument;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An operation's arguments while it is read: tensors become its inputs in the order in which it asks for them, options come from the
 * call or, as Keras 3 writes most of them, from the config. What nobody asked for is refused.
 */
public final class OperationCall {
  private final LayerConfig config;
  private final CallArguments arguments;
  private final List<Integer> tensors = new ArrayList<>();
  private final TreeSet<String> unread;
  private int positionsRead;

  OperationCall(LayerConfig config, CallArguments arguments) {
    this.config = config;
    this.arguments = arguments;
    unread = new TreeSet<>(arguments.keywords().keySet());
    unread.removeIf(keyword -> arguments.argument(-1, keyword).isEmpty());
    unread.remove("name");
  }

  public LayerConfig config() {
    return config;
  }

  /** The tensors asked for so far: numbers of the call's. */
  List<Integer> tensors() {
    return tensors;
  }

  private Optional<Argument> argument(int position, String name) {
    if (position >= 0 && position < arguments.positions().size()) {
      positionsRead = Math.max(positionsRead, position + 1);
    }
    unread.remove(name);
    return arguments.argument(position, name);
  }

  boolean has(int position, String name) {
    return arguments.argument(position, name).isPresent();
  }

  /** A tensor, or a constant in its place. */
  Operand operand(int position, String name) {
    return operand(argument(position, name).orElseThrow(() -> config.refusal("is called without " + name
        + ": the file does not say what it works on. Rebuild the model with a layer that does the same.")));
  }

  private Operand operand(Argument argument) {
    if (argument instanceof Argument.Tensor tensor) {
      tensors.add(tensor.number());
      return Operand.input(tensors.size() - 1);
    }
    if (argument instanceof Argument.Constant constant) {
      return Operand.constant(constant.value(), config);
    }
    throw config.refusal("is called with a list of tensors where one tensor is supported.");
  }

  /** What has to be a tensor, and is its next input. */
  void tensor(int position, String name) {
    if (!operand(position, name).isInput()) {
      throw config.refusal("is called with a constant as " + name + ". Only a tensor is supported there.");
    }
  }

  /** A list of tensors, which are its next inputs. */
  void tensors(int position, String name) {
    Argument argument = argument(position, name).orElseThrow(() -> config.refusal("is called without tensors."));
    List<Argument> items = argument instanceof Argument.Several several ? several.items() : List.of(argument);
    for (Argument item : items) {
      if (!operand(item).isInput()) {
        throw config.refusal("is called with a constant among its tensors. Only tensors are supported there.");
      }
    }
  }

  /** A constant of the call or of the config; missing where there is none. Also read where a tensor stands there, which is refused. */
  JsonNode option(int position, String name) {
    Optional<Argument> argument = argument(position, name);
    if (argument.isEmpty()) {
      return config.json(name);
    }
    if (argument.get() instanceof Argument.Constant constant) {
      config.json(name);
      JsonNode value = constant.value();
      return value.isNull() ? MissingNode.getInstance() : value;
    }
    throw config.refusal("is called with a tensor as " + name + ". Only a constant is supported there.");
  }

  int integer(int position, String name, int otherwise) {
    JsonNode value = option(position, name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber() || value.doubleValue() != Math.rint(value.doubleValue())) {
      throw config.refusal("has " + name + " = " + value + ". Only a whole number is supported there.");
    }
    return value.intValue();
  }

  double number(int position, String name, double otherwise) {
    JsonNode value = option(position, name);
    if (!value.isMissingNode() && !value.isNumber()) {
      throw config.refusal("has " + name + " = " + value + ". Only a number is supported there.");
    }
    return value.isMissingNode() ? otherwise : value.doubleValue();
  }

  boolean flag(int position, String name, boolean otherwise) {
    JsonNode value = option(position, name);
    return value.isMissingNode() ? otherwise : value.asBoolean();
  }

  /** Whole numbers, one or a list; empty where there are none. */
  Optional<int[]> integers(int position, String name) {
    JsonNode value = option(position, name);
    if (List.of("__numpy__", "__tensor__").contains(value.path("class_name").asText())) {
      value = value.path("config").path("value");
    }
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      if (!item.isNumber() && !item.isNull()) {
        throw config.refusal("has " + name + " = " + value + ". Only whole numbers are supported there.");
      }
      numbers.add(item.isNull() ? -1 : item.intValue());
    }
    return Optional.of(numbers.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Refuses an option whose value cannot be honoured. */
  void allow(int position, String name, String... values) {
    JsonNode value = option(position, name);
    if (!value.isMissingNode() && !List.of(values).contains(value.asText())) {
      throw config.refusal("has " + name + " = " + value + ", which is not supported; " + String.join(", ", values) + " is.");
    }
  }

  /** Marks options as harmless. */
  void ignore(String... names) {
    for (String name : names) {
      unread.remove(name);
      config.ignore(name);
    }
  }

  /** @throws Refusal where there are arguments that were not asked for */
  void refuseUnread() {
    List<String> left = new ArrayList<>(config.unread());
    left.addAll(unread);
    for (int position = positionsRead; position < arguments.positions().size(); position++) {
      if (arguments.argument(position, "").isPresent()) {
        left.add("argument " + position);
      }
    }
    if (!left.isEmpty()) {
      throw config.refusal("has arguments this release does not know: " + String.join(", ", left)
          + ". Ignoring them could change the predictions.");
    }
  }
}
