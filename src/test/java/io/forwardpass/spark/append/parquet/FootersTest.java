package io.forwardpass.spark.append.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.forwardpass.spark.append.FooterScan;
import io.forwardpass.spark.append.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.format.FileMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Footers of other writers' files. */
class FootersTest {
  private static final Path FIXTURE = Path.of("src", "test", "resources", "parquet", "arrow-empty-group", "data.parquet");

  @TempDir
  Path folder;

  private FileMetaData read(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("a b%20c.parquet"), bytes);
    String url = file.toUri().toString();
    return FooterScan.footer(new SourceFile(url, bytes.length, 0, null, ""), new Configuration());
  }

  @Test
  void readsRowGroupsAndNotes() throws Exception {
    FileMetaData footer = read(Files.readAllBytes(FIXTURE));
    assertEquals(500, footer.getNum_rows());
    assertEquals(3, footer.getRow_groupsSize());
  }

  @Test
  void tellsEncryptedFilesByTheirEnd() throws Exception {
    byte[] bytes = Files.readAllBytes(FIXTURE);
    System.arraycopy("PARE".getBytes(StandardCharsets.US_ASCII), 0, bytes, bytes.length - 4, 4);
    assertEquals("a b%20c.parquet is encrypted", assertThrows(NotAppendable.class, () -> read(bytes)).getMessage());
  }

  @Test
  void tellsFilesThatAreNotParquet() {
    assertEquals("a b%20c.parquet is not a Parquet file",
        assertThrows(NotAppendable.class, () -> read("id,x1\n1,2.5\n".getBytes(StandardCharsets.US_ASCII))).getMessage());
    assertEquals("a b%20c.parquet is not a Parquet file",
        assertThrows(NotAppendable.class, () -> read("PAR1\7\7\7\7PAR1".getBytes(StandardCharsets.US_ASCII))).getMessage());
  }
}
