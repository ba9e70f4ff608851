package io.forwardpass.layers.normalization;

import io.forwardpass.network.Shape;

/** The elements of a shape, those that are normalised together next to each other. */
final class Groups {
  private Groups() {}

  /** Together is what shares every axis but those that are named. */
  static int[] over(boolean[] axes, Shape shape) {
    int[] numbers = new int[shape.elements()];
    for (int e = 0; e < numbers.length; e++) {
      numbers[e] = number(e, axes, shape);
    }
    return byNumber(numbers, shape.elements() / size(axes, shape));
  }

  /** Which element along those axes an element is, counted as in an array that has these axes alone. */
  static int along(int element, boolean[] axes, Shape shape) {
    boolean[] others = new boolean[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      others[axis] = !axes[axis];
    }
    return number(element, others, shape);
  }

  /** How many elements a group over these axes has. */
  static int size(boolean[] axes, Shape shape) {
    int size = 1;
    for (int axis = 0; axis < axes.length; axis++) {
      size *= axes[axis] ? shape.size(axis) : 1;
    }
    return size;
  }

  /** The group of an element among those over the named axes. */
  private static int number(int element, boolean[] axes, Shape shape) {
    int number = 0;
    int rest = element;
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int at = rest % shape.size(axis);
      rest /= shape.size(axis);
      if (!axes[axis]) {
        number += at * stride;
        stride *= shape.size(axis);
      }
    }
    return number;
  }

  /** @param numbers by element: its group; all groups are of one size */
  static int[] byNumber(int[] numbers, int groups) {
    int size = numbers.length / groups;
    int[] elements = new int[numbers.length];
    int[] filled = new int[groups];
    for (int e = 0; e < numbers.length; e++) {
      elements[numbers[e] * size + filled[numbers[e]]++] = e;
    }
    return elements;
  }
}
