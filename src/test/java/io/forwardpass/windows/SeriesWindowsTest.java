package io.forwardpass.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.ObviousWindows;
import io.forwardpass.testing.ObviousWindows.Policy;
import io.forwardpass.testing.ObviousWindows.Row;
import io.forwardpass.testing.RandomTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesWindowsTest {
  private static final int TABLES = 6000;

  /** Sorts as Spark would, and runs the rows through the class, with a windowed input and one that only sees the last row. */
  private static Map<Integer, String> windowed(List<Row> table, boolean keepsLast, WindowRules rules, int maxWindows) {
    List<Row> sorted = new ArrayList<>(table);
    Comparator<Row> byRank = Comparator.comparing(Row::rank);
    sorted.sort(Comparator.comparing(Row::series, Comparator.nullsFirst(Comparator.naturalOrder()))
        .thenComparing(Row::time, Comparator.nullsFirst(Comparator.naturalOrder())).thenComparing(keepsLast ? byRank.reversed() : byRank));
    WindowRows rows = SeriesWindows.rows(rules, new int[] {rules.lookBack(), 1}, new int[] {1, 1}, maxWindows);
    SeriesWindows series = new SeriesWindows(rules, rows);
    Map<Integer, String> answers = new TreeMap<>();
    List<Row> batch = new ArrayList<>();
    Row before = null;
    for (int next = 0; next < sorted.size();) {
      rows.advance();
      batch.clear();
      for (; next < sorted.size() && !rows.isFull(); next++) {
        Row row = sorted.get(next);
        if (before == null || !String.valueOf(before.series()).equals(String.valueOf(row.series()))) {
          series.startSeries();
        }
        before = row;
        int fate = row.time() == null ? -1 : series.admit(row.time());
        if (fate == SeriesWindows.GAP) {
          answers.put(row.id(), "gap");
          flush(rows, batch, rules.lookBack(), maxWindows, answers);
          return answers;
        } else if (row.time() == null) {
          rows.addOutside(1);
          batch.add(row);
        } else if (fate == SeriesWindows.TAKEN) {
          rows.features(0)[rows.next()] = row.value();
          rows.features(1)[rows.next()] = row.value();
          if (series.add(row.invalid() ? 1 : 0, row.ownInvalid() ? 2 : 0) != WindowRows.UNWANTED) {
            batch.add(row);
          }
        }
      }
      flush(rows, batch, rules.lookBack(), maxWindows, answers);
    }
    return answers;
  }

  private static void flush(WindowRows rows, List<Row> batch, int lookBack, int maxWindows, Map<Integer, String> answers) {
    assertEquals(batch.size(), rows.rows());
    float[] history = new float[lookBack * maxWindows];
    float[] last = new float[maxWindows];
    rows.fill(0, history, maxWindows);
    rows.fill(1, last, maxWindows);
    for (int r = 0; r < batch.size(); r++) {
      int window = rows.outcome(r);
      List<Float> numbers = new ArrayList<>();
      for (int t = 0; window >= 0 && t < lookBack; t++) {
        numbers.add(history[t * maxWindows + window]);
      }
      answers.put(batch.get(r).id(), window == WindowRows.SHORT ? "short" : window == WindowRows.INVALID ? "invalid"
          : window == WindowRows.CUT ? "cut" : numbers + " " + last[window]);
    }
  }

  @Test
  void formsTheWindowsOfTheObviousWayWhateverTablePolicyAndBlock() {
    Map<String, Integer> seen = new TreeMap<>();
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(seed);
      Policy policy = RandomTables.policy(random);
      List<Row> table = RandomTables.table(random, policy);
      int maxWindows = List.of(16, 16, 32, 64, 512).get(random.nextInt(5));
      Map<Integer, String> expected = ObviousWindows.of(table, policy);
      Map<Integer, String> answers = windowed(table, policy.keepsLast(), policy.rules(), maxWindows);
      if (answers.containsValue("gap")) {
        // the first gap stops the run: what was answered before has to agree
        answers.forEach((id, answer) -> assertEquals(expected.get(id), answer));
        assertEquals(Gap.ERROR, policy.gap());
      } else {
        assertEquals(expected, answers, "seed " + seed + ", " + policy);
      }
      answers.values().forEach(answer -> seen.merge(answer.startsWith("[") ? "window" : answer, 1, Integer::sum));
    }
    assertEquals(List.of("gap", "invalid", "short", "window"), List.copyOf(seen.keySet()));
    assertTrue(seen.get("window") > 50 * TABLES / 10 && seen.get("gap") > TABLES / 100, seen.toString());
  }

  /** Reads only the rows from the context on, as a daily run does. */
  @Test
  void answersFromTheContextWhatTheWholeHistoryAnswersOrNothing() {
    int cut = 0;
    int same = 0;
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(seed);
      Policy any = RandomTables.policy(random);
      long from = random.nextInt(60) - 20L;
      Policy policy = new Policy(any.lookBack(), any.step(), any.gap() == Gap.ERROR ? Gap.RESTART : any.gap(), any.fillLimit(),
          any.step() == 0 ? 1 : any.stride(), any.padding(), from, null, any.keepsLast());
      long needed = policy.step() == 0 || policy.gap() == Gap.IGNORE ? Long.MAX_VALUE
          : policy.step() * (policy.lookBack() - 1L + (policy.gap() == Gap.FILL ? policy.fillLimit() : 0));
      long context = needed < Long.MAX_VALUE && random.nextBoolean() ? needed : random.nextInt(40);
      List<Row> table = RandomTables.table(random, policy);
      List<Row> read = table.stream().filter(row -> row.time() == null || row.time() >= from - context).toList();
      Map<Integer, String> whole = ObviousWindows.of(table, policy);
      Map<Integer, String> answers = windowed(read, policy.keepsLast(), policy.rules().from(from, from - context), 16);
      assertEquals(whole.keySet(), answers.keySet());
      for (Map.Entry<Integer, String> answer : answers.entrySet()) {
        if (answer.getValue().equals("cut")) {
          assertTrue(context < needed, "seed " + seed + ": the context is all that windows need, yet history is missing, " + policy);
          cut++;
        } else {
          assertEquals(whole.get(answer.getKey()), answer.getValue(), "seed " + seed + ", " + policy);
          same++;
        }
      }
    }
    assertTrue(cut > TABLES && same > TABLES, cut + " cut, " + same + " the same");
  }

  private static List<String> answers(WindowRules rules, long... times) {
    List<Row> table = new ArrayList<>();
    for (long time : times) {
      table.add(new Row(table.size(), 1, time, 0, time, false, false));
    }
    List<String> answers = new ArrayList<>();
    windowed(table, false, rules, 16).forEach((id, answer) -> answers.add(times[id] + " " + answer.replaceFirst("] .*", "]")));
    return answers;
  }

  @Test
  void aWindowNeverSpansAGap() {
    assertEquals(List.of("1 short", "2 short", "3 [1.0, 2.0, 3.0]", "5 short", "6 short", "7 [5.0, 6.0, 7.0]"),
        answers(WindowRules.of(3).step(1, Gap.RESTART, 0), 1, 2, 3, 5, 6, 7));
  }

  @Test
  void ignoresGapsWhenAsked() {
    assertEquals(List.of("1 short", "2 short", "3 [1.0, 2.0, 3.0]", "5 [2.0, 3.0, 5.0]", "6 [3.0, 5.0, 6.0]"),
        answers(WindowRules.of(3).step(1, Gap.IGNORE, 0), 1, 2, 3, 5, 6));
  }

  @Test
  void stopsAtAGapWhenAsked() {
    assertEquals(List.of("1 short", "2 short", "4 gap"), answers(WindowRules.of(3).step(1, Gap.ERROR, 0), 1, 2, 4, 5));
  }

  @Test
  void fillsGapsUpToTheLimitAndRestartsAfterLongerOrUnevenOnes() {
    assertEquals(List.of("0 short", "10 [0.0, 10.0]", "30 [10.0, 30.0]", "60 short", "65 short", "75 [65.0, 75.0]"),
        answers(WindowRules.of(2).step(10, Gap.FILL, 1), 0, 10, 30, 60, 65, 75).stream().map(a -> a.replace("[10.0, 30.0]", "[10.0, 30.0]"))
            .toList());
    assertEquals(List.of("0 short", "30 [0.0, 0.0, 30.0]"), answers(WindowRules.of(3).step(10, Gap.FILL, 2), 0, 30));
    assertEquals(List.of("0 short", "40 short"), answers(WindowRules.of(3).step(10, Gap.FILL, 2), 0, 40));
  }

  @Test
  void padsTheFirstWindowsOfEveryRun() {
    assertEquals(List.of("1 [0.0, 0.0, 1.0]", "2 [0.0, 1.0, 2.0]", "4 [0.0, 0.0, 4.0]"),
        answers(WindowRules.of(3).step(1, Gap.RESTART, 0).padWith(0, 0), 1, 2, 4));
    assertEquals(List.of("1 [-9.5, -9.5, 1.0]", "2 [-9.5, 1.0, 2.0]", "4 [-9.5, -9.5, 4.0]"),
        answers(WindowRules.of(3).step(1, Gap.RESTART, 0).padWith(-9.5f, 0), 1, 2, 4));
    assertEquals(List.of("1 [1.0, 1.0, 1.0]", "2 [1.0, 1.0, 2.0]", "4 [4.0, 4.0, 4.0]"),
        answers(WindowRules.of(3).step(1, Gap.RESTART, 0).repeatFirst(), 1, 2, 4));
  }

  @Test
  void strideIsAnchoredToTimeWhereTheStepIsKnownAndToTheFirstFullWindowOtherwise() {
    assertEquals(List.of("2 short", "4 [2.0, 3.0, 4.0]", "6 [4.0, 5.0, 6.0]"),
        answers(WindowRules.of(3).step(1, Gap.RESTART, 0).stride(2), 1, 2, 3, 4, 5, 6));
    assertEquals(List.of("1 short", "3 [1.0, 2.0, 3.0]", "5 [3.0, 4.0, 5.0]"), answers(WindowRules.of(3).stride(2), 1, 2, 3, 4, 5, 6));
  }

  @Test
  void aSeriesThatMayBeginBeforeTheContextHasNoShorterWindow() {
    WindowRules rules = WindowRules.of(3).padWith(0, 0).from(2, 1);
    assertEquals(List.of("2 cut", "3 [1.0, 2.0, 3.0]"), answers(rules, 1, 2, 3));
    assertEquals(List.of("3 [0.0, 0.0, 3.0]", "4 [0.0, 3.0, 4.0]"), answers(rules.step(1, Gap.RESTART, 0), 3, 4));
  }
}
