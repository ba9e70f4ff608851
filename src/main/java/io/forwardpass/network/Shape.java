package io.forwardpass.network;

import java.io.Serializable;
import java.util.Arrays;

/** The shape of one row's value, without the batch: {@code ()}, {@code (features)}, {@code (steps, features)}, … */
public final class Shape implements Serializable {
  private static final long serialVersionUID = 1L;
  /** A dimension the model leaves open (None in Keras). */
  public static final int OPEN = -1;

  private final int[] dimensions;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
  }

  public static Shape of(int... dimensions) {
    return new Shape(dimensions.clone());
  }

  public int rank() {
    return dimensions.length;
  }

  /** The size along an axis; negative axes count from the end, as in Keras, where -1 is the last. */
  public int size(int axis) {
    return dimensions[axis < 0 ? dimensions.length + axis : axis];
  }

  public int last() {
    return dimensions[dimensions.length - 1];
  }

  public boolean isOpen() {
    return Arrays.stream(dimensions).anyMatch(size -> size < 0);
  }

  /** How many numbers a row has. */
  public int elements() {
    int product = 1;
    for (int size : dimensions) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** This shape with another size along an axis. */
  public Shape with(int axis, int size) {
    int[] changed = dimensions.clone();
    changed[axis < 0 ? changed.length + axis : axis] = size;
    return new Shape(changed);
  }

  /** This shape without its last axis. */
  public Shape withoutLast() {
    return new Shape(Arrays.copyOf(dimensions, dimensions.length - 1));
  }

  /** This shape with one more axis, behind the others. */
  public Shape withLast(int size) {
    int[] longer = Arrays.copyOf(dimensions, dimensions.length + 1);
    longer[dimensions.length] = size;
    return new Shape(longer);
  }

  /** The shape of one step, which is this without its first axis. */
  public Shape withoutFirst() {
    return new Shape(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  /** So many steps of this shape. */
  public Shape withFirst(int size) {
    int[] longer = new int[dimensions.length + 1];
    longer[0] = size;
    System.arraycopy(dimensions, 0, longer, 1, dimensions.length);
    return new Shape(longer);
  }

  public int[] dimensions() {
    return dimensions.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** As Keras prints it: {@code (4, 3)}, {@code (20,)}, {@code (None, 3)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < dimensions.length; i++) {
      text.append(i == 0 ? "" : ", ").append(dimensions[i] < 0 ? "None" : Integer.toString(dimensions[i]));
    }
    return text.append(dimensions.length == 1 ? ",)" : ")").toString();
  }
}
