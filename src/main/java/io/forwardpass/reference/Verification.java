package io.forwardpass.reference;

import io.forwardpass.graph.Graph;
import io.forwardpass.network.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Compares a model's predictions with Keras' recorded answers and with the float64 truth. */
public final class Verification {
  private static final int BLOCK_ROWS = 256;
  /** As near to Keras, absolute plus relative, only rounding decides which of the two is nearer to the truth. */
  private static final double ROUNDING = 5e-7;

  /**
   * @param fromKeras the largest |ours − Keras|
   * @param oursFromTruth the largest |ours − truth|; the truth is the recorded one, else the reference network's
   * @param kerasFromTruth the largest |Keras − truth|
   * @param differences why it does not hold, one sentence each; empty where it holds
   */
  public record Outcome(double fromKeras, double oursFromTruth, double kerasFromTruth, List<String> differences) {
    public boolean holds() {
      return differences.isEmpty();
    }
  }

  private Verification() {}

  /**
   * A number differs that is outside the tolerance from Keras, or outside it from the truth while Keras is inside. Farther from the truth
   * than Keras is no difference by itself.
   *
   * @param tolerance the distance between a and b is inside where |a − b| ≤ tolerance + tolerance · |b|; NaN equals NaN
   */
  public static Outcome verify(Graph graph, Cases cases, double tolerance) {
    float[][] ours = new Predictor(graph.compile(), BLOCK_ROWS).predict(cases.inputs(), cases.rows());
    List<double[]> truths = cases.truths().isEmpty() ? new ReferenceNetwork(graph).predictRows(cases.inputs(), cases.rows())
        : cases.truths();
    List<String> differences = new ArrayList<>();
    double fromKeras = 0;
    double oursFromTruth = 0;
    double kerasFromTruth = 0;
    for (int o = 0; o < ours.length; o++) {
      String name = graph.outputNames().get(o);
      double[] keras = doubles(cases.outputs().get(o));
      double[] mine = doubles(ours[o]);
      double[] truth = truths.get(o);
      compareWithKeras(name, mine, keras, tolerance, differences);
      compareWithTruth(name, mine, keras, truth, tolerance, differences);
      fromKeras = Math.max(fromKeras, worst(mine, keras));
      oursFromTruth = Math.max(oursFromTruth, worst(mine, truth));
      kerasFromTruth = Math.max(kerasFromTruth, worst(keras, truth));
    }
    return new Outcome(fromKeras, oursFromTruth, kerasFromTruth, differences);
  }

  private static void compareWithKeras(String name, double[] ours, double[] keras, double tolerance, List<String> differences) {
    int[] outside = IntStream.range(0, keras.length).filter(i -> !near(ours[i], keras[i], tolerance)).toArray();
    if (outside.length > 0) {
      int first = outside[0];
      differences.add(String.format(Locale.ROOT, "%s differs from Keras in %d of %d numbers, first in number %d: %s instead of %s.", name,
          outside.length, keras.length, first, (float) ours[first], (float) keras[first]));
    }
  }

  /** Of the numbers that do not differ from Keras already. */
  private static void compareWithTruth(String name, double[] ours, double[] keras, double[] truth, double tolerance,
      List<String> differences) {
    int[] outside = IntStream.range(0, truth.length).filter(i -> near(ours[i], keras[i], tolerance) && !near(ours[i], keras[i], ROUNDING))
        .filter(i -> !near(ours[i], truth[i], tolerance) && near(keras[i], truth[i], tolerance)).toArray();
    if (outside.length > 0) {
      int first = outside[0];
      differences.add(String.format(Locale.ROOT, "%s differs from the float64 truth, and Keras does not, in %d of %d numbers, first in "
          + "number %d: %s instead of %s (Keras: %s).", name, outside.length, truth.length, first, (float) ours[first], truth[first],
          (float) keras[first]));
    }
  }

  private static boolean near(double ours, double expected, double tolerance) {
    return ours == expected || (Double.isNaN(ours) && Double.isNaN(expected))
        || (Double.isFinite(expected) && Math.abs(ours - expected) <= tolerance + tolerance * Math.abs(expected));
  }

  private static double worst(double[] a, double[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      boolean same = a[i] == b[i] || (Double.isNaN(a[i]) && Double.isNaN(b[i]));
      double distance = same ? 0 : Math.abs(a[i] - b[i]);
      worst = Math.max(worst, Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
    }
    return worst;
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
