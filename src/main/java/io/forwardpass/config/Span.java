package io.forwardpass.config;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A distance along the column that orders a series' rows: a duration in microseconds, or a whole number of what the column counts.
 *
 * @param text as the job file has it
 */
public record Span(long amount, boolean isDuration, String text) implements Serializable {
  private static final Pattern PART = Pattern.compile("(\\d+)\\s*([a-z]+)\\s*");
  private static final long SECOND = 1_000_000L;
  /** Months and years are not units: they have no fixed length. */
  private static final Map<String, Long> UNITS = Map.ofEntries(
      Map.entry("microsecond", 1L), Map.entry("us", 1L), Map.entry("millisecond", 1000L), Map.entry("ms", 1000L),
      Map.entry("second", SECOND), Map.entry("s", SECOND), Map.entry("minute", 60 * SECOND), Map.entry("m", 60 * SECOND),
      Map.entry("hour", 3600 * SECOND), Map.entry("h", 3600 * SECOND), Map.entry("day", 86_400 * SECOND), Map.entry("d", 86_400 * SECOND),
      Map.entry("week", 7 * 86_400 * SECOND), Map.entry("w", 7 * 86_400 * SECOND));

  /** {@code 15 minutes}, {@code 1 hour 30 minutes} or {@code 1}; empty where it is neither, or not above 0. */
  static Optional<Span> parse(String text) {
    String rest = text.strip().toLowerCase(Locale.ROOT);
    try {
      if (rest.matches("\\d+")) {
        return Optional.of(new Span(Long.parseLong(rest), false, text)).filter(span -> span.amount > 0);
      }
      Matcher part = PART.matcher(rest);
      long sum = 0;
      int at = 0;
      while (at < rest.length() && part.find(at) && part.start() == at) {
        String name = part.group(2);
        Long unit = UNITS.get(UNITS.containsKey(name) ? name : name.replaceFirst("s$", ""));
        if (unit == null) {
          return Optional.empty();
        }
        sum = Math.addExact(sum, Math.multiplyExact(Long.parseLong(part.group(1)), unit));
        at = part.end();
      }
      return at == rest.length() && sum > 0 ? Optional.of(new Span(sum, true, text)) : Optional.empty();
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty(); // longer than a long can hold
    }
  }
}
