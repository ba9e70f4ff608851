package io.forwardpass.layers;

import io.forwardpass.network.Shape;

/** The elements of a row, those next to each other that differ along some axes alone. */
public final class AxisGroups {
  private AxisGroups() {}

  /** How many elements a group has. */
  public static int size(Shape shape, boolean[] over) {
    int size = 1;
    for (int axis = 0; axis < over.length; axis++) {
      size *= over[axis] ? shape.size(axis) : 1;
    }
    return size;
  }

  /**
   * All elements, group after group, in the order of the row.
   *
   * @param over by axis: whether the elements of a group differ along it
   */
  public static int[] of(Shape shape, boolean[] over) {
    int size = size(shape, over);
    int[] groups = new int[shape.elements()];
    int[] filled = new int[groups.length / Math.max(1, size)];
    for (int e = 0; e < groups.length; e++) {
      int group = 0;
      int rest = e;
      int stride = 1;
      for (int axis = over.length - 1; axis >= 0; axis--) {
        int at = rest % shape.size(axis);
        rest /= shape.size(axis);
        if (!over[axis]) {
          group += at * stride;
          stride *= shape.size(axis);
        }
      }
      groups[group * size + filled[group]++] = e;
    }
    return groups;
  }
}
