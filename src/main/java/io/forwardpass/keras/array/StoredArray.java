package io.forwardpass.keras.array;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An array as it was found in a file: its numbers, or the dtype that keeps them from being weights. */
public final class StoredArray {
  private final String name;
  private final String dtype;
  private final int[] shape;
  private final float[] values;

  private StoredArray(String name, String dtype, int[] shape, float[] values) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.values = values;
  }

  public static StoredArray of(String name, String dtype, int[] shape, float[] values) {
    return new StoredArray(name, dtype, shape.clone(), values);
  }

  /** Of a dtype that no weight of a supported layer has: it is refused only where a layer asks for it. */
  public static StoredArray unreadable(String name, String dtype, int[] shape) {
    return new StoredArray(name, dtype, shape.clone(), null);
  }

  public String name() {
    return name;
  }

  public String dtype() {
    return dtype;
  }

  public int[] shape() {
    return shape;
  }

  public boolean isReadable() {
    return values != null;
  }

  /** Row-major, null for a dtype that is not read. */
  public float[] values() {
    return values;
  }

  /** Rows of numbers have two dimensions always: what stands in one row or one column may be a vector. */
  public boolean isText() {
    return dtype.equals(CsvArray.DTYPE);
  }

  StoredArray named(String other) {
    return new StoredArray(other, dtype, shape, values);
  }

  /** For messages: {@code dense/kernel:0 (4, 20)}. */
  @Override
  public String toString() {
    return name + " " + shapeText(shape);
  }

  /** As Keras prints a shape: {@code (4, 20)}, {@code (20,)}, {@code ()}; a size left open is {@code None}. */
  public static String shapeText(int[] shape) {
    String sizes = Arrays.stream(shape).mapToObj(size -> size < 0 ? "None" : Integer.toString(size)).collect(Collectors.joining(", "));
    return "(" + sizes + (shape.length == 1 ? ",)" : ")");
  }
}
