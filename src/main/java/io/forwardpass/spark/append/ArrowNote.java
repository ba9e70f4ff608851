package io.forwardpass.spark.append;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema that PyArrow notes in its files, column by column: it has to list the new columns too, or PyArrow is led astray. */
final class ArrowNote {
  private ArrowNote() {}

  static String with(String note, String[] kept, StructType added) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(note));
      Schema before = MessageSerializer.deserializeSchema(
          new ReadChannel(Channels.newChannel(new java.io.ByteArrayInputStream(bytes.array()))));
      List<Field> fields = new ArrayList<>();
      for (String name : kept) {
        fields.add(before.findField(name));
      }
      for (StructField field : added.fields()) {
        fields.add(field(field.name(), field.dataType(), field.nullable()));
      }
      java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
      MessageSerializer.serialize(new org.apache.arrow.vector.ipc.WriteChannel(Channels.newChannel(out)), new Schema(fields, before.getCustomMetadata()));
      return Base64.getEncoder().encodeToString(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Field field(String name, DataType type, boolean nullable) {
    if (type instanceof ArrayType array) {
      return new Field(name, new FieldType(nullable, ArrowType.List.INSTANCE, null),
          List.of(field("element", array.elementType(), array.containsNull())));
    }
    ArrowType arrow = type instanceof FloatType ? new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE) : ArrowType.Utf8.INSTANCE;
    return new Field(name, new FieldType(nullable, arrow, null, Map.of()), List.of());
  }
}
