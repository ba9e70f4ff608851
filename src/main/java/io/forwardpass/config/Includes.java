package io.forwardpass.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Resolves {@code include "base.conf"} beside the job file; a missing one is refused, where the library would pass over it. */
final class Includes implements ConfigIncluder {
  private final JobText from;
  private final Configuration hadoop;
  private final List<String> files;

  /** @param files takes up where the file that includes lies, and all that it includes */
  Includes(JobText from, Configuration hadoop, List<String> files) {
    this.from = from;
    this.hadoop = hadoop;
    this.files = files;
    files.add(from.location());
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String path = from.sibling(what);
    try {
      JobText text = JobText.read(path, hadoop);
      return ConfigFactory.parseString(text.content(),
          ConfigParseOptions.defaults().setOriginDescription(path).setIncluder(new Includes(text, hadoop, files))).root();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
