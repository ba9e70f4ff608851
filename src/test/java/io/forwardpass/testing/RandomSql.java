package io.forwardpass.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Small queries put together at random around calls of two models, over a table {@code r(id, a, b, c, g)} of which {@code a} has nulls.
 * What every query computes is one thing alone: no sums of floats, no limits that ties leave open, no error that depends on which of two
 * conditions comes first.
 */
public final class RandomSql {
  private static final String COLUMNS = "id, a, b, c, g";
  private static final String ONE = "forwardpass('jobs/samples/mlp/model.keras', ";
  private static final String THREE = "forwardpass('src/test/resources/golden/layers/activation_softmax/model.keras', ";

  private final Random random;
  private int named;

  public RandomSql(long seed) {
    random = new Random(seed);
  }

  /** A query with the columns of the table. */
  public String query(int depth) {
    String from = random.nextInt(3) == 0 || depth == 0 ? "r" : "(" + query(depth - 1) + ")";
    return switch (random.nextInt(12)) {
      case 0, 1 -> "SELECT id, " + number(depth, "") + " AS a, b, c, g FROM " + from;
      case 2 -> "SELECT id, a, " + number(depth, "") + " AS b, c, g FROM " + from + " WHERE " + condition(depth, "");
      case 3 -> "SELECT * FROM " + from + " WHERE " + condition(depth, "");
      case 4 -> "SELECT * FROM " + from + " ORDER BY " + number(depth, "") + ", " + COLUMNS + " LIMIT " + (1 + random.nextInt(30));
      case 5 -> "SELECT min(id) AS id, max(" + number(depth, "") + ") AS a, min(b) AS b, count(" + number(depth, "") + ") AS c, g FROM "
          + from
          + " GROUP BY g" + (random.nextBoolean() ? "" : " HAVING max(" + number(depth, "") + ") > " + literal());
      case 6 -> "SELECT max(id) AS id, k AS a, k AS b, count(*) AS c, 1 AS g FROM (SELECT id, " + number(depth, "") + " AS k FROM " + from
          + ") GROUP BY k";
      case 7 -> "SELECT id, max(" + number(depth, "") + ") OVER (PARTITION BY g) AS a, b, c, g FROM " + from;
      case 8 -> "SELECT " + COLUMNS + " FROM " + from + " UNION ALL SELECT id, " + number(depth, "") + ", b, c, g FROM r";
      case 9 -> join(from, depth);
      case 10 -> "SELECT DISTINCT c AS id, a, " + number(depth, "") + " AS b, c, g FROM " + from;
      default -> "SELECT * FROM " + from + " WHERE id IN (SELECT id FROM r WHERE " + condition(Math.max(0, depth - 1), "") + ")";
    };
  }

  private String join(String from, int depth) {
    String l = "l" + named;
    String r = "m" + named++;
    String kind = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN").get(random.nextInt(4));
    String on = " ON " + l + ".id = " + r + ".id" + (random.nextInt(3) == 0 ? " AND " + number(0, l + ".") + " > " + literal() : "");
    String where = random.nextBoolean() ? "" : " WHERE " + condition(depth, l + ".");
    return "SELECT coalesce(" + l + ".id, " + r + ".id) AS id, " + number(depth, l + ".") + " AS a, " + r + ".b AS b, " + l + ".c AS c, "
        + r
        + ".g AS g FROM " + from + " " + l + " " + kind + " r " + r + on + where;
  }

  private String condition(int depth, String of) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> call(depth, of) + " > " + literal();
      case 3 -> number(depth, of) + " < " + number(0, of);
      case 4 -> condition(0, of) + " AND " + condition(0, of);
      case 5 -> condition(0, of) + " OR " + condition(0, of);
      case 6 -> call(depth, of) + " IS NOT NULL AND " + of + "id % 3 <> 1";
      default -> of + "id < 30 AND " + condition(0, of);
    };
  }

  private String number(int depth, String of) {
    if (depth == 0 && random.nextInt(3) == 0) {
      return column(of);
    }
    return switch (random.nextInt(10)) {
      case 0 -> literal();
      case 1 -> "(" + number(Math.max(0, depth - 1), of) + " + " + column(of) + ")";
      case 2 -> "CASE WHEN " + of + "c > 1 THEN " + call(depth, of) + " ELSE " + column(of) + " END";
      case 3 -> "coalesce(" + call(depth, of) + ", " + column(of) + ", -1)";
      case 4 -> "CASE WHEN " + of + "a IS NOT NULL AND " + of + "b IS NOT NULL THEN " + ONE + of + "a, " + of + "b, 1, " + of
          + "b, on_invalid => 'error') END";
      case 5 -> "if(" + of + "id % 2 = 0, " + call(0, of) + ", " + call(0, of) + ")";
      case 6 -> "aggregate(array(" + column(of) + ", " + call(0, of) + "), 0D, (s, x) -> s + coalesce(x, 1D))";
      default -> call(depth, of);
    };
  }

  private String call(int depth, String of) {
    boolean three = random.nextInt(3) == 0;
    List<String> features = new ArrayList<>();
    for (int i = 0; i < (three ? 5 : 4); i++) {
      features.add(depth > 1 && random.nextInt(12) == 0 ? call(depth - 1, of)
          : random.nextInt(8) == 0 ? "(" + column(of) + " * " + literal() + ")" : column(of));
    }
    String values = String.join(", ", features);
    return three ? THREE + values + ")[" + random.nextInt(3) + "]" : random.nextInt(4) == 0 ? ONE + values
        + ", on_invalid => 'report').prediction"
        : ONE + values + ")";
  }

  private String column(String of) {
    return of + List.of("a", "b", "c", "a", "b").get(random.nextInt(5));
  }

  private String literal() {
    return List.of("0.5D", "-1D", "2D", "0D").get(random.nextInt(4));
  }
}
