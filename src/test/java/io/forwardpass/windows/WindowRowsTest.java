package io.forwardpass.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowRowsTest {
  private record Row(int series, float value, boolean invalid, boolean ownInvalid) {}

  /** Every window as the numbers a network would see, or why there is none, by the obvious loop. */
  private static List<String> obvious(List<Row> rows, int lookBack) {
    List<String> all = new ArrayList<>();
    for (int end = 0; end < rows.size(); end++) {
      List<Float> window = new ArrayList<>();
      boolean invalid = rows.get(end).ownInvalid;
      for (int r = end; r >= 0 && rows.get(r).series == rows.get(end).series && window.size() < lookBack; r--) {
        window.add(0, rows.get(r).value);
        invalid |= rows.get(r).invalid;
      }
      all.add(window.size() < lookBack ? "short" : invalid ? "invalid" : window + " " + rows.get(end).value);
    }
    return all;
  }

  /** The same through the class, with a windowed input and one that only sees the last row. */
  private static List<String> windowed(List<Row> rows, int lookBack, int maxWindows) {
    WindowRows windows = new WindowRows(new int[] {lookBack, 1}, new int[] {1, 1}, maxWindows);
    List<String> all = new ArrayList<>();
    int next = 0;
    while (next < rows.size()) {
      windows.advance();
      while (next < rows.size() && !windows.isFull()) {
        Row row = rows.get(next);
        windows.features(0)[windows.next()] = row.value;
        windows.features(1)[windows.next()] = row.value;
        windows.add(next == 0 || rows.get(next - 1).series != row.series, row.invalid ? 1 : 0, row.ownInvalid ? 2 : 0);
        next++;
      }
      float[] history = new float[lookBack * maxWindows];
      float[] last = new float[maxWindows];
      windows.fill(0, history, maxWindows);
      windows.fill(1, last, maxWindows);
      for (int r = 0; r < windows.rows(); r++) {
        int window = windows.outcome(r);
        List<Float> numbers = new ArrayList<>();
        for (int t = 0; window >= 0 && t < lookBack; t++) {
          numbers.add(history[t * maxWindows + window]);
        }
        all.add(window == WindowRows.SHORT ? "short" : window == WindowRows.INVALID ? "invalid" : numbers + " " + last[window]);
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "2, 16", "4, 16", "4, 64", "7, 16", "17, 16", "40, 16"})
  void formsTheWindowsOfTheObviousLoop(int lookBack, int maxWindows) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Row> rows = new ArrayList<>();
      int series = 0;
      int length = random.nextInt(300);
      int change = 1 + random.nextInt(3 * lookBack);
      for (int i = 0; i < length; i++) {
        series += random.nextInt(change) == 0 ? 1 : 0;
        rows.add(new Row(series, i, random.nextInt(50) == 0, random.nextInt(50) == 0));
      }
      assertEquals(obvious(rows, lookBack), windowed(rows, lookBack, maxWindows), "seed " + seed);
    }
  }

  @Test
  void namesTheReasonOfTheInvalidRowAWindowHolds() {
    WindowRows windows = new WindowRows(new int[] {2}, new int[] {1}, 16);
    assertEquals(WindowRows.SHORT, windows.add(true, 5, 0));
    assertEquals(WindowRows.INVALID, windows.add(false, 0, 9));
    assertEquals(5, windows.lastReason());
    assertEquals(WindowRows.INVALID, windows.add(false, 0, 9));
    assertEquals(9, windows.lastReason());
    assertEquals(0, windows.add(false, 0, 0));
    assertEquals(5, windows.reason(1));
  }
}
