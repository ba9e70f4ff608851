package io.forwardpass.model;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Names a model by its files' bytes, so that a prediction can be traced to what made it. */
public final class ModelHash {
  private ModelHash() {}

  /** {@code model.keras sha-256:…}; of a folder's files in the order of their names. The name alone where there is no such file. */
  public static String of(String name, String path, Configuration hadoop) throws IOException {
    Path model = new Path(path);
    return model.getFileSystem(hadoop).exists(model) ? name + " sha-256:" + of(path, hadoop) : name;
  }

  /** The hash alone, in hexadecimal, of a file or folder that is there. */
  static String of(String path, Configuration hadoop) throws IOException {
    Path model = new Path(path);
    FileSystem files = model.getFileSystem(hadoop);
    MessageDigest hash = sha256();
    add(files, files.getFileStatus(model), hash);
    return HexFormat.of().formatHex(hash.digest());
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static void add(FileSystem files, FileStatus status, MessageDigest hash) throws IOException {
    if (status.isDirectory()) {
      FileStatus[] inside = files.listStatus(status.getPath());
      Arrays.sort(inside, Comparator.comparing(file -> file.getPath().getName()));
      for (FileStatus file : inside) {
        add(files, file, hash);
      }
      return;
    }
    try (InputStream in = files.open(status.getPath())) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hash.update(buffer, 0, read);
      }
    }
  }
}
