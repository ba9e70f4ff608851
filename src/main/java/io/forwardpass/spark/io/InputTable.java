package io.forwardpass.spark.io;

import io.forwardpass.config.JobConfig;
import io.forwardpass.refusal.FailureText;
import io.forwardpass.refusal.Problems;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Opens the table to be scored; Spark reads nothing of it yet but what it needs to know its columns. */
public final class InputTable {
  /** Spark's own formats of files; others may understand by a path what they like. */
  public static final Set<String> FILE_FORMATS = Set.of("parquet", "csv", "orc", "json", "text", "avro", "xml");

  private final SparkSession session;
  private final JobConfig.Input config;
  private final Locations locations;
  private final Problems problems;

  public InputTable(SparkSession session, JobConfig.Input config, Locations locations, Problems problems) {
    this.session = session;
    this.config = config;
    this.locations = locations;
    this.problems = problems;
  }

  /** The rows to score; empty where they cannot be had, which is then a problem. */
  public Optional<Dataset<Row>> open() throws IOException {
    Optional<Dataset<Row>> table = config.table().isPresent() ? fromCatalog(config.table().get()) : fromPath(config.path().orElseThrow());
    return config.filter().isEmpty() ? table : table.map(rows -> filtered(rows, config.filter().get()));
  }

  private Optional<Dataset<Row>> fromCatalog(String name) {
    try {
      return Optional.of(session.table(name));
    } catch (Exception e) {
      if (!isForUsers(e)) {
        throw e;
      }
      problems.add("the table " + name + " cannot be read. Spark says: " + FailureText.sentence(e));
      return Optional.empty();
    }
  }

  private Optional<Dataset<Row>> fromPath(String path) throws IOException {
    String format = config.format().toLowerCase(Locale.ROOT);
    Path qualified = locations.qualified(path);
    if (FILE_FORMATS.contains(format)) {
      FileStatus[] found = locations.fileSystem(qualified).globStatus(qualified);
      if (found == null || found.length == 0) {
        problems.add("there is nothing at input.path " + path + " (" + qualified + "). Correct the path.");
        return Optional.empty();
      }
    }
    var reader = session.read().format(config.format()).options(options(config, format));
    if (config.schema().isPresent()) {
      Optional<StructType> schema = schema(config.schema().get());
      if (schema.isEmpty()) {
        return Optional.empty();
      }
      reader = reader.schema(schema.get());
    }
    try {
      return Optional.of(reader.load(FILE_FORMATS.contains(format) ? qualified.toString() : path));
    } catch (Exception e) {
      Optional<Throwable> forUsers = FailureText.chain(e).filter(InputTable::isForUsers).findFirst();
      if (forUsers.isEmpty()) {
        throw e;
      }
      Throwable said = forUsers.get();
      problems.add(said instanceof ClassNotFoundException || isOf(said, "DATA_SOURCE_NOT_FOUND")
          ? "Spark knows no format " + config.format() + ", which input.format names. Use parquet, csv, orc or json, "
              + "or add the format's jar."
          : path + " cannot be read as " + config.format() + ". Spark says: " + FailureText.sentence(said) + advice(said));
      return Optional.empty();
    }
  }

  private static String advice(Throwable said) {
    if (!isOf(said, "PARQUET_TYPE_")) {
      return "";
    }
    String type = ((SparkThrowable) said).getMessageParameters().getOrDefault("parquetType", "");
    return type.contains("TIMESTAMP(NANOS") ? " Have nanoseconds read as whole numbers: --conf spark.sql.legacy.parquet.nanosAsLong=true."
        : " Leave that column out: name the others, with their types, in input.schema.";
  }

  /** CSV has a header unless the job says otherwise, and types are inferred where it gives no schema. */
  private static Map<String, String> options(JobConfig.Input config, String format) {
    Map<String, String> options = new HashMap<>(config.options());
    if (format.equals("csv")) {
      putIfAbsent(options, "header", "true");
      if (config.schema().isEmpty()) {
        putIfAbsent(options, "inferSchema", "true");
      }
    }
    return options;
  }

  /** Spark takes options whatever their case. */
  static void putIfAbsent(Map<String, String> options, String name, String value) {
    if (options.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
      options.put(name, value);
    }
  }

  private Optional<StructType> schema(String ddl) {
    try {
      return Optional.of(StructType.fromDDL(ddl));
    } catch (Exception e) {
      if (!isForUsers(e)) {
        throw e;
      }
      problems.add("input.schema is not understood: " + FailureText.sentence(e) + " Write it as \"id long, x1 double\".");
      return Optional.empty();
    }
  }

  private Dataset<Row> filtered(Dataset<Row> table, String filter) {
    try {
      return table.filter(filter);
    } catch (Exception e) {
      if (!isForUsers(e)) {
        throw e;
      }
      problems.add("input.filter \"" + filter + "\" is not understood: " + FailureText.sentence(e)
          + " Write an SQL condition over the table's columns.");
      return table;
    }
  }

  private static boolean isOf(Throwable said, String condition) {
    return said instanceof SparkThrowable known && known.getCondition() != null && known.getCondition().startsWith(condition);
  }

  /** Whether Spark speaks of what was asked for, rather than of something of its own that broke. */
  public static boolean isForUsers(Throwable e) {
    return e instanceof AnalysisException || e instanceof ClassNotFoundException
        || (e instanceof SparkThrowable known && known.getCondition() != null && !known.getCondition().startsWith("INTERNAL"));
  }

}
