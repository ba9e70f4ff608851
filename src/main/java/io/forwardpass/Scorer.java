package io.forwardpass;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobFile;
import io.forwardpass.config.JobKeys;
import io.forwardpass.config.Scaling;
import io.forwardpass.model.FeatureNames;
import io.forwardpass.model.LoadedModel;
import io.forwardpass.model.ModelCache;
import io.forwardpass.network.Network;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.DryRun;
import io.forwardpass.spark.ScoreJob;
import io.forwardpass.spark.Summary;
import io.forwardpass.spark.TableScoring;
import io.forwardpass.sql.CallColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Scores tables, and rows in memory, with a trained Keras model: the way in for Java and Scala.
 *
 * <pre>{@code
 * Dataset<Row> scored = Scorer.of("models/churn.keras")
 *     .features("age", "visits", "spend", "tenure")          // in the order of training
 *     .scale("age", Scaling.standard(41.2, 12.9))
 *     .labels("stays", "leaves")
 *     .invalidRows(InvalidPolicy.KEEP)
 *     .score(customers);
 *
 * Dataset<Row> forecast = Scorer.of("models/load.keras")
 *     .features("temperature", "humidity", "load")
 *     .windows(Windows.by("meter").orderBy("t").step("15 minutes"))
 *     .score(readings);
 *
 * float[][] answers = Scorer.of("models/churn.keras").predict(new float[][] {{41f, 3f, 120f, 5f}});   // no Spark session
 * }</pre>
 *
 * <p>A scorer is immutable and may be shared by threads: each method that says more returns a scorer of its own. What it can say is what
 * a job file can ({@link #set}), and it is checked by the same rules; predictions have the same bits as a job's. Nothing is read before
 * the first method that needs the model, which is then read once in this JVM, and anew by whoever asks after its file has changed: a
 * dataset that was made before keeps the model it was made with.
 *
 * <p>Whatever a user can mend is thrown as a {@link Refusal}, an {@code IllegalArgumentException} whose message says what cannot be done,
 * why, and what to do, all problems at once. Messages name settings by their keys in a job file ({@code features.columns}).
 */
public final class Scorer {
  private static final OptionalInt MODELS_OWN = OptionalInt.empty();

  private final JobKeys keys;
  private final byte[] content; // of the model, or null where it is read from its path
  private final Configuration hadoop; // or null for that of the session there is
  private volatile RowPredictor predictor; // made by the first call of predict

  private Scorer(JobKeys keys, byte[] content, Configuration hadoop) {
    this.keys = keys;
    this.content = content;
    this.hadoop = hadoop;
  }

  /**
   * Of a model file or folder.
   *
   * @param path on any Hadoop path; without a scheme it is on {@code fs.defaultFS}, as everywhere in Spark
   */
  public static Scorer of(String path) {
    return new Scorer(JobKeys.ofModel(path), null, null);
  }

  /** Of a whole-model file's bytes ({@code .keras}, {@code .h5}), wherever they come from. */
  public static Scorer of(byte[] model) {
    byte[] copy = model.clone();
    return new Scorer(JobKeys.ofModel(ModelCache.nameOf(copy)), copy, null);
  }

  /**
   * As a job file says.
   *
   * @param path the job file, on any Hadoop path; its input and output are those of {@link #run}, other tables take its features,
   *     windows, policies and names
   * @throws Refusal if there is no such file, or its syntax is wrong
   */
  public static Scorer fromJob(String path) {
    return fromJob(path, List.of(), sessionsHadoop());
  }

  /**
   * As a job file says, with some keys otherwise.
   *
   * @param settings {@code key=value} each, in force over the file
   * @param hadoop what knows the file systems of job file and model
   */
  public static Scorer fromJob(String path, List<String> settings, Configuration hadoop) {
    try {
      return new Scorer(JobFile.keys(path, settings, hadoop), null, hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @param columns one number column per feature, in the order of training; for models of one input */
  public Scorer features(String... columns) {
    return with(keys.with("features.columns", List.of(columns)));
  }

  /** @param column an array or vector column with all features of a row; for models of one input */
  public Scorer featuresColumn(String column) {
    return with(keys.with("features.column", column));
  }

  /** As {@link #features}, for one input of a model that has several, by its name in the model. */
  public Scorer input(String modelInput, String... columns) {
    return with(keys.with("features.inputs", modelInput, Map.of("columns", List.of(columns))));
  }

  /** As {@link #featuresColumn}, for one input of a model that has several, by its name in the model. */
  public Scorer inputColumn(String modelInput, String column) {
    return with(keys.with("features.inputs", modelInput, Map.of("column", column)));
  }

  /** Scales a feature before the network, as it was in training; computed in double, narrowed to float once after. */
  public Scorer scale(String column, Scaling scaling) {
    return with(keys.with("features.scaling", column, scaling.keys()));
  }

  /** How the training target was scaled; undone on every prediction. */
  public Scorer inverseScaling(Scaling scaling) {
    return with(keys.with("output.inverse-scaling", scaling.keys()));
  }

  /** @param names of the classes in the model's order, two for a single sigmoid: adds the columns label and probability */
  public Scorer labels(String... names) {
    return with(keys.with("output.labels", List.of(names)));
  }

  /** What becomes of rows with a null or NaN feature: by default they stop the run; KEEP gives them null and {@code prediction_error}. */
  public Scorer invalidRows(InvalidPolicy policy) {
    return with(keys.with("invalid-rows.policy", policy.name().toLowerCase(Locale.ROOT)));
  }

  /** The name of the new column, {@code prediction} by default; models of several outputs append {@code _<output>} to it. */
  public Scorer prediction(String name) {
    return with(keys.with("output.prediction", name));
  }

  /** Feeds a model that takes sequences with look-back windows over the rows. */
  public Scorer windows(Windows windows) {
    return with(windows.in(keys));
  }

  /**
   * Any key of a job file.
   *
   * @param key as in {@code conf/reference.conf}: {@code output.prediction-as}
   * @param value as in a job file: {@code columns}, {@code 12}, {@code [a, b]}
   */
  public Scorer set(String key, String value) {
    return with(keys.withSetting(key, value));
  }

  private Scorer with(JobKeys changed) {
    return new Scorer(changed, content, hadoop);
  }

  /**
   * The table with its predictions, not yet computed: all its columns, then the new ones. The operator shows in the plan as
   * {@code ForwardpassScore}, or {@code ForwardpassWindows}.
   *
   * @throws Refusal if the model cannot be run or does not fit the table, naming every problem; with {@link InvalidPolicy#ERROR} an
   *     invalid row stops the job that computes the result
   */
  public Dataset<Row> score(Dataset<?> table) {
    return scoring(table).dataset();
  }

  /**
   * The model's prediction as a column, as the SQL function {@code forwardpass} gives it: a number, an array of several, or a structure
   * of several outputs or of labels. Where the session was started with this jar on its class path it becomes the same operator.
   *
   * @param columns one number for each feature, in the order of training, or one array or vector column; none to take {@link #features}
   * @throws Refusal if there are windows, if invalid rows are to be skipped, or another number of columns than features; a column of the
   *     wrong type is refused when the result is analysed. Rows that are kept without a prediction have null
   */
  public Column score(Column... columns) {
    JobKeys job = keys.atHand();
    boolean named = FeatureNames.areIn(job);
    LoadedModel model = model((named ? job : job.with("features.columns", List.of("x"))).job());
    return CallColumns.column(named ? job : FeatureNames.numbered(job, model.network()), named, model, List.of(columns));
  }

  /**
   * What {@link #score(Dataset)} would return for a table of this schema; refuses as it would, and reads no row. Needs an active
   * session.
   */
  public StructType schema(StructType table) {
    return score(SparkSession.active().createDataFrame(List.of(), table)).schema();
  }

  private TableScoring scoring(Dataset<?> table) {
    org.apache.spark.sql.classic.Dataset<?> rows = (org.apache.spark.sql.classic.Dataset<?>) table;
    JobConfig job = keys.atHand().job();
    return new TableScoring(rows.sparkSession(), rows.logicalPlan(), job, model(job));
  }

  /**
   * What the model makes of rows in memory; with the scaling, inverse scaling and policy for invalid rows of this scorer. Needs no Spark
   * session; any number of threads may call it.
   *
   * @param rows (rows, numbers of the model's one input); of a model that takes sequences a row is (steps × features), step by step.
   *     Where {@link #features} were named, in that order
   * @return (rows, numbers of the model's one output); a row of NaN for an invalid row, where the policy is not ERROR
   * @throws Refusal if a row has another length, or is invalid and the policy is ERROR
   */
  public float[][] predict(float[][] rows) {
    RowPredictor ready = predictor();
    Network network = ready.network();
    if (network.inputs() > 1 || network.outputs() > 1) {
      throw Refusal.command("Cannot predict: the model has the inputs " + inputNames(network) + " and the outputs " + outputNames(network)
          + ", and one array is neither. Call predict with a map by their names.");
    }
    return ready.predict(new float[][][] {rows})[0];
  }

  /** As {@link #predict(float[][])}, for models of several inputs or outputs: both by their names in the model. */
  public Map<String, float[][]> predict(Map<String, float[][]> rows) {
    RowPredictor ready = predictor();
    Network network = ready.network();
    List<String> names = inputNames(network);
    if (!rows.keySet().equals(Set.copyOf(names))) {
      throw Refusal.command("Cannot predict: the model has the inputs " + names + ", but rows are given for " + new TreeSet<>(rows.keySet())
          + ". Give rows for each input, by its name.");
    }
    float[][][] outputs = ready.predict(names.stream().map(rows::get).toArray(float[][][]::new));
    Map<String, float[][]> named = new LinkedHashMap<>();
    for (int o = 0; o < outputs.length; o++) {
      named.put(network.outputName(o), outputs[o]);
    }
    return named;
  }

  private static List<String> inputNames(Network network) {
    return IntStream.range(0, network.inputs()).mapToObj(network::inputName).toList();
  }

  private static List<String> outputNames(Network network) {
    return IntStream.range(0, network.outputs()).mapToObj(network::outputName).toList();
  }

  private RowPredictor predictor() {
    RowPredictor ready = predictor;
    if (ready == null) {
      JobKeys own = keys.atHand();
      boolean named = FeatureNames.areIn(own);
      JobConfig job = named ? own.job() : null;
      LoadedModel model = named ? model(job) : model(own.with("features.columns", List.of("x")).job());
      ready = new RowPredictor(model.network(), named ? job : FeatureNames.numbered(own, model.network()).job());
      predictor = ready;
    }
    return ready;
  }

  /**
   * What this scorer says, checked, with every default.
   *
   * @throws Refusal that names everything that is wrong with it
   */
  public JobConfig job() {
    return keys.job();
  }

  /**
   * What the user should know about the model though nothing is wrong with it, such as float64 weights narrowed to float32.
   *
   * @throws Refusal if the model cannot be read or run
   */
  public List<String> notices() {
    return model(keys.job()).notices();
  }

  /**
   * Runs the job: from the input of its job file to its output.
   *
   * @throws Refusal if it cannot; what was at the output stays
   */
  public Summary run(SparkSession session) throws IOException {
    return scoreJob(session).run();
  }

  /** Checks everything and scores the first rows of the job's input; writes nothing. */
  public DryRun dryRun(SparkSession session) throws IOException {
    return scoreJob(session).dryRun();
  }

  private ScoreJob scoreJob(SparkSession session) {
    JobConfig job = keys.job();
    LoadedModel model = model(job);
    return new ScoreJob(session, job, model.network(), model.name());
  }

  private LoadedModel model(JobConfig job) {
    OptionalInt lookBack = job.windows().map(windows -> windows.form().lookBack()).orElse(MODELS_OWN);
    return content != null ? ModelCache.of(content, lookBack)
        : ModelCache.of(job.model(), lookBack, hadoop != null ? hadoop : sessionsHadoop());
  }

  /** Of the session there is; without one, what lies on the class path. */
  private static Configuration sessionsHadoop() {
    Option<SparkSession> session = SparkSession.getActiveSession();
    return session.isEmpty() ? new Configuration()
        : ((org.apache.spark.sql.classic.SparkSession) session.get()).sessionState().newHadoopConf();
  }
}
