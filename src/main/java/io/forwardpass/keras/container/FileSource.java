package io.forwardpass.keras.container;

import io.forwardpass.refusal.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file or a folder on any Hadoop file system, as whole bytes: models are small. */
public final class FileSource {
  private final FileSystem files;
  private final FileStatus status;

  private FileSource(FileSystem files, FileStatus status) {
    this.files = files;
    this.status = status;
  }

  /** @param what the file is, for the refusal of a path that leads nowhere: {@code model}, {@code architecture} */
  public static FileSource open(String what, String path, Configuration hadoop) {
    String where = path;
    try {
      Path asGiven = new Path(path);
      FileSystem files = asGiven.getFileSystem(hadoop);
      Path full = asGiven.makeQualified(files.getUri(), files.getWorkingDirectory());
      where = full.toString();
      return new FileSource(files, files.getFileStatus(full));
    } catch (FileNotFoundException missing) {
      throw Refusal.model("Cannot read " + what + " " + path + ": there is no file or folder " + where
          + ". Give the path of an existing one; without a scheme it is looked for on fs.defaultFS, here "
          + FileSystem.getDefaultUri(hadoop) + ".");
    } catch (IllegalArgumentException malformed) {
      throw Refusal.model("Cannot read " + what + " '" + path + "': it is not a path (" + malformed.getMessage()
          + "). Give the path of a file or a folder, such as models/mlp.keras or hdfs:///models/mlp.keras.");
    } catch (IOException unreachable) {
      throw new Refusal(Refusal.Kind.MODEL, "Cannot read " + what + " " + where + ": " + said(unreachable)
          + ". Check the path, its permissions and that its file system can be reached.", unreachable);
    }
  }

  public boolean isFolder() {
    return status.isDirectory();
  }

  public String name() {
    return status.getPath().getName();
  }

  public byte[] bytes() {
    if (status.getLen() > Integer.MAX_VALUE - 8) {
      throw Refusal.model("Cannot read " + this + ": it has " + status.getLen()
          + " bytes, and model files of up to 2 GiB are read. Give a smaller model.");
    }
    byte[] bytes = new byte[(int) status.getLen()];
    try (FSDataInputStream in = files.open(status.getPath())) {
      in.readFully(0, bytes);
      return bytes;
    } catch (IOException failed) {
      throw new Refusal(Refusal.Kind.MODEL, "Cannot read " + this + ": " + said(failed)
          + ". Check the file, its permissions and that its file system can be reached.", failed);
    }
  }

  /** What a folder holds, by name, without hidden files and the markers that Spark and Hadoop leave. */
  public List<FileSource> children() {
    List<FileSource> children = new ArrayList<>();
    try {
      for (FileStatus child : files.listStatus(status.getPath())) {
        String name = child.getPath().getName();
        if (!name.startsWith(".") && !name.equals("_SUCCESS")) {
          children.add(new FileSource(files, child));
        }
      }
    } catch (IOException failed) {
      throw new Refusal(Refusal.Kind.MODEL, "Cannot list " + this + ": " + said(failed)
          + ". Check the folder, its permissions and that its file system can be reached.", failed);
    }
    children.sort(Comparator.comparing(FileSource::name));
    return children;
  }

  private static String said(IOException failure) {
    String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    return message.lines().findFirst().orElse("").replaceAll("[. ]+$", "");
  }

  /** The full path, with its file system. */
  @Override
  public String toString() {
    return status.getPath().toString();
  }
}
