package io.forwardpass.spark.append.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
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

/**
 * The schema that PyArrow notes in its files, column by column in the file's order: where columns go or come, the note
 * has to follow, or PyArrow takes one column's type for another's.
 */
final class ArrowNote {
  private ArrowNote() {}

  /** @return null where the note is not understood; without one, PyArrow goes by Parquet's own schema */
  static String with(String note, String[] kept, StructType added) {
    try {
      byte[] bytes = Base64.getDecoder().decode(note);
      Schema before = MessageSerializer.deserializeSchema(new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes))));
      List<Field> fields = new ArrayList<>();
      for (String name : kept) {
        fields.add(before.findField(name));
      }
      for (StructField field : added.fields()) {
        fields.add(field(field.name(), field.dataType(), field.nullable()));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MessageSerializer.serialize(new WriteChannel(Channels.newChannel(out)), new Schema(fields, before.getCustomMetadata()));
      return Base64.getEncoder().encodeToString(out.toByteArray());
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException | IndexOutOfBoundsException notUnderstood) {
      return null; // types that Arrow for Java does not have; the note only refines types
    }
  }

  private static Field field(String name, DataType type, boolean nullable) {
    if (type instanceof ArrayType array) {
      return new Field(name, new FieldType(nullable, ArrowType.List.INSTANCE, null),
          List.of(field("element", array.elementType(), array.containsNull())));
    }
    ArrowType arrow = type instanceof FloatType ? new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE) : ArrowType.Utf8.INSTANCE;
    return new Field(name, new FieldType(nullable, arrow, null), List.of());
  }
}
