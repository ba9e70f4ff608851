package io.forwardpass.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.KerasAnswers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationsTest {
  @Test
  void givesWhatKeras3Answers() throws IOException {
    Map<String, float[]> answers = KerasAnswers.read("keras3.csv");
    float[] x = answers.remove("x");
    Map<String, Activation> byParameters = withParameters();
    for (Map.Entry<String, float[]> answer : answers.entrySet()) {
      String name = answer.getKey();
      Activation activation = byParameters.containsKey(name) ? byParameters.remove(name) : Activations.named(name, true).orElseThrow();
      assertAnswers(name, x, answer.getValue(), applied(activation, x));
    }
    assertTrue(byParameters.isEmpty(), "not asked: " + byParameters.keySet());
  }

  @Test
  void givesWhatKeras2Answers() throws IOException {
    Map<String, float[]> answers = KerasAnswers.read("keras2.csv");
    float[] x = answers.remove("x");
    for (Map.Entry<String, float[]> answer : answers.entrySet()) {
      assertAnswers(answer.getKey(), x, answer.getValue(), applied(Activations.named(answer.getKey(), false).orElseThrow(), x));
    }
  }

  @Test
  void hardSigmoidDiffersBetweenKeras2AndKeras3() {
    assertEquals(0.7f, applied(Activations.named("hard_sigmoid", false).orElseThrow(), new float[] {1f})[0]);
    assertEquals(4f / 6f, applied(Activations.named("hard_sigmoid", true).orElseThrow(), new float[] {1f})[0]);
  }

  @Test
  void normalisesOverTheLastAxisAsKeras() throws IOException {
    Map<String, float[]> answers = KerasAnswers.read("axis.csv");
    float[] rows = answers.remove("x");
    for (Map.Entry<String, float[]> answer : answers.entrySet()) {
      Activation activation = Activations.named(answer.getKey(), true).orElseThrow();
      for (int row = 0; row < rows.length / 5; row++) {
        float[] x = Arrays.copyOfRange(rows, row * 5, row * 5 + 5);
        float[] expected = Arrays.copyOfRange(answer.getValue(), row * 5, row * 5 + 5);
        if (Arrays.equals(x, new float[] {Float.NaN, 0, 1, 2, 3})) {
          Arrays.fill(expected, Float.NaN); // Keras' sparsemax answers with infinities instead
        }
        assertAnswers(answer.getKey() + " of row " + row, x, expected, overAxis(activation, x));
      }
    }
  }

  @Test
  void softmaxSumsToOneOverManyElements() {
    float[] x = new float[300];
    for (int e = 0; e < x.length; e++) {
      x[e] = (float) Math.sin(e) * 20;
    }
    float sum = 0;
    for (float y : overAxis(Activations.softmax(), x)) {
      sum += y;
    }
    assertEquals(1f, sum, 1e-6f);
  }

  @Test
  void touchesOnlyItsElementsAndLanes() {
    for (String name : Activations.names()) {
      float[] data = new float[10 + 3 * 48 + 7];
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) Math.cos(i) * 3 - 0.01f;
      }
      float[] before = data.clone();
      Activations.named(name, true).orElseThrow().apply(data, 10 + 48, 2, 48, 32);
      for (int i = 0; i < data.length; i++) {
        boolean inside = i >= 58 && i < 58 + 96 && (i - 58) % 48 < 32;
        assertTrue(inside || data[i] == before[i], name + " changed number " + i);
      }
    }
  }

  @Test
  void everyActivationSurvivesJavaSerialization() throws Exception {
    float[] x = {-3f, -0.5f, 0f, 0.25f, 1f, 7f};
    for (String name : Activations.names()) {
      Activation activation = Activations.named(name, true).orElseThrow();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(activation);
      }
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        Activation copy = (Activation) in.readObject();
        assertEquals(activation.name(), copy.name());
        assertEquals(Arrays.toString(overAxis(activation, x)), Arrays.toString(overAxis(copy, x)), name);
      }
    }
  }

  @Test
  void hasNoneOfAnUnknownName() {
    assertTrue(Activations.named("glu", true).isEmpty());
    assertTrue(Activations.named("sigmoyd", false).isEmpty());
  }

  private static Map<String, Activation> withParameters() {
    Map<String, Activation> activations = new LinkedHashMap<>();
    double endless = Double.POSITIVE_INFINITY;
    activations.put("relu(6.1 0 0)", Activations.relu(6.1, 0, 0));
    activations.put("relu(1.5 0.1 0.2)", Activations.relu(1.5, 0.1, 0.2));
    activations.put("relu(inf 0 0.3)", Activations.relu(endless, 0, 0.3));
    activations.put("relu(inf 0.25 0)", Activations.relu(endless, 0.25, 0));
    activations.put("relu(6 0.25 0)", Activations.relu(6, 0.25, 0));
    activations.put("leaky_relu(0.3)", Activations.leakyRelu(0.3));
    activations.put("elu(0.7)", Activations.elu(0.7));
    activations.put("celu(0.7)", Activations.celu(0.7));
    activations.put("gelu(approximate)", Activations.gelu(true));
    return activations;
  }

  /** One number per lane. */
  private static float[] applied(Activation activation, float[] x) {
    int lanes = (x.length + 15) & -16;
    float[] data = Arrays.copyOf(x, lanes);
    activation.apply(data, 0, 1, lanes, lanes);
    return Arrays.copyOf(data, x.length);
  }

  /** One number per element, of the last row. */
  private static float[] overAxis(Activation activation, float[] x) {
    float[] data = new float[x.length * 16];
    for (int e = 0; e < x.length; e++) {
      data[e * 16 + 15] = x[e];
    }
    activation.apply(data, 0, x.length, 16, 16);
    float[] y = new float[x.length];
    for (int e = 0; e < x.length; e++) {
      y[e] = data[e * 16 + 15];
    }
    return y;
  }

  private static void assertAnswers(String name, float[] x, float[] expected, float[] found) {
    for (int i = 0; i < x.length; i++) {
      boolean same = Float.compare(expected[i], found[i]) == 0
          || Math.abs(expected[i] - found[i]) <= 1e-6 + 2e-6 * Math.abs(expected[i]);
      assertTrue(same, name + " at " + x[i] + ": Keras " + expected[i] + ", ours " + found[i]);
    }
  }
}
