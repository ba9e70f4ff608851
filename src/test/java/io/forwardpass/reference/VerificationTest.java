package io.forwardpass.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.graph.Graph;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.LayerCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a difference, by a model that gives back its input: here ours is always 1, and 2e-5 is inside. */
class VerificationTest {
  private static final double TOLERANCE = 1e-5;
  private static final Graph SAME =
      LayerCase.keras3("Dense", "{units: 1}").weights(new float[] {1f}, new float[] {0f}).graph(Shape.of(1));

  private static Verification.Outcome outcome(float keras, double... truth) {
    Cases cases = new Cases(1, List.of(InputRows.numbers(new float[] {1f})), List.of(new float[] {keras}),
        truth.length == 0 ? List.of() : List.of(truth));
    return Verification.verify(SAME, cases, TOLERANCE);
  }

  @Test
  void outsideTheToleranceFromKerasIsADifferenceHoweverNearTheTruth() {
    assertEquals(List.of("out1 differs from Keras in 1 of 1 numbers, first in number 0: 1.0 instead of 1.00003."),
        outcome(1.00003f, 1).differences());
  }

  @Test
  void outsideItFromTheTruthIsOneWhereKerasIsInside() {
    assertEquals(List.of("out1 differs from the float64 truth, and Keras does not, in 1 of 1 numbers, first in number 0: "
        + "1.0 instead of 1.000025 (Keras: 1.00001)."), outcome(1.00001f, 1.000025).differences());
  }

  @Test
  void outsideItFromTheTruthIsNoneWhereKerasIsOutsideToo() {
    assertEquals(List.of(), outcome(1.00001f, 1.0001).differences());
  }

  @Test
  void manyTimesAsFarFromTheTruthAsKerasIsNoneWithinTheTolerance() {
    Verification.Outcome outcome = outcome(1.00001f, 1.0000100135803223);
    assertEquals(List.of(), outcome.differences());
    assertTrue(outcome.oursFromTruth() > 1e-5 && outcome.kerasFromTruth() < 1e-9, outcome.toString());
  }

  @Test
  void atTheEdgeOfTheToleranceFromTheTruthIsNoneWhereOnlyRoundingPartsItFromKeras() {
    assertEquals(List.of(), outcome(1.0000004f, 1.0000203).differences());
    assertEquals(1, outcome(1.000002f, 1.0000203).differences().size());
  }

  @Test
  void nanEqualsNaNAndNothingElse() {
    assertEquals(List.of("out1 differs from Keras in 1 of 1 numbers, first in number 0: 1.0 instead of NaN."),
        outcome(Float.NaN, Double.NaN).differences());
    Cases nan = new Cases(1, List.of(InputRows.numbers(new float[] {Float.NaN})), List.of(new float[] {Float.NaN}), List.of());
    assertEquals(List.of(), Verification.verify(SAME, nan, TOLERANCE).differences());
  }

  @Test
  void infinityEqualsItselfAndNothingElse() {
    assertEquals(List.of("out1 differs from Keras in 1 of 1 numbers, first in number 0: 1.0 instead of Infinity."),
        outcome(Float.POSITIVE_INFINITY, Double.POSITIVE_INFINITY).differences());
    Cases infinite = new Cases(1, List.of(InputRows.numbers(new float[] {Float.POSITIVE_INFINITY})),
        List.of(new float[] {Float.POSITIVE_INFINITY}), List.of(new double[] {Double.POSITIVE_INFINITY}));
    assertEquals(List.of(), Verification.verify(SAME, infinite, TOLERANCE).differences());
  }

  @Test
  void withoutARecordedTruthTheReferenceNetworkIsIt() {
    assertEquals(0, outcome(1.00001f).oursFromTruth());
    assertEquals(1e-5, outcome(1.00001f).kerasFromTruth(), 1e-7);
  }
}
