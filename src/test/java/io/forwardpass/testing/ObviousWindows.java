package io.forwardpass.testing;

import io.forwardpass.windows.Gap;
import io.forwardpass.windows.Padding;
import io.forwardpass.windows.WindowRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Windows the obvious way: collect, group by series, sort, slide. What the fast way is compared with. */
public final class ObviousWindows {
  /**
   * A row of a table.
   *
   * @param time null for none
   * @param rank decides between rows of one time
   * @param invalid no window may hold it
   * @param ownInvalid no window may end at it
   */
  public record Row(int id, Integer series, Long time, int rank, float value, boolean invalid, boolean ownInvalid) {}

  /** What a job says of its windows; {@code keepsLast} of two rows of one time. */
  public record Policy(int lookBack, long step, Gap gap, int fillLimit, int stride, Padding padding, Long from, Long until,
      boolean keepsLast) {
    public WindowRules rules() {
      WindowRules rules = WindowRules.of(lookBack).stride(stride);
      rules = padding == Padding.VALUE ? rules.padWith(0, 0) : padding == Padding.REPEAT_FIRST ? rules.repeatFirst() : rules;
      rules = step > 0 ? rules.step(step, gap, fillLimit) : rules;
      rules = until == null ? rules : rules.until(until);
      return from == null ? rules : rules.from(from, WindowRules.ALWAYS);
    }

    boolean wants(long time) {
      return (from == null || time >= from) && (until == null || time < until);
    }
  }

  /** A place in a run: a row, or what stands for one. */
  private record Slot(Row row, float value, boolean invalid) {}

  private final Policy policy;
  private final Map<Integer, String> answers = new TreeMap<>();

  private ObviousWindows(Policy policy) {
    this.policy = policy;
  }

  /** By row id: the window's numbers and the last row's, or short, invalid or gap; rows that are left out are missing. */
  public static Map<Integer, String> of(List<Row> table, Policy policy) {
    ObviousWindows obvious = new ObviousWindows(policy);
    Map<String, List<Row>> series = new TreeMap<>();
    for (Row row : table) {
      if (row.time == null) {
        obvious.answers.put(row.id, "invalid");
      } else {
        series.computeIfAbsent(String.valueOf(row.series), s -> new ArrayList<>()).add(row);
      }
    }
    series.values().forEach(rows -> obvious.series(obvious.different(rows)));
    return obvious.answers;
  }

  private List<Row> different(List<Row> rows) {
    Map<Long, Row> byTime = new TreeMap<>();
    for (Row row : rows) {
      byTime.merge(row.time, row, (a, b) -> a.rank < b.rank == policy.keepsLast ? b : a);
    }
    return new ArrayList<>(byTime.values());
  }

  private void series(List<Row> rows) {
    List<Slot> run = new ArrayList<>();
    Row before = null;
    for (Row row : rows) {
      long passed = before == null ? 0 : row.time - before.time;
      boolean gap = before != null && policy.step > 0 && policy.gap != Gap.IGNORE && passed != policy.step;
      if (gap && policy.gap == Gap.ERROR) {
        slide(run);
        answers.put(row.id, "gap");
        return;
      }
      if (gap && policy.gap == Gap.FILL && passed % policy.step == 0 && passed / policy.step - 1 <= policy.fillLimit) {
        for (long missing = 1; missing < passed / policy.step; missing++) {
          run.add(new Slot(null, before.value, before.invalid));
        }
      } else if (gap) {
        slide(run);
        run.clear();
      }
      run.add(new Slot(row, row.value, row.invalid));
      before = row;
    }
    slide(run);
  }

  private void slide(List<Slot> run) {
    for (int end = 0; end < run.size(); end++) {
      Row row = run.get(end).row;
      if (row == null || !policy.wants(row.time)) {
        continue;
      }
      long number = policy.step > 0 ? Math.floorDiv(row.time, policy.step) : end - (policy.lookBack - 1);
      if (Math.floorMod(number, policy.stride) == 0) {
        answers.put(row.id, window(run, end));
      }
    }
  }

  private String window(List<Slot> run, int end) {
    List<Slot> window = new ArrayList<>(run.subList(Math.max(0, end - policy.lookBack + 1), end + 1));
    while (window.size() < policy.lookBack) {
      if (policy.padding == Padding.NONE) {
        return "short";
      }
      window.add(0, policy.padding == Padding.VALUE ? new Slot(null, 0, false) : window.get(0));
    }
    if (run.get(end).row.ownInvalid || window.stream().anyMatch(Slot::invalid)) {
      return "invalid";
    }
    return window.stream().map(slot -> Float.toString(slot.value)).toList() + " " + run.get(end).value;
  }
}
