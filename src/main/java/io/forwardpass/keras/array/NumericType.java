package io.forwardpass.keras.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** A NumPy dtype, {@code <f4} or {@code >i8}, and how one number of it is read. */
public final class NumericType {
  private static final Set<String> WEIGHTS = Set.of("float16", "float32", "float64", "int32", "int64");

  private final char kind;
  private final int size;
  private final ByteOrder order;
  private final String name;

  private NumericType(char kind, int size, ByteOrder order, String name) {
    this.kind = kind;
    this.size = size;
    this.order = order;
    this.name = name;
  }

  /** @param descr as a .npy header has it; one that is no number keeps its spelling as its name */
  static NumericType of(String descr) {
    if (!descr.matches("[<>|=]?[fiub][0-9]+") || !known(descr.replaceAll("^[<>|=]", ""))) {
      return new NumericType('?', 0, ByteOrder.LITTLE_ENDIAN, descr);
    }
    String plain = descr.replaceAll("^[<>|=]", "");
    char kind = plain.charAt(0);
    int size = Integer.parseInt(plain.substring(1));
    String name = switch (kind) {
      case 'f' -> "float" + 8 * size;
      case 'i' -> "int" + 8 * size;
      case 'u' -> "uint" + 8 * size;
      default -> "bool";
    };
    return new NumericType(kind, size, descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, name);
  }

  private static boolean known(String plain) {
    return switch (plain.charAt(0)) {
      case 'f' -> Set.of("f2", "f4", "f8").contains(plain);
      case 'b' -> plain.equals("b1");
      default -> Set.of("1", "2", "4", "8").contains(plain.substring(1));
    };
  }

  boolean isNumber() {
    return size > 0;
  }

  /** Whether weights of this dtype are read: floats, and the counters that some layers keep among their weights. */
  public boolean isWeight() {
    return isWeight(name);
  }

  public static boolean isWeight(String dtype) {
    return WEIGHTS.contains(dtype);
  }

  int size() {
    return size;
  }

  double read(ByteBuffer data, int index) {
    data.order(order);
    int at = index * size;
    if (kind == 'f') {
      return size == 4 ? data.getFloat(at) : size == 8 ? data.getDouble(at) : half(data.getShort(at));
    }
    long whole = whole(data, at);
    if (kind != 'u') {
      return whole;
    }
    return size == 8 ? (whole >>> 1) * 2.0 + (whole & 1) : whole & (1L << (8 * size)) - 1;
  }

  private long whole(ByteBuffer data, int at) {
    return switch (size) {
      case 1 -> data.get(at);
      case 2 -> data.getShort(at);
      case 4 -> data.getInt(at);
      default -> data.getLong(at);
    };
  }

  /** A whole number; one of unsigned 64 bits beyond the largest long comes out negative. */
  long readWhole(ByteBuffer data, int index) {
    data.order(order);
    long whole = whole(data, index * size);
    return kind == 'u' && size < 8 ? whole & (1L << (8 * size)) - 1 : whole;
  }

  /** IEEE's half precision, which Java 17 has no method for. */
  static double half(short bits) {
    int exponent = bits >>> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude = exponent == 0x1f ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
        : exponent == 0 ? fraction * 0x1p-24 : (fraction + 0x400) * Math.scalb(1.0, exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }

  @Override
  public String toString() {
    return name;
  }
}
