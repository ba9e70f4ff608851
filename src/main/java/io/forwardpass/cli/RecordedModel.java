package io.forwardpass.cli;

import io.forwardpass.refusal.Refusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A whole-model file that lies beside a {@code cases.npz}. */
final class RecordedModel {
  private static final String CASES = "cases.npz";
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private final String name;
  private final Path model;

  private RecordedModel(String name, Path model) {
    this.name = name;
    this.model = model;
  }

  /** All of them below a folder, by name. */
  static List<RecordedModel> below(String folder, Configuration hadoop) throws IOException {
    Path root = new Path(folder);
    FileSystem files = root.getFileSystem(hadoop);
    root = files.makeQualified(root);
    List<RecordedModel> found = new ArrayList<>();
    try {
      for (RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true); all.hasNext();) {
        Path file = all.next().getPath();
        if (!file.getName().equals(CASES) && files.exists(new Path(file.getParent(), CASES)) && isWholeModel(file, files)) {
          found.add(new RecordedModel(root.toUri().relativize(file.toUri()).getPath(), file));
        }
      }
    } catch (FileNotFoundException e) {
      throw new Refusal(Refusal.Kind.MODEL, "Cannot verify the models below " + folder + ": there is no such folder. Give an existing one.",
          e);
    }
    if (found.isEmpty()) {
      throw Refusal.model("Cannot verify the models below " + folder + ": no whole-model file lies beside a " + CASES
          + ". Record cases beside the models.");
    }
    found.sort(Comparator.comparing(RecordedModel::name));
    return found;
  }

  /** A file whose suffix is a model's is one unless it holds weights alone; of any other file, its content decides. */
  private static boolean isWholeModel(Path file, FileSystem files) throws IOException {
    String suffix = file.getName().substring(file.getName().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean claims = suffix.equals("keras") || suffix.equals("h5") || suffix.equals("hdf5");
    try (InputStream in = files.open(file)) {
      byte[] start = in.readNBytes(HDF5.length);
      if (Arrays.equals(start, HDF5)) {
        return contains(in, "model_config");
      }
    }
    return claims || isArchive(file, files);
  }

  /** The attribute's name is in the file in plain text. */
  private static boolean contains(InputStream in, String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    byte[] buffer = new byte[1 << 16];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        matched = buffer[i] == wanted[matched] ? matched + 1 : buffer[i] == wanted[0] ? 1 : 0;
        if (matched == wanted.length) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isArchive(Path file, FileSystem files) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(files.open(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("config.json")) {
          return true;
        }
      }
    } catch (ZipException e) {
      return false;
    }
    return false;
  }

  /** Its path below the folder. */
  String name() {
    return name;
  }

  String model() {
    return model.toString();
  }

  String cases() {
    return new Path(model.getParent(), CASES).toString();
  }
}
