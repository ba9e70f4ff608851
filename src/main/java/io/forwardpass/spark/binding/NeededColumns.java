package io.forwardpass.spark.binding;

import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/** Collects the columns that scoring reads, each once; every other part of the scoring names them by their index. */
final class NeededColumns {
  private final Columns columns;
  private final Problems problems;
  private final List<Attribute> needed = new ArrayList<>();

  NeededColumns(Columns columns, Problems problems) {
    this.columns = columns;
    this.problems = problems;
  }

  /** The column, or null where it was not found, which is then a problem. */
  Attribute find(String name, String role) {
    return columns.find(name, role, problems);
  }

  int index(Attribute column) {
    for (int i = 0; i < needed.size(); i++) {
      if (needed.get(i).exprId().equals(column.exprId())) {
        return i;
      }
    }
    needed.add(column);
    return needed.size() - 1;
  }

  /** Of those that were found. */
  int[] indices(List<String> names, String role) {
    return names.stream().map(name -> find(name, role)).filter(column -> column != null).mapToInt(this::index).toArray();
  }

  List<Attribute> all() {
    return needed;
  }

  String[] names() {
    return needed.stream().map(Attribute::name).toArray(String[]::new);
  }
}
