package io.forwardpass.spark.append.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Parquet footers as the format defines them, field by field: what parquet-java's own model of them leaves out
 * (size statistics, sorting, exact offsets) is carried over too.
 */
public final class Footers {
  static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 8; // length of the footer, magic
  private static final int GUESS = 64 << 10; // most footers are shorter, and come with the first read

  private Footers() {}

  /** @throws NotAppendable where the file is encrypted, or no Parquet file */
  public static FileMetaData read(FSDataInputStream file, long length, String name) throws IOException, NotAppendable {
    int guess = (int) Math.min(length, GUESS);
    byte[] end = new byte[guess];
    file.readFully(length - guess, end);
    if (guess < MAGIC.length + TAIL || (!endsWith(end, MAGIC) && !endsWith(end, ENCRYPTED))) {
      throw new NotAppendable(name + " is not a Parquet file");
    }
    NotAppendable.when(endsWith(end, ENCRYPTED), name + " is encrypted");
    int size = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(guess - TAIL);
    if (size < 0 || size + TAIL + MAGIC.length > length) {
      throw new NotAppendable(name + " is not a Parquet file");
    }
    byte[] footer = end;
    int from = guess - TAIL - size;
    if (from < 0) {
      footer = new byte[size];
      file.readFully(length - TAIL - size, footer);
      from = 0;
    }
    FileMetaData read = Util.readFileMetaData(new ByteArrayInputStream(footer, from, size));
    NotAppendable.when(read.isSetEncryption_algorithm(), name + " is encrypted");
    return read;
  }

  /** Reads the footer of a whole file in memory. */
  public static FileMetaData read(byte[] file, int length) throws IOException {
    int size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(length - TAIL);
    return Util.readFileMetaData(new ByteArrayInputStream(file, length - TAIL - size, size));
  }

  /** Ends a file. */
  static void write(FileMetaData footer, PositionedOutput out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, bytes);
    out.write(bytes.toByteArray());
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.size()).array());
    out.write(MAGIC);
  }

  private static boolean endsWith(byte[] bytes, byte[] end) {
    return java.util.Arrays.equals(bytes, bytes.length - end.length, bytes.length, end, 0, end.length);
  }

  /** Where a chunk's first page is: the dictionary, where there is one. Some writers put 0 where there is none. */
  static long start(ColumnMetaData chunk) {
    boolean dictionaryFirst = chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() >= MAGIC.length
        && chunk.getDictionary_page_offset() < chunk.getData_page_offset();
    return dictionaryFirst ? chunk.getDictionary_page_offset() : chunk.getData_page_offset();
  }

  public static long compressedBytes(RowGroup group) {
    long bytes = 0;
    for (ColumnChunk chunk : group.getColumns()) {
      bytes += chunk.getMeta_data().getTotal_compressed_size();
    }
    return bytes;
  }

  /** The byte by which parquet-java decides which split a row group belongs to: the middle one, computed as it does. */
  public static long middle(RowGroup group) {
    ColumnMetaData first = group.getColumns().get(0).getMeta_data();
    long start = first.getData_page_offset();
    if (first.isSetDictionary_page_offset() && start > first.getDictionary_page_offset()) {
      start = first.getDictionary_page_offset();
    }
    return start + (group.isSetTotal_compressed_size() ? group.getTotal_compressed_size() : compressedBytes(group)) / 2;
  }
}
