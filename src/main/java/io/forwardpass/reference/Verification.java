package io.forwardpass.reference;

import io.forwardpass.graph.Graph;
import io.forwardpass.network.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares a model's predictions with Keras' recorded answers and with the float64 truth. */
public final class Verification {
  private static final int BLOCK_ROWS = 256;
  /** A forward pass in float32 may lie this many float32 ulps of the largest truth away from it, however near Keras came. */
  private static final int ULPS = 16;

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

  /** @param tolerance every number must satisfy |ours − Keras| ≤ tolerance + tolerance · |Keras|; NaN equals NaN */
  public static Outcome verify(Graph graph, Cases cases, double tolerance) {
    float[][] ours = new Predictor(graph.compile(), BLOCK_ROWS).predict(cases.inputs(), cases.rows());
    List<double[]> reference = new ReferenceNetwork(graph).predictRows(cases.inputs(), cases.rows());
    List<double[]> truths = cases.truths().isEmpty() ? reference : cases.truths();
    List<String> differences = new ArrayList<>();
    double fromKeras = 0;
    double oursFromTruth = 0;
    double kerasFromTruth = 0;
    for (int o = 0; o < ours.length; o++) {
      String name = graph.outputNames().get(o);
      double[] keras = doubles(cases.outputs().get(o));
      double[] mine = doubles(ours[o]);
      compare(name, "Keras", mine, keras, tolerance, differences);
      compare(name + " of the reference network", "Keras", reference.get(o), keras, tolerance, differences);
      fromKeras = Math.max(fromKeras, worst(mine, keras));
      double our = worst(mine, truths.get(o));
      double their = worst(keras, truths.get(o));
      double allowed = Math.max(2 * their, ULPS * (double) Math.ulp((float) largest(truths.get(o))));
      if (our > allowed) {
        differences.add(String.format(Locale.ROOT, "%s is %.1e from the float64 truth, more than the %.1e allowed (Keras: %.1e).", name,
            our, allowed, their));
      }
      oursFromTruth = Math.max(oursFromTruth, our);
      kerasFromTruth = Math.max(kerasFromTruth, their);
    }
    return new Outcome(fromKeras, oursFromTruth, kerasFromTruth, differences);
  }

  private static void compare(String name, String whose, double[] ours, double[] expected, double tolerance, List<String> differences) {
    int count = 0;
    int first = -1;
    for (int i = 0; i < expected.length; i++) {
      if (!near(ours[i], expected[i], tolerance)) {
        first = count++ == 0 ? i : first;
      }
    }
    if (count > 0) {
      differences.add(String.format(Locale.ROOT, "%s differs from %s in %d of %d numbers, first in number %d: %s instead of %s.", name,
          whose, count, expected.length, first, (float) ours[first], (float) expected[first]));
    }
  }

  private static boolean near(double ours, double expected, double tolerance) {
    return ours == expected || (Double.isNaN(ours) && Double.isNaN(expected))
        || Math.abs(ours - expected) <= tolerance + tolerance * Math.abs(expected);
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

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    return largest;
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
