package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.io.InputTable;
import io.forwardpass.spark.io.Locations;
import io.forwardpass.spark.io.ReplacedFolder;
import io.forwardpass.spark.prediction.Predictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Whether the predictions can be written where and as the job says. */
public final class OutputCheck {
  private final SparkSession session;
  private final JobConfig config;
  private final Locations locations;
  private final Problems problems;

  public OutputCheck(SparkSession session, JobConfig config, Locations locations, Problems problems) {
    this.session = session;
    this.config = config;
    this.locations = locations;
    this.problems = problems;
  }

  public void checkPlace() throws IOException {
    JobConfig.Output output = config.output();
    if (output.table().isPresent()) {
      checkTable(output.table().get(), output.mode());
      return;
    }
    Path path = locations.qualified(output.path().orElseThrow());
    checkFolder(path, output.mode());
    boolean readsFiles = InputTable.FILE_FORMATS.contains(config.input().format().toLowerCase(Locale.ROOT));
    if (config.input().path().isPresent() && readsFiles) {
      Path input = locations.qualified(config.input().path().get());
      if (Locations.isWithinPattern(path, input)) {
        problems.add(within(path, input));
      }
    }
    checkFormat(output.format());
  }

  private void checkFolder(Path path, WriteMode mode) throws IOException {
    Optional<FileStatus> there = locations.nearest(path);
    if (path.isRoot()) {
      problems.add("the output path " + path + " is the root of its file system. Choose a folder below it.");
    } else if (there.isPresent() && !there.get().isDirectory()) {
      Path file = there.get().getPath();
      problems.add("the output path " + path + (file.equals(path) ? " is" : " lies below " + file + ", which is")
          + " not a folder, and predictions are written to a folder. Choose another output.path.");
    } else if (mode == WriteMode.ERROR && locations.exists(path)) {
      problems.add("the output path " + path + " is there already. Remove it, choose another output.path, "
          + "or set output.mode to overwrite or append.");
    } else if (mode == WriteMode.OVERWRITE && locations.exists(path)) {
      checkReplaced(path, locations.real(path));
    }
  }

  /** Overwriting deletes the whole folder, and with it whatever else it holds. */
  private void checkReplaced(Path path, Path folder) throws IOException {
    List<Path> known = new ArrayList<>();
    checkHolds(path, folder, "the model", List.of(config.model().path()), known);
    checkHolds(path, folder, "the model's architecture", config.model().architecture().stream().toList(), known);
    checkHolds(path, folder, "the job file", config.files(), known);
    if (config.input().path().isPresent()) {
      Path input = locations.real(Locations.beforePattern(locations.qualified(config.input().path().get())));
      if (Locations.isWithin(input, folder)) {
        problems.add(input.equals(folder) ? within(folder, input) : around(folder, input));
        known.add(input);
      }
    }
    new ReplacedFolder(locations.fileSystem(folder), folder).objection(known)
        .ifPresent(objection -> problems.add("output.mode is overwrite, but the output " + path + " " + objection));
  }

  private void checkHolds(Path path, Path folder, String what, List<String> places, List<Path> known) throws IOException {
    for (String place : places) {
      Path real = locations.real(locations.qualified(place));
      if (Locations.isWithin(real, folder)) {
        problems.add("output.mode is overwrite, but the output " + path + (real.equals(folder) ? " is " : " holds ") + what + " " + place
            + ". Choose another output.path.");
        known.add(real);
      }
    }
  }

  private void checkTable(String table, WriteMode mode) {
    if (config.input().table().isPresent() && config.input().table().get().equalsIgnoreCase(table)) {
      problems.add("output.table is the input's, " + table + ". Write to another table.");
    } else if (mode == WriteMode.ERROR && session.catalog().tableExists(table)) {
      problems.add("the table " + table + " is there already. Drop it, choose another output.table, "
          + "or set output.mode to overwrite or append.");
    }
    checkFormat(config.output().format());
  }

  private void checkFormat(String format) {
    if (!isKnown(format)) {
      problems.add("Spark knows no format " + format + ", which output.format names. Use parquet, csv, orc or json, "
          + "or add the format's jar.");
    }
  }

  private boolean isKnown(String format) {
    try {
      return DataSource.lookupDataSource(format, session.sessionState().conf()) != null;
    } catch (Exception e) {
      if (!InputTable.isForUsers(e)) {
        throw e;
      }
      return false;
    }
  }

  /** Compares with the folders that the input really reads: what a pattern, a link or a table's name stands for. */
  public void checkApart(LogicalPlan input) throws IOException {
    if (config.output().path().isEmpty()) {
      return;
    }
    Path output = locations.real(locations.qualified(config.output().path().get()));
    for (LogicalPlan leaf : ScalaLists.list(input.collectLeaves())) {
      if (leaf instanceof LogicalRelation relation && relation.relation() instanceof HadoopFsRelation files) {
        for (Path root : ScalaLists.list(files.location().rootPaths())) {
          Path real = locations.real(root);
          if (Locations.isWithin(output, real)) {
            problems.add(within(output, real));
          } else if (Locations.isWithin(real, output)) {
            problems.add(around(output, real));
          }
        }
      }
    }
  }

  private static String within(Path output, Path input) {
    return "the output " + output + (output.equals(input) ? " is the input itself" : " lies inside the input " + input)
        + ". Write to a folder apart from the input.";
  }

  private static String around(Path output, Path input) {
    return "the input " + input + " lies inside the output " + output + ". Write to a folder apart from the input.";
  }

  /** The input's columns that go to the output, in the table's order or the job's. */
  public List<Attribute> kept(Columns columns) {
    if (config.output().columns().contains("*")) {
      return columns.all();
    }
    List<Attribute> kept = new ArrayList<>();
    for (String name : config.output().columns()) {
      Optional.ofNullable(columns.find(name, "output.columns", problems)).ifPresent(kept::add);
    }
    return kept;
  }

  public void checkColumns(List<Attribute> kept, Predictions predictions, Columns columns) {
    List<String> names = new ArrayList<>();
    for (StructField field : predictions.schema().fields()) {
      if (!field.name().equals(Predictions.KEPT)) {
        for (Attribute column : kept) {
          if (columns.same(column.name(), field.name())) {
            problems.add("the table already has a column " + column.name() + ", and scoring adds one of that name. "
                + (predictions.isNamedByJob(field.name()) ? "Set output.prediction to another name, or leave" : "Leave")
                + " the column out of output.columns.");
          }
        }
        names.add(field.name());
      }
    }
    kept.forEach(column -> names.add(column.name()));
    checkPartitions(names, columns);
    if (config.output().path().isPresent() && config.output().format().equalsIgnoreCase("csv")) {
      kept.stream().filter(column -> isNested(column.dataType())).forEach(column -> problems.add("the column " + column.name()
          + " is of type " + column.dataType().simpleString()
          + ", which CSV cannot hold. Leave it out of output.columns, or write parquet."));
    }
  }

  /** As {@link #checkColumns}, for the column that label-offset adds. */
  public void checkTimeColumn(List<Attribute> kept, Columns columns) {
    String name = LabelTime.column(config);
    if (config.windows().get().labelOffset().isPresent() && kept.stream().anyMatch(column -> columns.same(column.name(), name))) {
      problems.add("the table already has a column " + name + ", and windows.label-offset adds one of that name. "
          + "Set output.prediction to another name, or leave the column out of output.columns.");
    }
  }

  private void checkPartitions(List<String> names, Columns columns) {
    List<String> partitions = config.output().partitionBy();
    for (String partition : partitions) {
      if (names.stream().noneMatch(name -> columns.same(name, partition))) {
        problems.add("the output has no column " + partition + ", which output.partition-by names. "
            + Nearest.to(partition, names).map(nearest -> "Did you mean " + nearest + "?")
                .orElse("Its columns are " + String.join(", ", names) + "."));
      }
    }
  }

  private static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType || type instanceof UserDefinedType<?>;
  }
}
