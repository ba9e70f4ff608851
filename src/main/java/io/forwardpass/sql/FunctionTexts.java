package io.forwardpass.sql;

import io.forwardpass.sql.call.ForwardpassCall;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/** What {@code DESCRIBE FUNCTION EXTENDED} says. */
final class FunctionTexts {
  static final ExpressionInfo SCALAR = info(ForwardpassCall.class, ForwardpassCall.NAME,
      "_FUNC_(model, features... [, on_invalid => 'null'] [, labels => array(...)]) - What a trained Keras model predicts from the features"
          + " of a row: a FLOAT, an ARRAY<FLOAT> for several numbers, or a STRUCT for several outputs, for labels and for on_invalid => 'report'.",
      """

              Arguments:
                * model - a model file or folder on any Hadoop path, a job file (*.conf) that names model, features, scaling and labels, or the
                    bytes of a model file as BINARY. It has to be constant: a literal, a parameter, a session variable. A relative path lies in
                    the folder that spark.forwardpass.models names, where there is one.
                * features - one number for each feature, in the order of training; or one array or vector that holds all of them; or, for a
                    model of several inputs, each input by its name, input => array(x1, x2). With a job file struct(*), out of which its features
                    are taken by name, or their values in the order of the file.
                * on_invalid - for a row with a null or NaN feature: 'null', 'error', which stops the query, or 'report', which gives a STRUCT
                    with the reason in prediction_error.
                * labels - the names of the classes in the model's order, two for a single sigmoid: gives a STRUCT with label and probability.
          """,
      """

              Examples:
                > SELECT *, _FUNC_('models/mlp.keras', x1, x2, x3, x4) AS p FROM t;
                > SELECT _FUNC_('models/iris.keras', a, b, c, d, labels => array('setosa', 'versicolor', 'virginica')).label FROM t;
                > SELECT _FUNC_('churn.conf', struct(*)) FROM customers;
                > CREATE FUNCTION churn(a DOUBLE, b DOUBLE) RETURNS FLOAT RETURN _FUNC_('churn.keras', a, b);
          """);

  static final ExpressionInfo WINDOWS = info(WindowsFunction.class, WindowsFunction.NAME,
      "_FUNC_(TABLE(t) PARTITION BY series ORDER BY time, model => ..., features => array(...) [, option => ...]) - The table with the"
          + " predictions of a model that takes sequences, over look-back windows: a row and the rows before it in its series.",
      """

              Arguments:
                * TABLE(t) - the rows; PARTITION BY names the columns that tell one series from another, ORDER BY the time, and columns that
                    decide between rows of one time.
                * model - a model file or folder, its bytes as BINARY, or a job file (*.conf), whose section windows is then in force.
                * features - the names of one column for each feature, in the order of training.
                * step, on_gap, fill_limit, on_duplicate, short_history, stride, label_offset, look_back, score_from, score_until, context,
                    partitioning - the keys of a job file's section windows; conf/reference.conf draws what they do.
                * prediction - the name of the new column.
                * labels - the names of the classes in the model's order: adds the columns label and probability.
                * on_invalid - for rows that cannot be scored: 'null', 'error', 'report', which adds prediction_error, or 'skip'.
          """,
      """

              Examples:
                > SELECT * FROM _FUNC_(TABLE(meters) PARTITION BY meter ORDER BY t, model => 'load.keras',
                    features => array('temperature', 'humidity', 'load'), step => '15 minutes');
          """);

  private FunctionTexts() {}

  private static ExpressionInfo info(Class<?> type, String name, String usage, String arguments, String examples) {
    return new ExpressionInfo(type.getName(), null, name, usage, arguments, examples, "", "", "", "", "");
  }
}
