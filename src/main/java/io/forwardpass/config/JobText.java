package io.forwardpass.config;

import io.forwardpass.refusal.FailureText;
import io.forwardpass.refusal.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The text of a job file, wherever it is stored. */
final class JobText {
  private final Path path;
  private final String location;
  private final String content;

  private JobText(Path path, String location, String content) {
    this.path = path;
    this.location = location;
    this.content = content;
  }

  static JobText read(String path, Configuration hadoop) throws IOException {
    Path file;
    try {
      file = new Path(path);
    } catch (IllegalArgumentException e) {
      throw refusal(path, FailureText.firstLine(e), e);
    }
    // A driver on the cluster finds what --files shipped in its working directory, whatever fs.defaultFS is.
    boolean plainName = file.toUri().getScheme() == null && path.indexOf('/') < 0;
    try {
      FileSystem files = file.getFileSystem(hadoop);
      if (plainName && !files.exists(file) && Files.isRegularFile(Paths.get(path))) {
        file = new Path(Paths.get(path).toAbsolutePath().toUri());
        files = FileSystem.getLocal(hadoop);
      }
      if (files.getFileStatus(file).isDirectory()) {
        throw refusal(path, "it is a folder", null);
      }
      try (FSDataInputStream in = files.open(file)) {
        return new JobText(file, files.makeQualified(file).toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (FileNotFoundException e) {
      throw refusal(path,
          "there is no such file" + (plainName || !file.toUri().isAbsolute() ? " on " + FileSystem.getDefaultUri(hadoop) : ""), e);
    } catch (IOException e) {
      throw refusal(path, FailureText.firstLine(e), e);
    }
  }

  private static Refusal refusal(String path, String why, Exception cause) {
    return new Refusal(Refusal.Kind.COMMAND, "Cannot read the job file " + path + ": " + why
        + ". Give the path of a readable job file, with its scheme if it is not on fs.defaultFS.", cause);
  }

  String content() {
    return content;
  }

  /** Its whole path, with its file system. */
  String location() {
    return location;
  }

  /** A path that this file mentions relative to itself. */
  String sibling(String name) {
    Path parent = path.getParent();
    return parent == null ? name : new Path(parent, name).toString();
  }
}
