package io.forwardpass.reference;

import breeze.linalg.DenseMatrix;
import breeze.linalg.operators.HasOps;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.Shape;
import java.util.List;

/** One value of the reference network: a Breeze matrix of rows by elements, and the shape that a row's elements have. */
final class Tensor {
  private final int rows;
  private final Shape shape;
  private final double[] data; // column-major, as Breeze has it: element e of row r at e * rows + r
  private final Tensor mask; // by step 1 or 0; null where every step counts
  private final Object[] keys; // the texts or whole numbers of a model input, row after row; null for all else

  private Tensor(int rows, Shape shape, double[] data, Tensor mask) {
    this(rows, shape, data, mask, null);
  }

  private Tensor(int rows, Shape shape, double[] data, Tensor mask, Object[] keys) {
    this.rows = rows;
    this.shape = shape;
    this.data = data;
    this.mask = mask;
    this.keys = keys;
  }

  static Tensor zeros(int rows, Shape shape) {
    return new Tensor(rows, shape, new double[rows * shape.elements()], null);
  }

  /** From the rows of a model input; texts have no numbers, only keys. */
  static Tensor ofInput(InputRows given, int rows, Shape shape) {
    Object[] keys = new Object[given.count()];
    double[] numbers = new double[keys.length];
    float[] floats = given.floats();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = given.key(i);
      numbers[i] = keys[i] instanceof Long whole ? whole : floats == null ? Double.NaN : floats[i];
    }
    Tensor tensor = ofRows(numbers, rows, shape);
    return new Tensor(rows, shape, tensor.data, null, keys.length > 0 && keys[0] != null ? keys : null);
  }

  /** From numbers that lie row after row, as in NumPy's files. */
  static Tensor ofRows(double[] rowMajor, int rows, Shape shape) {
    if (rowMajor.length != rows * shape.elements()) {
      throw new IllegalArgumentException(rows + " rows of shape " + shape + " are " + rows * shape.elements() + " numbers, not "
          + rowMajor.length);
    }
    Tensor tensor = zeros(rows, shape);
    for (int i = 0; i < rowMajor.length; i++) {
      tensor.set(i / shape.elements(), i % shape.elements(), rowMajor[i]);
    }
    return tensor;
  }

  /** An array of weights, the same for every row. */
  static Tensor ofWeights(float[] rowMajor, int rows, Shape shape) {
    Tensor tensor = zeros(rows, shape);
    for (int i = 0; i < rowMajor.length * rows; i++) {
      tensor.set(i % rows, i / rows, rowMajor[i / rows]);
    }
    return tensor;
  }

  /** An array of weights as a matrix of its own. */
  static DenseMatrix<Object> matrix(float[] rowMajor, int rows, int columns) {
    double[] wide = new double[rowMajor.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = rowMajor[i];
    }
    return new DenseMatrix<>(rows, columns, wide, 0, columns, true);
  }

  /** The matrix product of the elements {@code from … from + matrix.rows()} with a matrix. */
  Tensor times(int from, DenseMatrix<Object> matrix) {
    DenseMatrix<Object> left = new DenseMatrix<>(rows, matrix.rows(), data, from * rows, rows, false);
    DenseMatrix<Object> product = HasOps.impl_OpMulMatrix_DMD_DMD_eq_DMD().apply(left, matrix);
    Tensor result = zeros(rows, Shape.of(matrix.cols()));
    for (int e = 0; e < matrix.cols(); e++) {
      for (int r = 0; r < rows; r++) {
        result.set(r, e, (Double) product.apply(r, e));
      }
    }
    return result;
  }

  int rows() {
    return rows;
  }

  Shape shape() {
    return shape;
  }

  int elements() {
    return shape.elements();
  }

  double at(int row, int element) {
    return data[element * rows + row];
  }

  void set(int row, int element, double value) {
    data[element * rows + row] = value;
  }

  /** The text or the whole number that was given, or the number that was computed. */
  Object key(int row, int element) {
    return keys == null ? (Object) at(row, element) : keys[row * elements() + element];
  }

  /** The same numbers under another shape. */
  Tensor as(Shape other) {
    return new Tensor(rows, other, data, null, keys);
  }

  /** The same numbers with a mask over their steps. */
  Tensor masked(Tensor steps) {
    return new Tensor(rows, shape, data, steps);
  }

  /** The same numbers with the mask of another, or without one. */
  Tensor maskedAs(Tensor other) {
    return masked(other.mask);
  }

  /** The same numbers with the mask from its end. */
  Tensor withTurnedMask() {
    if (mask == null) {
      return this;
    }
    Tensor turned = zeros(rows, mask.shape);
    for (int step = 0; step < mask.elements(); step++) {
      for (int row = 0; row < rows; row++) {
        turned.set(row, mask.elements() - 1 - step, mask.at(row, step));
      }
    }
    return masked(turned);
  }

  /** Whether a step counts, which it does where there is no mask. */
  boolean counts(int row, int step) {
    return mask == null || mask.at(row, step) != 0;
  }

  /** One step of a sequence. */
  Tensor step(int step) {
    Tensor part = zeros(rows, shape.withoutFirst());
    System.arraycopy(data, step * part.data.length, part.data, 0, part.data.length);
    return part;
  }

  /** Steps as a sequence. */
  static Tensor ofSteps(List<Tensor> steps) {
    Tensor all = zeros(steps.get(0).rows, steps.get(0).shape.withFirst(steps.size()));
    for (int t = 0; t < steps.size(); t++) {
      System.arraycopy(steps.get(t).data, 0, all.data, t * steps.get(t).data.length, steps.get(t).data.length);
    }
    return all;
  }

  /** Where an element stands along every axis. */
  static int[] index(Shape shape, int element) {
    int[] index = new int[shape.rank()];
    int rest = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.size(axis);
      rest /= shape.size(axis);
    }
    return index;
  }

  /** The element that stands there. */
  static int element(Shape shape, int[] index) {
    int element = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      element = element * shape.size(axis) + index[axis];
    }
    return element;
  }

  double[] toRows() {
    double[] rowMajor = new double[data.length];
    for (int i = 0; i < rowMajor.length; i++) {
      rowMajor[i] = at(i / elements(), i % elements());
    }
    return rowMajor;
  }
}
