package io.forwardpass.keras.weights;

import java.util.ArrayList;
import java.util.List;

/** One array a layer needs: what Keras calls it, where Keras 3 keeps it below the layer, and its shape. */
public final class WeightSpec {
  private final List<String> path;
  private final String name;
  private final int[] shape;
  private final boolean trainable;

  private WeightSpec(List<String> path, String name, int[] shape, boolean trainable) {
    this.path = List.copyOf(path);
    this.name = name;
    this.shape = shape.clone();
    this.trainable = trainable;
  }

  public static WeightSpec trainable(String name, int... shape) {
    return new WeightSpec(List.of(), name, shape, true);
  }

  public static WeightSpec nonTrainable(String name, int... shape) {
    return new WeightSpec(List.of(), name, shape, false);
  }

  /** The same weight of an object that the layer holds in this attribute: {@code cell}, {@code forward_layer}, … */
  public WeightSpec under(String... attributes) {
    List<String> longer = new ArrayList<>(List.of(attributes));
    longer.addAll(path);
    return new WeightSpec(longer, name, shape, trainable);
  }

  /** The same weight of a layer with {@code trainable: false}; HDF5 of Keras 2 keeps those behind all others. */
  public WeightSpec frozen() {
    return new WeightSpec(path, name, shape, false);
  }

  /**
   * Attributes from the layer to the object that owns the variable, as Keras 3 names them in its archives; empty for
   * the layer itself. The list of layers of a nested model is {@code layers}, then the layer's class in snake case,
   * numbered: {@code [layers, dense_1]}.
   */
  public List<String> path() {
    return path;
  }

  /** Keras' own name of the variable: {@code kernel}, {@code recurrent_kernel}, {@code moving_mean}. */
  public String name() {
    return name;
  }

  public int[] shape() {
    return shape.clone();
  }

  public boolean isTrainable() {
    return trainable;
  }
}
