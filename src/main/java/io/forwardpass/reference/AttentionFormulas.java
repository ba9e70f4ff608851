package io.forwardpass.reference;

import io.forwardpass.layers.attention.Attention;
import io.forwardpass.layers.attention.MaskStyle;
import io.forwardpass.layers.attention.MultiHeadAttention;
import io.forwardpass.layers.attention.PairMask;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** Attention: each query looks at all keys and takes of their values by how well they fit. */
final class AttentionFormulas {
  private AttentionFormulas() {}

  /** The score of a query with a key, for one row. */
  private interface Score {
    double of(int row, int query, int key);
  }

  /** Whether a pair counts, for one row. */
  private interface Pairs {
    boolean count(int row, int query, int key);
  }

  static List<Tensor> attention(Attention layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    int count = inputs.size() - layer.masked().size();
    Tensor query = inputs.get(0);
    Tensor value = inputs.get(1);
    Tensor key = inputs.get(count - 1);
    int depth = query.shape().last();
    float[] additive = layer.additive(depth, weights);
    Tensor queryMask = layer.masked().contains(0) ? inputs.get(count + layer.masked().indexOf(0)) : null;
    Tensor valueMask = layer.masked().contains(1) ? inputs.get(count + layer.masked().indexOf(1)) : null;
    Score score = (row, t, s) -> {
      double sum = 0;
      for (int d = 0; d < depth; d++) {
        double q = query.at(row, t * depth + d);
        double k = key.at(row, s * depth + d);
        sum += additive == null ? q * k : additive[d] * Math.tanh(layer.inner(weights) * (q + k));
      }
      return sum * layer.scale(weights);
    };
    Pairs pairs = (row, t, s) -> (!layer.isCausal() || s <= t) && (valueMask == null || valueMask.at(row, s) != 0);
    Tensor scores = weights(query.rows(), query.shape().size(0), key.shape().size(0), score, pairs, MaskStyle.ADD);
    Tensor y = Tensor.zeros(query.rows(), outputs.get(0));
    int features = value.shape().last();
    for (int row = 0; row < y.rows(); row++) {
      for (int e = 0; e < y.elements(); e++) {
        boolean counts = queryMask == null || queryMask.at(row, e / features) != 0;
        y.set(row, e, counts ? attended(scores, row, e / features, value, features, e % features) : 0);
      }
    }
    return layer.returnsScores() ? List.of(y, scores) : List.of(y);
  }

  private static double attended(Tensor scores, int row, int query, Tensor value, int perStep, int feature) {
    double sum = 0;
    int keys = scores.shape().last();
    for (int s = 0; s < keys; s++) {
      sum += scores.at(row, query * keys + s) * value.at(row, s * perStep + feature);
    }
    return sum;
  }

  /** Softmax of the scores, of shape (queries, keys). */
  private static Tensor weights(int rows, int queries, int keys, Score score, Pairs pairs, MaskStyle style) {
    Tensor weights = Tensor.zeros(rows, Shape.of(queries, keys));
    for (int row = 0; row < rows; row++) {
      for (int t = 0; t < queries; t++) {
        double[] scores = new double[keys];
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < keys; s++) {
          double plain = score.of(row, t, s);
          scores[s] = pairs.count(row, t, s) ? plain : style.masked((float) plain);
          most = Double.isNaN(scores[s]) ? scores[s] : Math.max(most, scores[s]);
        }
        double sum = 0;
        for (int s = 0; s < keys; s++) {
          scores[s] = Math.exp(scores[s] - most);
          sum += scores[s];
        }
        for (int s = 0; s < keys; s++) {
          weights.set(row, t * keys + s, style.clears() && !pairs.count(row, t, s) ? 0 : scores[s] / sum);
        }
      }
    }
    return weights;
  }

  static List<Tensor> multiHead(MultiHeadAttention layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    int each = layer.useBias() ? 2 : 1;
    Tensor in = inputs.get(0);
    int queries = in.shape().size(0);
    int keys = inputs.get(1).shape().size(0);
    int depth = layer.depth();
    int valueDepth = layer.valueDepth();
    Tensor query = dense(layer, in, layer.heads(), depth, weights, 0);
    Tensor key = dense(layer, inputs.get(layer.keyInput()), layer.keyHeads(), depth, weights, each);
    int next = (layer.useGate() ? 3 : 2) * each;
    Tensor gate = layer.useGate() ? dense(layer, in, layer.heads(), valueDepth, weights, 2 * each) : null;
    Tensor value = dense(layer, inputs.get(1), layer.keyHeads(), valueDepth, weights, next);
    List<PairMask> masks = layer.masks(inputs.stream().map(Tensor::shape).toList());
    boolean[] counts = layer.counts(queries, keys);
    Tensor attended = Tensor.zeros(in.rows(), Shape.of(queries, layer.heads() * valueDepth));
    Tensor all = Tensor.zeros(in.rows(), Shape.of(layer.heads(), queries, keys));
    for (int h = 0; h < layer.heads(); h++) {
      int head = h;
      int keyHead = h * layer.keyHeads() / layer.heads();
      Score score = (row, t, s) -> {
        double sum = 0;
        for (int d = 0; d < depth; d++) {
          sum += query.at(row, (t * layer.heads() + head) * depth + d) * key.at(row, (s * layer.keyHeads() + keyHead) * depth + d);
        }
        return sum * layer.scale();
      };
      Pairs pairs = (row, t, s) -> (counts == null || counts[t * keys + s])
          && masks.stream().allMatch(mask -> inputs.get(mask.input()).at(row, mask.element(head, t, s)) != 0);
      Tensor scores = weights(in.rows(), queries, keys, score, pairs, layer.style());
      for (int row = 0; row < in.rows(); row++) {
        for (int i = 0; i < queries * keys; i++) {
          all.set(row, head * queries * keys + i, scores.at(row, i));
        }
        for (int i = 0; i < queries * valueDepth; i++) {
          int to = (i / valueDepth * layer.heads() + head) * valueDepth + i % valueDepth;
          double sum = attended(scores, row, i / valueDepth, value, layer.keyHeads() * valueDepth, keyHead * valueDepth + i % valueDepth);
          attended.set(row, to, gate == null ? sum : sum * ActivationFormulas.sigmoid(gate.at(row, to)));
        }
      }
    }
    List<Tensor> results = new ArrayList<>();
    results.add(dense(layer, attended, 1, outputs.get(0).elements() / queries, weights, next + each).as(outputs.get(0)));
    if (layer.returnsScores()) {
      results.add(all);
    }
    return results;
  }

  /** A dense layer at every step. */
  private static Tensor dense(MultiHeadAttention layer, Tensor x, int heads, int size, List<float[]> weights, int first) {
    int steps = x.shape().size(0);
    int features = heads * size;
    boolean byStep = layer.biasAxes(steps, heads, size).equals("t");
    int from = x.elements() / steps;
    Tensor y = Tensor.zeros(x.rows(), Shape.of(steps, features));
    for (int t = 0; t < steps; t++) {
      Tensor product = x.times(t * from, Tensor.matrix(weights.get(first), from, features));
      for (int f = 0; f < features; f++) {
        for (int row = 0; row < x.rows(); row++) {
          y.set(row, t * features + f, product.at(row, f) + (layer.useBias() ? weights.get(first + 1)[byStep ? t : f] : 0));
        }
      }
    }
    return y;
  }
}
