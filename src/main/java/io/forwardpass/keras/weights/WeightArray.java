package io.forwardpass.keras.weights;

/** One array of weights as a file holds it, row-major (C order), narrowed to float32 where it was wider. */
public final class WeightArray {
  private final String name;
  private final String dtype;
  private final int[] shape;
  private final float[] values;

  /**
   * @param name as the file calls it, for messages and checks: {@code dense/kernel:0}, {@code arr_0}, {@code layers/dense/vars/0}
   * @param dtype as NumPy spells it: {@code float32}, {@code float64}, {@code float16}, {@code int64}
   */
  public WeightArray(String name, String dtype, int[] shape, float[] values) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape.clone();
    this.values = values;
  }

  public String name() {
    return name;
  }

  public String dtype() {
    return dtype;
  }

  public int[] shape() {
    return shape.clone();
  }

  public float[] values() {
    return values;
  }
}
