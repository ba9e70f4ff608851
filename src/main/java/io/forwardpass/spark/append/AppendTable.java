package io.forwardpass.spark.append;

import io.forwardpass.model.ModelHash;
import io.forwardpass.spark.append.parquet.Codecs;
import io.forwardpass.spark.append.parquet.FileNotes;
import io.forwardpass.spark.append.parquet.NotAppendable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import scala.jdk.javaapi.CollectionConverters;

/** A Parquet table that predictions can be appended to, and how its row groups are shared out; driver side. */
public final class AppendTable {
  private static final String ATTEMPTS = "_attempts"; // a name that readers of the output pass over

  private final AppendRequest request;
  private final FeatureScan features;
  private final String[] kept;
  private final List<SourceFile> files;
  private final List<Share> shares;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final CompressionCodecName codec;

  private AppendTable(AppendRequest request, FeatureScan features, String[] kept, List<SourceFile> files, List<Share> shares,
      Broadcast<SerializableConfiguration> hadoop, CompressionCodecName codec) {
    this.request = request;
    this.features = features;
    this.kept = kept;
    this.files = files;
    this.shares = shares;
    this.hadoop = hadoop;
    this.codec = codec;
  }

  /** @throws NotAppendable with the reason, where the table has to be written row by row */
  public static AppendTable of(AppendRequest request) throws NotAppendable, IOException {
    SparkSession session = request.session();
    HadoopFsRelation relation = new PlainTable(request).relation();
    CompressionCodecName codec = Codecs.named(request.config().output().options());
    FeatureScan features = new FeatureScan(session, relation, request.needed());
    List<String> partitions = List.of(relation.partitionSchema().fieldNames());
    List<Attribute> kept = request.kept().stream().filter(column -> !partitions.contains(column.name())).toList();
    List<Attribute> columns = new ArrayList<>(kept);
    request.needed().stream().filter(column -> !partitions.contains(column.name())).forEach(columns::add);
    Configuration conf = session.sessionState().newHadoopConfWithOptions(
        scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(request.config().output().options())));
    Broadcast<SerializableConfiguration> hadoop = JavaSparkContext.fromSparkContext(session.sparkContext())
        .broadcast(new SerializableConfiguration(conf));
    SourceFiles source = new SourceFiles(session, relation);
    List<SourceFile> files = source.read(source.list(), columns, conf, hadoop);
    SQLConf settings = session.sessionState().conf();
    int cores = settings.filesMinPartitionNum().isDefined() ? (int) settings.filesMinPartitionNum().get()
        : session.sparkContext().defaultParallelism();
    List<Share> shares = Share.cut(files, settings.filesMaxPartitionBytes(), settings.filesOpenCostInBytes(), cores);
    return new AppendTable(request, features, kept.stream().map(Attribute::name).toArray(String[]::new), files, shares, hadoop, codec);
  }

  /** What the batches hold that scoring will be given. */
  public FeatureScan features() {
    return features;
  }

  /** Of the whole table, as its footers say. */
  public long rows() {
    return files.stream().mapToLong(file -> file.groups.rows()).sum();
  }

  /** In words: {@code 8 row groups of 8 files carried over in 2 tasks}. */
  public String describe() {
    long groups = files.stream().mapToLong(file -> file.groups.filled()).sum();
    return String.format(Locale.ROOT, "%,d row %s of %,d %s carried over in %,d %s", groups, groups == 1 ? "group" : "groups", files.size(),
        files.size() == 1 ? "file" : "files", shares.size(), shares.size() == 1 ? "task" : "tasks");
  }

  /**
   * Scores the table and writes it to a folder, which holds files of successful task attempts only when this returns.
   *
   * @param scoring makes of batches of features batches with the new columns behind them
   */
  public void write(Path folder, FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> scoring) throws IOException {
    Configuration conf = hadoop.value().value();
    FileSystem files = folder.getFileSystem(conf);
    Path attempts = new Path(folder, ATTEMPTS);
    files.mkdirs(attempts);
    StructType added = request.added();
    FileNotes notes = new FileNotes(ModelHash.of(request.model(), request.config().model().path(), conf), version(), kept, added);
    AppendTask task = new AppendTask(hadoop, new PieceScoring(features.reader(), scoring, features.rows().size()),
        new OutputForm(kept, added, notes, codec), attempts);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(request.session().sparkContext());
    long rows = 0;
    for (List<WrittenFile> share : spark.parallelize(shares, shares.size()).map(task).collect()) {
      for (WrittenFile file : share) {
        move(files, file, folder);
        rows += file.rows;
      }
    }
    files.delete(attempts, true);
    if (rows != rows()) {
      throw new IllegalStateException("the footers name " + rows() + " rows, but " + rows + " were written");
    }
    files.create(new Path(folder, "_SUCCESS")).close();
  }

  private static void move(FileSystem files, WrittenFile file, Path folder) throws IOException {
    Path from = new Path(file.path);
    Path to = file.folder.isEmpty() ? folder : new Path(folder + "/" + file.folder);
    files.mkdirs(to);
    if (!files.rename(from, new Path(to, from.getName()))) {
      throw new IOException("could not move " + from + " to " + to);
    }
  }

  private static String version() {
    String version = AppendTable.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
