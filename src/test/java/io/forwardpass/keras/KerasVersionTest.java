package io.forwardpass.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions as Keras has written them. */
class KerasVersionTest {
  @ParameterizedTest
  @CsvSource({"3.15.1, 3", "3, 3", "2.4.0-tf, 2", "2.1.6-tf, 2", "1.2.2, 1", "3.0.0.dev2023, 3", "10.1, 10"})
  void knowsTheMajorVersion(String text, int major) {
    assertEquals(major, KerasVersion.parse(text).major());
    assertEquals(major >= 3, KerasVersion.parse(text).isKeras3());
    assertEquals(text, KerasVersion.parse(text).toString());
  }

  @Test
  void partsKeras3FromTheOlderOnes() {
    assertTrue(KerasVersion.parse("3.0.0").isKeras3());
    assertFalse(KerasVersion.parse("2.15.0").isKeras3());
  }

  @Test
  void takesNothingElse() {
    assertEquals("not a Keras version: latest", assertThrows(IllegalArgumentException.class, () -> KerasVersion.parse("latest"))
        .getMessage());
  }
}
