package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.NotAppendable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetInputFormat;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.immutable.Map;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's vectorised reader on just the columns that scoring reads; partition columns come after those of the files. */
public final class FeatureScan {
  private final HadoopFsRelation relation;
  private final SparkSession session;
  private final StructType columns;
  private final int[] ordinals;
  private final StructType rows;

  FeatureScan(SparkSession session, HadoopFsRelation relation, List<Attribute> needed) throws NotAppendable {
    this.relation = relation;
    List<String> partitions = Arrays.asList(relation.partitionSchema().fieldNames());
    List<StructField> fields = new ArrayList<>();
    ordinals = new int[needed.size()];
    for (int i = 0; i < ordinals.length; i++) {
      String name = needed.get(i).name();
      if (!partitions.contains(name)) {
        ordinals[i] = fields.size();
        fields.add(relation.dataSchema().apply(name));
      }
    }
    for (int i = 0; i < ordinals.length; i++) {
      if (partitions.contains(needed.get(i).name())) {
        ordinals[i] = fields.size() + partitions.indexOf(needed.get(i).name());
      }
    }
    columns = new StructType(fields.toArray(StructField[]::new));
    List<StructField> all = new ArrayList<>(fields);
    all.addAll(List.of(relation.partitionSchema().fields()));
    rows = new StructType(all.toArray(StructField[]::new));
    // Spark reads batches only where it would generate code for them; none is generated here, however many features there are
    this.session = session.cloneSession();
    this.session.conf().set("spark.sql.codegen.wholeStage", "true");
    this.session.conf().set("spark.sql.codegen.maxFields", String.valueOf(Integer.MAX_VALUE));
    NotAppendable.when(!new ParquetFileFormat().supportBatch(this.session, rows),
        "Spark does not read the features in batches");
  }

  /** By needed column: where it stands in a batch. */
  public int[] ordinals() {
    return ordinals.clone();
  }

  /** The columns of a batch. */
  public StructType rows() {
    return rows;
  }

  Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader() throws IOException {
    @SuppressWarnings("unchecked") // to javac, Scala's updated gives a map of anything
    Map<String, String> options = relation.options().updated(FileFormat.OPTION_RETURNING_BATCH(), "true");
    Configuration hadoop = session.sessionState().newHadoopConfWithOptions(relation.options());
    if (isLocal(hadoop)) {
      // vectored reads of local files are made one after another by one other thread, for which the task would wait
      hadoop.setBooleanIfUnset(ParquetInputFormat.HADOOP_VECTORED_IO_ENABLED, false);
    }
    return new ParquetFileFormat().buildReaderWithPartitionValues(session, relation.dataSchema(), relation.partitionSchema(), columns,
        CollectionConverters.<Filter>asScala(List.<Filter>of()).toSeq(), options, hadoop);
  }

  private boolean isLocal(Configuration hadoop) throws IOException {
    for (Path root : CollectionConverters.asJava(relation.location().rootPaths())) {
      if (!(root.getFileSystem(hadoop) instanceof LocalFileSystem)) {
        return false;
      }
    }
    return true;
  }
}
