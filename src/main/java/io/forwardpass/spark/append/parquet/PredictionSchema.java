package io.forwardpass.spark.append.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The new columns as Parquet declares them, in the layout of lists that Spark writes. */
final class PredictionSchema {
  private PredictionSchema() {}

  static MessageType of(StructType columns) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (StructField field : columns.fields()) {
      schema.addField(type(field.name(), field.dataType(), field.nullable()));
    }
    return schema.named("spark_schema");
  }

  private static Type type(String name, DataType type, boolean nullable) {
    Type.Repetition repetition = nullable ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    if (type instanceof ArrayType array) {
      return Types.buildGroup(repetition).as(LogicalTypeAnnotation.listType())
          .addField(Types.repeatedGroup().addField(type("element", array.elementType(), array.containsNull())).named("list")).named(name);
    } else if (type instanceof FloatType) {
      return Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
    } else if (type instanceof StringType) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition).as(LogicalTypeAnnotation.stringType()).named(name);
    }
    throw new IllegalArgumentException("no prediction is of type " + type.simpleString());
  }
}
