package io.forwardpass.layers.normalization;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta}: the channels along one axis are cut into groups, each with its own mean
 * and variance over its channels and all other axes; gamma and beta are each channel's. Keras 3.15, {@code group_normalization.py}; -1
 * groups are one a channel.
 */
public final class GroupNormalization extends OperationLayer {
  private final LayerConfig config;
  private final int axis;
  private final int groups;
  private final double epsilon;
  private final boolean center;
  private final boolean scale;

  public GroupNormalization(LayerConfig config) {
    this.config = config;
    axis = config.integer("axis", -1);
    groups = config.integer("groups", 32);
    epsilon = config.number("epsilon", 1e-3);
    center = config.flag("center", true);
    scale = config.flag("scale", true);
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Shape input = config.single(inputs);
    int channels = channels(input);
    if (channels < 0 || channels % groups(input) != 0) {
      throw config.refusal("cannot cut the " + (channels < 0 ? "unknown number of" : channels) + " channels along axis " + axis
          + " of its input " + input + " into " + groups + " groups of one size. Choose a number that divides them.");
    }
    return List.of(input);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    int channels = channels(inputs.get(0));
    List<WeightSpec> specs = new ArrayList<>();
    if (scale) {
      specs.add(WeightSpec.trainable("gamma", channels));
    }
    if (center) {
      specs.add(WeightSpec.trainable("beta", channels));
    }
    return specs;
  }

  @Override
  public boolean readsMask(Shape mask, Shape input) {
    if (!config.kerasVersion().isKeras3()) {
      throw config.refusal("is given a mask, which Keras 2 heeds and this release does not. Take the mask away before it.");
    }
    return false;
  }

  @Override
  public boolean handsOnMask() {
    return true;
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Shape input = inputs.get(0);
    boolean[] along = new boolean[input.rank()];
    along[axisOf(input)] = true;
    int inGroup = channels(input) / groups(input);
    int[] numbers = new int[input.elements()];
    for (int e = 0; e < numbers.length; e++) {
      numbers[e] = Groups.along(e, along, input) / inGroup;
    }
    int[] elements = Groups.byNumber(numbers, groups(input));
    float[] gammas = new float[elements.length];
    float[] betas = new float[elements.length];
    Arrays.fill(gammas, 1f);
    for (int i = 0; i < elements.length; i++) {
      int channel = Groups.along(elements[i], along, input);
      if (scale) {
        gammas[i] = weights.get(0)[channel];
      }
      if (center) {
        betas[i] = weights.get(scale ? 1 : 0)[channel];
      }
    }
    return new CenteredGroups(elements, elements.length / groups(input), gammas, betas, epsilon);
  }

  /** The axis of a row's shape that the channels lie along. */
  public int axisOf(Shape input) {
    return config.axis(axis, input);
  }

  private int channels(Shape input) {
    return input.size(axisOf(input));
  }

  /** How many groups there are. */
  public int groups(Shape input) {
    return groups == -1 ? channels(input) : groups;
  }

  public double epsilon() {
    return epsilon;
  }

  public boolean center() {
    return center;
  }

  public boolean scale() {
    return scale;
  }
}
