package io.forwardpass.graph;

import io.forwardpass.keras.SavedModel;
import io.forwardpass.keras.weights.LayerWeights;
import io.forwardpass.keras.weights.ObjectNames;
import io.forwardpass.keras.weights.WeightArray;
import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Layer;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Resolves a model that was read: every layer known, every shape settled, every weight in its place; or one refusal that says all. */
public final class GraphBuilder {
  /** A value has no mask. */
  private static final int NONE = -1;

  /** A value comes of values with different masks, which each release of Keras brings together in its own way. */
  private static final int MIXED = -2;

  private final SavedModel model;
  private final Problems problems = new Problems();
  private OptionalInt lookBack = OptionalInt.empty();
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Integer> masks = new ArrayList<>(); // by value: the value that is its mask, or NONE or MIXED
  private final List<PlannedCall> calls = new ArrayList<>();

  /** A call whose weights are not there yet. */
  private record PlannedCall(Member member, List<Integer> inputs, int mask, List<Integer> outputs) {}

  private GraphBuilder(SavedModel model) {
    this.model = model;
  }

  public static Graph build(SavedModel model) {
    return build(model, List.of());
  }

  /**
   * @param inputShapes shapes for the model's inputs in its order, which settle what the model leaves open; empty to
   *     take the model's own
   * @throws Refusal of kind MODEL, naming everything that is wrong
   */
  public static Graph build(SavedModel model, List<Shape> inputShapes) {
    return new GraphBuilder(model).build(inputShapes);
  }

  /** @param lookBack the steps of every input of steps that the model leaves open */
  public static Graph build(SavedModel model, OptionalInt lookBack) {
    GraphBuilder builder = new GraphBuilder(model);
    builder.lookBack = lookBack;
    return builder.build(List.of());
  }

  private Graph build(List<Shape> inputShapes) {
    ArchitectureReader reader = new ArchitectureReader(model.kerasVersion(), problems);
    ModelTree tree = reader.model(model.architecture(), "");
    refuseIfAny();
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < tree.inputs().size(); i++) {
      Member input = tree.inputs().get(i);
      inputs.add(value(inputShapes.isEmpty() ? withLookBack(input.inputShape) : settled(input, inputShapes.get(i))));
    }
    List<Integer> outputs = run(tree, inputs);
    refuseIfAny();
    resolveWeights(tree);
    refuseIfAny();
    List<String> notices = new ArrayList<>(model.notices());
    notices.addAll(reader.notices());
    List<Graph.Call> resolved = calls.stream().map(call -> new Graph.Call(call.member.path, call.member.className, call.member.layer,
        call.inputs, call.mask, call.outputs, call.member.weights)).toList();
    return new Graph(model.kerasVersion(), shapes, resolved, inputs, outputs, tree.inputs().stream().map(input -> input.name).toList(),
        tree.outputNames(), notices);
  }

  private void refuseIfAny() {
    problems.throwIfAny(Refusal.Kind.MODEL, "use model " + model.source());
  }

  private Shape settled(Member input, Shape given) {
    boolean fits = input.inputShape.rank() == given.rank();
    for (int axis = 0; fits && axis < given.rank(); axis++) {
      fits = input.inputShape.size(axis) == Shape.OPEN || input.inputShape.size(axis) == given.size(axis);
    }
    if (!fits) {
      problems.add("its input " + input.name + " has shape " + input.inputShape + " and cannot take " + given + ".");
    }
    return given;
  }

  private Shape withLookBack(Shape shape) {
    return lookBack.isPresent() && shape.rank() >= 2 && shape.size(0) == Shape.OPEN ? shape.with(0, lookBack.getAsInt()) : shape;
  }

  private int value(Shape shape) {
    shapes.add(shape);
    masks.add(NONE);
    return shapes.size() - 1;
  }

  /** Applies a model to values; a nested one is flattened into the calls of its layers. Stops at the first layer that does not fit. */
  private List<Integer> run(ModelTree tree, List<Integer> inputs) {
    Map<ModelTree.Tensor, Integer> values = new HashMap<>();
    for (int i = 0; i < tree.inputs().size() && i < inputs.size(); i++) {
      values.put(new ModelTree.Tensor(tree.inputs().get(i).name, 0, 0), inputs.get(i));
    }
    for (ModelTree.Invocation call : tree.calls()) {
      List<Integer> arguments = call.arguments().stream().map(values::get).toList();
      List<Integer> givenMasks = call.masks().stream().map(mask -> mask == null ? NONE : values.get(mask)).toList();
      List<Integer> results = apply(call.member(), arguments, givenMasks);
      for (int i = 0; i < results.size(); i++) {
        values.put(new ModelTree.Tensor(call.member().name, call.call(), i), results.get(i));
      }
    }
    return tree.outputs().stream().map(values::get).toList();
  }

  /** @param givenMasks the masks that the call names, by argument; or fewer */
  private List<Integer> apply(Member member, List<Integer> arguments, List<Integer> givenMasks) {
    if (member.model != null) {
      if (member.model.inputs().size() != arguments.size()) {
        throw Refusal.model("Cannot use model " + model.source() + ": its part " + member.path + " has " + member.model.inputs().size()
            + " inputs and is called with " + arguments.size() + ".");
      }
      for (int i = 0; i < givenMasks.size(); i++) {
        if (givenMasks.get(i) != NONE) {
          masks.set(arguments.get(i), givenMasks.get(i)); // as Functional.call sets it on the tensor itself
        }
      }
      return run(member.model, arguments);
    }
    List<Shape> inputShapes = arguments.stream().map(shapes::get).toList();
    if (member.firstInputs == null) {
      member.firstInputs = inputShapes;
    }
    try {
      List<Integer> outputs = member.layer.outputShapes(inputShapes).stream().map(this::value).toList();
      List<Integer> written = new ArrayList<>(outputs);
      int givenMask = givenMasks.isEmpty() ? NONE : givenMasks.get(0);
      int mask = givenMask != NONE ? givenMask : maskOf(member.layer, arguments);
      int read = givenMask == NONE && passesOver(member.layer, arguments) ? NONE : readMask(member, mask, inputShapes.get(0));
      if (member.layer.handsOnMask()) {
        masks.set(outputs.get(0), mask);
      }
      member.layer.madeMask(inputShapes).ifPresent(shape -> {
        written.add(value(shape));
        masks.set(outputs.get(0), written.get(outputs.size()));
      });
      calls.add(new PlannedCall(member, arguments, read, written));
      return outputs;
    } catch (Refusal refusal) {
      throw Refusal.model("Cannot use model " + model.source() + ": " + refusal.getMessage());
    }
  }

  /** The mask that Keras sees: of the first argument, or of all where that is a list of tensors. */
  private int maskOf(Layer layer, List<Integer> arguments) {
    List<Integer> looked = layer.tensorKeywords().isEmpty() ? arguments : arguments.subList(0, 1);
    List<Integer> different = looked.stream().map(masks::get).distinct().toList();
    if (different.size() > 1 && different.contains(NONE) && model.kerasVersion().isKeras3()) {
      return NONE; // where Keras 3 makes a mask of several, the file holds it
    }
    return different.size() == 1 ? different.get(0) : MIXED;
  }

  /** Beside a given state, Keras 3 hands a mask on to the output but not to the layer: see {@code Layer.__call__}. */
  private boolean passesOver(Layer layer, List<Integer> arguments) {
    return model.kerasVersion().isKeras3() && !layer.tensorKeywords().isEmpty() && arguments.size() > 1;
  }

  /** The mask that a call reads, or {@link #NONE}. */
  private int readMask(Member member, int mask, Shape input) {
    if (mask == NONE || !member.layer.readsMask(mask == MIXED ? Shape.of(input.size(0)) : shapes.get(mask), input)) {
      return NONE;
    }
    if (mask == MIXED) {
      throw new Refusal(Refusal.Kind.MODEL, "layer " + member.path + " (" + member.className + ") reads a mask that several layers before it"
          + " make, and releases of Keras differ in how they bring masks together. Let one layer make the mask.");
    }
    return mask;
  }

  private void resolveWeights(ModelTree tree) {
    List<LayerWeights> wanted = new ArrayList<>();
    for (Member member : tree.members()) {
      wanted.add(new LayerWeights(member.name, member.className, specs(member)));
    }
    List<List<WeightArray>> found = model.weights().resolve(wanted, problems);
    refuseIfAny();
    for (int i = 0; i < wanted.size(); i++) {
      assign(tree.members().get(i), found.get(i).stream().map(WeightArray::values).toList());
    }
  }

  /** All a layer of the outermost model needs; for a nested model, what its layers need, in Keras' order. */
  private static List<WeightSpec> specs(Member member) {
    if (member.model == null) {
      return member.specs();
    }
    List<WeightSpec> all = new ArrayList<>();
    ObjectNames names = new ObjectNames();
    for (Member inner : member.model.members()) {
      String name = names.next(inner.className);
      specs(inner).forEach(spec -> all.add(spec.under("layers", name)));
    }
    return all;
  }

  /** Hands the arrays to the layers in the order in which {@link #specs} asked for them. */
  private static int assign(Member member, List<float[]> arrays) {
    if (member.model == null) {
      int count = member.specs().size();
      member.weights = List.copyOf(arrays.subList(0, count));
      return count;
    }
    int from = 0;
    for (Member inner : member.model.members()) {
      from += assign(inner, arrays.subList(from, arrays.size()));
    }
    return from;
  }
}
