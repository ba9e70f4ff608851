package io.forwardpass.spark.append.parquet;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output that knows how much was written to it. */
public final class PositionedOutput extends FilterOutputStream {
  private long position;

  public PositionedOutput(OutputStream out) {
    super(out);
  }

  long position() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    position++;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
    position += count;
  }
}
