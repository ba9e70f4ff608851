package io.forwardpass.sql;

import io.forwardpass.spark.plan.ScoreStrategy;
import io.forwardpass.sql.call.ForwardpassCall;
import io.forwardpass.sql.extraction.ExtractCalls;
import org.apache.spark.package$;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.runtime.BoxedUnit;

/** Makes a Spark session know the functions, by no more than this jar being on its class path when the session starts. */
public final class ForwardpassExtensions implements SparkSessionExtensionsProvider {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardpassExtensions.class);
  private static final Function1<Seq<Expression>, Expression> CALL = CallArguments::call;
  private static final Function1<Seq<Expression>, LogicalPlan> WINDOWS = WindowsFunction::plan;

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    try {
      register(extensions);
    } catch (LinkageError otherSpark) {
      LOG.warn("The functions {} and {} are not there: this Spark is not one of 4.0 to 4.3", ForwardpassCall.NAME, WindowsFunction.NAME,
          otherSpark);
    }
    return BoxedUnit.UNIT;
  }

  private static void register(SparkSessionExtensions extensions) {
    FunctionIdentifier call = new FunctionIdentifier(ForwardpassCall.NAME);
    extensions.injectFunction(new Tuple3<>(call, FunctionTexts.SCALAR, CALL));
    FunctionIdentifier windows = new FunctionIdentifier(WindowsFunction.NAME);
    extensions.injectTableFunction(new Tuple3<>(windows, FunctionTexts.WINDOWS, WINDOWS));
    if (functionsOfExtensionsAreTemporary()) {
      FunctionRegistry$.MODULE$.builtin().registerFunction(call, FunctionTexts.SCALAR, CALL);
      TableFunctionRegistry$.MODULE$.builtin().registerFunction(windows, FunctionTexts.WINDOWS, WINDOWS);
    }
    extensions.injectPreCBORule(ExtractCalls::new);
    extensions.injectPlannerStrategy(session -> new ScoreStrategy());
  }

  /** Up to 4.1, Spark takes them for temporary ones, which no view or function that lasts may call; built-in ones are not. */
  private static boolean functionsOfExtensionsAreTemporary() {
    String version = package$.MODULE$.SPARK_VERSION();
    return version.startsWith("4.0.") || version.startsWith("4.1.");
  }
}
