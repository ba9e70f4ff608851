package io.forwardpass.keras.array;

import io.forwardpass.refusal.Refusal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands before the numbers of a {@code .npy}: dtype, order and shape, as a Python dictionary in text. */
public final class NpyHeader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|\\[)");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  private final String descr;
  private final boolean fortran;
  private final int[] shape;
  private final ByteBuffer data;

  private NpyHeader(String descr, boolean fortran, int[] shape, ByteBuffer data) {
    this.descr = descr;
    this.fortran = fortran;
    this.shape = shape;
    this.data = data;
  }

  public static boolean isNpy(byte[] bytes) {
    return bytes.length >= MAGIC.length && ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /**
   * @param source the file it stands in, for messages
   * @param name of the array, for messages
   */
  public static NpyHeader parse(String source, String name, byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      String text = text(source, name, buffer);
      Matcher descr = DESCR.matcher(text);
      Matcher order = FORTRAN.matcher(text);
      Matcher shape = SHAPE.matcher(text);
      if (!descr.find() || !order.find() || !shape.find()) {
        throw damaged(source, name, "its header is " + text.strip());
      }
      String spelled = descr.group(1) == null ? "structured" : descr.group(1);
      return new NpyHeader(spelled, order.group(1).equals("True"), sizes(source, name, shape.group(1)), buffer.slice());
    } catch (BufferUnderflowException cut) {
      throw damaged(source, name, "it ends within its header");
    }
  }

  private static String text(String source, String name, ByteBuffer bytes) {
    byte[] magic = new byte[MAGIC.length];
    bytes.get(magic);
    if (!isNpy(magic)) {
      throw damaged(source, name, "it does not start as one");
    }
    int version = bytes.get();
    bytes.get();
    if (version < 1 || version > 3) {
      throw Refusal.model("Cannot read " + source + ": array " + name + " is in version " + version
          + " of NumPy's format, and 1 to 3 are read. Save it again with np.save.");
    }
    long length = version == 1 ? Short.toUnsignedInt(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[(int) length];
    bytes.get(text);
    return new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  private static int[] sizes(String source, String name, String text) {
    try {
      int[] shape = Pattern.compile(",").splitAsStream(text).map(String::strip).filter(part -> !part.isEmpty())
          .mapToInt(Integer::parseInt).toArray();
      NpyArray.elements(shape);
      return shape;
    } catch (NumberFormatException | ArithmeticException huge) {
      throw damaged(source, name, "its shape is (" + text + ")");
    }
  }

  static Refusal damaged(String source, String name, String why) {
    return Refusal.model("Cannot read " + source + ": array " + name + " is a damaged or truncated .npy, " + why
        + ". Copy the file again, in full.");
  }

  /** Whether the data is a pickle of Python objects and no numbers. */
  public boolean isPickled() {
    return descr.endsWith("O");
  }

  /** As NumPy spells the dtype: {@code <f4}. */
  String descr() {
    return descr;
  }

  boolean isFortran() {
    return fortran;
  }

  int[] shape() {
    return shape;
  }

  /** What follows the header. */
  ByteBuffer data() {
    return data;
  }
}
