package io.forwardpass.testing;

import io.forwardpass.testing.ObviousWindows.Policy;
import io.forwardpass.testing.ObviousWindows.Row;
import io.forwardpass.windows.Gap;
import io.forwardpass.windows.Padding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Tables and policies at random: gaps, duplicates, nulls, series of no rows to three times the look-back. */
public final class RandomTables {
  private RandomTables() {}

  public static Policy policy(Random random) {
    int lookBack = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(8);
    long step = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(3);
    // an error ends the table: the others are more telling
    Gap gap = random.nextInt(12) == 0 ? Gap.ERROR : List.of(Gap.RESTART, Gap.IGNORE, Gap.FILL).get(random.nextInt(3));
    boolean bounded = random.nextInt(3) == 0;
    int stride = random.nextInt(3) > 0 || (step == 0 && bounded) ? 1 : 1 + random.nextInt(5);
    Padding padding =
        random.nextBoolean() ? Padding.NONE : List.of(Padding.NONE, Padding.VALUE, Padding.REPEAT_FIRST).get(random.nextInt(3));
    Long from = bounded ? (Long) (long) (random.nextInt(60) - 20) : null;
    Long until = random.nextInt(4) == 0 ? (Long) (long) (random.nextInt(90) + (bounded ? 41 : -20)) : null;
    return new Policy(lookBack, step, gap, 1 + random.nextInt(2 * lookBack + 2), stride, padding, from, until, random.nextBoolean());
  }

  /** In no order. */
  public static List<Row> table(Random random, Policy policy) {
    List<Row> rows = new ArrayList<>();
    int manySeries = random.nextInt(9);
    boolean spoilt = random.nextBoolean();
    for (int s = 0; s < manySeries; s++) {
      int length = random.nextInt(3 * policy.lookBack() + 1);
      long time = random.nextInt(50) - 30L;
      for (int i = 0; i < length; i++) {
        int copies = random.nextInt(15) == 0 ? 2 + random.nextInt(2) : 1;
        for (int copy = 0; copy < copies; copy++) {
          boolean lost = random.nextInt(40) == 0;
          rows.add(new Row(rows.size(), s == 3 ? null : s, lost ? null : time, rows.size() * 7919 % 10007, 1 + rows.size(),
              spoilt && random.nextInt(20) == 0, spoilt && random.nextInt(20) == 0));
        }
        time += Math.max(1, policy.step()) * (random.nextInt(12) == 0 ? 1 + random.nextInt(5) : 1);
        time += policy.step() > 1 && random.nextInt(40) == 0 ? 1 : 0;
      }
    }
    Collections.shuffle(rows, random);
    return rows;
  }
}
