package io.forwardpass.math;

/** An activation of every element by itself: a {@link UnaryFunction} and its parameters, under the name that Keras has for both. */
final class Elementwise implements Activation {
  private static final long serialVersionUID = 1L;

  private final String name;
  final UnaryFunction function;
  final float a;
  final float b;
  final float c;

  Elementwise(String name, UnaryFunction function, float a, float b, float c) {
    this.name = name;
    this.function = function;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  Elementwise(String name, UnaryFunction function) {
    this(name, function, 0f, 0f, 0f);
  }

  @Override
  public void apply(float[] data, int offset, int elements, int capacity, int lanes) {
    ActivationKernels kernels = KernelProvider.ACTIVATIONS;
    if (lanes == capacity) {
      kernels.elementwise(function, a, b, c, data, offset, offset + elements * lanes);
      return;
    }
    for (int e = 0; e < elements; e++) {
      int from = offset + e * capacity;
      kernels.elementwise(function, a, b, c, data, from, from + lanes);
    }
  }

  @Override
  public String name() {
    return name;
  }
}
