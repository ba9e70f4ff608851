package io.forwardpass.math.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * On the Vector API. A tile is 4 rows by 4 columns where there are 32 registers, 4 by 2 elsewhere: its sums stay in registers, and
 * each vector that is loaded is used 4 or 2 times.
 */
final class VectorContractions implements Contractions {
  /** The species of all vectors of this project; see VectorMath. */
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_MAX;

  private static final int STEP = FLOATS.length();
  private static final boolean MANY_REGISTERS = STEP == LANES;

  @Override
  public void contract(float[] a, int aAt, int aRow, int aStep, int rows, float[] b, int bAt, int bRow, int bStep, int columns, int inner,
      float[] y, int yAt, int yRow, int yColumn) {
    for (int r = 0; r < LANES; r += STEP) {
      int i = 0;
      for (; i + 4 <= rows; i += 4) {
        fourRows(a, aAt + i * aRow + r, aRow, aStep, b, bAt + r, bRow, bStep, columns, inner, y, yAt + i * yRow + r, yRow, yColumn);
      }
      for (; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          one(a, aAt + i * aRow + r, aStep, b, bAt + j * bRow + r, bStep, inner, y, yAt + i * yRow + j * yColumn + r);
        }
      }
    }
  }

  private static void fourRows(float[] a, int aAt, int aRow, int aStep, float[] b, int bAt, int bRow, int bStep, int columns, int inner,
      float[] y, int yAt, int yRow, int yColumn) {
    int j = 0;
    for (; MANY_REGISTERS && j + 4 <= columns; j += 4) {
      tile4x4(a, aAt, aRow, aStep, b, bAt + j * bRow, bRow, bStep, inner, y, yAt + j * yColumn, yRow, yColumn);
    }
    for (; j + 2 <= columns; j += 2) {
      tile4x2(a, aAt, aRow, aStep, b, bAt + j * bRow, bRow, bStep, inner, y, yAt + j * yColumn, yRow, yColumn);
    }
    for (; j < columns; j++) {
      for (int i = 0; i < 4; i++) {
        one(a, aAt + i * aRow, aStep, b, bAt + j * bRow, bStep, inner, y, yAt + i * yRow + j * yColumn);
      }
    }
  }

  private static void tile4x4(float[] a, int aAt, int aRow, int aStep, float[] b, int bAt, int bRow, int bStep, int inner, float[] y,
      int yAt, int yRow, int yColumn) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s33 = s00;
    int x = aAt;
    int w = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, w);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, w + bRow);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, w + 2 * bRow);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, w + 3 * bRow);
      FloatVector a0 = FloatVector.fromArray(FLOATS, a, x);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      s03 = a0.fma(b3, s03);
      FloatVector a1 = FloatVector.fromArray(FLOATS, a, x + aRow);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      s13 = a1.fma(b3, s13);
      FloatVector a2 = FloatVector.fromArray(FLOATS, a, x + 2 * aRow);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      s23 = a2.fma(b3, s23);
      FloatVector a3 = FloatVector.fromArray(FLOATS, a, x + 3 * aRow);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      s32 = a3.fma(b2, s32);
      s33 = a3.fma(b3, s33);
      x += aStep;
      w += bStep;
    }
    s00.intoArray(y, yAt);
    s01.intoArray(y, yAt + yColumn);
    s02.intoArray(y, yAt + 2 * yColumn);
    s03.intoArray(y, yAt + 3 * yColumn);
    s10.intoArray(y, yAt + yRow);
    s11.intoArray(y, yAt + yRow + yColumn);
    s12.intoArray(y, yAt + yRow + 2 * yColumn);
    s13.intoArray(y, yAt + yRow + 3 * yColumn);
    s20.intoArray(y, yAt + 2 * yRow);
    s21.intoArray(y, yAt + 2 * yRow + yColumn);
    s22.intoArray(y, yAt + 2 * yRow + 2 * yColumn);
    s23.intoArray(y, yAt + 2 * yRow + 3 * yColumn);
    s30.intoArray(y, yAt + 3 * yRow);
    s31.intoArray(y, yAt + 3 * yRow + yColumn);
    s32.intoArray(y, yAt + 3 * yRow + 2 * yColumn);
    s33.intoArray(y, yAt + 3 * yRow + 3 * yColumn);
  }

  private static void tile4x2(float[] a, int aAt, int aRow, int aStep, float[] b, int bAt, int bRow, int bStep, int inner, float[] y,
      int yAt, int yRow, int yColumn) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    int x = aAt;
    int w = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, w);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, w + bRow);
      FloatVector a0 = FloatVector.fromArray(FLOATS, a, x);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = FloatVector.fromArray(FLOATS, a, x + aRow);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      FloatVector a2 = FloatVector.fromArray(FLOATS, a, x + 2 * aRow);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      FloatVector a3 = FloatVector.fromArray(FLOATS, a, x + 3 * aRow);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      x += aStep;
      w += bStep;
    }
    s00.intoArray(y, yAt);
    s01.intoArray(y, yAt + yColumn);
    s10.intoArray(y, yAt + yRow);
    s11.intoArray(y, yAt + yRow + yColumn);
    s20.intoArray(y, yAt + 2 * yRow);
    s21.intoArray(y, yAt + 2 * yRow + yColumn);
    s30.intoArray(y, yAt + 3 * yRow);
    s31.intoArray(y, yAt + 3 * yRow + yColumn);
  }

  private static void one(float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, int inner, float[] y, int yAt) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int x = aAt;
    int w = bAt;
    for (int k = 0; k < inner; k++) {
      sum = FloatVector.fromArray(FLOATS, a, x).fma(FloatVector.fromArray(FLOATS, b, w), sum);
      x += aStep;
      w += bStep;
    }
    sum.intoArray(y, yAt);
  }

  @Override
  public void copy(float[] x, int from, int step, int count, float[] y, int to, int toStep) {
    int at = from;
    int into = to;
    for (int i = 0; i < count; i++) {
      for (int r = 0; r < LANES; r += STEP) {
        FloatVector.fromArray(FLOATS, x, at + r).intoArray(y, into + r);
      }
      at += step;
      into += toStep;
    }
  }

  @Override
  public void dropSubnormal(float[] x, int from, int count) {
    for (int i = from; i < from + count; i += STEP) {
      FloatVector numbers = FloatVector.fromArray(FLOATS, x, i);
      numbers.blend(0f, numbers.compare(VectorOperators.LT, Float.MIN_NORMAL)).intoArray(x, i);
    }
  }
}
