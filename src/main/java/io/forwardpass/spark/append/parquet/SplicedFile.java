package io.forwardpass.spark.append.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;

/** An output file: row groups put together of the input's column chunks, byte for byte, and the new ones. */
public final class SplicedFile {
  private final PositionedOutput out;
  private final Layout layout;
  private final FileMetaData footer;
  private final List<SideParts> sides = new ArrayList<>();

  /** @param predictions the footer of a file of new columns alone, for their schema */
  public SplicedFile(PositionedOutput out, Layout layout, FileMetaData predictions) throws IOException {
    this.out = out;
    this.layout = layout;
    footer = layout.footer(predictions);
    out.write(Footers.MAGIC);
  }

  public boolean takes(Layout other) {
    return layout.isLike(other);
  }

  public long rows() {
    return footer.getNum_rows();
  }

  /** @param chunks holds the predictions of the row group */
  public void append(RowGroup group, SourceBytes input, PredictionChunks chunks) throws IOException {
    RowGroup spliced = new RowGroup(new ArrayList<>(), 0, group.getNum_rows());
    spliced.setFile_offset(out.position());
    carry(group, input, spliced);
    long shift = out.position() - Footers.MAGIC.length;
    PredictionFile file = chunks.end(out);
    RowGroup predictions = file.footer().getRow_groups().get(0);
    if (group.getNum_rows() != predictions.getNum_rows()) {
      throw new IllegalStateException("a row group of " + group.getNum_rows() + " rows got " + predictions.getNum_rows() + " predictions");
    }
    for (ColumnChunk chunk : predictions.getColumns()) {
      add(chunk, shift, file, spliced);
    }
    spliced.setTotal_compressed_size(Footers.compressedBytes(spliced));
    if (footer.getRow_groupsSize() <= Short.MAX_VALUE) {
      spliced.setOrdinal((short) footer.getRow_groupsSize());
    }
    List<SortingColumn> sorting = group.isSetSorting_columns() ? sorting(group.getSorting_columns()) : List.of();
    if (!sorting.isEmpty()) {
      spliced.setSorting_columns(sorting);
    }
    footer.addToRow_groups(spliced);
    footer.setNum_rows(footer.getNum_rows() + group.getNum_rows());
  }

  /** Chunks that follow one another in the input are copied in one go. */
  private void carry(RowGroup from, SourceBytes input, RowGroup to) throws IOException {
    int[] leaves = layout.leaves;
    for (int first = 0; first < leaves.length;) {
      long start = Footers.start(meta(from, leaves[first]));
      long end = start;
      long shift = out.position() - start;
      int next = first;
      while (next < leaves.length && Footers.start(meta(from, leaves[next])) == end) {
        end += meta(from, leaves[next]).getTotal_compressed_size();
        next++;
      }
      input.copy(start, end - start, out);
      for (int i = first; i < next; i++) {
        add(from.getColumns().get(leaves[i]), shift, input, to);
      }
      first = next;
    }
  }

  private static ColumnMetaData meta(RowGroup group, int leaf) {
    return group.getColumns().get(leaf).getMeta_data();
  }

  private void add(ColumnChunk chunk, long shift, Bytes input, RowGroup to) throws IOException {
    ColumnChunk moved = chunk.deepCopy();
    sides.add(SideParts.of(moved, shift, input));
    ColumnMetaData meta = moved.getMeta_data();
    meta.setData_page_offset(meta.getData_page_offset() + shift);
    if (meta.isSetDictionary_page_offset()) {
      if (meta.getDictionary_page_offset() >= Footers.MAGIC.length) {
        meta.setDictionary_page_offset(meta.getDictionary_page_offset() + shift);
      } else {
        meta.unsetDictionary_page_offset();
      }
    }
    if (meta.isSetIndex_page_offset()) {
      meta.setIndex_page_offset(meta.getIndex_page_offset() + shift);
    }
    if (moved.getFile_offset() != 0) {
      moved.setFile_offset(moved.getFile_offset() + shift);
    }
    to.addToColumns(moved);
    to.setTotal_byte_size(to.getTotal_byte_size() + meta.getTotal_uncompressed_size());
  }

  /** Rows stay sorted by the first columns of the order, as long as those are kept. */
  private List<SortingColumn> sorting(List<SortingColumn> before) {
    List<SortingColumn> after = new ArrayList<>();
    for (SortingColumn column : before) {
      int place = -1;
      for (int i = 0; i < layout.leaves.length; i++) {
        place = layout.leaves[i] == column.getColumn_idx() ? i : place;
      }
      if (place < 0) {
        return after;
      }
      after.add(column.deepCopy().setColumn_idx(place));
    }
    return after;
  }

  /** Writes what belongs behind the row groups, and closes the file. */
  public void end() throws IOException {
    for (SideParts side : sides) {
      side.writeBloomFilter(out);
    }
    for (SideParts side : sides) {
      side.writeColumnIndex(out);
    }
    for (SideParts side : sides) {
      side.writeOffsetIndex(out);
    }
    Footers.write(footer, out);
    out.close();
  }

  /** Closes the file as it is, to be removed. */
  public void abandon() throws IOException {
    out.close();
  }
}
