package io.forwardpass.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One section of a job file. Reads typed values; what is wrong goes to the problems, and reading goes on with a value
 * of the right type, so that everything is found at once.
 */
final class Section {
  /** In place of a number that has a default, and so is only missing where it is wrong: a job with problems is refused. */
  static final int REFUSED = 0;

  private final ConfigObject values;
  private final String name;
  private final String jobFile;
  private final Problems problems;

  /** @param name its path in the file; empty for the whole file */
  Section(ConfigObject values, String name, String jobFile, Problems problems) {
    this.values = values;
    this.name = name;
    this.jobFile = jobFile;
    this.problems = problems;
  }

  Set<String> keys() {
    return values.keySet();
  }

  boolean has(String key) {
    ConfigValue value = values.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  ConfigValue value(String key) {
    return values.get(key);
  }

  /** A problem with a value that is given: {@code "output.mode (line 12) " + text}. */
  void problem(String key, String text) {
    ConfigValue value = values.get(key);
    problems.add(path(key) + (value == null ? "" : Position.after(value.origin(), jobFile)) + " " + text);
  }

  /** A problem with the section itself, which may be spread over the file. */
  void problem(String text) {
    problems.add((name.isEmpty() ? "the job file" : name) + " " + text);
  }

  private String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  Section section(String key) {
    ConfigValue value = values.get(key);
    if (has(key) && !(value instanceof ConfigObject)) {
      problem(key, "should be a section, " + key + " { ... }, not " + shown(value) + ".");
    }
    ConfigObject inner = value instanceof ConfigObject object ? object : ConfigValueFactory.fromMap(Map.of());
    return new Section(inner, path(key), jobFile, problems);
  }

  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    Optional<String> text = scalar(values.get(key));
    if (text.isEmpty()) {
      problem(key, "should be a string, not " + shown(values.get(key)) + ".");
    } else if (text.get().isBlank()) {
      problem(key, "is empty. Give it a value, or leave the key out.");
      return Optional.empty();
    }
    return text;
  }

  /** A list of distinct strings. */
  List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (!(values.get(key) instanceof ConfigList)) {
      problem(key, "should be a list, [a, b], not " + shown(values.get(key)) + ".");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    Set<String> twice = new HashSet<>();
    for (ConfigValue element : (ConfigList) values.get(key)) {
      Optional<String> text = scalar(element);
      if (text.isEmpty() || text.get().isBlank()) {
        problem(key, "should be a list of names, but holds " + shown(element) + ".");
      } else if (texts.contains(text.get()) && twice.add(text.get())) {
        problem(key, "names " + text.get() + " more than once. Name it once.");
      } else if (!texts.contains(text.get())) {
        texts.add(text.get());
      }
    }
    return List.copyOf(texts);
  }

  OptionalInt integer(String key) {
    OptionalDouble number = number(key, "a whole number");
    if (number.isPresent() && number.getAsDouble() != Math.rint(number.getAsDouble())) {
      problem(key, "should be a whole number, not " + shown(values.get(key)) + ".");
      return OptionalInt.empty();
    }
    return number.isPresent() ? OptionalInt.of((int) number.getAsDouble()) : OptionalInt.empty();
  }

  OptionalDouble number(String key) {
    return number(key, "a number");
  }

  private OptionalDouble number(String key, String expected) {
    if (!has(key)) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(scalar(values.get(key)).orElse(""));
      if (!Double.isNaN(number) && !Double.isInfinite(number)) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException e) {
      // reported below, like everything else that is not a number
    }
    problem(key, "should be " + expected + ", not " + shown(values.get(key)) + ".");
    return OptionalDouble.empty();
  }

  /** One of these, by a key that has a default; any of them where the value is wrong. */
  <E extends Enum<E>> E choice(String key, E[] allowed) {
    Optional<String> given = text(key);
    for (E choice : allowed) {
      if (given.isPresent() && spelt(choice).equals(given.get())) {
        return choice;
      }
    }
    if (given.isPresent()) {
      List<String> names = Stream.of(allowed).map(Section::spelt).collect(Collectors.toList());
      String last = names.remove(names.size() - 1);
      problem(key, "should be " + String.join(", ", names) + " or " + last + ", not " + shown(values.get(key)) + ".");
    }
    return allowed[0];
  }

  private static String spelt(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Options that are passed on; keys of nested sections are joined by dots, as Spark spells them. */
  Map<String, String> options(String key) {
    Map<String, String> options = new LinkedHashMap<>();
    section(key).collect("", options);
    return options;
  }

  private void collect(String before, Map<String, String> options) {
    for (String key : values.keySet()) {
      ConfigValue value = values.get(key);
      if (value instanceof ConfigObject) {
        section(key).collect(before + key + ".", options);
      } else if (has(key)) {
        scalar(value).ifPresentOrElse(text -> options.put(before + key, text),
            () -> problem(key, "should be a single value, not " + shown(value) + "."));
      }
    }
  }

  /** As the file spells it: 0.10 stays 0.10. */
  static Optional<String> scalar(ConfigValue value) {
    if (value instanceof ConfigObject || value instanceof ConfigList || value.valueType() == ConfigValueType.NULL) {
      return Optional.empty();
    }
    return Optional.of(ConfigFactory.empty().withValue("value", value).getString("value"));
  }

  static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
