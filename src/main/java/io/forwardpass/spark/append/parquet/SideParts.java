package io.forwardpass.spark.append.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;

/** What belongs to a column chunk but lies apart from it: page indexes and bloom filter, moved on with their chunk. */
final class SideParts {
  private static final int HEADER = 256; // more than a bloom filter's header takes

  private final ColumnChunk chunk; // as it will stand in the new footer
  private final byte[] columnIndex;
  private final byte[] offsetIndex;
  private final byte[] bloomFilter;

  private SideParts(ColumnChunk chunk, byte[] columnIndex, byte[] offsetIndex, byte[] bloomFilter) {
    this.chunk = chunk;
    this.columnIndex = columnIndex;
    this.offsetIndex = offsetIndex;
    this.bloomFilter = bloomFilter;
  }

  /** @param shift how much further on the chunk lies in the new file */
  static SideParts of(ColumnChunk chunk, long shift, Bytes file) throws IOException {
    byte[] column = chunk.isSetColumn_index_offset() && chunk.isSetColumn_index_length()
        ? file.read(chunk.getColumn_index_offset(), chunk.getColumn_index_length()) : null;
    byte[] offsets = chunk.isSetOffset_index_offset() && chunk.isSetOffset_index_length()
        ? shifted(file.read(chunk.getOffset_index_offset(), chunk.getOffset_index_length()), shift) : null;
    return new SideParts(chunk, column, offsets, bloomFilter(chunk.getMeta_data(), file));
  }

  private static byte[] shifted(byte[] index, long shift) throws IOException {
    OffsetIndex offsets = Util.readOffsetIndex(new ByteArrayInputStream(index));
    for (PageLocation page : offsets.getPage_locations()) {
      page.setOffset(page.getOffset() + shift);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(index.length + 16);
    Util.writeOffsetIndex(offsets, out);
    return out.toByteArray();
  }

  /** Older files do not tell its length, but its header does. */
  private static byte[] bloomFilter(ColumnMetaData chunk, Bytes file) throws IOException {
    if (!chunk.isSetBloom_filter_offset()) {
      return null;
    }
    long at = chunk.getBloom_filter_offset();
    if (chunk.isSetBloom_filter_length()) {
      return file.read(at, chunk.getBloom_filter_length());
    }
    ByteArrayInputStream start = new ByteArrayInputStream(file.read(at, (int) Math.min(HEADER, file.length() - at)));
    int available = start.available();
    BloomFilterHeader header = Util.readBloomFilterHeader(start);
    return file.read(at, available - start.available() + header.getNumBytes());
  }

  void writeBloomFilter(PositionedOutput out) throws IOException {
    if (bloomFilter != null) {
      chunk.getMeta_data().setBloom_filter_offset(out.position()).setBloom_filter_length(bloomFilter.length);
      out.write(bloomFilter);
    }
  }

  void writeColumnIndex(PositionedOutput out) throws IOException {
    if (columnIndex != null) {
      chunk.setColumn_index_offset(out.position()).setColumn_index_length(columnIndex.length);
      out.write(columnIndex);
    }
  }

  void writeOffsetIndex(PositionedOutput out) throws IOException {
    if (offsetIndex != null) {
      chunk.setOffset_index_offset(out.position()).setOffset_index_length(offsetIndex.length);
      out.write(offsetIndex);
    }
  }
}
