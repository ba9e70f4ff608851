package io.forwardpass.layers.attention;

import io.forwardpass.network.Shape;
import java.io.Serializable;
import java.util.Optional;

/** An input that says which pairs of query and key count: by query, by key, or by pair, for all heads or each. */
public final class PairMask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int input;
  private final int perHead; // how far elements lie apart
  private final int perQuery;
  private final int perKey;

  private PairMask(int input, int perHead, int perQuery, int perKey) {
    this.input = input;
    this.perHead = perHead;
    this.perQuery = perQuery;
    this.perKey = perKey;
  }

  /** @param input which of the layer's inputs it is */
  static PairMask ofQueries(int input) {
    return new PairMask(input, 0, 1, 0);
  }

  static PairMask ofKeys(int input) {
    return new PairMask(input, 0, 0, 1);
  }

  /** Of shape {@code (queries, keys)} or {@code (heads, queries, keys)}, where a size of 1 stands for all; empty where it does not fit. */
  static Optional<PairMask> ofPairs(int input, Shape shape, int heads, int queries, int keys) {
    int rank = shape.rank();
    boolean fits = rank >= 1 && rank <= 3 && fits(shape.last(), keys) && (rank < 2 || fits(shape.size(-2), queries))
        && (rank < 3 || fits(shape.size(-3), heads));
    int perQuery = rank < 2 || shape.size(-2) == 1 ? 0 : shape.last();
    int perHead = rank < 3 || shape.size(-3) == 1 ? 0 : shape.last() * shape.size(-2);
    return fits ? Optional.of(new PairMask(input, perHead, perQuery, shape.last() == 1 ? 0 : 1)) : Optional.empty();
  }

  private static boolean fits(int size, int wanted) {
    return size == wanted || size == 1;
  }

  public int input() {
    return input;
  }

  /** The same mask as another input. */
  PairMask of(int otherInput) {
    return new PairMask(otherInput, perHead, perQuery, perKey);
  }

  /** The element that speaks of a pair. */
  public int element(int head, int query, int key) {
    return head * perHead + query * perQuery + key * perKey;
  }
}
