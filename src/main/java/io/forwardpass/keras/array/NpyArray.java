package io.forwardpass.keras.array;

import io.forwardpass.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;

/** One NumPy array as {@code np.save} writes it, in row-major order whatever the file's; pickled objects are refused. */
public final class NpyArray {
  static final int MOST_DIMENSIONS = 64; // of NumPy 2

  private final String name;
  private final NumericType type;
  private final int[] shape;
  private final boolean fortran;
  private final ByteBuffer data;

  private NpyArray(String name, NumericType type, int[] shape, boolean fortran, ByteBuffer data) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.fortran = fortran;
    this.data = data;
  }

  /**
   * @param source the file it stands in, for messages
   * @param name what to call it
   */
  public static NpyArray parse(String source, String name, byte[] bytes) {
    NpyHeader header = NpyHeader.parse(source, name, bytes);
    if (header.isPickled()) {
      throw Refusal.model("Cannot read " + source + ": array " + name + " holds pickled Python objects, which are never "
          + "evaluated here. Save plain arrays: np.savez(file, *model.get_weights()).");
    }
    NumericType type = NumericType.of(header.descr());
    String descr = header.descr();
    long size = !isText(descr) ? type.size() : Integer.parseInt(descr.replaceAll("^[<>|=]?[US]", "")) * (descr.contains("U") ? 4L : 1L);
    long needed = elements(header.shape()) * size;
    if (header.data().remaining() < needed) {
      throw NpyHeader.damaged(source, name, "shape " + StoredArray.shapeText(header.shape()) + " of " + type + " needs " + needed
          + " bytes and " + header.data().remaining() + " are there");
    }
    return new NpyArray(name, type, header.shape(), header.isFortran(), header.data());
  }

  /** From its parts; empty where there are not the bytes that the shape needs. */
  static Optional<NpyArray> of(String name, String descr, int[] shape, boolean fortran, byte[] bytes) {
    NumericType type = NumericType.of(descr);
    try {
      boolean fits = shape.length <= MOST_DIMENSIONS && (long) elements(shape) * type.size() <= bytes.length;
      return fits ? Optional.of(new NpyArray(name, type, shape, fortran, ByteBuffer.wrap(bytes))) : Optional.empty();
    } catch (ArithmeticException impossible) {
      return Optional.empty();
    }
  }

  /** @throws ArithmeticException where no array in memory can have that shape */
  static int elements(int[] shape) {
    int product = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new ArithmeticException("a size of " + size);
      }
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  public String name() {
    return name;
  }

  /** As NumPy spells it: {@code float32}, {@code int64}, {@code bool}. */
  public String dtype() {
    return type.toString();
  }

  public int[] shape() {
    return shape.clone();
  }

  /** Its numbers in double, which holds every one of float64 and of integers up to 2^53; true is 1. */
  public double[] doubles() {
    requireNumbers();
    double[] numbers = new double[elements(shape)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type.read(data, position(i));
    }
    return numbers;
  }

  /** Its numbers narrowed to float32. */
  public float[] floats() {
    requireNumbers();
    float[] numbers = new float[elements(shape)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) type.read(data, position(i));
    }
    return numbers;
  }

  /** Whether it holds texts: {@code <U12}, UTF-32, or {@code |S12}, UTF-8. */
  public boolean isText() {
    return isText(type.toString());
  }

  private static boolean isText(String descr) {
    return descr.matches("[<>|=]?[US][0-9]+");
  }

  /** Whether it holds whole numbers. */
  public boolean isWhole() {
    return type.toString().matches("u?int[0-9]+");
  }

  /** Its texts, without the zeros that NumPy fills them up with. */
  public String[] texts() {
    String descr = type.toString();
    int length = Integer.parseInt(descr.replaceAll("^[<>|=]?[US]", ""));
    boolean wide = descr.contains("U");
    String charset = !wide ? "UTF-8" : descr.startsWith(">") ? "UTF-32BE" : "UTF-32LE";
    byte[] bytes = new byte[wide ? length * 4 : length];
    String[] texts = new String[elements(shape)];
    for (int i = 0; i < texts.length; i++) {
      data.get(Math.multiplyExact(position(i), bytes.length), bytes);
      texts[i] = new String(bytes, Charset.forName(charset)).replaceAll("\0+$", "");
    }
    return texts;
  }

  /** Its whole numbers, to the last bit. */
  public long[] longs() {
    long[] numbers = new long[elements(shape)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type.readWhole(data, position(i));
    }
    return numbers;
  }

  public StoredArray stored() {
    return type.isWeight() ? StoredArray.of(name, dtype(), shape, floats()) : StoredArray.unreadable(name, dtype(), shape);
  }

  /** Where the element stands that is the index-th in row-major order. */
  private int position(int index) {
    if (!fortran) {
      return index;
    }
    int position = 0;
    int rest = index;
    int[] at = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position = position * shape[axis] + at[axis];
    }
    return position;
  }

  private void requireNumbers() {
    if (!type.isNumber()) {
      throw Refusal.model("Cannot read array " + name + ": its dtype is " + type
          + ", and real numbers and booleans are read. Save it as float32.");
    }
  }
}
