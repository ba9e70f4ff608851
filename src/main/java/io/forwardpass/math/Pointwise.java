package io.forwardpass.math;

/** An activation that looks at one number alone. */
final class Pointwise implements Activation {
  private static final long serialVersionUID = 1L;

  private final String name;
  final Formula formula;
  final float a;
  final float b;
  final float c;

  Pointwise(String name, Formula formula, float a, float b, float c) {
    this.name = name;
    this.formula = formula;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  Pointwise(String name, Formula formula) {
    this(name, formula, 0f, 0f, 0f);
  }

  @Override
  public void apply(float[] data, int offset, int elements, int capacity, int lanes) {
    ActivationKernels kernels = KernelProvider.ACTIVATIONS;
    if (lanes == capacity) {
      kernels.pointwise(formula, a, b, c, data, offset, offset + elements * lanes);
      return;
    }
    for (int e = 0; e < elements; e++) {
      int from = offset + e * capacity;
      kernels.pointwise(formula, a, b, c, data, from, from + lanes);
    }
  }

  @Override
  public String name() {
    return name;
  }
}
