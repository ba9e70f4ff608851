package io.forwardpass.layers.attention;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.forwardpass.layers.Argument;
import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.LayerConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keywords of a call, which remembers what was read: what nobody read is refused. */
final class CallOptions {
  private final CallArguments arguments;
  private final LayerConfig config;
  private final Set<String> read = new HashSet<>();

  CallOptions(CallArguments arguments, LayerConfig config) {
    this.arguments = arguments;
    this.config = config;
  }

  /** A constant true or false; false where it is missing. */
  boolean flag(String name) {
    read.add(name);
    Optional<Argument> argument = arguments.argument(-1, name);
    if (argument.isPresent() && !(argument.get() instanceof Argument.Constant constant && constant.value().isBoolean())) {
      throw config.refusal("is called with " + name + " that is not true or false.");
    }
    return argument.map(each -> ((Argument.Constant) each).value().booleanValue()).orElse(false);
  }

  /** A tensor by position or name: its number; empty where it is missing. */
  Optional<Integer> tensor(int position, String name) {
    read.add(name);
    Optional<Argument> argument = arguments.argument(position, name);
    if (argument.isPresent() && !(argument.get() instanceof Argument.Tensor)) {
      throw config.refusal("is called with a constant as " + name + ". Only a tensor is supported there.");
    }
    return argument.map(each -> ((Argument.Tensor) each).number());
  }

  /** @param positions how many arguments stand in positions at most */
  void refuseUnread(List<String> alsoRead, int positions) {
    List<String> left = new ArrayList<>();
    arguments.keywords().forEach((name, argument) -> {
      boolean set =
          !(argument instanceof Argument.Constant constant) || (!constant.value().isNull() && !constant.value().equals(BooleanNode.FALSE));
      if (set && !read.contains(name) && !alsoRead.contains(name)) {
        left.add(name + (argument instanceof Argument.Constant constant ? " = " + constant.value() : ""));
      }
    });
    for (int position = positions; position < arguments.positions().size(); position++) {
      arguments.argument(position, "").ifPresent(argument -> left.add("argument " + arguments.positions().indexOf(argument)));
    }
    if (!left.isEmpty()) {
      throw config.refusal("is called with " + String.join(", ", left) + ", which is not supported.");
    }
  }
}
