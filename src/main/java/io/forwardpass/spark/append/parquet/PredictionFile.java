package io.forwardpass.spark.append.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A Parquet file of new columns, as parquet-java writes it: its pages go straight to where they are wanted, and only what
 * follows them, page indexes and footer, is kept. Its first page is at the position behind the magic bytes.
 */
final class PredictionFile implements OutputFile, Bytes {
  private final OutputStream pages;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private byte[] kept; // the same, when the file is complete
  private long position;
  private long end = Long.MAX_VALUE; // of the pages

  PredictionFile(OutputStream pages) {
    this.pages = pages;
  }

  /** What is written from now on is kept. */
  void endPages() {
    end = position;
  }

  /** Of the file when it is complete. */
  FileMetaData footer() throws IOException {
    return Footers.read(kept(), kept().length);
  }

  private byte[] kept() {
    if (kept == null) {
      kept = rest.toByteArray();
    }
    return kept;
  }

  /** @param from a position behind the pages */
  @Override
  public byte[] read(long from, int count) {
    return Arrays.copyOfRange(kept(), (int) (from - end), (int) (from - end) + count);
  }

  @Override
  public long length() {
    return position;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return position;
      }

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] from, int start, int count) throws IOException {
        if (position >= end) {
          rest.write(from, start, count);
        } else {
          int skipped = (int) Math.min(count, Math.max(0, Footers.MAGIC.length - position));
          pages.write(from, start + skipped, count - skipped);
        }
        position += count;
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
