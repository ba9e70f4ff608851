package io.forwardpass.spark.append.parquet;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Encodes one new column's values of a row group into pages. */
abstract class PredictionColumn {
  static PredictionColumn of(StructField field, Type type, ColumnDescriptor leaf, ParquetProperties properties,
      ColumnChunkPageWriteStore pages) {
    return field.dataType() instanceof StringType ? new Texts(type, leaf, properties, pages)
        : new FloatPages(leaf, properties, pages.getPageWriter(leaf));
  }

  /** Takes the first rows of a batch. */
  abstract void write(ColumnVector values, int rows) throws IOException;

  /** Writes the last page. */
  abstract void end() throws IOException;

  abstract void close();

  /** Labels and reasons: by parquet-java's own writer, value by value. */
  private static final class Texts extends PredictionColumn {
    private final ColumnWriteStore store;
    private final ColumnWriter writer;
    private final int definition; // level of a value that is there

    private Texts(Type type, ColumnDescriptor leaf, ParquetProperties properties, ColumnChunkPageWriteStore pages) {
      store = properties.newColumnWriteStore(new MessageType(type.getName(), type), pages, pages);
      writer = store.getColumnWriter(leaf);
      definition = leaf.getMaxDefinitionLevel();
    }

    @Override
    void write(ColumnVector values, int rows) {
      for (int r = 0; r < rows; r++) {
        if (values.isNullAt(r)) {
          writer.writeNull(0, 0);
        } else {
          writer.write(Binary.fromConstantByteArray(values.getUTF8String(r).getBytes()), 0, definition);
        }
        store.endRecord();
      }
    }

    @Override
    void end() {
      store.flush();
    }

    @Override
    void close() {
      store.close();
    }
  }
}
