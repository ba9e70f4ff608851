package io.forwardpass.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import java.util.List;

/**
 * What a job says, key by key, whether a file said it or a program did: immutable. {@link #job} checks all of it and fills in the
 * defaults, so that both are held to the same rules and refused in the same words.
 */
public final class JobKeys {
  /** What tables at hand are called where a job has to name its input and output. */
  public static final String TABLE_AT_HAND = "the table";

  private final String cannot; // how the refusal begins
  private final String file; // whose lines messages name; empty without a file
  private final Config given;
  private final List<String> problems; // found on the way here
  private final List<String> files; // that were read for it

  JobKeys(String cannot, String file, Config given, List<String> problems) {
    this(cannot, file, given, problems, List.of());
  }

  private JobKeys(String cannot, String file, Config given, List<String> problems, List<String> files) {
    this.cannot = cannot;
    this.file = file;
    this.given = given;
    this.problems = List.copyOf(problems);
    this.files = List.copyOf(files);
  }

  JobKeys readFrom(List<String> read) {
    return new JobKeys(cannot, file, given, problems, read);
  }

  /** Of a program that scores tables at hand with a model. */
  public static JobKeys ofModel(String path) {
    return new JobKeys("score with " + path, "", ConfigFactory.empty(), List.of()).with("model.path", path).atHand();
  }

  /**
   * With another value for a key.
   *
   * @param key as in {@code conf/reference.conf}: {@code output.prediction}
   * @param value a text, number, boolean, list or map of such; keys of maps are taken as they are, dots and all
   */
  public JobKeys with(String key, Object value) {
    return new JobKeys(cannot, file, given.withValue(key, ConfigValueFactory.fromAnyRef(value)), problems, files);
  }

  /** With a value for a name of the user's own within a section, such as a column's: {@code features.scaling."a.b"}. */
  public JobKeys with(String section, String name, Object value) {
    return with(section + "." + ConfigUtil.quoteString(name), value);
  }

  /** With another value for a key, spelt as behind {@code --set}: {@code [a, b]} is a list, {@code null} takes a key back. */
  public JobKeys withSetting(String key, String value) {
    Problems found = new Problems();
    problems.forEach(found::add);
    Config set = Settings.parse(List.of(key + "=" + value), found);
    return new JobKeys(cannot, file, set.withFallback(given), found.all(), files);
  }

  /** For a table at hand: without what says where the input is and where the output goes, and in which form. */
  public JobKeys atHand() {
    Config own = given;
    for (String place : List.of("path", "table", "format", "options", "schema", "filter", "partition-time")) {
      own = own.withoutPath("input." + place);
    }
    for (String place : List.of("path", "table", "format", "options", "mode", "write", "partition-by")) {
      own = own.withoutPath("output." + place);
    }
    return new JobKeys(cannot, file, own, problems, files).with("input.table", TABLE_AT_HAND).with("output.table", TABLE_AT_HAND);
  }

  public boolean has(String key) {
    return given.hasPath(key);
  }

  /** @throws Refusal of kind COMMAND that names everything that is wrong */
  public JobConfig job() {
    Problems all = new Problems();
    problems.forEach(all::add);
    new UnknownKeys(Reference.config().root(), file, all).check(given.root());
    boolean windows = given.hasPath("windows");
    JobConfig job = new JobReader(new Section(Reference.completed(given), "", file, all)).read(windows).readFrom(files);
    all.throwIfAny(Refusal.Kind.COMMAND, cannot);
    return job;
  }
}
