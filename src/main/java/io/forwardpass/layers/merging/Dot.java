package io.forwardpass.layers.merging;

import io.forwardpass.layers.AxisGroups;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.UnitLengthOperation;
import io.forwardpass.layers.contraction.Equation;
import io.forwardpass.layers.contraction.ValueProduct;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;

/**
 * The product of two inputs along one axis of each ({@code dot.py} of Keras 3.15): {@code y[…, …] = sum over k of a[…, k] * b[…, k]}, of
 * unit vectors where it normalizes. Two vectors give one number.
 */
public final class Dot implements Layer {
  /** The square of Keras' epsilon, below which a vector keeps its length. */
  private static final double LEAST = 1e-14;

  private final LayerConfig config;
  private final int[] axes; // one for both, or one for each
  private final boolean normalizes;

  public Dot(LayerConfig config) {
    this.config = config;
    axes = config.integers("axes");
    normalizes = config.flag("normalize", false);
  }

  /** The axis of one of the inputs. */
  public int axis(int input, Shape shape) {
    return config.axis(axes[Math.min(input, axes.length - 1)], shape);
  }

  public boolean normalizes() {
    return normalizes;
  }

  /** What a vector's squares add up to at least. */
  public double least() {
    return config.kerasVersion().isKeras3() ? LEAST : 1e-12;
  }

  /** With its sizes. */
  public Equation equation(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw config.refusal("takes two inputs, not " + inputs.size() + ". Check how the model calls it.");
    }
    String[] names = {"abcdefgh".substring(0, inputs.get(0).rank()), "mnopqrst".substring(0, inputs.get(1).rank())};
    String y = "";
    for (int input = 0; input < 2; input++) {
      int axis = axis(input, inputs.get(input));
      y += names[input].substring(0, axis) + names[input].substring(axis + 1);
      names[input] = names[input].substring(0, axis) + "k" + names[input].substring(axis + 1);
    }
    return Equation.of(names[0], names[1], y).sized(inputs.get(0), inputs.get(1)).orElseThrow(
        () -> config.refusal("multiplies inputs of shapes " + inputs.get(0) + " and " + inputs.get(1) + " along axes "
            + config.json("axes") + ", which are not of one size."));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Equation equation = equation(inputs);
    return List.of(equation.y().isEmpty() ? Shape.of(1) : equation.shape(equation.y()));
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    int[] read = from.clone();
    for (int input = 0; normalizes && input < 2; input++) {
      Shape shape = inputs.get(input);
      boolean[] over = new boolean[shape.rank()];
      over[axis(input, shape)] = true;
      read[input] = network.value(shape);
      network.step(new UnitLengthOperation(AxisGroups.of(shape, over), AxisGroups.size(shape, over), (float) least()),
          new int[] {from[input]}, new int[] {read[input]});
    }
    network.step(new ValueProduct(equation(inputs)), read, to);
  }
}
