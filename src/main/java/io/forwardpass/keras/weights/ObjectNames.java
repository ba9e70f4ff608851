package io.forwardpass.keras.weights;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names the objects of one list as Keras' archives do, by class and order: {@code dense}, {@code dense_1},
 * {@code lstm}, … Every layer of the list has to be counted, those without weights too.
 */
public final class ObjectNames {
  private final Map<String, Integer> used = new HashMap<>();

  /** The name of the list's next layer. */
  public String next(String className) {
    String name = snakeCase(className);
    int earlier = used.merge(name, 1, Integer::sum) - 1;
    return earlier == 0 ? name : name + "_" + earlier;
  }

  /** As Keras spells a class in its archives: {@code LSTM} lstm, {@code LeakyReLU} leaky_re_lu, {@code Conv1D} conv1d. */
  public static String snakeCase(String className) {
    // a registered class is "package>Class"; a functional model was a plain Model in older configs
    String plain = className.substring(className.lastIndexOf('>') + 1);
    // exported by another name
    plain = plain.equals("Model") ? "Functional" : plain.equals("GroupQueryAttention") ? "GroupedQueryAttention" : plain;
    return plain.replaceAll("\\W+", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
