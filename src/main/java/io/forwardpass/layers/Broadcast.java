package io.forwardpass.layers;

import io.forwardpass.network.Shape;
import java.util.Optional;

/** Keras' and NumPy's rule for shapes that differ: aligned at the last axis, an axis of 1 or a missing one is repeated. */
public final class Broadcast {
  private Broadcast() {}

  /** The shape that both spread to; empty where they do not fit. */
  public static Optional<Shape> together(Shape a, Shape b) {
    if (a.rank() < b.rank()) {
      return together(b, a);
    }
    Shape shape = a;
    for (int back = 1; back <= b.rank(); back++) {
      int one = a.size(-back);
      int other = b.size(-back);
      if (one != other && one != 1 && other != 1) {
        return Optional.empty();
      }
      shape = shape.with(-back, one == 1 ? other : one);
    }
    return Optional.of(shape);
  }

  /** By element of {@code to}: the element of {@code from} that stands there. */
  public static int[] sources(Shape from, Shape to) {
    int[] sources = new int[to.elements()];
    for (int e = 0; e < sources.length; e++) {
      int rest = e;
      int stride = 1;
      for (int back = 1; back <= from.rank(); back++) {
        int at = rest % to.size(-back);
        rest /= to.size(-back);
        sources[e] += from.size(-back) == 1 ? 0 : at * stride;
        stride *= from.size(-back);
      }
    }
    return sources;
  }
}
