package io.forwardpass.layers.contraction;

import io.forwardpass.math.tensor.Contractions;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;

/**
 * Two values of a row multiplied as an {@link Equation} says, such as matrices or the two inputs of Dot. Sixteen rows at a time are
 * laid side by side in scratch, where every number is used many times.
 */
public final class ValueProduct implements Operation {
  private static final long serialVersionUID = 1L;

  private static final int LANES = Contractions.LANES;

  private final int[] sharedInA; // places along the axes that all have
  private final int[] sharedInB;
  private final int[] sharedInY;
  private final int[] rowsInA;
  private final int[] rowsInY;
  private final int[] columnsInB;
  private final int[] columnsInY;
  private final int[] innerInA;
  private final int[] innerInB;

  /** @param equation with sizes */
  public ValueProduct(Equation equation) {
    sharedInA = equation.offsets(equation.shared(), equation.a());
    sharedInB = equation.offsets(equation.shared(), equation.b());
    sharedInY = equation.offsets(equation.shared(), equation.y());
    rowsInA = equation.offsets(equation.rows(), equation.a());
    rowsInY = equation.offsets(equation.rows(), equation.y());
    columnsInB = equation.offsets(equation.columns(), equation.b());
    columnsInY = equation.offsets(equation.columns(), equation.y());
    innerInA = equation.offsets(equation.inner(), equation.a());
    innerInB = equation.offsets(equation.inner(), equation.b());
  }

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    int rows = rowsInA.length;
    int columns = columnsInB.length;
    int inner = innerInA.length;
    int bAt = rows * inner * LANES;
    int yAt = bAt + columns * inner * LANES;
    float[] y = outputs[0].data();
    for (int r = 0; r < lanes; r += LANES) {
      for (int g = 0; g < sharedInA.length; g++) {
        pack(inputs[0].data(), sharedInA[g], rowsInA, innerInA, scratch, 0, capacity, r);
        pack(inputs[1].data(), sharedInB[g], columnsInB, innerInB, scratch, bAt, capacity, r);
        Contractions.best().contract(scratch, 0, inner * LANES, LANES, rows, scratch, bAt, inner * LANES, LANES, columns, inner, scratch,
            yAt, columns * LANES, LANES);
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            System.arraycopy(scratch, yAt + (i * columns + j) * LANES, y, (sharedInY[g] + rowsInY[i] + columnsInY[j]) * capacity + r,
                LANES);
          }
        }
      }
    }
  }

  private static void pack(float[] x, int first, int[] rows, int[] inner, float[] scratch, int at, int capacity, int r) {
    int to = at;
    for (int row : rows) {
      for (int k : inner) {
        System.arraycopy(x, (first + row + k) * capacity + r, scratch, to, LANES);
        to += LANES;
      }
    }
  }

  @Override
  public int scratch(int capacity) {
    int inner = innerInA.length;
    return (rowsInA.length * inner + columnsInB.length * inner + rowsInA.length * columnsInB.length) * LANES;
  }
}
