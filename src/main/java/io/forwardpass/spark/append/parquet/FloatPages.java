package io.forwardpass.spark.append.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/**
 * Pages of floats, or of lists of floats, in Parquet's PLAIN encoding, filled many values at a time: value by value, as
 * parquet-java's own writer takes them, they cost a third of an append. Lists are never empty and hold no nulls: a
 * model's output has a fixed shape.
 */
final class FloatPages extends PredictionColumn {
  private final ColumnDescriptor leaf;
  private final PageWriter pages;
  private final boolean version2;
  private final int mostRows; // of a page
  private final int mostValues;
  private final int lists; // how deep they nest
  private final Levels repetitions;
  private final Levels definitions;
  private byte[] bytes;
  private FloatBuffer floats; // the same memory
  private int rows;
  private int entries; // values and nulls
  private Statistics<?> statistics;

  FloatPages(ColumnDescriptor leaf, ParquetProperties properties, PageWriter pages) {
    this.leaf = leaf;
    this.pages = pages;
    version2 = properties.getWriterVersion() == WriterVersion.PARQUET_2_0;
    mostRows = properties.getPageRowCountLimit();
    mostValues = Math.max(1, properties.getPageSizeThreshold() / Float.BYTES);
    lists = leaf.getMaxRepetitionLevel();
    repetitions = new Levels(lists == 0 ? null : properties.newRepetitionLevelEncoder(leaf));
    definitions = new Levels(leaf.getMaxDefinitionLevel() == 0 ? null : properties.newDefinitionLevelEncoder(leaf));
    bytes = new byte[1 << 14]; // to begin with
    floats = view(bytes);
    begin();
  }

  private static FloatBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private void begin() {
    floats.clear();
    rows = 0;
    entries = 0;
    statistics = Statistics.createStats(leaf.getPrimitiveType());
    repetitions.begin();
    definitions.begin();
  }

  @Override
  void write(ColumnVector values, int count) throws IOException {
    boolean nulls = values.hasNull();
    float[] numbers = lists == 0 ? values.getFloats(0, count) : null;
    for (int r = 0; r < count;) {
      int next = r + 1;
      if (nulls && values.isNullAt(r)) {
        putNull();
      } else if (lists > 0) {
        put(values.getArray(r), 1, 0);
      } else {
        int end = Math.min(count, r + Math.min(mostRows - rows, mostValues - floats.position()));
        while (next < end && !(nulls && values.isNullAt(next))) {
          next++;
        }
        put(numbers, r, next - r, 0);
      }
      rows += next - r;
      if (rows == mostRows || floats.position() >= mostValues) {
        end();
      }
      r = next;
    }
  }

  private void putNull() throws IOException {
    entries++;
    repetitions.write(0, 1);
    definitions.write(0, 1);
    statistics.incrementNumNulls();
  }

  private void put(ColumnarArray array, int level, int repetition) throws IOException {
    if (level == lists) {
      float[] values = array.toFloatArray();
      put(values, 0, values.length, repetition);
    } else {
      for (int i = 0; i < array.numElements(); i++) {
        put(array.getArray(i), level + 1, i == 0 ? repetition : level);
      }
    }
  }

  /** @param repetition level of the list that begins anew with the first value; the others go on in the innermost list */
  private void put(float[] values, int from, int count, int repetition) throws IOException {
    if (floats.remaining() < count) {
      int used = floats.position();
      bytes = Arrays.copyOf(bytes, Math.multiplyExact(Float.BYTES, Math.max(2 * floats.capacity(), used + count)));
      floats = view(bytes).position(used);
    }
    floats.put(values, from, count);
    entries += count;
    repetitions.write(repetition, 1);
    repetitions.write(lists, count - 1);
    definitions.write(leaf.getMaxDefinitionLevel(), count);
    addBounds(values, from, from + count);
  }

  /** Of the least and the greatest value alone, unless a NaN is among them, for which Parquet has rules of its own. */
  private void addBounds(float[] values, int from, int end) {
    float least = values[from];
    float greatest = least;
    for (int i = from + 1; i < end; i++) {
      least = Math.min(least, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    if (Float.isNaN(least)) {
      for (int i = from; i < end; i++) {
        statistics.updateStats(values[i]);
      }
    } else {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    }
  }

  @Override
  void end() throws IOException {
    if (rows == 0) {
      return;
    }
    BytesInput values = BytesInput.from(bytes, 0, Float.BYTES * floats.position());
    if (version2) {
      pages.writePageV2(rows, (int) statistics.getNumNulls(), entries, repetitions.bytes(), definitions.bytes(), Encoding.PLAIN, values,
          statistics);
    } else {
      BytesInput page = BytesInput.concat(repetitions.bytesAndLength(), definitions.bytesAndLength(), values);
      pages.writePage(page, entries, rows, statistics, repetitions.encoding(), definitions.encoding(), Encoding.PLAIN);
    }
    begin();
  }

  @Override
  void close() {
    repetitions.close();
    definitions.close();
  }

  /** The repetition or definition levels of a page; no bytes at all where there is only one level. */
  private record Levels(RunLengthBitPackingHybridEncoder encoder) {
    void begin() {
      if (encoder != null) {
        encoder.reset();
      }
    }

    void write(int level, int count) throws IOException {
      if (encoder != null) {
        for (int i = 0; i < count; i++) {
          encoder.writeInt(level);
        }
      }
    }

    BytesInput bytes() throws IOException {
      return encoder == null ? BytesInput.empty() : encoder.toBytes();
    }

    /** As version 1 of a page has them. */
    BytesInput bytesAndLength() throws IOException {
      BytesInput levels = bytes();
      return encoder == null ? levels : BytesInput.concat(BytesInput.fromInt((int) levels.size()), levels);
    }

    @SuppressWarnings("deprecation") // BIT_PACKED is what parquet-java, too, writes where there is nothing to encode
    Encoding encoding() {
      return encoder == null ? Encoding.BIT_PACKED : Encoding.RLE;
    }

    void close() {
      if (encoder != null) {
        encoder.close();
      }
    }
  }
}
