package io.forwardpass.spark.binding;

import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/** The columns of the input table by name, as Spark's session takes names: with or without their case. */
public final class Columns {
  private final List<Attribute> all;
  private final boolean caseSensitive;

  public Columns(List<Attribute> all, boolean caseSensitive) {
    this.all = List.copyOf(all);
    this.caseSensitive = caseSensitive;
  }

  List<Attribute> all() {
    return all;
  }

  boolean same(String a, String b) {
    return caseSensitive ? a.equals(b) : a.equalsIgnoreCase(b);
  }

  /**
   * The column of this name, or null where there is none or more than one, which is then a problem.
   *
   * @param role where the job file names it: {@code features.columns}
   */
  Attribute find(String name, String role, Problems problems) {
    List<Attribute> found = all.stream().filter(column -> same(column.name(), name)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    List<String> names = new ArrayList<>();
    all.forEach(column -> names.add(column.name()));
    if (found.isEmpty()) {
      String advice = Nearest.to(name, names).map(nearest -> "Did you mean " + nearest + "?")
          .orElse("Its columns are " + String.join(", ", names) + ".");
      problems.add("the table has no column " + name + ", which " + role + " names. " + advice);
    } else {
      problems.add("the table has " + found.size() + " columns called " + name + ", which " + role
          + " names. Rename one, or set spark.sql.caseSensitive.");
    }
    return null;
  }
}
