package io.forwardpass.keras.array;

import io.forwardpass.keras.array.PickleData.Made;
import io.forwardpass.keras.array.PickleData.Name;
import io.forwardpass.refusal.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of one object in the {@code model.weights.npz} that Keras writes where h5py is missing: a pickled map
 * of arrays (Keras 2) or of variables that hold them (Keras 3 on TensorFlow). It is read as data, never evaluated.
 */
public final class PickledVariables {
  private PickledVariables() {}

  /** @return the arrays by their number, as the archive's HDF5 would have them in {@code vars} */
  public static Map<String, StoredArray> read(String source, String object, byte[] npy) {
    Map<String, StoredArray> arrays = new LinkedHashMap<>();
    try {
      Object outer = PickleData.parse(NpyHeader.parse(source, object, npy).data());
      Object inner = outer instanceof Made array && array.state() instanceof List<?> state && state.size() == 5
          && state.get(4) instanceof List<?> elements && elements.size() == 1 ? elements.get(0) : outer;
      if (!(inner instanceof Map<?, ?> variables)) {
        throw refused(source, object, "something else than a map of variables");
      }
      variables.forEach((number, variable) -> {
        String name = object + "/vars/" + number;
        arrays.put(number.toString(), array(name, variable)
            .orElseThrow(() -> refused(source, object, "in " + number + " something else than an array")).stored());
      });
    } catch (PickleData.NotUnderstood strange) {
      throw refused(source, object, "a pickle that is not read: " + strange.getMessage());
    }
    return arrays;
  }

  private static Optional<NpyArray> array(String name, Object value) {
    if (!(value instanceof Made made)) {
      return Optional.empty();
    }
    if (made.maker() instanceof Name maker && maker.name().equals("_reconstruct") && maker.module().endsWith(".multiarray")) {
      return made.state() instanceof List<?> state && state.size() == 5 ? numpy(name, state) : Optional.empty();
    }
    if (made.state() instanceof Map<?, ?> fields && fields.containsKey("_value")) {
      return array(name, fields.get("_value"));
    }
    if (made.maker() instanceof Made partial) {
      return array(name, partial);
    }
    // a TensorFlow variable, which would be made again by a partial call: function, arguments, keywords, fields
    return made.state() instanceof List<?> partial && partial.size() == 4 && partial.get(2) instanceof Map<?, ?> keywords
        ? array(name, keywords.get("initial_value")) : Optional.empty();
  }

  /** What numpy.ndarray.__setstate__ takes: version, shape, dtype, whether in Fortran order, bytes. */
  private static Optional<NpyArray> numpy(String name, List<?> state) {
    if (!(state.get(1) instanceof List<?> sizes && state.get(2) instanceof Made dtype && state.get(4) instanceof byte[] bytes)) {
      return Optional.empty();
    }
    Object spelled = dtype.arguments().isEmpty() ? "" : dtype.arguments().get(0);
    Object order = dtype.state() instanceof List<?> fields && fields.size() > 1 ? fields.get(1) : "|";
    int[] shape =
        sizes.stream().mapToInt(size -> size instanceof Long number && number <= Integer.MAX_VALUE ? number.intValue() : -1).toArray();
    return NpyArray.of(name, "" + order + spelled, shape, Boolean.TRUE.equals(state.get(3)), bytes);
  }

  private static Refusal refused(String source, String object, String what) {
    return Refusal.model("Cannot read " + source + ": the pickled " + object + " holds " + what
        + ", and pickles are never evaluated here. Save the model where h5py is installed, so that it holds model.weights.h5.");
  }
}
