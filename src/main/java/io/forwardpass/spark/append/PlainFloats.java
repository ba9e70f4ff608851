package io.forwardpass.spark.append;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.DefaultValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Floats in Parquet's PLAIN encoding, four bytes at a time: parquet-java's own writer takes half of all time for its bytes. */
final class PlainFloats extends ValuesWriter {
  private static final VarHandle FLOATS = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  /** Hands them out for float columns, and parquet-java's own for the others. */
  static final class Factory implements ValuesWriterFactory {
    private final DefaultValuesWriterFactory others = new DefaultValuesWriterFactory();

    @Override
    public void initialize(ParquetProperties properties) {
      others.initialize(properties);
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
      return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT ? new PlainFloats() : others.newValuesWriter(column);
    }
  }

  private byte[] bytes = new byte[4096];
  private int size;

  @Override
  public void writeFloat(float value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, size));
    }
    FLOATS.set(bytes, size, value);
    size += Float.BYTES;
  }

  @Override
  public long getBufferedSize() {
    return size;
  }

  /** Of use until the next value is written, which is after its page. */
  @Override
  public BytesInput getBytes() {
    return BytesInput.from(bytes, 0, size);
  }

  @Override
  public Encoding getEncoding() {
    return Encoding.PLAIN;
  }

  @Override
  public void reset() {
    size = 0;
  }

  @Override
  public long getAllocatedSize() {
    return bytes.length;
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + " PLAIN floats " + size + " of " + bytes.length + " bytes";
  }
}
