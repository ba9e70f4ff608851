package io.forwardpass.keras;

import io.forwardpass.Refusal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One NumPy array as {@code np.save} writes it, in row-major order whatever the file's; pickled objects are refused. */
public final class NpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|\\[)");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

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

  static boolean isNpy(byte[] bytes) {
    return bytes.length >= MAGIC.length && ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /**
   * @param source the file it stands in, for messages
   * @param name what to call it
   */
  static NpyArray parse(String source, String name, byte[] bytes) {
    try {
      return parse(source, name, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException | IllegalArgumentException cut) {
      throw damaged(source, name, "it ends within its header");
    }
  }

  /** An array of objects, whose data is a pickle; never taken for numbers. */
  static Optional<NpyArray> parsePickled(String source, String name, byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      Matcher descr = DESCR.matcher(header(source, name, buffer));
      boolean pickled = descr.find() && descr.group(1) != null && descr.group(1).endsWith("O");
      return pickled ? Optional.of(new NpyArray(name, NumericType.of("O"), new int[0], false, buffer.slice())) : Optional.empty();
    } catch (BufferUnderflowException cut) {
      throw damaged(source, name, "it ends within its header");
    }
  }

  /** From its parts; empty where there are not the bytes that the shape needs. */
  static Optional<NpyArray> of(String name, String descr, int[] shape, boolean fortran, byte[] bytes) {
    NumericType type = NumericType.of(descr);
    boolean fits = Arrays.stream(shape).allMatch(size -> size >= 0)
        && Arrays.stream(shape).asLongStream().reduce(type.size(), (a, b) -> a * b) <= bytes.length;
    return fits ? Optional.of(new NpyArray(name, type, shape, fortran, ByteBuffer.wrap(bytes))) : Optional.empty();
  }

  private static NpyArray parse(String source, String name, ByteBuffer bytes) {
    String header = header(source, name, bytes);
    Matcher descr = DESCR.matcher(header);
    Matcher order = FORTRAN.matcher(header);
    Matcher dimensions = SHAPE.matcher(header);
    if (!descr.find() || !order.find() || !dimensions.find()) {
      throw damaged(source, name, "its header is " + header.strip());
    }
    String spelled = descr.group(1) == null ? "structured" : descr.group(1);
    if (spelled.endsWith("O")) {
      throw Refusal.model("Cannot read " + source + ": array " + name + " holds pickled Python objects, which are never "
          + "evaluated here. Save plain arrays: np.savez(file, *model.get_weights()).");
    }
    int[] shape = shape(source, name, dimensions.group(1));
    NumericType type = NumericType.of(spelled);
    ByteBuffer data = bytes.slice();
    if (type.isNumber() && data.remaining() < (long) elements(shape) * type.size()) {
      throw damaged(source, name, "shape " + dimensions.group().replaceAll("^.*\\(", "(") + " of " + type + " needs "
          + (long) elements(shape) * type.size() + " bytes and " + data.remaining() + " are there");
    }
    return new NpyArray(name, type, shape, order.group(1).equals("True"), data);
  }

  private static String header(String source, String name, ByteBuffer bytes) {
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
    byte[] header = new byte[version == 1 ? Short.toUnsignedInt(bytes.getShort()) : boundedLength(bytes)];
    bytes.get(header);
    return new String(header, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  private static int boundedLength(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return length;
  }

  private static int[] shape(String source, String name, String text) {
    try {
      int[] shape = Pattern.compile(",").splitAsStream(text).map(String::strip).filter(part -> !part.isEmpty())
          .mapToInt(Integer::parseInt).toArray();
      elements(shape);
      return shape;
    } catch (NumberFormatException | ArithmeticException huge) {
      throw damaged(source, name, "its shape is (" + text + ")");
    }
  }

  private static Refusal damaged(String source, String name, String why) {
    return Refusal.model("Cannot read " + source + ": array " + name + " is a damaged or truncated .npy, " + why
        + ". Copy the file again, in full.");
  }

  private static int elements(int[] shape) {
    int product = 1;
    for (int size : shape) {
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

  ByteBuffer data() {
    return data;
  }

  StoredArray stored() {
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
