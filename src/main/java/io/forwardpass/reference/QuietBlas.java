package io.forwardpass.reference;

import breeze.linalg.DenseMatrix;
import breeze.linalg.operators.HasOps;
import java.io.OutputStream;
import java.io.PrintStream;

/** Loads the BLAS behind Breeze without the line that it prints to standard output, which belongs to the command's own answer. */
final class QuietBlas {
  private QuietBlas() {}

  static void load() {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      DenseMatrix<Object> one = new DenseMatrix<>(1, 1, new double[] {1}, 0, 1, false);
      HasOps.impl_OpMulMatrix_DMD_DMD_eq_DMD().apply(one, one);
    } finally {
      System.setOut(out);
    }
  }
}
