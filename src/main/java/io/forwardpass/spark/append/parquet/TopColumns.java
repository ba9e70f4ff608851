package io.forwardpass.spark.append.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.SchemaElement;

/** A file's schema, which Parquet keeps as a flat list, cut at its top-level columns. */
public final class TopColumns {
  /**
   * A top-level column with all that is below it.
   *
   * @param firstLeaf its place among the file's column chunks
   */
  public record Column(List<SchemaElement> elements, int firstLeaf, int leaves) {}

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final List<SchemaElement> schema;

  public TopColumns(List<SchemaElement> schema) {
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
  public Column get(String name) {
    return columns.get(name);
  }
}
