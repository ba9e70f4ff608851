package io.forwardpass.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.forwardpass.refusal.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** Reads one {@code { mean, std }}, {@code { min, max }} or {@code { offset, scale }}. */
final class ScalingReader {
  private static final List<List<String>> FORMS = List.of(List.of("mean", "std"), List.of("min", "max"), List.of("offset", "scale"));

  private ScalingReader() {}

  static Optional<Scaling> read(Section section) {
    boolean sound = true;
    for (String key : new TreeSet<>(section.keys())) {
      if (FORMS.stream().noneMatch(form -> form.contains(key))) {
        section.problem(key, "is not a key of job files. A scaling has mean and std, min and max, or offset and scale.");
        sound = false;
      }
    }
    List<List<String>> given = new ArrayList<>();
    for (List<String> form : FORMS) {
      if (form.stream().anyMatch(section::has)) {
        given.add(form);
      }
    }
    if (given.size() > 1) {
      section.problem("has two forms of scaling, " + String.join(" and ", given.get(0)) + " as well as "
          + String.join(" and ", given.get(1)) + ". Keep one of them.");
      return Optional.empty();
    }
    if (given.isEmpty()) {
      if (sound) {
        section.problem("says nothing. Give mean and std, min and max, or offset and scale.");
      }
      return Optional.empty();
    }
    return sound ? read(section, given.get(0).get(0), given.get(0).get(1)) : Optional.empty();
  }

  private static Optional<Scaling> read(Section section, String first, String second) {
    // Keras' Rescaling has offset = 0 too; the other forms have no half that could be guessed.
    boolean offset = first.equals("offset");
    for (String key : offset ? List.of(second) : List.of(first, second)) {
      if (!section.has(key)) {
        section.problem("has " + (key.equals(first) ? second : first) + " but no " + key + ". Give both.");
      }
    }
    OptionalDouble a = offset && !section.has(first) ? OptionalDouble.of(0) : section.number(first);
    OptionalDouble b = section.number(second);
    if (a.isEmpty() || b.isEmpty()) {
      return Optional.empty();
    }
    return sound(section, first, a.getAsDouble(), b.getAsDouble());
  }

  private static Optional<Scaling> sound(Section section, String form, double a, double b) {
    return switch (form) {
      case "mean" -> {
        if (b <= 0) {
          section.problem("std", "should be above 0, not " + b + ": it is a divisor. Leave the column unscaled if it never varied.");
          yield Optional.empty();
        }
        yield Optional.of(Scaling.standard(a, b));
      }
      case "min" -> {
        if (a == b) {
          section.problem("has min = max = " + a + ", and their difference is a divisor. Leave the column unscaled if it never varied.");
          yield Optional.empty();
        }
        yield Optional.of(Scaling.range(a, b));
      }
      default -> {
        if (b == 0) {
          section.problem("scale", "should not be 0: every value would become the offset.");
          yield Optional.empty();
        }
        yield Optional.of(Scaling.rescaling(a, b));
      }
    };
  }

  /** What the user probably meant by scaling a column that is not a feature. */
  static String advice(Section scalings, String column, Collection<String> columns) {
    ConfigValue value = scalings.value(column);
    while (value instanceof ConfigObject && ((ConfigObject) value).size() == 1) {
      Map.Entry<String, ConfigValue> only = ((ConfigObject) value).entrySet().iterator().next();
      column = column + "." + only.getKey();
      value = only.getValue();
      if (columns.contains(column)) {
        return " Dots separate keys: put the column's name in quotes, \"" + column + "\".";
      }
    }
    for (String dotted : columns) {
      if (dotted.startsWith(column + ".")) {
        return " Dots separate keys: put the column's name in quotes, \"" + dotted + "\".";
      }
    }
    return Nearest.to(column, columns).map(near -> " Did you mean " + near + "?")
        .orElse(columns.isEmpty() ? "" : " The features are " + String.join(", ", new TreeSet<>(columns)) + ".");
  }
}
