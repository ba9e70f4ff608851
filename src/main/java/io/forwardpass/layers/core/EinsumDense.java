package io.forwardpass.layers.core;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.ActivationChoice;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.OperationLayer;
import io.forwardpass.layers.contraction.Equation;
import io.forwardpass.layers.contraction.Projection;
import io.forwardpass.network.Operation;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A dense layer along the axes that an equation says ({@code einsum_dense.py} of Keras 3.15): {@code y = activation(einsum(equation, x,
 * kernel) + bias)}, the bias along {@code bias_axes}.
 */
public final class EinsumDense extends OperationLayer {
  private final LayerConfig config;
  private final String text;
  private final int[] outputShape;
  private final String biasAxes; // or empty
  private final ActivationChoice activation;

  public EinsumDense(LayerConfig config) {
    this.config = config;
    text = config.text("equation", "").replace(" ", "");
    outputShape = config.integers("output_shape");
    biasAxes = config.text("bias_axes", "");
    activation = config.activation("activation", "linear");
    config.ignore("lora_alpha");
  }

  /** With its sizes, those of the output's own axes from its config. */
  public Equation equation(Shape input) {
    String[] sides = text.split(",|->", -1);
    Equation equation = Equation.parse(text, input.rank() + 1, sides.length < 2 ? 0 : sides[1].length(), false)
        .orElseThrow(() -> config.refusal("has the equation " + text + ", which is supported only where the batch stays the first axis,"
            + " the kernel has no dots, and each axis appears once in every shape and in two of them at least."));
    String named = sides[2].startsWith("...") ? sides[2].substring(3) : sides[2].substring(1).replace("...", "");
    int[] kernel = equation.b().chars().map(axis -> {
      int inInput = equation.a().indexOf(axis);
      int inOutput = named.indexOf(axis);
      return inInput >= 0 ? input.size(inInput) : inOutput >= 0 && inOutput < outputShape.length ? outputShape[inOutput] : -1;
    }).toArray();
    if (Arrays.stream(kernel).anyMatch(size -> size < 0)) {
      throw config.refusal("has an output_shape " + config.json("output_shape") + " that leaves sizes of its kernel open for an input "
          + input + ". Give the model its input shape.");
    }
    return equation.sized(input, Shape.of(kernel)).orElseThrow(
        () -> config.refusal("has the equation " + text + ", which does not fit its input " + input + "."));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    Equation equation = equation(config.single(inputs));
    return List.of(equation.shape(equation.y()));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    Equation equation = equation(inputs.get(0));
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(WeightSpec.trainable("kernel", equation.shape(equation.b()).dimensions()));
    if (!biasAxes.isEmpty()) {
      int first = biasAxes.chars().map(axis -> equation.y().indexOf(axis)).min().orElse(0);
      int[] sizes = equation.y().substring(Math.max(0, first)).chars()
          .map(axis -> biasAxes.indexOf(axis) >= 0 ? equation.size((char) axis) : 1).toArray();
      specs.add(WeightSpec.trainable("bias", sizes));
    }
    return specs;
  }

  /** The axes along which the bias lies, in the order of the output. */
  public String biasAxes(Equation equation) {
    StringBuilder axes = new StringBuilder();
    equation.y().chars().filter(axis -> biasAxes.indexOf(axis) >= 0).forEach(axis -> axes.append((char) axis));
    return Projection.biasAxes(equation, axes.toString(), config.kerasVersion());
  }

  @Override
  protected Operation operation(List<Shape> inputs, List<float[]> weights) {
    Equation equation = equation(inputs.get(0));
    return Projection.of(equation, weights.get(0), useBias() ? weights.get(1) : null, biasAxes(equation), activation.function());
  }

  public boolean useBias() {
    return !biasAxes.isEmpty();
  }

  public ActivationChoice activation() {
    return activation;
  }
}
