package io.forwardpass.spark.io;

import io.forwardpass.config.JobConfig.WriteMode;
import io.forwardpass.refusal.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Publishes a folder of files whole or not at all: they are written to a hidden folder beside the target, then moved.
 * Whatever fails on the way, what was at the target stays, and nothing else is left.
 */
public final class FileOutput {
  private final FileSystem files;
  private final Path target;
  private final Path staging;
  private final Path former;
  private final Path newFolder; // the outermost folder above the target that is not there yet; null where all are
  private final Deque<Path> moved = new ArrayDeque<>(); // files and folders that append has put in place, last first

  /** @param target itself, not a symbolic link to it, which would be moved in its place */
  public FileOutput(FileSystem files, Path target) throws IOException {
    this.files = files;
    this.target = target;
    String mark = UUID.randomUUID().toString();
    staging = new Path(target.getParent(), "." + target.getName() + ".staging-" + mark);
    former = new Path(target.getParent(), "." + target.getName() + ".former-" + mark);
    newFolder = outermostMissing(target.getParent());
  }

  private Path outermostMissing(Path folder) throws IOException {
    Path missing = null;
    for (Path at = folder; at != null && !files.exists(at); at = at.getParent()) {
      missing = at;
    }
    return missing;
  }

  /** Makes the staging folder; it goes with the JVM if not before. */
  public Path stage() throws IOException {
    files.mkdirs(staging);
    files.deleteOnExit(staging);
    return staging;
  }

  /** Moves what was written to its place. */
  public void publish(WriteMode mode) throws IOException {
    boolean there = files.exists(target);
    if (there && mode == WriteMode.ERROR) {
      throw new IOException(target + " appeared while the job ran");
    }
    if (there && !files.getFileStatus(target).isDirectory()) {
      throw Refusal.table("Cannot write the predictions to " + target + ": it became a file while the job ran, and they are written to"
          + " a folder. Choose another output.path.");
    }
    Optional<String> objection = there && mode == WriteMode.OVERWRITE ? new ReplacedFolder(files, target).objection(List.of())
        : Optional.empty();
    if (objection.isPresent()) {
      throw Refusal.table("Cannot overwrite " + target + ": it " + objection.get());
    }
    if (there && mode == WriteMode.APPEND) {
      append();
    } else {
      replace(there);
    }
    files.delete(staging, true);
    files.cancelDeleteOnExit(staging);
  }

  private void replace(boolean there) throws IOException {
    if (there) {
      move(target, former);
    }
    try {
      move(staging, target);
    } catch (IOException | RuntimeException e) {
      if (there) {
        move(former, target);
      }
      throw e;
    }
    if (there) {
      files.delete(former, true);
    }
  }

  /** Puts the new files among the old ones, into the partitions' folders. */
  private void append() throws IOException {
    try {
      for (Path file : dataFiles(staging)) {
        Path folder = new Path(target, relative(file.getParent()));
        makeFolder(folder);
        Path to = new Path(folder, file.getName());
        if (files.exists(to)) {
          to = new Path(folder, UUID.randomUUID() + "-" + file.getName());
        }
        move(file, to);
        moved.push(to);
      }
    } catch (IOException | RuntimeException e) {
      for (Path path : moved) {
        files.delete(path, false);
      }
      throw e;
    }
  }

  private void makeFolder(Path folder) throws IOException {
    if (!files.exists(folder)) {
      makeFolder(folder.getParent());
      files.mkdirs(folder);
      moved.push(folder);
    }
  }

  private String relative(Path folder) {
    String below = files.makeQualified(staging).toUri().relativize(files.makeQualified(folder).toUri()).getPath();
    return below.isEmpty() ? "." : below;
  }

  private List<Path> dataFiles(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus status : files.listStatus(folder)) {
      String name = status.getPath().getName();
      if (status.isDirectory()) {
        found.addAll(dataFiles(status.getPath()));
      } else if (!name.startsWith("_") && !name.startsWith(".")) {
        found.add(status.getPath());
      }
    }
    return found;
  }

  private void move(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("could not move " + from + " to " + to);
    }
  }

  Path staging() {
    return staging;
  }

  /**
   * Removes what a failed run began.
   *
   * @param forGood whether no task of it runs any more; otherwise the staging folder goes once more with the JVM
   */
  public void discard(boolean forGood) throws IOException {
    files.delete(staging, true);
    if (forGood) {
      files.cancelDeleteOnExit(staging);
    }
    for (Path at = target.getParent(); newFolder != null && at != null && at.depth() >= newFolder.depth(); at = at.getParent()) {
      if (!removeIfEmpty(at)) {
        return;
      }
    }
  }

  private boolean removeIfEmpty(Path folder) throws IOException {
    try {
      return files.listStatus(folder).length == 0 && files.delete(folder, false);
    } catch (FileNotFoundException gone) {
      return true;
    }
  }
}
