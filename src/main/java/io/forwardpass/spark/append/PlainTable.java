package io.forwardpass.spark.append;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.spark.append.parquet.NotAppendable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;

/** Decides by the job and the plan, before a file is looked at, whether the input is Parquet files whose columns can be carried over. */
final class PlainTable {
  private final AppendRequest request;
  private final JobConfig.Output output;
  private final SQLConf conf;

  PlainTable(AppendRequest request) {
    this.request = request;
    output = request.config().output();
    conf = request.session().sessionState().conf();
  }

  HadoopFsRelation relation() throws NotAppendable {
    checkOutput();
    NotAppendable.when(request.config().windows().isPresent(), "look-back windows are built across rows");
    NotAppendable.when(request.config().invalidRows().policy() == InvalidPolicy.SKIP,
        "rows that cannot be scored are left out (invalid-rows.policy = skip)");
    NotAppendable.when(request.config().input().filter().isPresent(), "input.filter leaves rows out");
    HadoopFsRelation relation = files(request.input());
    NotAppendable.when(relation.fileFormat().getClass() != ParquetFileFormat.class, "the input is not Parquet");
    checkReading(relation);
    checkPartitions(relation);
    return relation;
  }

  private void checkOutput() throws NotAppendable {
    NotAppendable.when(output.table().isPresent(), "the output is a table");
    NotAppendable.when(!output.format().equalsIgnoreCase("parquet"), "output.format is " + output.format());
    NotAppendable.when(conf.maxRecordsPerFile() > 0 || isSet(output.options(), "maxRecordsPerFile"), "maxRecordsPerFile is set");
    NotAppendable.when(request.kept().isEmpty(), "output.columns keeps no column");
  }

  private static HadoopFsRelation files(LogicalPlan plan) throws NotAppendable {
    LogicalPlan input = plan;
    while (input instanceof SubqueryAlias alias) {
      input = alias.child();
    }
    if (input instanceof LogicalRelation relation && relation.relation() instanceof HadoopFsRelation files) {
      NotAppendable.when(relation.isStreaming(), "the input is a stream");
      return files;
    }
    throw new NotAppendable("the input is not a plain table of files, but " + input.nodeName());
  }

  private void checkReading(HadoopFsRelation relation) throws NotAppendable {
    Map<String, String> options = scala.jdk.javaapi.CollectionConverters.asJava(relation.options());
    NotAppendable.when(conf.isParquetSchemaMergingEnabled() || isTrue(options, "mergeSchema"), "the files' schemas are merged");
    NotAppendable.when(conf.ignoreCorruptFiles() || isTrue(options, "ignoreCorruptFiles"), "corrupt files are ignored");
    NotAppendable.when(conf.ignoreMissingFiles() || isTrue(options, "ignoreMissingFiles"), "missing files are ignored");
    NotAppendable.when(conf.parquetFieldIdReadEnabled(), "columns are found by field id");
    NotAppendable.when(!conf.parquetVectorizedReaderEnabled(), "spark.sql.parquet.enableVectorizedReader is false");
  }

  /** The folders of the input's partitions become those of the output's. */
  private void checkPartitions(HadoopFsRelation relation) throws NotAppendable {
    List<String> partitions = List.of(relation.partitionSchema().fieldNames());
    List<String> wanted = output.partitionBy();
    boolean same = wanted.size() == partitions.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = wanted.get(i).equalsIgnoreCase(partitions.get(i));
    }
    NotAppendable.when(!wanted.isEmpty() && !same, "output.partition-by = [" + String.join(", ", wanted) + "] cuts the table anew");
    NotAppendable.when(!partitions.isEmpty() && wanted.isEmpty() && output.mode() == WriteMode.APPEND,
        "output.mode is append, and output.partition-by does not say that the output has the input's partitions");
    List<String> kept = new ArrayList<>();
    for (Attribute column : request.kept()) {
      kept.add(column.name().toLowerCase(Locale.ROOT));
    }
    for (String partition : partitions) {
      NotAppendable.when(!kept.contains(partition.toLowerCase(Locale.ROOT)), "output.columns leaves out the partition column " + partition);
    }
    NotAppendable.when(kept.size() == partitions.size(), "output.columns keeps no column of the files");
  }

  private static boolean isSet(Map<String, String> options, String name) {
    return options.keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static boolean isTrue(Map<String, String> options, String name) {
    return options.entrySet().stream()
        .anyMatch(option -> name.equalsIgnoreCase(option.getKey()) && Boolean.parseBoolean(option.getValue()));
  }
}
