package io.forwardpass.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NetworkTest {
  /** Every output element is the sum of all inputs' first element, plus a constant. */
  private static final class Sum implements Operation {
    private static final long serialVersionUID = 1L;
    private final float constant;
    private final boolean inPlace;

    Sum(float constant, boolean inPlace) {
      this.constant = constant;
      this.inPlace = inPlace;
    }

    @Override
    public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
      for (int r = 0; r < lanes; r++) {
        float sum = constant;
        for (Block input : inputs) {
          sum += input.data()[r];
        }
        for (int e = 0; e < outputs[0].shape().elements(); e++) {
          outputs[0].data()[e * outputs[0].capacity() + r] = sum;
        }
      }
    }

    @Override
    public boolean inPlace() {
      return inPlace;
    }
  }

  @Test
  void aValueThatIsStillToBeReadKeepsItsBuffer() {
    NetworkBuilder builder = new NetworkBuilder();
    int x = builder.input("x", Shape.of(1));
    int[] chain = new int[6];
    int last = x;
    for (int i = 0; i < chain.length; i++) {
      chain[i] = builder.value(Shape.of(i + 1));
      builder.step(new Sum(1, i % 2 == 0), new int[] {last}, new int[] {chain[i]});
      last = chain[i];
    }
    int skip = builder.value(Shape.of(1));
    builder.step(new Sum(0, true), new int[] {last, chain[1], x}, new int[] {skip}); // (x + 6) + (x + 2) + x
    builder.output("skip", skip);
    int middle = builder.value(Shape.of(2, 2));
    builder.alias(chain[3], middle);
    builder.output("middle", middle);
    float[][] predicted = new Predictor(builder.build(), 16).predict(new float[][] {{1f, 2f, 3f}}, 3);
    assertArrayEquals(new float[] {11f, 14f, 17f}, predicted[0]);
    assertArrayEquals(new float[] {5f, 5f, 5f, 5f, 6f, 6f, 6f, 6f, 7f, 7f, 7f, 7f}, predicted[1]);
  }

  @Test
  void aChainOfAnyLengthNeedsTwoBuffersBesideItsInput() {
    NetworkBuilder builder = new NetworkBuilder();
    int last = builder.input("x", Shape.of(3));
    for (int i = 0; i < 10; i++) {
      int next = builder.value(Shape.of(3));
      builder.step(new Sum(1, false), new int[] {last}, new int[] {next});
      last = next;
    }
    builder.output("y", last);
    assertEquals(3, builder.build().bufferElements.length);
  }

  @Test
  void predictionsDoNotDependOnTheBlock() {
    NetworkBuilder builder = new NetworkBuilder();
    int x = builder.input("x", Shape.of(1));
    int y = builder.value(Shape.of(1));
    builder.step(new Sum(0.5f, false), new int[] {x}, new int[] {y});
    builder.output("y", y);
    Network network = builder.build();
    float[] rows = new float[1000];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = r / 7f;
    }
    for (int count : new int[] {0, 1, 15, 16, 17, 255, 256, 1000}) {
      float[] expected = new Predictor(network, 512).predict(new float[][] {rows}, count)[0];
      assertEquals(count, expected.length);
      assertArrayEquals(expected, new Predictor(network, 16).predict(new float[][] {rows}, count)[0]);
    }
  }

  @Test
  void aBlockIsAMultipleOfSixteenRows() {
    NetworkBuilder builder = new NetworkBuilder();
    builder.output("x", builder.input("x", Shape.of(1)));
    Network network = builder.build();
    String message = assertThrows(IllegalArgumentException.class, () -> network.workspace(100)).getMessage();
    assertEquals("a block's capacity is a multiple of 16, not 100", message);
  }
}
