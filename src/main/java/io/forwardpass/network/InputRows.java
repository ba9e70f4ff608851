package io.forwardpass.network;

import java.nio.charset.StandardCharsets;

/** The rows of one model input as they are given, one after another: numbers, whole numbers of 64 bits, or texts. */
public final class InputRows {
  private final float[] numbers; // exactly one of the three is there
  private final long[] wholeNumbers;
  private final String[] texts;

  private InputRows(float[] numbers, long[] wholeNumbers, String[] texts) {
    this.numbers = numbers;
    this.wholeNumbers = wholeNumbers;
    this.texts = texts;
  }

  public static InputRows numbers(float[] numbers) {
    return new InputRows(numbers, null, null);
  }

  public static InputRows wholeNumbers(long[] wholeNumbers) {
    return new InputRows(null, wholeNumbers, null);
  }

  public static InputRows texts(String[] texts) {
    return new InputRows(null, null, texts);
  }

  /** How many there are, of all rows. */
  public int count() {
    return numbers != null ? numbers.length : wholeNumbers != null ? wholeNumbers.length : texts.length;
  }

  /** The text or the whole number at a place; null where the rows hold floats. */
  public Object key(int index) {
    return wholeNumbers != null ? (Object) wholeNumbers[index] : texts != null ? texts[index] : null;
  }

  /** As floats, which texts are not. */
  public float[] floats() {
    if (wholeNumbers == null) {
      return numbers;
    }
    float[] floats = new float[wholeNumbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = wholeNumbers[i];
    }
    return floats;
  }

  /** The codes of all keys, {@link KeyEncoding#width} numbers each. */
  public float[] codes(KeyEncoding encoding) {
    int width = encoding.width();
    float[] codes = new float[Math.multiplyExact(count(), width)];
    for (int i = 0; i < count(); i++) {
      encoding.write(code(encoding, i), codes, i * width, 1);
    }
    return codes;
  }

  private long code(KeyEncoding encoding, int i) {
    if (texts != null) {
      byte[] utf8 = texts[i].getBytes(StandardCharsets.UTF_8);
      return encoding.ofText(utf8, 0, utf8.length);
    }
    return encoding.ofNumber(wholeNumbers != null ? wholeNumbers[i] : KeyEncoding.truncated(numbers[i]));
  }
}
