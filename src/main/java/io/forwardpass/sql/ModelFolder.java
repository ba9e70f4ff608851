package io.forwardpass.sql;

import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.io.Locations;
import io.forwardpass.sql.call.ForwardpassCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Where calls may find models. A call's path is read by the driver, with the driver's rights: {@code spark.forwardpass.models.only}
 * keeps those who write SQL to the folder {@code spark.forwardpass.models}. Both are set where Spark is started, and cannot be
 * changed by SQL.
 */
final class ModelFolder {
  static final String FOLDER = "spark.forwardpass.models";
  static final String ONLY = "spark.forwardpass.models.only";

  private final Locations locations;
  private final String folder; // null for none
  private final boolean only;

  ModelFolder(SparkSession session) {
    SparkConf conf = session.sparkContext().conf();
    locations = new Locations(session.sessionState().newHadoopConf());
    folder = conf.get(FOLDER, null);
    only = conf.getBoolean(ONLY, false);
    if (only && folder == null) {
      throw Refusal.table("Cannot call " + ForwardpassCall.NAME + ": " + ONLY + " is true, but " + FOLDER
          + " names no folder. Set both where Spark is started.");
    }
  }

  /** The path a call means: within the folder where it is a relative one. Refused where it leads to elsewhere and must not. */
  String resolve(String path) {
    try {
      Path given = new Path(path);
      boolean relative = given.toUri().getScheme() == null && !given.isAbsolute();
      String meant = folder != null && relative ? new Path(folder, given).toString() : path;
      if (only) {
        checkWithin(path, meant);
      }
      return meant;
    } catch (IllegalArgumentException e) {
      throw e instanceof Refusal refusal ? refusal : new Refusal(Refusal.Kind.MODEL, "Cannot read model '" + path + "': it is not a path ("
          + e.getMessage() + "). Give the path of a file or a folder, such as models/mlp.keras.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkWithin(String path, String meant) throws IOException {
    Path real = locations.real(locations.qualified(meant));
    boolean goesUp = Arrays.asList(real.toUri().getPath().split("/")).contains("..");
    if (goesUp || !Locations.isWithin(real, locations.real(locations.qualified(folder)))) {
      throw Refusal.table("Cannot read model " + path + ": it is not in " + folder + ", and " + ONLY
          + " allows no other folder. Have the model put there.");
    }
  }
}
