package io.forwardpass.spark.append;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;

/** A file's bytes by position, in storage or in memory. */
interface Bytes {
  byte[] read(long from, int count) throws IOException;

  void copy(long from, long count, OutputStream to) throws IOException;

  long length();

  static Bytes of(MemoryFile file) {
    return new Bytes() {
      @Override
      public byte[] read(long from, int count) {
        return Arrays.copyOfRange(file.array(), (int) from, (int) from + count);
      }

      @Override
      public void copy(long from, long count, OutputStream to) throws IOException {
        to.write(file.array(), (int) from, (int) count);
      }

      @Override
      public long length() {
        return file.length();
      }
    };
  }

  /**
   * @param path what failures call it
   * @param buffer for copying, of any length
   */
  static Bytes of(String path, FSDataInputStream file, long length, byte[] buffer) {
    return new Bytes() {
      @Override
      public byte[] read(long from, int count) throws IOException {
        byte[] bytes = new byte[count];
        file.seek(from);
        fill(bytes, count);
        return bytes;
      }

      @Override
      public void copy(long from, long count, OutputStream to) throws IOException {
        file.seek(from);
        for (long left = count; left > 0;) {
          int part = (int) Math.min(left, buffer.length);
          fill(buffer, part);
          to.write(buffer, 0, part);
          left -= part;
        }
      }

      private void fill(byte[] bytes, int count) {
        ReadFailures.named(path, () -> {
          file.readFully(bytes, 0, count);
          return bytes;
        });
      }

      @Override
      public long length() {
        return length;
      }
    };
  }
}
