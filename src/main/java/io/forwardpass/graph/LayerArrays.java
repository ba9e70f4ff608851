package io.forwardpass.graph;

import io.forwardpass.keras.weights.LayerWeights;
import io.forwardpass.keras.weights.ObjectNames;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.keras.weights.WeightStore;
import io.forwardpass.layers.Layer;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Problems;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The arrays of every layer of a model: asked for all at once, by the shapes of each layer's first call, then handed out. */
final class LayerArrays {
  /** The layer as a member was first called, and the shapes of its inputs. */
  record FirstCall(Layer layer, List<Shape> inputs) {}

  private final IdentityHashMap<Member.Single, FirstCall> firstCalls;
  private final IdentityHashMap<Member.Single, List<float[]>> arrays = new IdentityHashMap<>();

  private LayerArrays(IdentityHashMap<Member.Single, FirstCall> firstCalls) {
    this.firstCalls = firstCalls;
  }

  /**
   * @param firstCalls what each layer was first called with; one that never was needs nothing
   * @param problems what the file lacks, or has in another shape
   */
  static LayerArrays find(ModelTree tree, IdentityHashMap<Member.Single, FirstCall> firstCalls, WeightStore store, Problems problems) {
    LayerArrays found = new LayerArrays(firstCalls);
    List<LayerWeights> wanted = new ArrayList<>();
    for (Member member : tree.members()) {
      wanted.add(new LayerWeights(member.name(), member.className(), found.specs(member)));
    }
    List<List<WeightArray>> resolved = store.resolve(wanted, problems);
    for (int i = 0; problems.isEmpty() && i < wanted.size(); i++) {
      found.assign(tree.members().get(i), resolved.get(i).stream().map(WeightArray::values).toList());
    }
    return found;
  }

  /** Row-major, in the order of the layer's specs; none for what is not in the model. */
  List<float[]> of(Member.Single layer) {
    return arrays.getOrDefault(layer, List.of());
  }

  /** All a member of the outermost model needs; for a nested model, what its layers need, in Keras' order. */
  private List<WeightSpec> specs(Member member) {
    if (member instanceof Member.Single layer) {
      FirstCall call = firstCalls.get(layer);
      List<WeightSpec> specs = call == null ? List.of() : call.layer.weights(call.inputs);
      return layer.trainable() ? specs : specs.stream().map(WeightSpec::frozen).toList();
    }
    List<WeightSpec> all = new ArrayList<>();
    if (member instanceof Member.Nested nested) {
      ObjectNames names = new ObjectNames();
      for (Member inner : nested.model().members()) {
        String name = names.next(inner.className());
        specs(inner).forEach(spec -> all.add(spec.under("layers", name)));
      }
    }
    return all;
  }

  /** Hands arrays to layers in the order in which {@link #specs} asked for them; returns how many it took. */
  private int assign(Member member, List<float[]> given) {
    if (member instanceof Member.Single layer) {
      int count = specs(layer).size();
      arrays.put(layer, List.copyOf(given.subList(0, count)));
      return count;
    }
    int taken = 0;
    if (member instanceof Member.Nested nested) {
      for (Member inner : nested.model().members()) {
        taken += assign(inner, given.subList(taken, given.size()));
      }
    }
    return taken;
  }
}
