package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.NotAppendable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileStatusWithMetadata;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.jdk.javaapi.CollectionConverters;

/** The files of a table, by Spark's own listing, with their row groups; driver side. */
final class SourceFiles {
  private static final int HERE = 32; // from this many files on, their footers are read by tasks, as Spark does with listings

  private final SparkSession session;
  private final HadoopFsRelation relation;
  private final String[] partitions;

  SourceFiles(SparkSession session, HadoopFsRelation relation) {
    this.session = session;
    this.relation = relation;
    partitions = relation.partitionSchema().fieldNames();
  }

  List<ListedFile> list() throws NotAppendable {
    List<ListedFile> files = new ArrayList<>();
    var none = CollectionConverters.<org.apache.spark.sql.catalyst.expressions.Expression>asScala(
        List.<org.apache.spark.sql.catalyst.expressions.Expression>of()).toSeq();
    for (PartitionDirectory directory : CollectionConverters.asJava(relation.location().listFiles(none, none))) {
      for (FileStatusWithMetadata file : CollectionConverters.asJava(directory.files())) {
        FileStatus status = file.fileStatus();
        if (status.getLen() > 0) { // Spark passes over empty ones too
          files.add(new ListedFile(SparkPath.fromPath(status.getPath()).urlEncoded(), status.getLen(), status.getModificationTime(),
              directory.values(), folder(status.getPath())));
        }
      }
    }
    NotAppendable.when(files.isEmpty(), "the input has no files");
    files.sort(Comparator.comparing(file -> file.path)); // a listing has no order, but partitions and a writer's files have
    return files;
  }

  /** {@code year=2024/month=5}, as it is spelt. */
  private String folder(Path file) throws NotAppendable {
    Path at = file.getParent();
    String folder = "";
    for (int i = partitions.length - 1; i >= 0; i--) {
      String name = at.getName();
      int equals = name.indexOf('=');
      NotAppendable.when(equals < 0 || !name.substring(0, equals).equalsIgnoreCase(partitions[i]),
          "the folder " + at + " is not named after the partition column " + partitions[i]);
      folder = folder.isEmpty() ? name : name + "/" + folder;
      at = at.getParent();
    }
    return folder;
  }

  /** Reads all footers, and checks them against one another and against the table. */
  List<SourceFile> read(List<ListedFile> files, List<Attribute> columns, Configuration hadoop,
      Broadcast<SerializableConfiguration> broadcast) throws NotAppendable, IOException {
    ListedFile first = files.get(0);
    FileMetaData footer = FooterScan.footer(first, hadoop);
    checkTypes(first, footer, columns);
    String[] names = columns.stream().map(Attribute::name).distinct().toArray(String[]::new);
    FooterScan scan = new FooterScan(broadcast, names, partitions, footer, first.name());
    List<FooterScan.Found> found = new ArrayList<>();
    if (files.size() <= HERE) {
      for (ListedFile file : files) {
        found.add(scan.call(file));
      }
    } else {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      found.addAll(spark.parallelize(files, Math.min(files.size() / HERE + 1, 4 * spark.defaultParallelism())).map(scan).collect());
    }
    List<SourceFile> read = new ArrayList<>();
    for (FooterScan.Found file : found) {
      NotAppendable.when(file.reason != null, file.reason);
      read.add(file.file);
    }
    return read;
  }

  /** A table may be declared with other types than its files have. */
  private void checkTypes(ListedFile file, FileMetaData footer, List<Attribute> columns) throws NotAppendable, IOException {
    var whole = new ParquetMetadataConverter().fromParquetMetadata(footer).getFileMetaData();
    Set<String> names = columns.stream().map(Attribute::name).collect(Collectors.toSet());
    // the others may be of types that Spark does not read at all
    MessageType needed = new MessageType(whole.getSchema().getName(),
        whole.getSchema().getFields().stream().filter(field -> names.contains(field.getName())).toList());
    StructType types = ParquetFileFormat.readSchemaFromFooter(
        new Footer(file.location(),
            new ParquetMetadata(
                new org.apache.parquet.hadoop.metadata.FileMetaData(needed, whole.getKeyValueMetaData(), whole.getCreatedBy()), List.of())),
        new ParquetToSparkSchemaConverter(session.sessionState().conf()));
    for (Attribute column : columns) {
      NotAppendable.when(types.getFieldIndex(column.name()).isEmpty(), file.name() + " has no column " + column.name());
      StructField field = types.apply(column.name());
      NotAppendable.when(!DataType.equalsIgnoreNullability(field.dataType(), column.dataType()), column.name() + " is "
          + field.dataType().simpleString() + " in " + file.name() + ", but is read as " + column.dataType().simpleString());
    }
  }
}
