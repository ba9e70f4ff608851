package io.forwardpass.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.keras.array.NpyArray;
import io.forwardpass.keras.array.NpyHeader;
import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.keras.container.ArrayFiles;
import io.forwardpass.keras.container.FileSource;
import io.forwardpass.keras.container.Hdf5File;
import io.forwardpass.keras.container.NpzFile;
import io.forwardpass.keras.container.ZipArchive;
import io.forwardpass.keras.weights.FlatStore;
import io.forwardpass.keras.weights.WeightNotices;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Reads a model from any Hadoop path; what kind of file it is, its content tells. */
public final class ModelFiles {
  private static final String SAVE = "model.save(\"model.keras\")";
  private static final String EXPORT = "Export the model with " + SAVE + ".";

  private ModelFiles() {}

  /**
   * Reads a whole model, or weights with their architecture beside them.
   *
   * @param path file or folder; no scheme means fs.defaultFS
   * @param architecture path of a {@code model.to_json()} file, for files that hold weights alone
   * @param bareLayers a Sequential config in JSON made from the job file, for arrays that come without any architecture
   * @param kerasMajor whose maths applies where neither file nor JSON tells
   * @throws io.forwardpass.refusal.Refusal of kind MODEL for whatever cannot be read, saying why and what to do
   */
  public static SavedModel read(String path, Optional<String> architecture, Optional<JsonNode> bareLayers, int kerasMajor,
      Configuration hadoop) throws IOException {
    FileSource file = FileSource.open("model", path, hadoop);
    Optional<Architecture> beside = Architecture.given(architecture, bareLayers, kerasMajor, hadoop);
    return file.isFolder() ? readFolder(file, beside, kerasMajor)
        : readFile(file.toString(), file.name(), file.bytes(), beside, kerasMajor);
  }

  /** As {@link #read}, of a model whose file's bytes are at hand. {@code source} is what messages call it. */
  public static SavedModel read(byte[] bytes, String source, int kerasMajor) {
    return readFile(source, source, bytes, Optional.empty(), kerasMajor);
  }

  /** The arrays of a {@code .npz} file by name ({@code x0}, {@code y0}, …), in the file's order. */
  public static NpzFile readNpz(String path, Configuration hadoop) throws IOException {
    FileSource file = FileSource.open("arrays", path, hadoop);
    byte[] bytes = file.isFolder() ? new byte[0] : file.bytes();
    if (!ZipArchive.isZip(bytes)) {
      throw Refusal.model("Cannot read arrays " + file + ": it is not a .npz file. Write it with np.savez.");
    }
    ZipArchive zip = new ZipArchive("arrays " + file, bytes);
    if (!NpzFile.isNpz(zip)) {
      throw Refusal.model("Cannot read arrays " + file + ": it is a zip, and not of arrays: " + zip.names() + ". Write it with np.savez.");
    }
    return new NpzFile("arrays " + file, zip);
  }

  private static SavedModel readFile(String source, String name, byte[] bytes, Optional<Architecture> architecture, int kerasMajor) {
    // what only a first byte can tell is asked first: HDF5's signature may also stand further on, and then be that of an archive's member
    if (ZipArchive.isZip(bytes)) {
      return readZip(source, bytes, architecture, kerasMajor);
    }
    if (NpyHeader.isNpy(bytes)) {
      StoredArray array = NpyArray.parse("model " + source, name, bytes).stored();
      return arrays(source, "NumPy array (.npy)", List.of(array), required(source, architecture));
    }
    if (Hdf5File.isHdf5(bytes)) {
      return Hdf5Model.read(source, bytes, architecture);
    }
    throw unknown(source, bytes);
  }

  private static SavedModel readZip(String source, byte[] bytes, Optional<Architecture> architecture, int kerasMajor) {
    ZipArchive zip = new ZipArchive("model " + source, bytes);
    Optional<KerasArchive> archive = KerasArchive.in(source, zip);
    if (archive.isPresent()) {
      return archive.get().read(architecture, kerasMajor);
    }
    if (NpzFile.isNpz(zip)) {
      List<StoredArray> arrays = ArrayFiles.ofNpz(new NpzFile("model " + source, zip));
      return arrays(source, "NumPy arrays (.npz)", arrays, required(source, architecture));
    }
    refuseSavedModel(source, zip.names());
    throw Refusal.model("Cannot read model " + source + ": it is a zip without config.json, and so no .keras archive; it holds "
        + zip.names() + ". " + EXPORT);
  }

  private static SavedModel readFolder(FileSource folder, Optional<Architecture> architecture, int kerasMajor) {
    String source = folder.toString();
    List<FileSource> children = folder.children();
    List<String> names = children.stream().map(FileSource::name).toList();
    Optional<KerasArchive> archive = KerasArchive.in(source, children);
    if (archive.isPresent()) {
      return archive.get().read(architecture, kerasMajor);
    }
    refuseSavedModel(source, names);
    if (!ArrayFiles.areIn(children)) {
      throw Refusal.model("Cannot read model " + source + ": it is a folder with neither config.json (an unzipped .keras archive) nor"
          + " .npy or .csv files; it holds " + names + ". Give a model file, or the folder of arrays itself.");
    }
    boolean text = names.stream().noneMatch(name -> name.toLowerCase(Locale.ROOT).endsWith(".npy"));
    Architecture beside = required(source, architecture);
    return arrays(source, text ? "folder of arrays (.csv)" : "folder of arrays (.npy)", ArrayFiles.ofFolder(source, children), beside);
  }

  private static SavedModel arrays(String source, String format, List<StoredArray> arrays, Architecture architecture) {
    List<String> notices = new ArrayList<>(architecture.notices());
    notices.addAll(WeightNotices.of(arrays));
    return new SavedModel(source, format + " " + architecture.words(), architecture.version(source, Optional.empty()),
        architecture.model(), new FlatStore(arrays), notices);
  }

  /** The architecture that a file of weights alone needs beside it. */
  static Architecture required(String source, Optional<Architecture> architecture) {
    return architecture.orElseThrow(() -> Refusal.model("Cannot read model " + source
        + ": it holds weights alone, without the layers they belong to. Give its architecture, a file made by model.to_json()"
        + " (model.architecture, --architecture), or the layers in the job file (model.layers)."));
  }

  /** Two architectures would leave open which one counts. */
  static void refuseArchitecture(String source, Optional<Architecture> architecture) {
    if (architecture.isPresent()) {
      throw Refusal.model("Cannot read model " + source + " " + architecture.get().words()
          + ": it is a whole model and has an architecture of its own. Leave out the one given beside it.");
    }
  }

  private static void refuseSavedModel(String source, List<String> names) {
    if (names.stream().anyMatch(name -> name.equals("saved_model.pb") || name.endsWith("/saved_model.pb"))) {
      throw Refusal.model("Cannot read model " + source + ": it is a TensorFlow SavedModel (saved_model.pb), a program rather than layers"
          + " and weights. Load it in Python where it was made and export the model with " + SAVE + ".");
    }
  }

  private static Refusal unknown(String source, byte[] bytes) {
    if (bytes.length == 0) {
      return Refusal.model("Cannot read model " + source + ": the file is empty. Copy it again, in full.");
    }
    String start = new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.UTF_8).strip();
    if (start.startsWith("{") || start.startsWith("[") || start.startsWith("\"{")) {
      return Refusal.model("Cannot read model " + source + ": it is JSON, an architecture without weights. Give the file of weights as the"
          + " model's path, and this one as its architecture (model.architecture, --architecture).");
    }
    if (start.startsWith("version https://git-lfs.github.com/")) {
      return Refusal.model("Cannot read model " + source + ": it is a pointer of Git LFS, not the file itself. Fetch the file with git lfs"
          + " pull.");
    }
    boolean text = start.chars().allMatch(c -> (c >= ' ' && c != 0xfffd) || c == '\n' || c == '\r' || c == '\t');
    String line = start.lines().findFirst().orElse("");
    return Refusal.model("Cannot read model " + source + ": it is neither a zip nor HDF5 nor NumPy, "
        + (text ? "but text that starts with '" + line + "'" : "by its first bytes") + ". " + EXPORT);
  }
}
