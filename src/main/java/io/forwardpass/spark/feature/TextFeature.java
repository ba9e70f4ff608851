package io.forwardpass.spark.feature;

import io.forwardpass.network.KeyEncoding;
import io.forwardpass.spark.interop.Dictionaries;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A text column: one element of a model input. Of a dictionary, each entry is looked up once; no text is made of a row. */
public final class TextFeature extends KeyFeature {
  private static final long serialVersionUID = 1L;
  private static final long NOT_YET = KeyEncoding.UNKNOWN + 1;

  private final int element;
  private transient Object dictionary; // that codes are of
  private transient long[] codes; // by entry

  public TextFeature(int column, int element, KeyEncoding encoding) {
    super(column, encoding);
    this.element = element;
  }

  @Override
  public Feature forTask() {
    return new TextFeature(column(), element, encoding());
  }

  @Override
  public void read(ColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    if (values instanceof WritableColumnVector writable && writable.hasDictionary()) {
      readEntries(writable, from, count, data, capacity, to, invalid);
      return;
    }
    boolean constant = values instanceof ConstantColumnVector;
    for (int r = 0; r < count; r++) {
      if (values.isNullAt(from + r)) {
        nothing(data, capacity, to + r, invalid);
      } else if (constant && r > 0) {
        copy(data, capacity, to, to + r, invalid);
      } else {
        put(code(values.getUTF8String(from + r)), element, data, capacity, to + r, invalid);
      }
    }
  }

  private void readEntries(WritableColumnVector values, int from, int count, float[] data, int capacity, int to, InvalidRows invalid) {
    begin(Dictionaries.identity(values));
    WritableColumnVector ids = values.getDictionaryIds();
    boolean nulls = values.hasNull();
    boolean single = encoding().width() == 1;
    int at = element * capacity + to;
    for (int r = 0; r < count; r++) {
      if (nulls && values.isNullAt(from + r)) {
        nothing(data, capacity, to + r, invalid);
        continue;
      }
      int id = ids.getDictId(from + r);
      long code = id < codes.length ? codes[id] : NOT_YET;
      if (code == NOT_YET) {
        code = remember(id, code(values.getUTF8String(from + r)));
      }
      if (single && code != KeyEncoding.UNKNOWN) {
        data[at + r] = code;
      } else {
        put(code, element, data, capacity, to + r, invalid);
      }
    }
  }

  /** Entries of another dictionary are looked up anew; where dictionaries cannot be told apart, at every call. */
  private void begin(Object current) {
    if (codes == null) {
      codes = new long[0];
    }
    if (current == null || current != dictionary) {
      Arrays.fill(codes, NOT_YET);
      dictionary = current;
    }
  }

  private long remember(int id, long code) {
    if (id >= codes.length) {
      int before = codes.length;
      codes = Arrays.copyOf(codes, Math.max(id + 1, 2 * before));
      Arrays.fill(codes, before, codes.length, NOT_YET);
    }
    codes[id] = code;
    return code;
  }

  private void nothing(float[] data, int capacity, int to, InvalidRows invalid) {
    clear(element, data, capacity, to);
    invalid.mark(to, column(), InvalidRows.NULL, 0);
  }

  /** The code of another row, which has the same text. */
  private void copy(float[] data, int capacity, int from, int to, InvalidRows invalid) {
    for (int i = element * encoding().width(); i < (element + 1) * encoding().width(); i++) {
      data[i * capacity + to] = data[i * capacity + from];
    }
    if (InvalidRows.kind(invalid.reason(from)) == InvalidRows.UNKNOWN_KEY) {
      invalid.mark(to, column(), InvalidRows.UNKNOWN_KEY, element);
    }
  }

  @Override
  public void read(SpecializedGetters row, int ordinal, float[] data, int capacity, int to, InvalidRows invalid) {
    if (row.isNullAt(ordinal)) {
      nothing(data, capacity, to, invalid);
    } else {
      put(code(row.getUTF8String(ordinal)), element, data, capacity, to, invalid);
    }
  }
}
