package io.forwardpass.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the keys of a job file that {@code reference.conf} does not have: a misspelt key must not silently mean the default. */
final class UnknownKeys {
  private final ConfigObject reference;
  private final String jobFile;
  private final Problems problems;
  private final List<String> known = new ArrayList<>();

  UnknownKeys(ConfigObject reference, String jobFile, Problems problems) {
    this.reference = reference;
    this.jobFile = jobFile;
    this.problems = problems;
    collect(reference, "");
  }

  private void collect(ConfigObject section, String prefix) {
    for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
      String path = prefix + entry.getKey();
      known.add(path);
      if (entry.getValue() instanceof ConfigObject) {
        collect((ConfigObject) entry.getValue(), path + ".");
      }
    }
  }

  void check(ConfigObject given) {
    check(given, reference, "");
  }

  private void check(ConfigObject given, ConfigObject wanted, String prefix) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(given).entrySet()) {
      String key = entry.getKey();
      ConfigValue value = entry.getValue();
      ConfigValue counterpart = wanted.get(key);
      if (!wanted.containsKey(key)) {
        problems.add(prefix + key + Position.after(value.origin(), jobFile) + " is not a key of job files. " + advice(prefix, key, wanted));
      } else if (value instanceof ConfigObject section && counterpart instanceof ConfigObject keys && !keys.isEmpty()) {
        check(section, keys, prefix + key + ".");
      }
    }
  }

  private String advice(String prefix, String key, ConfigObject siblings) {
    Optional<String> near = Nearest.to(key, siblings.keySet()).map(name -> prefix + name);
    // The right key in the wrong section is as common as a misspelt one.
    Optional<String> meant = near.or(() -> known.stream().filter(path -> path.endsWith("." + key)).findFirst())
        .or(() -> Nearest.to(prefix + key, known));
    return meant.map(path -> "Did you mean " + path + "?")
        .orElseGet(() -> "The keys here are " + String.join(", ", new TreeMap<>(siblings).keySet()) + ".");
  }
}
