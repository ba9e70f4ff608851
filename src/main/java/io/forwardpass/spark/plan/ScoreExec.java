package io.forwardpass.spark.plan;

import io.forwardpass.config.WindowsConfig.OnDuplicate;
import io.forwardpass.network.Network;
import io.forwardpass.spark.interop.Distributions;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.interop.SortOrders;
import io.forwardpass.spark.task.Counts;
import io.forwardpass.spark.task.Scoring;
import io.forwardpass.spark.task.SeriesOrder;
import io.forwardpass.spark.task.TaskPlan;
import io.forwardpass.spark.window.LastRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.physical.AllTuples$;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.catalyst.plans.physical.OrderedDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The physical operator: columnar over a columnar child, over rows otherwise. With windows it asks for rows clustered by
 * series and sorted by time, and Spark plans the shuffle and the sort that the table still lacks.
 */
public final class ScoreExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private final SparkPlan child;
  private final Seq<Attribute> needed;
  private final Seq<Attribute> added;
  private final Scoring scoring;
  private final Broadcast<Network> network;
  private final Counts counts;

  /** Public and with every field, as Catalyst copies nodes by reflection. */
  public ScoreExec(SparkPlan child, Seq<Attribute> needed, Seq<Attribute> added, Scoring scoring, Broadcast<Network> network,
      Counts counts) {
    this.child = child;
    this.needed = needed;
    this.added = added;
    this.scoring = scoring;
    this.network = network;
    this.counts = counts;
  }

  @Override
  public boolean supportsColumnar() {
    return scoring.windows() == null && child.supportsColumnar();
  }

  /** With the classes of its columns, the generated code above calls them directly. */
  @Override
  public Option<Seq<String>> vectorTypes() {
    if (!supportsColumnar() || child.vectorTypes().isEmpty()) {
      return Option.empty();
    }
    List<String> types = new ArrayList<>(ScalaLists.list(child.vectorTypes().get()));
    types.addAll(Collections.nCopies(added.size(), OnHeapColumnVector.class.getName()));
    return Option.apply(ScalaLists.seq(types));
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    BatchTask task = new BatchTask(network, plan().broadcast(spark()), counts);
    return child.executeColumnar().toJavaRDD().mapPartitions(task).rdd();
  }

  @Override
  public RDD<InternalRow> doExecute() {
    if (scoring.windows() != null && scoring.windows().partitioning().isRange()) {
      return executeRanges();
    }
    RowTask task = new RowTask(network, plan().broadcast(spark()), counts);
    return child.execute().toJavaRDD().mapPartitions(task).rdd();
  }

  /** Each range gets the last rows of those before it, found in the shuffled rows before they are sorted. */
  private RDD<InternalRow> executeRanges() {
    JavaRDD<InternalRow> rows = child.execute().toJavaRDD();
    SeriesOrder order = scoring.windows().order();
    int before = scoring.windows().rules().lookBack() - 1;
    TaskPlan plan = plan();
    int[] ties = order.onDuplicate() == OnDuplicate.ERROR ? new int[0] : order.ties();
    LastRows last = new LastRows(before, at(order.place(), plan.ordinals()), at(ties, plan.ordinals()),
        order.onDuplicate() == OnDuplicate.LAST, plan.rows());
    List<UnsafeRow[]> befores = LastRows.before(unsorted(child).execute().toJavaRDD().mapPartitions(last).collect(), before);
    if (befores.isEmpty()) {
      return rows.rdd();
    }
    JavaRDD<UnsafeRow[]> handed = JavaSparkContext.fromSparkContext(spark()).parallelize(befores, befores.size());
    return rows.zipPartitions(handed, new RangeTask(new RowTask(network, plan.broadcast(spark()), counts))).rdd();
  }

  private static int[] at(int[] columns, int[] ordinals) {
    return Arrays.stream(columns).map(column -> ordinals[column]).toArray();
  }

  /** The same rows in the same partitions, without the sort where there is one. */
  private static SparkPlan unsorted(SparkPlan plan) {
    SparkPlan inner = plan instanceof WholeStageCodegenExec generated ? generated.child() : plan;
    return inner instanceof SortExec sort && !sort.global() ? sort.child() : plan;
  }

  private TaskPlan plan() {
    return new TaskPlan(scoring, ScalaLists.list(needed), ScalaLists.list(child.output()));
  }

  private SparkContext spark() {
    return child.session().sparkContext();
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    if (scoring.windows() == null) {
      return super.requiredChildDistribution();
    }
    SeriesOrder order = scoring.windows().order();
    if (scoring.windows().partitioning().isRange()) {
      return ScalaLists.seq(List.of(new OrderedDistribution(ScalaLists.seq(ascending(order.place())))));
    }
    List<Expression> series = columns(order.series());
    return ScalaLists.seq(List.of(series.isEmpty() ? AllTuples$.MODULE$ : Distributions.clustered(series)));
  }

  @Override
  public Seq<Seq<SortOrder>> requiredChildOrdering() {
    if (scoring.windows() == null) {
      return super.requiredChildOrdering();
    }
    SeriesOrder order = scoring.windows().order();
    List<SortOrder> orders = ascending(order.place());
    switch (order.onDuplicate()) { // the row to keep comes first
      case FIRST -> orders.addAll(ascending(order.ties()));
      case LAST -> columns(order.ties()).forEach(column -> orders.add(SortOrders.descending(column)));
      case ERROR -> {} // whatever their order, the run stops
    }
    return ScalaLists.seq(List.of(ScalaLists.seq(orders)));
  }

  private List<SortOrder> ascending(int[] indices) {
    List<SortOrder> orders = new ArrayList<>();
    columns(indices).forEach(column -> orders.add(SortOrders.ascending(column)));
    return orders;
  }

  private List<Expression> columns(int[] indices) {
    List<Attribute> attributes = ScalaLists.list(needed);
    List<Expression> columns = new ArrayList<>();
    for (int index : indices) {
      columns.add(attributes.get(index));
    }
    return columns;
  }

  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public Map<String, SQLMetric> metrics() {
    return counts.asMap();
  }

  @Override
  public String nodeName() {
    return name(scoring);
  }

  @Override
  public scala.collection.Iterator<Object> stringArgs() {
    return arguments(scoring);
  }

  static String name(Scoring scoring) {
    return scoring.windows() == null ? "ForwardpassScore" : "ForwardpassWindows";
  }

  static scala.collection.Iterator<Object> arguments(Scoring scoring) {
    List<Object> arguments = new ArrayList<>(List.of(scoring.model(), Arrays.toString(scoring.columns())));
    if (scoring.windows() != null) {
      arguments.add("look-back " + scoring.windows().rules().lookBack());
      arguments.add("partitioned " + scoring.windows().partitioning());
    }
    arguments.add(Stream.of(scoring.predictions().columns()).map(column -> column.name()).toList().toString());
    return CollectionConverters.asScala(arguments).iterator();
  }

  static AttributeSet set(Seq<Attribute> attributes) {
    return AttributeSet.apply(CollectionConverters.<Expression>asScala(List.<Expression>copyOf(ScalaLists.list(attributes))));
  }

  @Override
  public Seq<SparkPlan> children() {
    return ScalaLists.seq(List.of(child));
  }

  @Override
  public Seq<Attribute> output() {
    List<Attribute> all = new ArrayList<>(ScalaLists.list(child.output()));
    all.addAll(ScalaLists.list(added));
    return ScalaLists.seq(all);
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return new ScoreExec(children.apply(0), needed, added, scoring, network, counts);
  }

  @Override
  public AttributeSet producedAttributes() {
    return set(added);
  }

  @Override
  public AttributeSet references() {
    return set(needed);
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> child;
      case 1 -> needed;
      case 2 -> added;
      case 3 -> scoring;
      case 4 -> network;
      case 5 -> counts;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public int productArity() {
    return 6;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ScoreExec;
  }

  /** Whatever counts what they do: equal nodes give equal rows. */
  @Override
  public boolean equals(Object object) {
    return this == object || (object instanceof ScoreExec other && child.equals(other.child) && needed.equals(other.needed)
        && added.equals(other.added)
        && network.equals(other.network) && scoring.equals(other.scoring));
  }

  @Override
  public int hashCode() {
    return (child.hashCode() * 31 + needed.hashCode()) * 31 + added.hashCode();
  }
}
