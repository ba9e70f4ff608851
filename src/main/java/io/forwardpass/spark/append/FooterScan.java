package io.forwardpass.spark.append;

import io.forwardpass.spark.append.parquet.Footers;
import io.forwardpass.spark.append.parquet.NotAppendable;
import io.forwardpass.spark.append.parquet.TopColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Reads an input file's footer: its row groups, and whether it is one that predictions can be appended to. */
public final class FooterScan implements Function<ListedFile, FooterScan.Found> {
  private static final long serialVersionUID = 1L;

  /** A file with its row groups, or the reason why it cannot be appended to. */
  static final class Found implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    final SourceFile file; // null where there is a reason
    final String reason;

    private Found(SourceFile file, String reason) {
      this.file = file;
      this.reason = reason;
    }
  }

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String[] columns; // kept, and features
  private final ArrayList<ArrayList<SchemaElement>> like; // how the first file has those
  private final String likeName;
  private final String[] partitions;

  FooterScan(Broadcast<SerializableConfiguration> hadoop, String[] columns, String[] partitions, FileMetaData first, String firstName)
      throws NotAppendable {
    this.hadoop = hadoop;
    this.columns = columns;
    this.partitions = partitions;
    likeName = firstName;
    like = new ArrayList<>();
    TopColumns top = new TopColumns(first.getSchema());
    for (String column : columns) {
      TopColumns.Column found = top.get(column);
      NotAppendable.when(found == null, firstName + " has no column " + column);
      like.add(new ArrayList<>(found.elements()));
    }
  }

  public static FileMetaData footer(ListedFile file, Configuration hadoop) throws IOException, NotAppendable {
    Path path = file.location();
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return Footers.read(in, file.length, file.name());
    }
  }

  @Override
  public Found call(ListedFile file) throws IOException {
    try {
      FileMetaData footer = footer(file, hadoop.value().value());
      check(file.name(), footer);
      return new Found(new SourceFile(file, RowGroups.of(footer.getRow_groups(), file.name())), null);
    } catch (NotAppendable e) {
      return new Found(null, e.getMessage());
    }
  }

  private void check(String name, FileMetaData footer) throws NotAppendable {
    TopColumns top = new TopColumns(footer.getSchema());
    for (String partition : partitions) {
      NotAppendable.when(top.get(partition) != null, "the partition column " + partition + " is in " + name + " too");
    }
    for (int i = 0; i < columns.length; i++) {
      TopColumns.Column column = top.get(columns[i]);
      List<SchemaElement> wanted = like.get(i);
      NotAppendable.when(column == null,
          "the files' schemas differ: " + name + " has no column " + columns[i] + ", but " + likeName + " has");
      NotAppendable.when(!column.elements().equals(wanted), "the files' schemas differ in " + columns[i] + ": " + shown(column.elements())
          + " in " + name + ", " + shown(wanted) + " in " + likeName);
    }
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        NotAppendable.when(chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data(), name + " is encrypted");
        NotAppendable.when(chunk.isSetFile_path(), name + " holds its columns in other files");
      }
    }
  }

  private static String shown(List<SchemaElement> elements) {
    SchemaElement top = elements.get(0);
    String type = top.isSetType() ? top.getType() + (top.isSetType_length() ? "(" + top.getType_length() + ")" : "") : "group";
    return top.getRepetition_type().name().toLowerCase(java.util.Locale.ROOT) + " " + type.toLowerCase(java.util.Locale.ROOT)
        + (top.isSetConverted_type() ? " " + top.getConverted_type() : "");
  }
}
