package io.forwardpass.spark.append.parquet;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/** The bytes of an input file; failures to read them name it. */
public final class SourceBytes implements Bytes {
  private final String path;
  private final FSDataInputStream file;
  private final long length;
  private final byte[] buffer;

  /** @param buffer for copying, of any length */
  public SourceBytes(String path, FSDataInputStream file, long length, byte[] buffer) {
    this.path = path;
    this.file = file;
    this.length = length;
    this.buffer = buffer;
  }

  @Override
  public byte[] read(long from, int count) throws IOException {
    byte[] bytes = new byte[count];
    file.seek(from);
    fill(bytes, count);
    return bytes;
  }

  void copy(long from, long count, OutputStream to) throws IOException {
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
}
