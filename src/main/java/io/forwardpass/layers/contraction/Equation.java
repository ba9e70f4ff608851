package io.forwardpass.layers.contraction;

import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A sum of products as Einstein wrote them, {@code abc,cd->abd}: an axis that the result has not is summed over. The batch, which is
 * the first axis of the result, is left out here.
 */
public final class Equation {
  private final String a;
  private final String b;
  private final String y;
  private final Map<Character, Integer> sizes = new HashMap<>();

  private Equation(String a, String b, String y) {
    this.a = a;
    this.b = b;
    this.y = y;
  }

  /**
   * @param aRank how many axes the first factor has, the batch among them
   * @param bIsTensor whether the second factor has the batch, too
   * @return empty where it is no product of two factors that keeps the batch first
   */
  public static Optional<Equation> parse(String text, int aRank, int bRank, boolean bIsTensor) {
    String[] sides = text.replace(" ", "").split("->", -1);
    String[] factors = sides[0].split(",", -1);
    if (sides.length != 2 || factors.length != 2) {
      return Optional.empty();
    }
    String a = spelledOut(factors[0], aRank);
    String b = spelledOut(factors[1], bRank);
    String y = sides[1].replace("...", "ABCDEFGH".substring(0, Math.max(0, factors[0].contains("...") ? aRank - factors[0].length() + 3
        : factors[1].contains("...") ? bRank - factors[1].length() + 3 : 0)));
    boolean batchFirst = a.length() == aRank && b.length() == bRank && !y.isEmpty() && a.charAt(0) == y.charAt(0)
        && (bIsTensor ? b.charAt(0) == y.charAt(0) : b.indexOf(y.charAt(0)) < 0);
    if (!batchFirst) {
      return Optional.empty();
    }
    Equation equation = new Equation(a.substring(1), bIsTensor ? b.substring(1) : b, y.substring(1));
    return equation.isPlain() ? Optional.of(equation) : Optional.empty();
  }

  /** An equation of axes by name, without the batch. */
  public static Equation of(String a, String b, String y) {
    return new Equation(a, b, y);
  }

  /** A letter of its own for every axis that the dots stand for; they count from the last. */
  private static String spelledOut(String factor, int rank) {
    int missing = rank - factor.length() + 3;
    return factor.contains("...") && missing >= 0 ? factor.replace("...", "ABCDEFGH".substring(0, missing)) : factor;
  }

  /** Whether every axis of the result comes from a factor, none comes twice, and none is summed over in one factor alone. */
  private boolean isPlain() {
    boolean plain = y.chars().allMatch(axis -> a.indexOf(axis) >= 0 || b.indexOf(axis) >= 0);
    plain &= a.chars().allMatch(axis -> b.indexOf(axis) >= 0 || y.indexOf(axis) >= 0);
    plain &= b.chars().allMatch(axis -> a.indexOf(axis) >= 0 || y.indexOf(axis) >= 0);
    for (String each : List.of(a, b, y)) {
      plain &= each.chars().distinct().count() == each.length();
    }
    return plain;
  }

  /** With the factors' sizes; empty where they do not fit. */
  public Optional<Equation> sized(Shape aShape, Shape bShape) {
    Equation sized = new Equation(a, b, y);
    boolean fits = aShape.rank() == a.length() && bShape.rank() == b.length();
    for (int axis = 0; fits && axis < a.length(); axis++) {
      sized.sizes.put(a.charAt(axis), aShape.size(axis));
    }
    for (int axis = 0; fits && axis < b.length(); axis++) {
      Integer other = sized.sizes.put(b.charAt(axis), bShape.size(axis));
      fits = other == null || other == bShape.size(axis);
    }
    return fits ? Optional.of(sized) : Optional.empty();
  }

  /** The axes of the first factor. */
  public String a() {
    return a;
  }

  public String b() {
    return b;
  }

  public String y() {
    return y;
  }

  public int size(char axis) {
    return sizes.get(axis);
  }

  /** The shape with these axes. */
  public Shape shape(String axes) {
    return Shape.of(axes.chars().map(axis -> sizes.get((char) axis)).toArray());
  }

  /** Axes that both factors and the result have: there is a product of its own for each place along them. */
  String shared() {
    return chosen(true, true, true);
  }

  /** Axes of the first factor and the result. */
  String rows() {
    return chosen(true, false, true);
  }

  /** Axes of the second factor and the result. */
  String columns() {
    return chosen(false, true, true);
  }

  /** Axes that are summed over, in the order of the second factor. */
  String inner() {
    return chosen(true, true, false);
  }

  private String chosen(boolean inA, boolean inB, boolean inY) {
    StringBuilder axes = new StringBuilder();
    (inB ? b : a).chars().distinct().filter(axis -> a.indexOf(axis) >= 0 == inA && b.indexOf(axis) >= 0 == inB
        && y.indexOf(axis) >= 0 == inY)
        .forEach(axis -> axes.append((char) axis));
    return axes.toString();
  }

  /** How many places there are along axes. */
  int count(String axes) {
    return shape(axes).elements();
  }

  /**
   * By place along {@code axes}, the last fastest: how many elements it lies from the first in a row-major array with axes {@code of};
   * axes that the array has not count nothing.
   */
  int[] offsets(String axes, String of) {
    Shape places = shape(axes);
    int[] strides = new int[of.length()];
    int stride = 1;
    for (int axis = of.length() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= sizes.get(of.charAt(axis));
    }
    List<Integer> offsets = new ArrayList<>();
    for (int place = 0; place < places.elements(); place++) {
      int offset = 0;
      int rest = place;
      for (int axis = axes.length() - 1; axis >= 0; axis--) {
        int where = of.indexOf(axes.charAt(axis));
        offset += where < 0 ? 0 : rest % places.size(axis) * strides[where];
        rest /= places.size(axis);
      }
      offsets.add(offset);
    }
    return offsets.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether elements follow one another. */
  static boolean adjacent(int[] offsets) {
    return IntStream.range(0, offsets.length).allMatch(i -> offsets[i] == offsets[0] + i);
  }
}
