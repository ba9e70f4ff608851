package io.forwardpass.spark.interop;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.util.package$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import scala.Option;
import scala.collection.immutable.Seq;

/** Columns of plans made by name, and what expressions are called in messages. */
public final class CatalystNames {
  private static final Method PRETTY = Arrays.stream(package$.class.getMethods())
      .filter(method -> method.getName().equals("toPrettySQL")).findFirst().orElseThrow();

  private CatalystNames() {}

  /** A column of its own. */
  public static AttributeReference attribute(String name, DataType type, boolean nullable) {
    return new AttributeReference(name, type, nullable, Metadata.empty(), NamedExpression.newExprId(), none());
  }

  public static Alias alias(Expression expression, String name) {
    return new Alias(expression, name, NamedExpression.newExprId(), none(), Option.empty(), none());
  }

  /** As Spark heads a column that nobody has named. Spark 4.1 gave the method a parameter more, with a default. */
  public static String pretty(Expression expression) {
    try {
      return (String) (PRETTY.getParameterCount() == 1 ? PRETTY.invoke(package$.MODULE$, expression)
          : PRETTY.invoke(package$.MODULE$, expression, package$.class.getMethod("toPrettySQL$default$2").invoke(package$.MODULE$)));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("this Spark's toPrettySQL is of an unknown form: " + PRETTY, changed);
    }
  }

  private static Seq<String> none() {
    return ScalaLists.seq(List.<String>of());
  }
}
