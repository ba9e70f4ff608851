package io.forwardpass.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigParseOptions;
import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobFile;
import io.forwardpass.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Job files as texts, for tests. */
public final class JobTexts {
  public static final String SMALLEST = """
      model.path = m.keras
      input.path = t.parquet
      features.columns = [a, b]
      output.path = out""";

  private JobTexts() {}

  public static JobConfig parse(String text) {
    return parse(text, List.of(), Map.of());
  }

  public static JobConfig parse(String text, List<String> settings, Map<String, String> environment) {
    return JobFile.parse(text, "job.conf", settings, environment, ConfigParseOptions.defaults());
  }

  /** The smallest job with another line in place of the one that begins so. */
  public static String with(String line, String... insteadOf) {
    return Arrays.stream(SMALLEST.split("\n")).filter(old -> Arrays.stream(insteadOf).noneMatch(old::startsWith))
        .collect(Collectors.joining("\n", line + "\n", ""));
  }

  /** The message that a text is refused with. */
  public static String refusal(String text, String... settings) {
    Refusal refusal = assertThrows(Refusal.class, () -> parse(text, List.of(settings), Map.of()));
    assertEquals(Refusal.Kind.COMMAND, refusal.kind());
    return refusal.getMessage();
  }
}
