package io.forwardpass.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.forwardpass.refusal.FailureText;
import io.forwardpass.refusal.Problems;
import java.util.List;

/** What {@code --set key=value} overrides in a job file. */
final class Settings {
  static final String ORIGIN = "--set";

  private Settings() {}

  static Config parse(List<String> settings, Problems problems) {
    Config all = ConfigFactory.empty();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        problems.add("--set " + setting + " is not of the form key=value. Write for instance --set output.mode=overwrite.");
        continue;
      }
      try {
        List<String> key = ConfigUtil.splitPath(setting.substring(0, equals).trim());
        all = all.withValue(ConfigUtil.joinPath(key), value(setting.substring(equals + 1)));
      } catch (ConfigException e) {
        problems.add("--set " + setting + " cannot be parsed: " + FailureText.sentence(e));
      }
    }
    return all;
  }

  /** Lists, sections and quoted strings are HOCON; all else is taken literally, as there the {@code //} of a path starts a comment. */
  private static ConfigValue value(String text) {
    String trimmed = text.trim();
    if (trimmed.equals("null")) {
      return ConfigValueFactory.fromAnyRef(null, ORIGIN);
    }
    if (!trimmed.isEmpty() && "[{\"".indexOf(trimmed.charAt(0)) >= 0) {
      return ConfigFactory.parseString("value = " + trimmed, ConfigParseOptions.defaults().setOriginDescription(ORIGIN)).root()
          .get("value");
    }
    return ConfigValueFactory.fromAnyRef(text, ORIGIN);
  }
}
