package io.forwardpass.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/** Reads a job file: its text, what the command line sets over it, the environment, and the defaults below it. */
public final class JobFile {
  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

  private JobFile() {}

  /**
   * Reads and checks a job file.
   *
   * @param path on any Hadoop path; a plain name that is not on fs.defaultFS may be in the working directory
   * @param settings {@code key=value} each, which override the file
   * @throws Refusal of kind COMMAND that names everything that is wrong with it
   */
  public static JobConfig read(String path, List<String> settings, Configuration hadoop) throws IOException {
    return keys(path, settings, hadoop).job();
  }

  public static JobConfig parse(String text, String path, List<String> settings, Map<String, String> environment,
      ConfigParseOptions options) {
    return keys(text, path, settings, environment, options).job();
  }

  /** Reads a job file, of which only the syntax is checked yet. */
  public static JobKeys keys(String path, List<String> settings, Configuration hadoop) throws IOException {
    JobText text = JobText.read(path, hadoop);
    List<String> files = new ArrayList<>();
    Includes includes = new Includes(text, hadoop, files);
    return keys(text.content(), path, settings, System.getenv(), ConfigParseOptions.defaults().setIncluder(includes)).readFrom(files);
  }

  private static JobKeys keys(String text, String path, List<String> settings, Map<String, String> environment,
      ConfigParseOptions options) {
    Problems problems = new Problems();
    Config given;
    try {
      Config file = ConfigFactory.parseString(text, options.setOriginDescription(path));
      given = Settings.parse(settings, problems).withFallback(file);
      // The file may compute keys from one that is set here: both are resolved as one.
      given = given.resolve(ConfigResolveOptions.noSystem().appendResolver(environment(environment)));
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw Refusal.command("Cannot read the job file " + path + ": " + unresolved(e));
    } catch (ConfigException e) {
      throw Refusal.command("Cannot read the job file " + path + ": " + Position.of(e.origin(), path) + reason(e)
          + " Mend the syntax there; the format is HOCON.");
    }
    return new JobKeys("run the job file " + path, path, given, problems.all());
  }

  private static ConfigResolver environment(Map<String, String> environment) {
    return new ConfigResolver() {
      @Override
      public ConfigValue lookup(String name) {
        String value = environment.get(name);
        return value == null ? null : ConfigValueFactory.fromAnyRef(value, "environment variable " + name);
      }

      @Override
      public ConfigResolver withFallback(ConfigResolver other) {
        return this;
      }
    };
  }

  private static String unresolved(ConfigException e) {
    Matcher found = SUBSTITUTION.matcher(e.getMessage());
    if (!found.find()) {
      return reason(e);
    }
    String line = e.origin() != null && e.origin().lineNumber() > 0 ? " in line " + e.origin().lineNumber() : "";
    return "${" + found.group(1) + "}" + line + " is set neither in the environment nor in the job file. Set it, or write ${?"
        + found.group(1) + "} where it may be missing.";
  }

  /** The library's message without the position it puts in front. */
  private static String reason(ConfigException e) {
    String message = e.getMessage();
    if (e.origin() != null && message.startsWith(e.origin().description() + ": ")) {
      message = message.substring(e.origin().description().length() + 2);
    }
    return message.endsWith(".") ? message : message + ".";
  }
}
