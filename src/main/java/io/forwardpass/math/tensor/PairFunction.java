package io.forwardpass.math.tensor;

/**
 * Functions of two numbers that {@code keras.ops} has, in float32; truth values are 1 and 0. What float32 alone would not give is
 * computed in float64 by {@link StrictMath}, which gives the same bits on every machine, and narrowed once.
 */
public enum PairFunction {
  ADD {
    @Override
    float of(float a, float b) {
      return a + b;
    }

    @Override
    public void apply(float[] a, float[] b, float[] y, int from, int to) {
      for (int i = from; i < to; i++) {
        y[i] = a[i] + b[i];
      }
    }
  },
  SUBTRACT {
    @Override
    float of(float a, float b) {
      return a - b;
    }

    @Override
    public void apply(float[] a, float[] b, float[] y, int from, int to) {
      for (int i = from; i < to; i++) {
        y[i] = a[i] - b[i];
      }
    }
  },
  MULTIPLY {
    @Override
    float of(float a, float b) {
      return a * b;
    }

    @Override
    public void apply(float[] a, float[] b, float[] y, int from, int to) {
      for (int i = from; i < to; i++) {
        y[i] = a[i] * b[i];
      }
    }
  },
  DIVIDE {
    @Override
    float of(float a, float b) {
      return a / b;
    }

    @Override
    public void apply(float[] a, float[] b, float[] y, int from, int to) {
      for (int i = from; i < to; i++) {
        y[i] = a[i] / b[i];
      }
    }
  },
  DIVIDE_NO_NAN {
    @Override
    float of(float a, float b) {
      return b == 0 ? 0f : a / b;
    }
  },
  FLOOR_DIVIDE {
    @Override
    float of(float a, float b) {
      return (float) Math.floor(a / b);
    }
  },
  /** With the sign of the divisor. */
  MOD {
    @Override
    float of(float a, float b) {
      float rest = a % b;
      return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }
  },
  /** With the sign of the dividend. */
  FMOD {
    @Override
    float of(float a, float b) {
      return a % b;
    }
  },
  POWER {
    @Override
    float of(float a, float b) {
      return b == 2 ? a * a : b == 1 ? a : (float) StrictMath.pow(a, b);
    }
  },
  MAXIMUM {
    @Override
    float of(float a, float b) {
      return Math.max(a, b);
    }
  },
  MINIMUM {
    @Override
    float of(float a, float b) {
      return Math.min(a, b);
    }
  },
  GREATER {
    @Override
    float of(float a, float b) {
      return a > b ? 1f : 0f;
    }
  },
  GREATER_EQUAL {
    @Override
    float of(float a, float b) {
      return a >= b ? 1f : 0f;
    }
  },
  LESS {
    @Override
    float of(float a, float b) {
      return a < b ? 1f : 0f;
    }
  },
  LESS_EQUAL {
    @Override
    float of(float a, float b) {
      return a <= b ? 1f : 0f;
    }
  },
  EQUAL {
    @Override
    float of(float a, float b) {
      return a == b ? 1f : 0f;
    }
  },
  NOT_EQUAL {
    @Override
    float of(float a, float b) {
      return a != b ? 1f : 0f;
    }
  },
  LOGICAL_AND {
    @Override
    float of(float a, float b) {
      return a != 0 && b != 0 ? 1f : 0f;
    }
  },
  LOGICAL_OR {
    @Override
    float of(float a, float b) {
      return a != 0 || b != 0 ? 1f : 0f;
    }
  },
  LOGICAL_XOR {
    @Override
    float of(float a, float b) {
      return a != 0 ^ b != 0 ? 1f : 0f;
    }
  },
  ARCTAN2 {
    @Override
    float of(float a, float b) {
      return (float) StrictMath.atan2(a, b);
    }
  },
  HYPOT {
    @Override
    float of(float a, float b) {
      return (float) StrictMath.hypot(a, b);
    }
  },
  SQUARED_DIFFERENCE {
    @Override
    float of(float a, float b) {
      return (a - b) * (a - b);
    }
  },
  /** {@code log(e^a + e^b)}. */
  LOG_ADD_EXP {
    @Override
    float of(float a, float b) {
      double less = a == b ? StrictMath.log(2) : StrictMath.log1p(StrictMath.exp(-Math.abs((double) a - b)));
      return (float) (Math.max(a, b) + less);
    }
  };

  abstract float of(float a, float b);

  /** The same for pairs that lie at the same places, from {@code from} to before {@code to}: such a loop becomes vector instructions. */
  public void apply(float[] a, float[] b, float[] y, int from, int to) {
    apply(a, from, b, from, y, from, to - from);
  }

  /** Writes the function values of so many pairs; y may be the place of a or b. */
  public void apply(float[] a, int aFrom, float[] b, int bFrom, float[] y, int to, int count) {
    for (int i = 0; i < count; i++) {
      y[to + i] = of(a[aFrom + i], b[bFrom + i]);
    }
  }
}
