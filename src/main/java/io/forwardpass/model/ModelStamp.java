package io.forwardpass.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files a model consists of as they are now: path, time of the last change, length. As long as it is equal, nothing is read again. */
final class ModelStamp {
  private record File(Path path, long modified, long length) {}

  private final List<File> files = new ArrayList<>();

  private ModelStamp() {}

  /** Of a file, or of a folder's files; empty where there is none, which reading will refuse. */
  static ModelStamp of(String path, Configuration hadoop) throws IOException {
    ModelStamp stamp = new ModelStamp();
    try {
      Path model = new Path(path);
      FileSystem fileSystem = model.getFileSystem(hadoop);
      stamp.add(fileSystem, fileSystem.getFileStatus(model));
    } catch (FileNotFoundException | IllegalArgumentException reading) {
      stamp.files.clear();
    }
    return stamp;
  }

  private void add(FileSystem fileSystem, FileStatus status) throws IOException {
    if (status.isDirectory()) {
      FileStatus[] inside = fileSystem.listStatus(status.getPath());
      Arrays.sort(inside, Comparator.comparing(FileStatus::getPath));
      for (FileStatus file : inside) {
        add(fileSystem, file);
      }
    } else {
      files.add(new File(status.getPath(), status.getModificationTime(), status.getLen()));
    }
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof ModelStamp stamp && files.equals(stamp.files);
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }
}
