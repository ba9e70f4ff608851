package io.forwardpass.spark.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.network.KeyEncoding;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.execution.datasources.parquet.ParquetDictionary;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** How often a text is decoded and looked up, where Spark hands out a column as ids of a dictionary. */
class TextFeatureTest {
  private static final int ROWS = 640;

  /** A file's dictionary of a column chunk, which counts what is asked of it. */
  private static final class Counted extends org.apache.parquet.column.Dictionary {
    private final String[] texts;
    private int decoded;

    Counted(String... texts) {
      super(Encoding.PLAIN);
      this.texts = texts;
    }

    @Override
    public int getMaxId() {
      return texts.length - 1;
    }

    @Override
    public Binary decodeToBinary(int id) {
      decoded++;
      return Binary.fromString(texts[id]);
    }
  }

  /** The first letter. */
  private static final class FirstLetter implements KeyEncoding {
    private static final long serialVersionUID = 1L;

    @Override
    public long ofText(byte[] utf8, int start, int length) {
      return length == 0 ? UNKNOWN : utf8[start];
    }

    @Override
    public long ofNumber(long key) {
      throw new IllegalStateException();
    }
  }

  private static void assertRead(Feature feature, Counted dictionary) {
    try (OnHeapColumnVector column = new OnHeapColumnVector(ROWS, DataTypes.StringType)) {
      WritableColumnVector ids = column.reserveDictionaryIds(ROWS);
      for (int r = 0; r < ROWS; r++) {
        ids.putInt(r, r % dictionary.texts.length);
      }
      column.setDictionary(new ParquetDictionary(dictionary, false)); // one of its own for each batch
      float[] data = new float[3 * 64];
      InvalidRows invalid = new InvalidRows(64, true);
      for (int from = 0; from < ROWS; from += 64) {
        feature.read(column, from, 64, data, 64, 0, invalid);
        for (int r = 0; r < 64; r++) {
          String text = dictionary.texts[(from + r) % dictionary.texts.length];
          assertEquals(text.getBytes(StandardCharsets.UTF_8)[0], data[2 * 64 + r]);
        }
      }
    }
  }

  @Test
  void eachEntryOfADictionaryIsLookedUpOnceHoweverManyBatchesShareIt() {
    Feature feature = new TextFeature(0, 2, new FirstLetter()).forTask();
    Counted first = new Counted("a", "bc", "def", "g", "h");
    Counted second = new Counted("z", "a", "y");
    assertRead(feature, first);
    assertRead(feature, first);
    assertEquals(5, first.decoded);
    assertRead(feature, second);
    assertEquals(3, second.decoded);
    assertRead(feature, first);
    assertEquals(10, first.decoded);
  }

  @Test
  void tasksShareNothingThatChanges() {
    Feature shared = new TextFeature(0, 2, new FirstLetter());
    Counted dictionary = new Counted("a", "b");
    assertRead(shared.forTask(), dictionary);
    assertRead(shared.forTask(), dictionary);
    assertEquals(4, dictionary.decoded);
  }
}
