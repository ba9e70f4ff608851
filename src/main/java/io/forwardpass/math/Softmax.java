package io.forwardpass.math;

/** {@code e^x / sum(e^x)} over the last axis. */
final class Softmax implements Activation {
  private static final long serialVersionUID = 1L;

  @Override
  public void apply(float[] data, int offset, int elements, int capacity, int lanes) {
    KernelProvider.ACTIVATIONS.softmax(data, offset, elements, capacity, lanes);
  }

  @Override
  public String name() {
    return "softmax";
  }
}
