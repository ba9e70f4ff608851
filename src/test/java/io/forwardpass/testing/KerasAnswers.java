package io.forwardpass.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of {@code activations.py}: by name, the numbers; those the functions were asked about under {@code x}. */
public final class KerasAnswers {
  private KerasAnswers() {}

  public static Map<String, float[]> read(String file) throws IOException {
    Map<String, float[]> answers = new LinkedHashMap<>();
    try (InputStream in = KerasAnswers.class.getResourceAsStream("/activations/" + file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] cells = line.split(",");
        float[] numbers = new float[cells.length - 1];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = Float.parseFloat(cells[i + 1].replace("inf", "Infinity").replace("nan", "NaN"));
        }
        answers.put(cells[0], numbers);
      }
    }
    return answers;
  }
}
