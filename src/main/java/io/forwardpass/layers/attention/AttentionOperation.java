package io.forwardpass.layers.attention;

import io.forwardpass.math.Activation;
import io.forwardpass.math.Activations;
import io.forwardpass.math.tensor.Contractions;
import io.forwardpass.network.Block;
import io.forwardpass.network.Operation;
import java.util.Arrays;

/**
 * For every query and every head, a score with each key, softmax over them, and the values added up by those weights. Inputs are queries
 * {@code (queries, heads, depth)}, values {@code (keys, key heads, value depth)} and keys {@code (keys, key heads, depth)}, where they are
 * not the values, then whatever masks there are. Sixteen rows and one head at a time are laid side by side in scratch.
 */
final class AttentionOperation implements Operation {
  private static final long serialVersionUID = 1L;

  private static final int LANES = Contractions.LANES;

  private final int keyInput; // of values, 1, or 2
  private final int queries;
  private final int keys;
  private final int heads;
  private final int keyHeads;
  private final int depth;
  private final int valueDepth;
  private final float scale; // of every score
  private final float inner; // of the sums within tanh
  private final float[] additive; // by depth: the weight of tanh(query + key); null for a dot product
  private final boolean[] counts; // by query and key, null where all do
  private final PairMask[] masks;
  private final MaskStyle style;
  private final int zeroed; // the input that says which queries have an output, or -1
  private final Activation softmax = Activations.softmax();
  private final Activation tanh = Activations.named("tanh", true).orElseThrow();

  /** @param keyInput which input holds the keys: the values, 1, or one of its own */
  AttentionOperation(int keyInput, Sizes sizes, float scale, float inner, float[] additive, boolean[] counts, PairMask[] masks,
      MaskStyle style, int zeroed) {
    this.keyInput = keyInput;
    queries = sizes.queries();
    keys = sizes.keys();
    heads = sizes.heads();
    keyHeads = sizes.keyHeads();
    depth = sizes.depth();
    valueDepth = sizes.valueDepth();
    this.scale = scale;
    this.inner = inner;
    this.additive = additive;
    this.counts = counts;
    this.masks = masks;
    this.style = style;
    this.zeroed = zeroed;
  }

  /** How many there are of everything. */
  record Sizes(int queries, int keys, int heads, int keyHeads, int depth, int valueDepth) {}

  @Override
  public void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes) {
    int capacity = outputs[0].capacity();
    int keyAt = queries * depth * LANES;
    int valueAt = keyAt + keys * depth * LANES;
    int scoreAt = valueAt + keys * valueDepth * LANES;
    int resultAt = scoreAt + queries * keys * LANES;
    Contractions kernels = Contractions.best();
    for (int r = 0; r < lanes; r += LANES) {
      for (int head = 0; head < heads; head++) {
        int keyHead = head * keyHeads / heads;
        pack(inputs[0].data(), queries, heads * depth, head * depth, depth, scratch, 0, capacity, r);
        pack(inputs[keyInput].data(), keys, keyHeads * depth, keyHead * depth, depth, scratch, keyAt, capacity, r);
        pack(inputs[1].data(), keys, keyHeads * valueDepth, keyHead * valueDepth, valueDepth, scratch, valueAt, capacity, r);
        if (additive == null) {
          kernels.contract(scratch, 0, depth * LANES, LANES, queries, scratch, keyAt, depth * LANES, LANES, keys, depth, scratch, scoreAt,
              keys * LANES, LANES);
        } else {
          addScores(scratch, keyAt, scoreAt, resultAt);
        }
        weights(inputs, scratch, scoreAt, head, capacity, r);
        kernels.contract(scratch, scoreAt, keys * LANES, LANES, queries, scratch, valueAt, LANES, valueDepth * LANES, valueDepth, keys,
            scratch, resultAt, valueDepth * LANES, LANES);
        write(inputs, outputs, scratch, scoreAt, resultAt, head, capacity, r);
      }
    }
  }

  /** Sixteen rows of one head. */
  private static void pack(float[] x, int steps, int perStep, int first, int count, float[] scratch, int at, int capacity, int r) {
    for (int t = 0; t < steps; t++) {
      Contractions.best().copy(x, (t * perStep + first) * capacity + r, capacity, count, scratch, at + t * count * LANES, LANES);
    }
  }

  private void addScores(float[] scratch, int keyAt, int scoreAt, int sumAt) {
    for (int t = 0; t < queries; t++) {
      for (int s = 0; s < keys; s++) {
        int query = t * depth * LANES;
        int key = keyAt + s * depth * LANES;
        for (int i = 0; i < depth * LANES; i++) {
          scratch[sumAt + i] = inner * (scratch[query + i] + scratch[key + i]);
        }
        tanh.apply(scratch, sumAt, depth, LANES, LANES);
        int to = scoreAt + (t * keys + s) * LANES;
        Arrays.fill(scratch, to, to + LANES, 0f);
        for (int d = 0; d < depth; d++) {
          for (int r = 0; r < LANES; r++) {
            scratch[to + r] = Math.fma(additive[d], scratch[sumAt + d * LANES + r], scratch[to + r]);
          }
        }
      }
    }
  }

  private void weights(Block[] inputs, float[] scratch, int scoreAt, int head, int capacity, int r) {
    for (int i = scoreAt; i < scoreAt + queries * keys * LANES; i++) {
      scratch[i] *= scale;
    }
    boolean masked = counts != null || masks.length > 0;
    for (int t = 0; t < queries; t++) {
      int row = scoreAt + t * keys * LANES;
      for (int s = 0; masked && s < keys; s++) {
        mask(inputs, scratch, row + s * LANES, head, t, s, capacity, r);
      }
      softmax.apply(scratch, row, keys, LANES, LANES);
      Contractions.best().dropSubnormal(scratch, row, keys * LANES);
      for (int s = 0; masked && style.clears && s < keys; s++) {
        clear(inputs, scratch, row + s * LANES, head, t, s, capacity, r);
      }
    }
  }

  private boolean counts(int query, int key) {
    return counts == null || counts[query * keys + key];
  }

  private void mask(Block[] inputs, float[] scratch, int at, int head, int query, int key, int capacity, int r) {
    for (int lane = 0; lane < LANES; lane++) {
      boolean pair = counts(query, key);
      for (int m = 0; m < masks.length; m++) {
        pair &= inputs[masks[m].input()].data()[masks[m].element(head, query, key) * capacity + r + lane] != 0;
      }
      scratch[at + lane] = pair ? scratch[at + lane] : style.masked(scratch[at + lane]);
    }
  }

  private void clear(Block[] inputs, float[] scratch, int at, int head, int query, int key, int capacity, int r) {
    for (int lane = 0; lane < LANES; lane++) {
      boolean pair = counts(query, key);
      for (int m = 0; m < masks.length; m++) {
        pair &= inputs[masks[m].input()].data()[masks[m].element(head, query, key) * capacity + r + lane] != 0;
      }
      scratch[at + lane] = pair ? scratch[at + lane] : 0f;
    }
  }

  private void write(Block[] inputs, Block[] outputs, float[] scratch, int scoreAt, int resultAt, int head, int capacity, int r) {
    float[] y = outputs[0].data();
    for (int t = 0; t < queries; t++) {
      int from = resultAt + t * valueDepth * LANES;
      for (int e = 0; zeroed >= 0 && e < valueDepth; e++) {
        for (int lane = 0; lane < LANES; lane++) {
          scratch[from + e * LANES + lane] = inputs[zeroed].data()[t * capacity + r + lane] != 0 ? scratch[from + e * LANES + lane] : 0f;
        }
      }
      Contractions.best().copy(scratch, from, LANES, valueDepth, y, (t * heads + head) * valueDepth * capacity + r, capacity);
    }
    if (outputs.length > 1) {
      Contractions.best().copy(scratch, scoreAt, LANES, queries * keys, outputs[1].data(), head * queries * keys * capacity + r, capacity);
    }
  }

  @Override
  public int scratch(int capacity) {
    return (queries * depth + keys * (depth + valueDepth) + queries * keys + Math.max(queries * valueDepth, depth)) * LANES;
  }
}
