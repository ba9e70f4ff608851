package io.forwardpass.testing;

import io.forwardpass.network.Network;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import io.forwardpass.network.Workspace;

/** Networks put together by hand, and what they answer for a single row. */
public final class Networks {
  private Networks() {}

  /** One input called {@code x}, one output called {@code y}. */
  public static Network of(Shape input, Shape output) {
    NetworkBuilder network = new NetworkBuilder();
    int x = network.input("x", input);
    int y = network.value(output);
    network.step(new DenseOperation(input.elements(), output.elements(), 7), new int[] {x}, new int[] {y});
    network.output("y", y);
    return network.build();
  }

  /** Inputs {@code customer} and {@code history}, outputs {@code risk} (1,) and {@code parts} (2,). */
  public static Network twoInputs(Shape customer, Shape history) {
    NetworkBuilder network = new NetworkBuilder();
    int c = network.input("customer", customer);
    int h = network.input("history", history);
    int risk = network.value(Shape.of(1));
    int parts = network.value(Shape.of(2));
    int both = customer.elements() + history.elements();
    network.step(new DenseOperation(both, 1, 3), new int[] {c, h}, new int[] {risk});
    network.step(new DenseOperation(both, 2, 5), new int[] {c, h}, new int[] {parts});
    network.output("risk", risk);
    network.output("parts", parts);
    return network.build();
  }

  /** An output's numbers for one row, its inputs given one after another. */
  public static float[] answer(Network network, int output, float[]... inputs) {
    Workspace workspace = network.workspace(16);
    for (int i = 0; i < inputs.length; i++) {
      for (int e = 0; e < inputs[i].length; e++) {
        workspace.input(i).data()[e * 16] = inputs[i][e];
      }
    }
    network.forward(workspace, 1);
    float[] answer = new float[network.outputShape(output).elements()];
    for (int e = 0; e < answer.length; e++) {
      answer[e] = workspace.output(output).data()[e * 16];
    }
    return answer;
  }
}
