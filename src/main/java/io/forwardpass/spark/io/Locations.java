package io.forwardpass.spark.io;

import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Paths as what they really name: qualified, and with symbolic links followed on a local file system. */
public final class Locations {
  private final Configuration hadoop;

  public Locations(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }

  public Path qualified(String path) throws IOException {
    try {
      Path given = new Path(path);
      return fileSystem(given).makeQualified(given);
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw new Refusal(Refusal.Kind.TABLE, "Cannot reach " + path + ": " + InputTable.firstLine(e)
          + " Correct the path, or add the jar of its file system.", e);
    }
  }

  public Path real(Path path) throws IOException {
    Path qualified = fileSystem(path).makeQualified(path);
    if (!"file".equals(qualified.toUri().getScheme())) {
      return qualified;
    }
    java.nio.file.Path existing = java.nio.file.Path.of(qualified.toUri().getPath());
    java.nio.file.Path rest = java.nio.file.Path.of("");
    while (existing != null && !java.nio.file.Files.exists(existing)) {
      rest = existing.getFileName().resolve(rest);
      existing = existing.getParent();
    }
    return existing == null ? qualified : new Path("file", null, existing.toRealPath().resolve(rest).normalize().toString());
  }

  /** Whether a path is another one, or lies below it. */
  public static boolean isWithin(Path path, Path folder) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (at.equals(folder)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a path is one that a pattern takes in, or lies below one. */
  public static boolean isWithinPattern(Path path, Path pattern) {
    if (!Objects.equals(path.toUri().getScheme(), pattern.toUri().getScheme())
        || !Objects.equals(path.toUri().getAuthority(), pattern.toUri().getAuthority())) {
      return false;
    }
    Path at = path;
    while (at.depth() > pattern.depth()) {
      at = at.getParent();
    }
    Path wanted = pattern;
    while (at.depth() == wanted.depth() && at.depth() > 0) {
      if (!GlobPattern.compile(wanted.getName()).matcher(at.getName()).matches()) {
        return false;
      }
      at = at.getParent();
      wanted = wanted.getParent();
    }
    return at.depth() == wanted.depth();
  }

  public boolean exists(Path path) {
    try {
      return fileSystem(path).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
