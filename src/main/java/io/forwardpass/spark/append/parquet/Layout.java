package io.forwardpass.spark.append.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;

/**
 * What of an input file goes to its output file: the columns kept, in the output's order, and what is said of the file as
 * a whole. Files of equal layout can share an output file.
 */
public final class Layout {
  final SchemaElement root;
  final List<SchemaElement> elements = new ArrayList<>();
  final int[] leaves; // the column chunks to carry over, by their place in the input
  final List<ColumnOrder> orders; // null where the file has none
  final List<KeyValue> metadata;
  final String createdBy;
  final int version;
  private final int columns;

  public Layout(FileMetaData file, String[] kept, List<KeyValue> metadata) {
    TopColumns top = new TopColumns(file.getSchema());
    root = top.root();
    List<TopColumns.Column> found = new ArrayList<>();
    for (String name : kept) {
      found.add(top.get(name));
    }
    found.forEach(column -> elements.addAll(column.elements()));
    leaves = found.stream().flatMapToInt(column -> IntStream.range(column.firstLeaf(), column.firstLeaf() + column.leaves())).toArray();
    if (file.isSetColumn_orders()) {
      orders = new ArrayList<>();
      for (int leaf : leaves) {
        orders.add(file.getColumn_orders().get(leaf));
      }
    } else {
      orders = null;
    }
    this.metadata = metadata;
    createdBy = file.getCreated_by();
    version = file.getVersion();
    columns = kept.length;
  }

  boolean isLike(Layout other) {
    return elements.equals(other.elements) && Objects.equals(orders, other.orders) && metadata.equals(other.metadata)
        && Objects.equals(createdBy, other.createdBy) && version == other.version;
  }

  /**
   * A footer without row groups, with the new columns behind the old. Who created the file stays: readers know by it how
   * the old columns' statistics and encodings have to be taken.
   */
  FileMetaData footer(FileMetaData predictions) {
    TopColumns added = new TopColumns(predictions.getSchema());
    List<SchemaElement> schema = new ArrayList<>();
    schema.add(root.deepCopy().setNum_children(columns + added.root().getNum_children()));
    schema.addAll(elements);
    schema.addAll(predictions.getSchema().subList(1, predictions.getSchemaSize()));
    FileMetaData footer = new FileMetaData(version, schema, 0, new ArrayList<>());
    footer.setKey_value_metadata(metadata).setCreated_by(createdBy);
    if (orders != null) {
      List<ColumnOrder> all = new ArrayList<>(orders);
      all.addAll(predictions.getColumn_orders());
      footer.setColumn_orders(all);
    }
    return footer;
  }
}
