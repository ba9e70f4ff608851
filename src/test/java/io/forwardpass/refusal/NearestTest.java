package io.forwardpass.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Suggestions for misspelt names. */
class NearestTest {
  private static final List<String> KEYS = List.of("mode", "format", "columns", "prediction", "prediction-as");

  @Test
  void countsSwappedNeighboursAsOneMistake() {
    assertEquals(Optional.of("mode"), Nearest.to("moed", KEYS));
    assertEquals(Optional.of("format"), Nearest.to("fromat", KEYS));
  }

  @Test
  void takesTheNearestWhateverTheCase() {
    assertEquals(Optional.of("prediction"), Nearest.to("Predictions", KEYS));
    assertEquals(Optional.of("columns"), Nearest.to("colums", KEYS));
  }

  @Test
  void suggestsNothingThatIsFarAway() {
    assertEquals(Optional.empty(), Nearest.to("partition", KEYS));
    assertEquals(Optional.empty(), Nearest.to("xy", KEYS));
  }
}
