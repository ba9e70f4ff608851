package io.forwardpass.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.forwardpass.network.Shape;
import io.forwardpass.testing.LayerCase;
import org.junit.jupiter.api.Test;

class ReferenceNetworkTest {
  @Test
  void computesInFloat64() {
    double tiny = 1e-12;
    double[] y = LayerCase.keras3("Dense", "{units: 1}").weights(new float[] {1, 1}, new float[1]).reference(Shape.of(2), 1, tiny);
    assertArrayEquals(new double[] {1 + tiny}, y);
  }

  @Test
  void keepsItsInputAsItIsWhenItActivates() {
    double[] x = {-1, 2};
    LayerCase.keras3("Activation", "{activation: 'relu'}").reference(Shape.of(2), x);
    assertArrayEquals(new double[] {-1, 2}, x);
  }

  @Test
  void saysWhichShapeItsNumbersDoNotFill() {
    String message = assertThrows(IllegalArgumentException.class,
        () -> LayerCase.keras3("Dense", "{units: 1}").reference(Shape.of(2), 1, 2, 3)).getMessage();
    assertEquals("1 rows of shape (2,) are 2 numbers, not 3", message);
  }

  @Test
  void theReluLayerHonoursItsOptionsAsKerasDoes() {
    double[] y = LayerCase.keras3("ReLU", "{max_value: 1.5, negative_slope: 0.1, threshold: 0.2}")
        .reference(Shape.of(6), -4, -1.25, -0.3, 0.2, 0.7, 5.5);
    assertArrayEquals(new double[] {-0.42, -0.145, -0.05, 0, 0.7, 1.5}, y, 1e-15);
  }
}
