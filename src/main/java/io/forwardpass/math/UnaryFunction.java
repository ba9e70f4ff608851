package io.forwardpass.math;

/**
 * The functions of one number that Keras has as activations, in plain Java: what {@link Elementwise} applies, and what the
 * Vector API has to agree with in every bit. Each has its own loop, so that each is compiled for itself; {@code a}, {@code b}
 * and {@code c} are the parameters of those that have any. Formulas, and what becomes of NaN, are those of
 * {@code keras.activations} 3.15 (and of the layers ReLU, LeakyReLU and ELU), in float32.
 */
enum UnaryFunction {
  RELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = Math.max(data[i], 0f);
      }
    }
  },

  /** a: the largest value, b: the threshold. */
  CAPPED_RELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = Math.min(b == 0f ? Math.max(x, 0f) : x > b ? x : 0f, a);
      }
    }
  },

  /** a: the slope below 0. */
  LEAKY_RELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x > 0f ? x : a * x;
      }
    }
  },

  /** a: the largest value, b: the threshold, c: the slope below it. */
  LEAKY_CAPPED_RELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = Math.min(b == 0f ? Math.max(x, 0f) : x > b ? x : 0f, a) - c * Math.max(b - x, 0f);
      }
    }
  },

  SIGMOID {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = FloatMath.sigmoid(data[i]);
      }
    }
  },

  /** x / 6 + 0.5 between 0 and 1: of Keras 3. */
  HARD_SIGMOID {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = Math.min(Math.max(data[i] + 3f, 0f), 6f) / 6f;
      }
    }
  },

  /** 0.2 x + 0.5 between 0 and 1. */
  HARD_SIGMOID_OF_KERAS_2 {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = Math.min(Math.max(Math.fma(data[i], 0.2f, 0.5f), 0f), 1f);
      }
    }
  },

  TANH {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = FloatMath.tanh(data[i]);
      }
    }
  },

  HARD_TANH {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = Math.min(Math.max(data[i], -1f), 1f);
      }
    }
  },

  SOFTPLUS {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = FloatMath.softplus(data[i]);
      }
    }
  },

  SOFTSIGN {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x / (1f + Math.abs(x));
      }
    }
  },

  /** a: alpha. */
  ELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x > 0f ? x : a * FloatMath.expm1OfMinusMagnitude(x);
      }
    }
  },

  /** a: what the negative side tends to, b: the slope of the positive side. */
  SELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x > 0f ? b * x : a * FloatMath.expm1OfMinusMagnitude(x);
      }
    }
  },

  /** a: alpha. */
  CELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x > 0f ? x : a * FloatMath.expm1OfMinusMagnitude(x / a);
      }
    }
  },

  GELU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = 0.5f * x * (1f + FloatMath.erf(x * SQRT_HALF));
      }
    }
  },

  GELU_BY_TANH {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = 0.5f * x * (1f + FloatMath.tanh(SQRT_TWO_OVER_PI * Math.fma(0.044715f * x * x, x, x)));
      }
    }
  },

  SILU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x * FloatMath.sigmoid(x);
      }
    }
  },

  HARD_SILU {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x * (Math.min(Math.max(x + 3f, 0f), 6f) / 6f);
      }
    }
  },

  MISH {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x * FloatMath.tanh(FloatMath.softplus(x));
      }
    }
  },

  EXPONENTIAL {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = FloatMath.exp(data[i]);
      }
    }
  },

  LOG_SIGMOID {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        data[i] = -FloatMath.softplus(-data[i]);
      }
    }
  },

  TANH_SHRINK {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x - FloatMath.tanh(x);
      }
    }
  },

  /** a: the threshold. */
  SOFT_SHRINK {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x > a ? x - a : x < -a ? x + a : 0f;
      }
    }
  },

  /** a: the threshold. */
  HARD_SHRINK {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = Math.abs(x) > a ? x : 0f;
      }
    }
  },

  /** a: b of Keras. */
  SQUAREPLUS {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = 0.5f * (x + (float) Math.sqrt(Math.fma(x, x, a)));
      }
    }
  },

  SPARSE_PLUS {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x <= -1f ? 0f : x < 1f ? 0.25f * (x + 1f) * (x + 1f) : x;
      }
    }
  },

  SPARSE_SIGMOID {
    @Override
    void apply(float[] data, int from, int to, float a, float b, float c) {
      for (int i = from; i < to; i++) {
        float x = data[i];
        data[i] = x <= -1f ? 0f : x >= 1f ? 1f : 0.5f * (x + 1f);
      }
    }
  };

  static final float SQRT_HALF = 0.70710678f;
  static final float SQRT_TWO_OVER_PI = 0.79788456f;

  /** Replaces {@code data[from]} up to before {@code data[to]}, each by its function value. */
  abstract void apply(float[] data, int from, int to, float a, float b, float c);
}
