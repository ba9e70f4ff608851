package io.forwardpass.sql;

import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.interop.CatalystNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.unsafe.types.UTF8String;

/** Arguments that have to be known when a query is analysed: literals, session variables, and what is made of them. */
final class Constants {
  private Constants() {}

  /** As Java has it: a String, a byte array, a List, a number, a Boolean; null for SQL's NULL. */
  static Object value(Expression argument, String what, String function) {
    Expression expression = argument;
    while (expression instanceof RuntimeReplaceable replaceable) {
      expression = replaceable.replacement();
    }
    if (!expression.resolved() || !expression.foldable()) {
      throw Refusal.table("Cannot call " + function + ": " + what + " has to be known before a row is read, but "
          + CatalystNames.pretty(argument)
          + " is not constant. Give a literal or a session variable.");
    }
    return java(expression.eval(null), expression);
  }

  private static Object java(Object value, Expression from) {
    if (value instanceof ArrayData array && from.dataType() instanceof ArrayType type) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < array.numElements(); i++) {
        list.add(array.isNullAt(i) ? null : java(array.get(i, type.elementType()), from));
      }
      return list;
    }
    return value instanceof UTF8String text ? text.toString() : value;
  }

  /** A text. */
  static String text(Expression argument, String name, String function) {
    if (value(argument, name, function) instanceof String text) {
      return text;
    }
    throw Refusal.table("Cannot call " + function + ": " + name + " should be a text, not " + argument.sql() + ".");
  }

  /** An array of texts. */
  static List<String> texts(Expression argument, String name, String function) {
    if (value(argument, name, function) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw Refusal.table("Cannot call " + function + ": " + name + " should be an array of texts, array('a', 'b'), not "
        + argument.sql() + ".");
  }
}
