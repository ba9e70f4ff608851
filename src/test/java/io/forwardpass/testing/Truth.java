package io.forwardpass.testing;

/** The functions in double, by formulas that lose nothing. */
public final class Truth {
  private Truth() {}

  public static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  public static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** Its power series, all of whose terms are positive: {@code 2 / sqrt(pi) e^-x² sum (2x²)^n x / (2n + 1)!!}. */
  public static double erf(double x) {
    if (Double.isNaN(x) || Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 400 && Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }
}
