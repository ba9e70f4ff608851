package io.forwardpass.spark.append.parquet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a file says about itself in key-value pairs: carried over, with the new columns added where the columns are listed. */
public final class FileNotes implements Serializable {
  private static final long serialVersionUID = 1L;
  static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";
  static final String ARROW_SCHEMA = "ARROW:schema";
  static final String MODEL = "forwardpass.model";
  static final String VERSION = "forwardpass.version";

  private final String model;
  private final String version;
  private final String[] kept;
  private final StructType added;

  /** @param model the name of the model and its hash */
  public FileNotes(String model, String version, String[] kept, StructType added) {
    this.model = model;
    this.version = version;
    this.kept = kept;
    this.added = added;
  }

  public List<KeyValue> of(FileMetaData file) {
    List<KeyValue> notes = new ArrayList<>();
    if (file.isSetKey_value_metadata()) {
      for (KeyValue note : file.getKey_value_metadata()) {
        if (note.getKey().equals(SPARK_SCHEMA)) {
          notes.add(pair(SPARK_SCHEMA, sparkSchema(note.getValue())));
        } else if (note.getKey().equals(ARROW_SCHEMA)) {
          String arrow = ArrowNote.with(note.getValue(), kept, added);
          if (arrow != null) {
            notes.add(pair(ARROW_SCHEMA, arrow));
          }
        } else if (!note.getKey().equals(MODEL) && !note.getKey().equals(VERSION)) {
          notes.add(note);
        }
      }
    }
    notes.add(pair(MODEL, model));
    notes.add(pair(VERSION, version));
    return notes;
  }

  private String sparkSchema(String json) {
    StructType before = (StructType) DataType.fromJson(json);
    List<StructField> fields = new ArrayList<>();
    for (String name : kept) {
      if (before.getFieldIndex(name).isDefined()) {
        fields.add(before.apply(name));
      }
    }
    fields.addAll(List.of(added.fields()));
    return new StructType(fields.toArray(StructField[]::new)).json();
  }

  private static KeyValue pair(String key, String value) {
    return new KeyValue(key).setValue(value);
  }
}
