package io.forwardpass.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;

/** {@code conf/reference.conf}: every key of a job file and its default. Defaults are there and nowhere else. */
public final class Reference {
  private Reference() {}

  /** Whose maths applies to a model that does not say which Keras wrote it. */
  public static int kerasVersion() {
    return config().getInt("model.keras-version");
  }

  static Config config() {
    return ConfigFactory.parseResources(Reference.class, "reference.conf", ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** What is given, and the default of every key that is not; a key that is null is not given. */
  static ConfigObject completed(Config given) {
    return withoutNulls(given.root()).withFallback(config());
  }

  private static ConfigObject withoutNulls(ConfigObject section) {
    ConfigObject left = section;
    for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
      if (entry.getValue().valueType() == ConfigValueType.NULL) {
        left = left.withoutKey(entry.getKey());
      } else if (entry.getValue() instanceof ConfigObject inner) {
        left = left.withValue(entry.getKey(), withoutNulls(inner));
      }
    }
    return left;
  }
}
