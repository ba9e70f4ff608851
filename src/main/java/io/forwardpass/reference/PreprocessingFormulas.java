package io.forwardpass.reference;

import io.forwardpass.layers.preprocessing.Categories;
import io.forwardpass.layers.preprocessing.Categories.Mode;
import io.forwardpass.layers.preprocessing.CategoryEncoding;
import io.forwardpass.layers.preprocessing.Discretization;
import io.forwardpass.layers.preprocessing.HashedCrossing;
import io.forwardpass.layers.preprocessing.Hashing;
import io.forwardpass.layers.preprocessing.InvertedLookup;
import io.forwardpass.layers.preprocessing.Lookup;
import io.forwardpass.layers.preprocessing.Rescaling;
import io.forwardpass.network.KeyEncoding;
import io.forwardpass.network.Shape;
import java.util.List;

/** Layers that make numbers of keys, and categories of numbers. */
final class PreprocessingFormulas {
  private PreprocessingFormulas() {}

  /** A number for an element of a row. */
  private interface Indices {
    double at(int row, int element);
  }

  static List<Tensor> rescaling(Rescaling layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    return List.of(indices(x, (row, e) -> x.at(row, e) * layer.scale(x.shape(), e) + layer.offset(x.shape(), e)));
  }

  static List<Tensor> discretization(Discretization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor bins = indices(x, (row, e) -> {
      int bin = 0;
      while (bin < layer.boundaries().length && !(x.at(row, e) < layer.boundaries()[bin])) {
        bin++;
      }
      return bin;
    });
    return List.of(categories(layer.categories(), bins, null, null, outputs.get(0)));
  }

  static List<Tensor> categoryEncoding(CategoryEncoding layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    return List.of(categories(layer.categories(), inputs.get(0), inputs.size() > 1 ? inputs.get(1) : null, null, outputs.get(0)));
  }

  static List<Tensor> hashing(Hashing layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    return List.of(categories(layer.categories(), indices(x, (row, e) -> layer.bin(x.key(row, e))), null, null, outputs.get(0)));
  }

  static List<Tensor> crossing(HashedCrossing layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor bins = indices(inputs.get(0), (row, e) -> layer.bin(inputs.stream().map(x -> x.key(row, e)).toList()));
    return List.of(categories(layer.categories(), bins, null, null, outputs.get(0)));
  }

  static List<Tensor> inverted(InvertedLookup layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    return List.of(indices(x, (row, e) -> layer.value(x.at(row, e))));
  }

  static List<Tensor> lookup(Lookup layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    Tensor found = indices(x, (row, e) -> {
      Object key = x.key(row, e) instanceof Double number ? (Object) KeyEncoding.truncated(number) : x.key(row, e);
      if (key.equals(layer.mask())) {
        return layer.categories().mode() == Mode.INT ? 0 : Double.NaN;
      }
      int token = layer.tokens().indexOf(key);
      return token >= 0 ? layer.firstToken() + token : layer.unknownIndex(key);
    });
    return List.of(categories(layer.categories(), found, null, layer.idfWeights(weights), outputs.get(0)));
  }

  private static Tensor indices(Tensor x, Indices indices) {
    Tensor y = Tensor.zeros(x.rows(), x.shape());
    for (int row = 0; row < x.rows(); row++) {
      for (int e = 0; e < x.elements(); e++) {
        y.set(row, e, indices.at(row, e));
      }
    }
    return y;
  }

  /** @param counted what each index counts; null for 1 */
  private static Tensor categories(Categories categories, Tensor indices, Tensor counted, float[] weights, Shape output) {
    if (categories.mode() == Mode.INT) {
      return indices;
    }
    Tensor y = Tensor.zeros(indices.rows(), output);
    for (int row = 0; row < indices.rows(); row++) {
      for (int e = 0; e < indices.elements(); e++) {
        double index = indices.at(row, e);
        int category = (int) index;
        if (Double.isNaN(index) || category < 0 || category >= categories.depth()) {
          continue;
        }
        double one = counted == null ? 1 : counted.at(row, e);
        switch (categories.mode()) {
          case ONE_HOT -> y.set(row, e * categories.depth() + category, 1);
          case MULTI_HOT -> y.set(row, category, 1);
          case COUNT -> y.set(row, category, y.at(row, category) + one);
          default -> y.set(row, category, y.at(row, category) + weights[category]);
        }
      }
    }
    return y;
  }
}
