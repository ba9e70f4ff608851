package io.forwardpass.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;

/** Resolves {@code include "base.conf"} beside the job file; a missing one is refused, where the library would pass over it. */
final class Includes implements ConfigIncluder {
  private final JobText from;
  private final Configuration hadoop;

  Includes(JobText from, Configuration hadoop) {
    this.from = from;
    this.hadoop = hadoop;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String path = from.sibling(what);
    try {
      JobText text = JobText.read(path, hadoop);
      return ConfigFactory.parseString(text.content(),
          ConfigParseOptions.defaults().setOriginDescription(path).setIncluder(new Includes(text, hadoop))).root();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
