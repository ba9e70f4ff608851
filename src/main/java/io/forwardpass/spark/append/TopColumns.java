package io.forwardpass.spark.append;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.SchemaElement;

/** A file's schema, which Parquet keeps as a flat list, cut at its top-level columns. */
final class TopColumns {
  /** A top-level column with all that is below it. */
  static final class Column {
    final List<SchemaElement> elements;
    final int firstLeaf; // its place among the file's column chunks
    final int leaves;

    private Column(List<SchemaElement> elements, int firstLeaf, int leaves) {
      this.elements = elements;
      this.firstLeaf = firstLeaf;
      this.leaves = leaves;
    }
  }

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final List<SchemaElement> schema;

  TopColumns(List<SchemaElement> schema) {
    this.schema = schema;
    int leaf = 0;
    for (int at = 1; at < schema.size();) {
      int end = end(at);
      List<SchemaElement> elements = new ArrayList<>(schema.subList(at, end));
      int leaves = (int) elements.stream().filter(element -> !element.isSetNum_children()).count();
      columns.put(elements.get(0).getName(), new Column(elements, leaf, leaves));
      leaf += leaves;
      at = end;
    }
  }

  private int end(int at) {
    int next = at + 1;
    for (int child = 0; child < schema.get(at).getNum_children(); child++) {
      next = end(next);
    }
    return next;
  }

  SchemaElement root() {
    return schema.get(0);
  }

  /** Null where there is none of that name. */
  Column get(String name) {
    return columns.get(name);
  }
}
