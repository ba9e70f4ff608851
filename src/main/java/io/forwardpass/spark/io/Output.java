package io.forwardpass.spark.io;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.spark.interop.SqlNames;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;
import scala.collection.immutable.Seq;

/** Writes the scored rows to files or to a table. */
public final class Output {
  private final SparkSession session;
  private final JobConfig.Output config;
  private final RunTasks tasks;
  private Optional<String> left = Optional.empty();

  public Output(SparkSession session, JobConfig.Output config, RunTasks tasks) {
    this.session = session;
    this.config = config;
    this.tasks = tasks;
  }

  /** Of a run that failed: what tasks may still leave that could not be stopped. */
  public Optional<String> left() {
    return left;
  }

  /** Where they are. */
  public String write(Dataset<Row> rows) throws IOException, ParseException {
    return config.table().isPresent() ? writeTable(rows, config.table().get())
        : writeFiles(folder -> writer(rows).mode(SaveMode.Append).save(folder.toString()));
  }

  /** Fills a folder with files. */
  public interface Files {
    void write(Path folder) throws IOException;
  }

  public String writeFiles(Files written) throws IOException {
    Locations locations = new Locations(session.sessionState().newHadoopConf());
    Path target = locations.qualified(config.path().orElseThrow());
    FileOutput output = new FileOutput(locations.fileSystem(target), locations.real(target));
    boolean done = false;
    try {
      written.write(output.stage());
      output.publish(config.mode());
      done = true;
    } finally {
      if (!done) {
        discard(output);
      }
    }
    return target.toString();
  }

  private void discard(FileOutput output) throws IOException {
    boolean ended = tasks.stop();
    output.discard(ended);
    if (!ended) {
      left = Optional.of("Tasks of it could not be stopped within " + tasks.patience().toSeconds() + " s; what they still write, to "
          + output.staging() + ", is removed when they have ended.");
      tasks.whenEnded(() -> output.discard(true));
    }
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows) {
    Map<String, String> options = new HashMap<>(config.options());
    if (config.format().equalsIgnoreCase("csv")) {
      InputTable.putIfAbsent(options, "header", "true");
    }
    DataFrameWriter<Row> writer = rows.write().format(config.format()).options(options);
    return config.partitionBy().isEmpty() ? writer : writer.partitionBy(config.partitionBy().toArray(String[]::new));
  }

  /** A table that is replaced stays until the new one is complete. */
  private String writeTable(Dataset<Row> rows, String table) throws IOException, ParseException {
    boolean there = session.catalog().tableExists(table);
    if (there && config.mode() == WriteMode.APPEND) {
      rows.select(columns(rows, table)).write().insertInto(table);
    } else if (there && config.mode() == WriteMode.OVERWRITE) {
      replaceTable(rows, table);
    } else {
      create(rows, table);
    }
    return table;
  }

  /** Spark leaves the folder of a managed table whose creation failed. */
  private void create(Dataset<Row> rows, String table) throws IOException, ParseException {
    boolean done = false;
    try {
      writer(rows).mode(SaveMode.ErrorIfExists).saveAsTable(table);
      done = true;
    } finally {
      if (!done && !tasks.stop()) {
        left = Optional.of("Tasks of it could not be stopped within " + tasks.patience().toSeconds() + " s; should a folder of the table "
            + table + " be left when they have ended, remove it.");
      }
      if (!done && !session.catalog().tableExists(table)) {
        discardFolder(table);
      }
    }
  }

  private void discardFolder(String table) throws IOException, ParseException {
    Seq<String> name = session.sessionState().sqlParser().parseMultipartIdentifier(table);
    if (name.size() <= 2) {
      Path folder = new Path(session.sessionState().catalog()
          .defaultTablePath(session.sessionState().sqlParser().parseTableIdentifier(table)));
      folder.getFileSystem(session.sessionState().newHadoopConf()).delete(folder, true);
    }
  }

  /** {@code insertInto} goes by position. */
  private Column[] columns(Dataset<Row> rows, String table) {
    return Arrays.stream(session.table(table).columns()).map(name -> rows.col(SqlNames.quoted(name))).toArray(Column[]::new);
  }

  private void replaceTable(Dataset<Row> rows, String table) throws IOException, ParseException {
    String mark = "_" + UUID.randomUUID().toString().replace("-", "").substring(0, 8);
    String staging = table + "_staging" + mark;
    String former = table + "_former" + mark;
    boolean done = false;
    try {
      create(rows, staging);
      session.sql("ALTER TABLE " + table + " RENAME TO " + former);
      session.sql("ALTER TABLE " + staging + " RENAME TO " + table);
      done = true;
    } finally {
      if (!done) {
        session.sql("DROP TABLE IF EXISTS " + staging);
        if (!session.catalog().tableExists(table) && session.catalog().tableExists(former)) {
          session.sql("ALTER TABLE " + former + " RENAME TO " + table);
        }
      }
    }
    session.sql("DROP TABLE " + former);
  }
}
