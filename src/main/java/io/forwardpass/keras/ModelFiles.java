package io.forwardpass.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Reads a model from any Hadoop path; what kind of file it is, its content tells. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Reads a whole model, or weights with their architecture beside them.
   *
   * @param path file or folder; no scheme means fs.defaultFS
   * @param architecture path of a {@code model.to_json()} file, for files that hold weights alone
   * @param bareLayers a Sequential config in JSON made from the job file, for arrays that come without any architecture
   * @param kerasMajor whose maths applies where neither file nor JSON tells (default 3)
   * @throws io.forwardpass.Refusal of kind MODEL for whatever cannot be read, saying why and what to do
   */
  public static SavedModel read(String path, Optional<String> architecture, Optional<JsonNode> bareLayers, int kerasMajor,
      Configuration hadoop) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The arrays of a {@code .npz} file by name ({@code x0}, {@code y0}, …), in the file's order. */
  public static Map<String, WeightArray> readNpz(String path, Configuration hadoop) throws IOException {
    throw new UnsupportedOperationException();
  }
}
