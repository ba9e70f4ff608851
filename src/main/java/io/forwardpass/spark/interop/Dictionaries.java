package io.forwardpass.spark.interop;

import java.lang.reflect.Field;
import org.apache.spark.sql.execution.datasources.parquet.ParquetDictionary;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/**
 * Which dictionary a column's values stand in. Spark makes a new object for every batch of the one that a file's column chunk has, and
 * shows neither; they are read by reflection.
 */
public final class Dictionaries {
  private static final Field OF_VECTOR = field(WritableColumnVector.class);
  private static final Field OF_BATCH = field(ParquetDictionary.class);

  private Dictionaries() {}

  private static Field field(Class<?> owner) {
    try {
      Field field = owner.getDeclaredField("dictionary");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException | RuntimeException otherSpark) {
      return null;
    }
  }

  /** An object that is the same for as long as an id means the same value; null where that is not known. */
  public static Object identity(WritableColumnVector column) {
    try {
      Object dictionary = OF_VECTOR == null ? null : OF_VECTOR.get(column);
      return OF_BATCH != null && dictionary instanceof ParquetDictionary ? OF_BATCH.get(dictionary) : dictionary;
    } catch (IllegalAccessException closed) {
      return null;
    }
  }
}
