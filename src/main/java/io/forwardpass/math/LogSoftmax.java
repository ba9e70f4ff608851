package io.forwardpass.math;

/** The logarithm of softmax along the last axis: {@code x - max - log(sum of e^(x - max))}. */
final class LogSoftmax implements Activation {
  private static final long serialVersionUID = 1L;

  @Override
  public void apply(float[] data, int offset, int elements, int capacity, int lanes) {
    KernelProvider.ACTIVATIONS.logSoftmax(data, offset, elements, capacity, lanes);
  }

  @Override
  public String name() {
    return "log_softmax";
  }
}
