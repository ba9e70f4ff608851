package io.forwardpass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.testing.JobTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule of a job file, by the message that its breach gets. */
class JobFileRulesTest {
  private static final String CANNOT = "Cannot run the job file job.conf: ";

  /** One line put before the smallest job, in place of the lines that begin with the given key. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      // keys
      "output.moed = append | - | output.moed (line 1) is not a key of job files. Did you mean output.mode?",
      "block-rows = 64 | - | block-rows (line 1) is not a key of job files. Did you mean spark.block-rows?",
      "inputs.format = csv | - | inputs (line 1) is not a key of job files. Did you mean input?",
      "windows { order-by = [t], zzzzzz = 1 } | - | windows.zzzzzz (line 1) is not a key of job files. The keys here are context, fill-limit, label-offset, look-back, on-duplicate, on-gap, order-by, partitioning, score-from, score-until, series, short-history, step, stride.",
      "features.scaling.a { mean = 1, std = 2, foo = 3 } | - | features.scaling.a.foo (line 1) is not a key of job files. A scaling has mean and std, min and max, or offset and scale.",
      "features.inputs.x { column = h, cols = [a] } | features | features.inputs.x.cols (line 1) is not a key of job files. A model input has columns or column.",
      // types
      "output.mode = replace | - | output.mode (line 1) should be error, overwrite or append, not \"replace\".",
      "output.write = copy | - | output.write (line 1) should be auto, append or rows, not \"copy\".",
      "output.prediction-as = list | - | output.prediction-as (line 1) should be array or columns, not \"list\".",
      "windows { order-by = [t], short-history = pad } | - | windows.short-history (line 1) should be keep, drop, zero, repeat-first or mask, not \"pad\".",
      "invalid-rows.policy = fail | - | invalid-rows.policy (line 1) should be error, skip or keep, not \"fail\".",
      "invalid-rows.nan = ok | - | invalid-rows.nan (line 1) should be invalid or pass, not \"ok\".",
      "features.columns = x1 | features | features.columns (line 1) should be a list, [a, b], not \"x1\".",
      "features.columns = [a, [b]] | features | features.columns (line 1) should be a list of names, but holds [\"b\"].",
      "input.format = [csv] | - | input.format (line 1) should be a string, not [\"csv\"].",
      "input.schema = \"\" | - | input.schema (line 1) is empty. Give it a value, or leave the key out.",
      "spark = 256 | - | spark (line 1) should be a section, spark { ... }, not 256.",
      "input.options = x | - | input.options (line 1) should be a section, options { ... }, not \"x\".",
      "input.options.a = [1] | - | input.options.a (line 1) should be a single value, not [1].",
      "spark.block-rows = many | - | spark.block-rows (line 1) should be a whole number, not \"many\".",
      "spark.block-rows = 64.5 | - | spark.block-rows (line 1) should be a whole number, not 64.5.",
      "spark.block-rows = 48 | - | spark.block-rows (line 1) should be a multiple of 16 from 64 to 512, not 48.",
      "spark.block-rows = 528 | - | spark.block-rows (line 1) should be a multiple of 16 from 64 to 512, not 528.",
      "spark.block-rows = 100 | - | spark.block-rows (line 1) should be a multiple of 16 from 64 to 512, not 100.",
      "model.keras-version = 4 | - | model.keras-version (line 1) should be 1, 2 or 3, not 4.",
      // what has to be there, and what excludes what
      "model.keras-version = 3 | model | model has no path. Give the model file or folder as model.path.",
      "input.table = t | - | input has both path and table. Keep one of them.",
      "input.format = csv | input | input has neither path nor table. Give input.path or input.table.",
      "output.table = t | - | output has both path and table. Keep one of them.",
      "output.mode = append | output | output has neither path nor table. Give output.path or output.table.",
      "features.column = v | - | features has both columns and column. Keep columns for number columns, column for one array or vector column.",
      "features.inputs.x.column = v | - | features has both columns and inputs. Models of one input take columns or column, models of several take inputs.",
      "features { column = h, inputs.x.column = v } | features | features has both column and inputs. Models of one input take columns or column, models of several take inputs.",
      "features.columns = [] | features | features names no column. Give columns = [...], one number column per feature in the model's order, or column, one array or vector column.",
      "features.inputs.x {} | features | features.inputs.x names no column. Give columns = [...], one number column per feature, or column, one array or vector column.",
      "features.columns = [a, b, a, a] | features | features.columns (line 1) names a more than once. Name it once.",
      "windows {} | - | windows has no order-by. Name the column that orders the rows of a series, such as the time.",
      "windows { series = [m], order-by = [m] } | - | windows.order-by (line 1) names m, which is one of windows.series too. Within a series it is always the same.",
      "windows { order-by = [t], look-back = 0 } | - | windows.look-back (line 1) should be 1 or more, not 0.",
      "windows { order-by = [t], stride = 0 } | - | windows.stride (line 1) should be 1 or more, not 0.",
      "windows { order-by = [t], step = 1 month } | - | windows.step (line 1) should be a length such as \"15 minutes\", or a whole number above 0, not \"1 month\". The units are weeks, days, hours, minutes, seconds, ms and us.",
      "windows { order-by = [t], step = 0 } | - | windows.step (line 1) should be a length such as \"15 minutes\", or a whole number above 0, not 0. The units are weeks, days, hours, minutes, seconds, ms and us.",
      "windows { order-by = [t], step = 1, on-gap = fill } | - | windows.on-gap (line 1) is fill, but nothing says how far. Give windows.fill-limit, the most steps to fill.",
      "windows { order-by = [t], step = 1, fill-limit = 3 } | - | windows.fill-limit (line 1) goes with on-gap = fill alone. Set on-gap to fill, or leave it out.",
      "windows { order-by = [t], on-gap = ignore } | - | windows.on-gap (line 1) says what to do about gaps, but without a step there are none. Give windows.step, the expected spacing.",
      "windows { order-by = [t], label-offset = 1 } | - | windows.label-offset (line 1) counts in steps. Give windows.step, the expected spacing.",
      "windows { order-by = [t], stride = 2, score-from = 5 } | - | windows.stride (line 1) is counted from each series' first full window, which a job with score-from may not see. Give windows.step, which anchors it to time, or leave one of the two out.",
      "windows { order-by = [t], stride = 2, partitioning = range } | - | windows.stride (line 1) is counted from each series' first full window, which partitioning = range may separate from later ones. Give windows.step, which anchors it to time, or set partitioning to series.",
      "windows { order-by = [t], on-duplicate = last } | - | windows.on-duplicate (line 1) is last, but order-by names t alone, so that nothing tells which of two rows of one time is the last. Name a further column in order-by.",
      "windows { order-by = [t], context = 3 } | - | windows.context (line 1) says how far before windows.score-from rows are read, but there is no score-from. Give it, or leave context out.",
      "input.partition-time = \"day = date(t)\" | - | input.partition-time (line 1) goes with windows.score-from or score-until, and there are no windows. Use input.filter.",
      "input.partition-time = \"day = date(t)\", windows.order-by = [t] | - | input.partition-time (line 1) goes with windows.score-from or score-until, and neither is there. Give one, or leave it out.",
      "output { labels = [no, yes], reconstruction-error = mae } | - | output has both labels and reconstruction-error. A model predicts classes or reconstructs its input, not both.",
      "output.columns = [\"*\", a] | - | output.columns (line 1) names columns beside \"*\", which is all of them. Keep one or the other.",
      "output.labels = [yes] | - | output.labels (line 1) should name every class, but names yes alone. A single sigmoid has two.",
      "output { labels = [no, yes], inverse-scaling { mean = 1, std = 2 } } | - | output has both labels and inverse-scaling. A class has no scale; keep the one that fits the model.",
      // scaling
      "features.scaling.a { mean = 1, std = 2, min = 0 } | - | features.scaling.a has two forms of scaling, mean and std as well as min and max. Keep one of them.",
      "features.scaling.a { mean = 1, std = 0 } | - | features.scaling.a.std (line 1) should be above 0, not 0.0: it is a divisor. Leave the column unscaled if it never varied.",
      "features.scaling.a { min = 3, max = 3 } | - | features.scaling.a has min = max = 3.0, and their difference is a divisor. Leave the column unscaled if it never varied.",
      "features.scaling.a { scale = 0 } | - | features.scaling.a.scale (line 1) should not be 0: every value would become the offset.",
      "features.scaling.a { mean = 1 } | - | features.scaling.a has mean but no std. Give both.",
      "features.scaling.a { max = 1 } | - | features.scaling.a has max but no min. Give both.",
      "features.scaling.a { offset = 1 } | - | features.scaling.a has offset but no scale. Give both.",
      "features.scaling.a {} | - | features.scaling.a says nothing. Give mean and std, min and max, or offset and scale.",
      "features.scaling.a { mean = one, std = 2 } | - | features.scaling.a.mean (line 1) should be a number, not \"one\".",
      "features.scaling.a { mean = NaN, std = 2 } | - | features.scaling.a.mean (line 1) should be a number, not \"NaN\".",
      "features { columns = [temp], scaling.tmep { mean = 1, std = 2 } } | features | features.scaling.tmep (line 1) scales no feature. Did you mean temp?",
      "features.scaling.zzzzzz { mean = 1, std = 2 } | - | features.scaling.zzzzzz (line 1) scales no feature. The features are a, b.",
      "features { columns = [\"x.y\"], scaling.x.y { mean = 1, std = 2 } } | features | features.scaling.x (line 1) scales no feature. Dots separate keys: put the column's name in quotes, \"x.y\".",
      "output.inverse-scaling { mean = 0, std = 0 } | - | output.inverse-scaling.std (line 1) should be above 0, not 0.0: it is a divisor. Leave the column unscaled if it never varied.",
      // bare layers
      "model.layers = [{type: Dense, units: 1}] | - | model has layers but no input-shape. Give the shape of one row, input-shape = [4], or [steps, features].",
      "model.input-shape = [4] | - | model.input-shape (line 1) belongs to model.layers, which is missing. Give the layers, or leave it out.",
      "model { architecture = a.json, input-shape = [4], layers = [{type: Dense}] } | - | model has both architecture and layers. Keep the one that describes the weights.",
      "model { layers = [{units: 1}], input-shape = [4] } | - | model.layers (line 1) holds {\"units\":1} at position 1, which has no type. Write a layer as {type: Dense, units: 20, activation: relu}.",
      "model { layers = [], input-shape = [4] } | - | model.layers (line 1) is empty. Name the model's layers in order, [{type: Dense, units: 20}, ...].",
      "model { layers = Dense, input-shape = [4] } | - | model.layers (line 1) should be a list, [{type: Dense, units: 20}, ...], not \"Dense\".",
      "model { layers = [{type: Dense}], input-shape = 4 } | - | model.input-shape (line 1) should be a list of sizes, [4] or [steps, features], not 4.",
      "model { layers = [{type: Dense}], input-shape = [0] } | - | model.input-shape (line 1) should hold whole numbers above 0, or null, not 0.",})
  void saysWhatIsWrongAndWhere(String line, String insteadOf, String message) {
    String job = insteadOf.equals("-") ? JobTexts.with(line) : JobTexts.with(line, insteadOf + ".");
    assertEquals(CANNOT + message, JobTexts.refusal(job));
  }

  @Test
  void reportsAllMistakesOfAFileTogether() {
    assertEquals(CANNOT + "6 problems.\n"
        + "  - --set nonsense is not of the form key=value. Write for instance --set output.mode=overwrite.\n"
        + "  - output.moed (line 6) is not a key of job files. Did you mean output.mode?\n"
        + "  - model has no path. Give the model file or folder as model.path.\n"
        + "  - input has both path and table. Keep one of them.\n"
        + "  - features.scaling.x3 (line 4) scales no feature. Did you mean x1?\n"
        + "  - spark.block-rows (--set) should be a multiple of 16 from 64 to 512, not 20.",
        JobTexts.refusal("""
            model { keras-version = 3 }
            input { path = a, table = b }
            features { columns = [x1, x2]
              scaling { x3 { mean = 1, std = 1 } }
            }
            output { path = out, moed = append }
            """, "spark.block-rows=20", "nonsense"));
  }

  @Test
  void namesAVariableThatIsNotSetAndTheWayAround() {
    assertEquals("Cannot read the job file job.conf: ${DAY} in line 5 is set neither in the environment nor in the job file. "
        + "Set it, or write ${?DAY} where it may be missing.", JobTexts.refusal(JobTexts.SMALLEST + "\ninput.filter = \"day = \"${DAY}"));
  }

  @Test
  void givesTheLineOfASyntaxError() {
    String message = JobTexts.refusal("model.path = m.keras\ninput { path = t\noutput.path = ]");
    assertEquals("Cannot read the job file job.conf: line 3: ", message.substring(0, 43));
    assertEquals(" Mend the syntax there; the format is HOCON.", message.substring(message.length() - 44));
  }

  @Test
  void saysWhichVariableOrSettingAWrongValueCameFrom() {
    assertEquals(CANNOT + "output.mode (--set) should be error, overwrite or append, not \"x\".",
        JobTexts.refusal(JobTexts.SMALLEST, "output.mode=x"));
  }
}
