package io.forwardpass.spark.interop;

import java.lang.reflect.Constructor;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.physical.ClusteredDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;

/** Distributions a node requires of its child, on every Spark release; driver side. */
public final class Distributions {
  private Distributions() {}

  /**
   * All rows of equal keys in one partition, by any number of partitions. Spark 4.3 gave the constructor a parameter more,
   * with a default: what a release has beyond the first three is filled with its own defaults.
   */
  public static Distribution clustered(List<Expression> keys) {
    Constructor<?> constructor = ClusteredDistribution.class.getConstructors()[0];
    Object[] arguments = new Object[constructor.getParameterCount()];
    arguments[0] = ScalaLists.seq(keys);
    arguments[1] = false; // any of the keys will do
    arguments[2] = scala.Option.empty();
    try {
      for (int i = 3; i < arguments.length; i++) {
        arguments[i] = ClusteredDistribution.class.getMethod("apply$default$" + (i + 1)).invoke(null);
      }
      return (Distribution) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("this Spark's ClusteredDistribution is of an unknown form: " + constructor, changed);
    }
  }
}
