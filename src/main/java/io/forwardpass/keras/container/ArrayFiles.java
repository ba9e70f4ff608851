package io.forwardpass.keras.container;

import io.forwardpass.keras.array.CsvArray;
import io.forwardpass.keras.array.NpyArray;
import io.forwardpass.keras.array.NpyHeader;
import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.refusal.Refusal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arrays of {@code get_weights()}: one .npz, or a folder with a .npy or a .csv for each, ordered by number. */
public final class ArrayFiles {
  /** The last number in a name: {@code 10} of {@code layer2_w10}. */
  private static final Pattern NUMBER = Pattern.compile(".*?(\\d+)\\D*");
  private static final Pattern UNNAMED = Pattern.compile("arr_\\d+");

  private ArrayFiles() {}

  /** In the order of arr_0, arr_1, …; arrays with names of their own stand in the file's order. */
  public static List<StoredArray> ofNpz(NpzFile npz) {
    List<String> names = npz.names();
    if (names.stream().allMatch(name -> UNNAMED.matcher(name).matches())) {
      names.sort(Comparator.comparing(name -> new BigInteger(name.substring("arr_".length()))));
    }
    return names.stream().map(name -> npz.array(name).stored()).toList();
  }

  public static boolean areIn(List<FileSource> folder) {
    return folder.stream().anyMatch(ArrayFiles::isNpy) || folder.stream().anyMatch(ArrayFiles::isText);
  }

  public static List<StoredArray> ofFolder(String source, List<FileSource> folder) {
    boolean npy = folder.stream().anyMatch(ArrayFiles::isNpy);
    if (npy && folder.stream().anyMatch(ArrayFiles::isText)) {
      throw Refusal.model("Cannot read model " + source + ": the folder holds .npy and .csv files. Keep one kind in it.");
    }
    List<FileSource> files = folder.stream().filter(npy ? ArrayFiles::isNpy : ArrayFiles::isText).toList();
    List<StoredArray> arrays = new ArrayList<>();
    for (FileSource file : inOrder(source, files)) {
      arrays.add(npy ? npy(file) : CsvArray.parse("array " + file, file.name(), file.bytes()));
    }
    return arrays;
  }

  private static StoredArray npy(FileSource file) {
    byte[] bytes = file.bytes();
    if (!NpyHeader.isNpy(bytes)) {
      throw Refusal.model("Cannot read array " + file + ": it is not a .npy file, whatever its name. Write it with np.save.");
    }
    return NpyArray.parse("array " + file, file.name(), bytes).stored();
  }

  private static List<FileSource> inOrder(String source, List<FileSource> files) {
    Map<BigInteger, FileSource> numbered = new TreeMap<>();
    for (FileSource file : files) {
      Matcher name = NUMBER.matcher(stem(file));
      if (!name.matches()) {
        throw Refusal.model("Cannot read model " + source + ": the name of " + file.name()
            + " has no number, which tells the order of get_weights(). Name the files 0, 1, 2, … in that order.");
      }
      FileSource other = numbered.put(new BigInteger(name.group(1)), file);
      if (other != null) {
        throw Refusal.model("Cannot read model " + source + ": " + other.name() + " and " + file.name()
            + " have the same number, which tells the order of get_weights(). Name the files 0, 1, 2, … in that order.");
      }
    }
    requireNoGap(source, numbered);
    return List.copyOf(numbered.values());
  }

  private static void requireNoGap(String source, Map<BigInteger, FileSource> numbered) {
    BigInteger expected = null;
    for (BigInteger number : numbered.keySet()) {
      if (expected == null ? number.compareTo(BigInteger.ONE) > 0 : !number.equals(expected)) {
        throw Refusal.model("Cannot read model " + source + ": array number " + (expected == null ? BigInteger.ZERO : expected)
            + " is missing; the next is " + numbered.get(number).name() + ". Put every array of get_weights() into the folder.");
      }
      expected = number.add(BigInteger.ONE);
    }
  }

  private static String stem(FileSource file) {
    return file.name().substring(0, file.name().lastIndexOf('.'));
  }

  private static boolean isNpy(FileSource file) {
    return ends(file, ".npy");
  }

  private static boolean isText(FileSource file) {
    return ends(file, ".csv") || ends(file, ".txt") || ends(file, ".tsv");
  }

  private static boolean ends(FileSource file, String suffix) {
    return !file.isFolder() && file.name().toLowerCase(Locale.ROOT).endsWith(suffix);
  }
}
