package io.forwardpass.math.normalization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** On the Vector API, whose module has to be there: so many rows at once as a vector holds, their sums in registers. */
final class VectorNormalization implements NormalizationKernels {
  static final NormalizationKernels INSTANCE = new VectorNormalization();

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_MAX;
  private static final int STEP = FLOATS.length();

  private VectorNormalization() {}

  @Override
  public void center(float[] x, float[] y, int[] elements, int size, float[] gamma, float[] beta, float epsilon, int capacity, int lanes) {
    for (int from = 0; from < elements.length; from += size) {
      for (int row = 0; row < lanes; row += STEP) {
        FloatVector mean = differences(x, elements, from, size, FloatVector.zero(FLOATS), capacity, row).div(size);
        FloatVector left = differences(x, elements, from, size, mean, capacity, row).div(size);
        FloatVector squares = squares(x, elements, from, size, mean, capacity, row).div(size);
        FloatVector variance = left.neg().fma(left, squares).max(0f);
        FloatVector inverse = FloatVector.broadcast(FLOATS, 1f).div(variance.add(epsilon).sqrt());
        if (beta == null) {
          multiply(x, y, elements, from, size, inverse, gamma, capacity, row);
        } else {
          normalize(x, y, elements, from, size, mean, left, inverse, gamma, beta, capacity, row);
        }
      }
    }
  }

  private static FloatVector differences(float[] x, int[] elements, int from, int size, FloatVector mean, int capacity, int row) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = FloatVector.zero(FLOATS);
    FloatVector c = FloatVector.zero(FLOATS);
    FloatVector d = FloatVector.zero(FLOATS);
    int i = from;
    for (; i + 4 <= from + size; i += 4) {
      a = a.add(FloatVector.fromArray(FLOATS, x, elements[i] * capacity + row).sub(mean));
      b = b.add(FloatVector.fromArray(FLOATS, x, elements[i + 1] * capacity + row).sub(mean));
      c = c.add(FloatVector.fromArray(FLOATS, x, elements[i + 2] * capacity + row).sub(mean));
      d = d.add(FloatVector.fromArray(FLOATS, x, elements[i + 3] * capacity + row).sub(mean));
    }
    for (; i < from + size; i++) {
      a = a.add(FloatVector.fromArray(FLOATS, x, elements[i] * capacity + row).sub(mean));
    }
    return a.add(b).add(c.add(d));
  }

  private static FloatVector squares(float[] x, int[] elements, int from, int size, FloatVector mean, int capacity, int row) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = FloatVector.zero(FLOATS);
    FloatVector c = FloatVector.zero(FLOATS);
    FloatVector d = FloatVector.zero(FLOATS);
    int i = from;
    for (; i + 4 <= from + size; i += 4) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, elements[i] * capacity + row).sub(mean);
      FloatVector two = FloatVector.fromArray(FLOATS, x, elements[i + 1] * capacity + row).sub(mean);
      FloatVector three = FloatVector.fromArray(FLOATS, x, elements[i + 2] * capacity + row).sub(mean);
      FloatVector four = FloatVector.fromArray(FLOATS, x, elements[i + 3] * capacity + row).sub(mean);
      a = one.fma(one, a);
      b = two.fma(two, b);
      c = three.fma(three, c);
      d = four.fma(four, d);
    }
    for (; i < from + size; i++) {
      FloatVector one = FloatVector.fromArray(FLOATS, x, elements[i] * capacity + row).sub(mean);
      a = one.fma(one, a);
    }
    return a.add(b).add(c.add(d));
  }

  private static void normalize(float[] x, float[] y, int[] elements, int from, int size, FloatVector mean, FloatVector left,
      FloatVector inverse, float[] gamma, float[] beta, int capacity, int row) {
    for (int i = from; i < from + size; i++) {
      int at = elements[i] * capacity + row;
      FloatVector difference = FloatVector.fromArray(FLOATS, x, at).sub(mean).sub(left);
      difference.fma(inverse.mul(gamma[i]), FloatVector.broadcast(FLOATS, beta[i])).intoArray(y, at);
    }
  }

  /** x times one factor. */
  private static void multiply(float[] x, float[] y, int[] elements, int from, int size, FloatVector inverse, float[] gamma, int capacity,
      int row) {
    for (int i = from; i < from + size; i++) {
      int at = elements[i] * capacity + row;
      FloatVector.fromArray(FLOATS, x, at).mul(inverse.mul(gamma[i])).intoArray(y, at);
    }
  }

  @Override
  public void scale(float[] x, float[] y, int[] elements, int size, float[] gamma, float divisor, float epsilon, float least, float most,
      int capacity, int lanes) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int from = 0; from < elements.length; from += size) {
      for (int row = 0; row < lanes; row += STEP) {
        FloatVector squares = squares(x, elements, from, size, zero, capacity, row);
        FloatVector inverse = FloatVector.broadcast(FLOATS, 1f).div(squares.div(divisor).add(epsilon).max(least).sqrt()).min(most);
        for (int i = from; i < from + size; i++) {
          int at = elements[i] * capacity + row;
          FloatVector.fromArray(FLOATS, x, at).mul(inverse).mul(gamma[i]).intoArray(y, at);
        }
      }
    }
  }
}
