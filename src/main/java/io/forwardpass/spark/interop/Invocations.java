package io.forwardpass.spark.interop;

import java.lang.reflect.Constructor;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.DataType;

/** Expressions that call a static method, within the code that Spark generates; on every Spark release. */
public final class Invocations {
  private Invocations() {}

  /** A call that gets nulls as they are; what a release's constructor has beyond that is filled with its own defaults. */
  public static Expression ofStatic(Class<?> in, DataType returned, String method, List<Expression> arguments) {
    Constructor<?> constructor = StaticInvoke.class.getConstructors()[0];
    Object[] values = new Object[constructor.getParameterCount()];
    values[0] = in;
    values[1] = returned;
    values[2] = method;
    values[3] = ScalaLists.seq(arguments);
    try {
      for (int i = 4; i < values.length; i++) {
        values[i] = StaticInvoke.class.getMethod("apply$default$" + (i + 1)).invoke(null);
      }
      values[5] = false; // does not propagate nulls
      return (Expression) constructor.newInstance(values);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("this Spark's StaticInvoke is of an unknown form: " + constructor, changed);
    }
  }
}
