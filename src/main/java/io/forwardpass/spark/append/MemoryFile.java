package io.forwardpass.spark.append;

import java.io.ByteArrayOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A Parquet file in memory, used again and again: parquet-java writes the new columns of one row group to it. */
final class MemoryFile implements OutputFile {
  /** Lets its array be seen instead of copied. */
  private static final class Bytes extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }

    void makeRoom(int count) {
      if (buf.length < count) {
        buf = new byte[count];
      }
    }
  }

  private final Bytes bytes = new Bytes();

  /** Empties it, with room for so many bytes: growing step by step leaves as much garbage again. */
  void makeRoom(long count) {
    bytes.reset();
    bytes.makeRoom(Math.toIntExact(count));
  }

  byte[] array() {
    return bytes.array();
  }

  int length() {
    return bytes.size();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    bytes.reset();
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return bytes.size();
      }

      @Override
      public void write(int b) {
        bytes.write(b);
      }

      @Override
      public void write(byte[] from, int start, int count) {
        bytes.write(from, start, count);
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return "predictions of a row group";
  }
}
