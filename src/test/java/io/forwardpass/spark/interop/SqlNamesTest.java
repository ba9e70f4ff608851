package io.forwardpass.spark.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlNamesTest {
  @ParameterizedTest
  @CsvSource({"day, `day`", "a.b c, `a.b c`", "tick`s, `tick``s`"})
  void quotesAndUnquotesANameWhateverItHolds(String name, String quoted) {
    assertEquals(quoted, SqlNames.quoted(name));
    assertEquals(name, SqlNames.unquoted(quoted));
    assertEquals(name, SqlNames.unquoted(name));
  }
}
