package io.forwardpass.spark.feature;

import io.forwardpass.network.KeyEncoding;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of keys, texts or whole numbers, whose codes the network takes in place of them. */
abstract class KeyFeature extends Feature {
  private static final long serialVersionUID = 1L;

  private final KeyEncoding encoding;

  KeyFeature(int column, KeyEncoding encoding) {
    super(column);
    this.encoding = encoding;
  }

  KeyEncoding encoding() {
    return encoding;
  }

  /** The code of a text, which Spark keeps in an array of bytes, or outside the heap. */
  long code(UTF8String text) {
    if (text.getBaseObject() instanceof byte[] bytes) {
      return encoding.ofText(bytes, (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET), text.numBytes());
    }
    return encoding.ofText(text.getBytes(), 0, text.numBytes());
  }

  /** Writes the code of the key that an element of a row is. */
  void put(long code, int element, float[] data, int capacity, int to, InvalidRows invalid) {
    encoding.write(code, data, element * encoding.width() * capacity + to, capacity);
    if (code == KeyEncoding.UNKNOWN && encoding.width() == 1) {
      invalid.mark(to, column(), InvalidRows.UNKNOWN_KEY, element);
    }
  }

  /** Where there is no key, zeros. */
  void clear(int element, float[] data, int capacity, int to) {
    for (int i = 0; i < encoding.width(); i++) {
      data[(element * encoding.width() + i) * capacity + to] = 0f;
    }
  }

  @Override
  public boolean marks(int kind) {
    return kind != InvalidRows.INDEX;
  }

  @Override
  public String describe(String name, int kind, long detail) {
    return switch (kind) {
      case InvalidRows.NULL -> name + " is null";
      case InvalidRows.NAN -> name + " is NaN";
      case InvalidRows.NULL_ELEMENT -> name + " holds null";
      case InvalidRows.NAN_ELEMENT -> name + " holds NaN";
      default -> name + " holds a key that is not in the model's vocabulary";
    };
  }
}
