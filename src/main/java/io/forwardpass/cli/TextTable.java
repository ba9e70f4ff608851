package io.forwardpass.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lays cells out in columns; numbers to the right. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  TextTable row(String... cells) {
    rows.add(cells);
    return this;
  }

  List<String> lines() {
    int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      widths[c] = rows.stream().filter(row -> row.length > column).mapToInt(row -> row[column].length()).max().orElse(0);
      numbers[c] = rows.size() > 1 && rows.stream().skip(1).filter(row -> row.length > column).allMatch(row -> isNumber(row[column]));
    }
    return rows.stream().map(row -> line(row, widths, numbers)).collect(Collectors.toList());
  }

  private static String line(String[] row, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.length; c++) {
      String gap = " ".repeat(widths[c] - row[c].length());
      line.append(c == 0 ? "" : "  ").append(numbers[c] ? gap + row[c] : row[c] + gap);
    }
    return line.toString().stripTrailing();
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.equals("null") || cell.matches("[-+]?[\\d,]*\\.?\\d+([eE][-+]?\\d+)?|NaN|-?Infinity");
  }
}
