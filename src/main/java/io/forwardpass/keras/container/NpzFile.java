package io.forwardpass.keras.container;

import io.forwardpass.keras.array.NpyArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arrays of a {@code .npz} by name ({@code x0}, {@code arr_0}), in the file's order. */
public final class NpzFile {
  private static final String SUFFIX = ".npy";

  private final Map<String, NpyArray> arrays = new LinkedHashMap<>();

  public NpzFile(String source, ZipArchive zip) {
    for (String entry : zip.names()) {
      String name = entry.endsWith(SUFFIX) ? entry.substring(0, entry.length() - SUFFIX.length()) : entry;
      arrays.put(name, NpyArray.parse(source, name, zip.bytes(entry)));
    }
  }

  public static boolean isNpz(ZipArchive zip) {
    return !zip.names().isEmpty() && zip.names().stream().allMatch(name -> name.endsWith(SUFFIX));
  }

  public List<String> names() {
    return new ArrayList<>(arrays.keySet());
  }

  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** The array of that name, which has to be there. */
  public NpyArray array(String name) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no array " + name + " among " + arrays.keySet());
    }
    return array;
  }

  public Map<String, NpyArray> arrays() {
    return new LinkedHashMap<>(arrays);
  }
}
