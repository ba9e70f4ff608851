package io.forwardpass.layers.attention;

/** What becomes of a score whose pair does not count; it shows where no pair of a query counts. */
public enum MaskStyle {
  /** It is a large negative number: the weights of a query without pairs are all equal. */
  REPLACE(false, false),
  /** The same, and its weight is 0 in the end: so are all of a query without pairs. */
  REPLACE_AND_CLEAR(false, true),
  /** 1e9 less, in float32. */
  ADD(true, false),
  ADD_AND_CLEAR(true, true);

  final boolean adds;
  final boolean clears;

  MaskStyle(boolean adds, boolean clears) {
    this.adds = adds;
    this.clears = clears;
  }

  /** A score that does not count, rounded to float32 as Keras has it. */
  public float masked(float score) {
    return adds ? score - 1e9f : -1e9f;
  }

  public boolean clears() {
    return clears;
  }
}
