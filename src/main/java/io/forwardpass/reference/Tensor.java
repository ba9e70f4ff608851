package io.forwardpass.reference;

import breeze.linalg.DenseMatrix;
import breeze.linalg.operators.HasOps;
import io.forwardpass.network.Shape;

/** One value of the reference network: a Breeze matrix of rows by elements, and the shape that a row's elements have. */
final class Tensor {
  private final int rows;
  private final Shape shape;
  private final double[] data; // column-major, as Breeze has it: element e of row r at e * rows + r

  private Tensor(int rows, Shape shape, double[] data) {
    this.rows = rows;
    this.shape = shape;
    this.data = data;
  }

  static Tensor zeros(int rows, Shape shape) {
    return new Tensor(rows, shape, new double[rows * shape.elements()]);
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

  /** The same numbers under another shape. */
  Tensor as(Shape other) {
    return new Tensor(rows, other, data);
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
