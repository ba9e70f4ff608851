package io.forwardpass.math.tensor;

import io.forwardpass.math.FloatMath;

/**
 * Functions of one number that {@code keras.ops} has beside the activations, in float32; {@code a} and {@code b} are the parameters
 * of those that have any. What has no float32 polynomial of its own is computed in float64 by {@link StrictMath}, which gives the
 * same bits on every machine, and narrowed once.
 */
public enum NumberFunction {
  NEGATIVE {
    @Override
    float of(float x, float a, float b) {
      return -x;
    }
  },
  ABSOLUTE {
    @Override
    float of(float x, float a, float b) {
      return Math.abs(x);
    }
  },
  SQUARE {
    @Override
    float of(float x, float a, float b) {
      return x * x;
    }
  },
  SQRT {
    @Override
    float of(float x, float a, float b) {
      return (float) Math.sqrt(x);
    }
  },
  RSQRT {
    @Override
    float of(float x, float a, float b) {
      return (float) (1 / Math.sqrt(x));
    }
  },
  RECIPROCAL {
    @Override
    float of(float x, float a, float b) {
      return 1f / x;
    }
  },
  SIGN {
    @Override
    float of(float x, float a, float b) {
      return Math.signum(x);
    }
  },
  FLOOR {
    @Override
    float of(float x, float a, float b) {
      return (float) Math.floor(x);
    }
  },
  CEIL {
    @Override
    float of(float x, float a, float b) {
      return (float) Math.ceil(x);
    }
  },
  /** To the nearest whole number, halves to even ones. */
  ROUND {
    @Override
    float of(float x, float a, float b) {
      return (float) Math.rint(x);
    }
  },
  /** Towards 0, as a cast to whole numbers does. */
  TRUNC {
    @Override
    float of(float x, float a, float b) {
      return (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
    }
  },
  LOG {
    @Override
    float of(float x, float a, float b) {
      return FloatMath.log(x);
    }
  },
  LOG2 {
    @Override
    float of(float x, float a, float b) {
      return (float) (StrictMath.log(x) / StrictMath.log(2));
    }
  },
  LOG10 {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.log10(x);
    }
  },
  LOG1P {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.log1p(x);
    }
  },
  EXPM1 {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.expm1(x);
    }
  },
  EXP2 {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.pow(2, x);
    }
  },
  SIN {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.sin(x);
    }
  },
  COS {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.cos(x);
    }
  },
  TAN {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.tan(x);
    }
  },
  ARCSIN {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.asin(x);
    }
  },
  ARCCOS {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.acos(x);
    }
  },
  ARCTAN {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.atan(x);
    }
  },
  SINH {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.sinh(x);
    }
  },
  COSH {
    @Override
    float of(float x, float a, float b) {
      return (float) StrictMath.cosh(x);
    }
  },
  ERF {
    @Override
    float of(float x, float a, float b) {
      return FloatMath.erf(x);
    }
  },
  /** 1 for whatever is not 0, NaN among it. */
  IS_NOT_ZERO {
    @Override
    float of(float x, float a, float b) {
      return x != 0 ? 1f : 0f;
    }
  },
  LOGICAL_NOT {
    @Override
    float of(float x, float a, float b) {
      return x != 0 ? 0f : 1f;
    }
  },
  IS_NAN {
    @Override
    float of(float x, float a, float b) {
      return Float.isNaN(x) ? 1f : 0f;
    }
  },
  IS_FINITE {
    @Override
    float of(float x, float a, float b) {
      return Float.isFinite(x) ? 1f : 0f;
    }
  },
  IS_INFINITE {
    @Override
    float of(float x, float a, float b) {
      return Float.isInfinite(x) ? 1f : 0f;
    }
  },
  /** a: the least, b: the largest value. */
  CLIP {
    @Override
    float of(float x, float a, float b) {
      return Math.min(Math.max(x, a), b);
    }
  },
  /** a: the threshold, b: what stands for everything up to it. */
  THRESHOLD {
    @Override
    float of(float x, float a, float b) {
      return x > a ? x : b;
    }
  },
  /** a, whatever x is. */
  FILL {
    @Override
    float of(float x, float a, float b) {
      return a;
    }
  };

  abstract float of(float x, float a, float b);

  /** Writes the function values of so many numbers; x and y may be the same place. */
  public void apply(float a, float b, float[] x, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i++) {
      y[to + i] = of(x[from + i], a, b);
    }
  }
}
