package io.forwardpass.math;

import static io.forwardpass.math.VectorMath.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The activations that models use most on the Vector API; the rare ones are computed as in plain Java. */
final class VectorActivations implements ActivationKernels {
  private static final int STEP = FLOATS.length();

  private final ActivationKernels scalar = new ScalarActivations();

  @Override
  public void elementwise(UnaryFunction function, float a, float b, float c, float[] data, int from, int to) {
    switch (function) {
      case RELU -> relu(data, from, to);
      case SIGMOID -> sigmoid(data, from, to);
      case TANH -> tanh(data, from, to);
      case SOFTPLUS -> softplus(data, from, to);
      case ELU -> elu(a, 1f, data, from, to);
      case SELU -> elu(a, b, data, from, to);
      case GELU -> gelu(data, from, to);
      case GELU_BY_TANH -> geluByTanh(data, from, to);
      case SILU -> silu(data, from, to);
      case MISH -> mish(data, from, to);
      case EXPONENTIAL -> exponential(data, from, to);
      case LOG_SIGMOID -> logSigmoid(data, from, to);
      case TANH_SHRINK -> tanhShrink(data, from, to);
      default -> scalar.elementwise(function, a, b, c, data, from, to);
    }
  }

  private static void relu(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      VectorMath.relu(FloatVector.fromArray(FLOATS, data, i)).intoArray(data, i);
    }
  }

  private static void sigmoid(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      VectorMath.sigmoid(FloatVector.fromArray(FLOATS, data, i)).intoArray(data, i);
    }
  }

  private static void tanh(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      VectorMath.tanh(FloatVector.fromArray(FLOATS, data, i)).intoArray(data, i);
    }
  }

  private static void softplus(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      VectorMath.softplus(FloatVector.fromArray(FLOATS, data, i)).intoArray(data, i);
    }
  }

  private static void elu(float limit, float slope, float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector x = FloatVector.fromArray(FLOATS, data, i);
      VectorMath.expm1OfMinusMagnitude(x).mul(limit).blend(x.mul(slope), VectorMath.positive(x)).intoArray(data, i);
    }
  }

  private static void gelu(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector x = FloatVector.fromArray(FLOATS, data, i);
      x.mul(0.5f).mul(VectorMath.erf(x.mul(UnaryFunction.SQRT_HALF)).add(1f)).intoArray(data, i);
    }
  }

  private static void geluByTanh(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector x = FloatVector.fromArray(FLOATS, data, i);
      FloatVector inner = x.mul(0.044715f).mul(x).fma(x, x).mul(UnaryFunction.SQRT_TWO_OVER_PI);
      x.mul(0.5f).mul(VectorMath.tanh(inner).add(1f)).intoArray(data, i);
    }
  }

  private static void silu(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector x = FloatVector.fromArray(FLOATS, data, i);
      x.mul(VectorMath.sigmoid(x)).intoArray(data, i);
    }
  }

  private static void mish(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector x = FloatVector.fromArray(FLOATS, data, i);
      x.mul(VectorMath.tanh(VectorMath.softplus(x))).intoArray(data, i);
    }
  }

  private static void exponential(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      VectorMath.exp(FloatVector.fromArray(FLOATS, data, i)).intoArray(data, i);
    }
  }

  private static void logSigmoid(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      VectorMath.softplus(FloatVector.fromArray(FLOATS, data, i).neg()).neg().intoArray(data, i);
    }
  }

  private static void tanhShrink(float[] data, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector x = FloatVector.fromArray(FLOATS, data, i);
      x.sub(VectorMath.tanh(x)).intoArray(data, i);
    }
  }

  @Override
  public void softmax(float[] data, int offset, int elements, int capacity, int lanes) {
    int end = elements * capacity;
    for (int row = offset; row < offset + lanes; row += STEP) {
      FloatVector most = maximum(data, row, row + end, capacity);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = row; i < row + end; i += capacity) {
        FloatVector e = VectorMath.expOfMinusMagnitude(FloatVector.fromArray(FLOATS, data, i).sub(most));
        e.intoArray(data, i);
        sum = sum.add(e);
      }
      for (int i = row; i < row + end; i += capacity) {
        FloatVector.fromArray(FLOATS, data, i).div(sum).intoArray(data, i);
      }
    }
  }

  @Override
  public void logSoftmax(float[] data, int offset, int elements, int capacity, int lanes) {
    int end = elements * capacity;
    for (int row = offset; row < offset + lanes; row += STEP) {
      FloatVector most = maximum(data, row, row + end, capacity);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = row; i < row + end; i += capacity) {
        sum = sum.add(VectorMath.expOfMinusMagnitude(FloatVector.fromArray(FLOATS, data, i).sub(most)));
      }
      FloatVector log = VectorMath.log(sum);
      for (int i = row; i < row + end; i += capacity) {
        FloatVector.fromArray(FLOATS, data, i).sub(most).sub(log).intoArray(data, i);
      }
    }
  }

  private static FloatVector maximum(float[] data, int from, int end, int stride) {
    FloatVector most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = from; i < end; i += stride) {
      most = most.max(FloatVector.fromArray(FLOATS, data, i));
    }
    return most;
  }
}
