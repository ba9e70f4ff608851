package io.forwardpass.spark;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What rows an operator's child hands it, and where in them the needed columns stand. */
final class TaskInput {
  private TaskInput() {}

  static StructType schema(List<Attribute> child) {
    StructType schema = new StructType();
    for (Attribute attribute : child) {
      schema = schema.add(new StructField(attribute.name(), attribute.dataType(), attribute.nullable(), attribute.metadata()));
    }
    return schema;
  }

  static DataType[] types(StructType schema) {
    StructField[] fields = schema.fields();
    DataType[] types = new DataType[fields.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = fields[i].dataType();
    }
    return types;
  }

  /** By identity, not by name: a plan may hold two columns of one name. */
  static int[] ordinals(List<Attribute> needed, List<Attribute> child) {
    return needed.stream().mapToInt(attribute -> ordinal(attribute, child)).toArray();
  }

  private static int ordinal(Attribute attribute, List<Attribute> child) {
    for (int i = 0; i < child.size(); i++) {
      if (child.get(i).exprId().equals(attribute.exprId())) {
        return i;
      }
    }
    throw new IllegalStateException("the plan lost column " + attribute.name());
  }
}
