package io.forwardpass.math;

/** No activation at all: {@code x}. */
final class Linear implements Activation {
  private static final long serialVersionUID = 1L;

  @Override
  public void apply(float[] data, int offset, int elements, int capacity, int lanes) {
    // every number stays as it is
  }

  @Override
  public String name() {
    return "linear";
  }
}
