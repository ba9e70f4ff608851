package io.forwardpass.keras.array;

import io.forwardpass.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of numbers as {@code np.savetxt} writes them, parted by commas, semicolons, tabs or spaces. */
public final class CsvArray {
  /** What a message calls the dtype of numbers in text. */
  static final String DTYPE = "text";

  private CsvArray() {}

  public static StoredArray parse(String source, String name, byte[] bytes) {
    List<float[]> rows = new ArrayList<>();
    int number = 0;
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\\R")) {
      number++;
      String text = line.replace("\uFEFF", "").strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        rows.add(row(source, number, text));
      }
      if (!rows.isEmpty() && rows.get(rows.size() - 1).length != rows.get(0).length) {
        throw Refusal.model("Cannot read " + source + ": line " + number + " has " + rows.get(rows.size() - 1).length
            + " numbers, and the lines before it " + rows.get(0).length + ". Write a row of the array on each line.");
      }
    }
    if (rows.isEmpty()) {
      throw Refusal.model("Cannot read " + source + ": there is no number in it. Write it with np.savetxt(file, array, delimiter=\",\").");
    }
    int columns = rows.get(0).length;
    float[] values = new float[Math.multiplyExact(rows.size(), columns)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * columns, columns);
    }
    return StoredArray.of(name, DTYPE, new int[] {rows.size(), columns}, values);
  }

  private static float[] row(String source, int line, String text) {
    String[] cells = text.split("\\s*[,;\\t]\\s*|\\s+");
    float[] row = new float[cells.length];
    for (int i = 0; i < cells.length; i++) {
      try {
        row[i] = number(cells[i]);
      } catch (NumberFormatException word) {
        throw Refusal.model("Cannot read " + source + ": line " + line + " has '" + cells[i]
            + "', which is not a number. Write rows of plain numbers, without a header.");
      }
    }
    return row;
  }

  /** Straight to float: by way of double, a few numbers would be rounded twice. */
  private static float number(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Float.NaN;
      case "inf", "+inf", "infinity" -> Float.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
      default -> plain(cell);
    };
  }

  private static float plain(String cell) {
    // Java would take "1f", "2d" and hexadecimal numbers, too
    if (!cell.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
      throw new NumberFormatException(cell);
    }
    return Float.parseFloat(cell);
  }
}
