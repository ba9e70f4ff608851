package io.forwardpass.graph;

import io.forwardpass.keras.SavedModel;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.core.ActivationLayer;
import io.forwardpass.layers.core.PassThrough;
import io.forwardpass.layers.merging.MaskMeeting;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Problems;
import io.forwardpass.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Resolves a model that was read: every layer known, every shape settled, every weight in its place; or one refusal that says all. */
public final class GraphBuilder {
  /** A value has no mask. */
  private static final int NONE = -1;

  private final SavedModel model;
  private final Problems problems = new Problems();
  private OptionalInt lookBack = OptionalInt.empty();
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Integer> masks = new ArrayList<>(); // by value: the value that is its mask, or NONE
  private final List<Integer> objects = new ArrayList<>(); // by value: the first value that is the same object in Keras
  private final List<PlannedCall> calls = new ArrayList<>();
  private final IdentityHashMap<Member.Single, LayerArrays.FirstCall> firstCalls = new IdentityHashMap<>();

  /** A call whose weights are not there yet. */
  private record PlannedCall(Member.Single member, Layer layer, List<Integer> inputs, int mask, List<Integer> outputs) {}

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
    ArchitectureReader reader = new ArchitectureReader(model.kerasVersion(), model.assets(), problems);
    ModelTree tree = reader.model(model.architecture());
    refuseIfAny();
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < tree.inputs().size(); i++) {
      Member.Input input = tree.inputs().get(i);
      inputs.add(value(inputShapes.isEmpty() ? withLookBack(input.shape()) : settled(input, inputShapes.get(i))));
    }
    List<Integer> outputs = run(tree, inputs);
    refuseIfAny();
    dropUnreadMasks(outputs);
    LayerArrays arrays = LayerArrays.find(tree, firstCalls, model.weights(), problems);
    refuseIfAny();
    List<String> notices = new ArrayList<>(model.notices());
    notices.addAll(reader.notices());
    List<Graph.Call> resolved = calls.stream().map(call -> new Graph.Call(call.member.path(), call.member.className(), call.layer,
        call.inputs, call.mask, call.outputs, arrays.of(call.member))).toList();
    Graph graph = new Graph(model.kerasVersion(), shapes, resolved, inputs, outputs,
        tree.inputs().stream().map(Member.Input::name).toList(),
        tree.outputNames(), notices, tree.inputs().stream().map(Member.Input::type).toList());
    KeyReading.of(graph).check(problems);
    refuseIfAny();
    return graph;
  }

  private void refuseIfAny() {
    problems.throwIfAny(Refusal.Kind.MODEL, "use model " + model.source());
  }

  private Shape settled(Member.Input input, Shape given) {
    boolean fits = input.shape().rank() == given.rank();
    for (int axis = 0; fits && axis < given.rank(); axis++) {
      fits = input.shape().size(axis) == Shape.OPEN || input.shape().size(axis) == given.size(axis);
    }
    if (!fits) {
      problems.add("its input " + input.name() + " has shape " + input.shape() + " and cannot take " + given + ".");
    }
    return given;
  }

  private Shape withLookBack(Shape shape) {
    return lookBack.isPresent() && shape.rank() >= 2 && shape.size(0) == Shape.OPEN ? shape.with(0, lookBack.getAsInt()) : shape;
  }

  private int value(Shape shape) {
    shapes.add(shape);
    masks.add(NONE);
    objects.add(objects.size());
    return shapes.size() - 1;
  }

  /** Applies a model to values; a nested one is flattened into the calls of its layers. Stops at the first layer that does not fit. */
  private List<Integer> run(ModelTree tree, List<Integer> inputs) {
    Map<ModelTree.Tensor, Integer> values = new HashMap<>();
    for (int i = 0; i < tree.inputs().size() && i < inputs.size(); i++) {
      values.put(new ModelTree.Tensor(tree.inputs().get(i).name(), 0, 0), inputs.get(i));
    }
    for (ModelTree.Invocation call : tree.calls()) {
      List<Integer> arguments = call.arguments().stream().map(values::get).toList();
      List<Integer> givenMasks = call.masks().stream().map(mask -> mask == null ? NONE : values.get(mask)).toList();
      List<Integer> results = apply(call, arguments, givenMasks);
      for (int i = 0; i < results.size(); i++) {
        values.put(new ModelTree.Tensor(call.member().name(), call.call(), i), results.get(i));
      }
    }
    return tree.outputs().stream().map(values::get).toList();
  }

  /** @param givenMasks the masks that the call names, by argument; or fewer */
  private List<Integer> apply(ModelTree.Invocation call, List<Integer> arguments, List<Integer> givenMasks) {
    if (call.member() instanceof Member.Nested nested) {
      return apply(nested, arguments, givenMasks);
    }
    try {
      return apply((Member.Single) call.member(), call.layer(), arguments, givenMasks);
    } catch (Refusal refusal) {
      throw Refusal.model("Cannot use model " + model.source() + ": " + refusal.getMessage());
    }
  }

  private List<Integer> apply(Member.Nested nested, List<Integer> arguments, List<Integer> givenMasks) {
    int inputs = nested.model().inputs().size();
    if (inputs != arguments.size()) {
      throw Refusal.model("Cannot use model " + model.source() + ": its part " + nested.path() + " has " + inputs
          + " inputs and is called with " + arguments.size() + ".");
    }
    for (int i = 0; i < givenMasks.size(); i++) {
      if (givenMasks.get(i) != NONE) {
        masks.set(arguments.get(i), givenMasks.get(i)); // as Functional.call sets it on the tensor itself
      }
    }
    return run(nested.model(), arguments);
  }

  private List<Integer> apply(Member.Single member, Layer called, List<Integer> arguments, List<Integer> givenMasks) {
    List<Integer> inputs = new ArrayList<>(arguments);
    List<Integer> masked = called.maskedInputs(arguments.size()).stream()
        .filter(input -> maskOf(input, arguments, givenMasks) != NONE).toList();
    Layer layer = masked.isEmpty() ? called : called.readingMasks(masked);
    masked.forEach(input -> inputs.add(maskOf(input, arguments, givenMasks)));
    List<Shape> inputShapes = inputs.stream().map(shapes::get).toList();
    firstCalls.putIfAbsent(member, new LayerArrays.FirstCall(layer, inputShapes));
    List<Integer> outputs = layer.outputShapes(inputShapes).stream().map(this::value).toList();
    List<Integer> written = new ArrayList<>(outputs);
    int givenMask = givenMasks.isEmpty() ? NONE : givenMasks.get(0);
    int mask = givenMask != NONE ? givenMask : maskOf(member, layer, arguments, shapes.get(outputs.get(0)));
    boolean passedOver = !called.maskedInputs(arguments.size()).isEmpty() || (givenMask == NONE && passesOver(layer, arguments));
    int read = mask == NONE || passedOver || !layer.readsMask(shapes.get(mask), inputShapes.get(0)) ? NONE : mask;
    if (layer.handsOnMask()) {
      outputs.subList(0, layer.maskedOutputs()).forEach(output -> masks.set(output, mask));
    }
    layer.madeMask(inputShapes).ifPresent(shape -> {
      written.add(value(shape));
      masks.set(outputs.get(0), written.get(outputs.size()));
    });
    calls.add(new PlannedCall(member, layer, inputs, read, written));
    if (returnsItsInput(layer)) {
      objects.set(outputs.get(0), objects.get(arguments.get(0)));
    }
    if (layer.takesMasksAway()) {
      arguments.forEach(this::forgetMask);
    }
    return outputs;
  }

  /** Whether Keras hands on the very object that it was given, whose mask is then the same for good. */
  private static boolean returnsItsInput(Layer layer) {
    return layer instanceof PassThrough || (layer instanceof ActivationLayer activation && activation.activation().isLinear());
  }

  private void forgetMask(int value) {
    for (int other = 0; other < masks.size(); other++) {
      if (objects.get(other).equals(objects.get(value))) {
        masks.set(other, NONE);
      }
    }
  }

  /** The mask of one input: the one that the call names, or else its own. */
  private int maskOf(int input, List<Integer> arguments, List<Integer> givenMasks) {
    return input < givenMasks.size() && givenMasks.get(input) != NONE ? givenMasks.get(input) : masks.get(arguments.get(input));
  }

  /** The mask that Keras sees: of the first argument, or of all where that is a list of tensors. */
  private int maskOf(Member.Single member, Layer layer, List<Integer> arguments, Shape output) {
    if (layer.handsOnFirstMask() || arguments.size() == 1) {
      return masks.get(arguments.get(0));
    }
    List<Integer> there = arguments.stream().map(masks::get).filter(mask -> mask != NONE).toList();
    boolean one = there.size() == arguments.size() && there.stream().distinct().count() == 1;
    if (there.isEmpty() || !layer.handsOnMask() || (one && covers(shapes.get(there.get(0)), output))) {
      return there.isEmpty() ? NONE : there.get(0);
    }
    List<Optional<Shape>> maskShapes = arguments.stream().map(masks::get)
        .map(mask -> mask == NONE ? Optional.<Shape>empty() : Optional.of(shapes.get(mask))).toList();
    return layer.meetMasks(maskShapes, arguments.stream().map(shapes::get).toList()).map(meeting -> {
      int met = value(meeting.outputShapes(List.of()).get(0));
      Member.Single maker = new Member.Single(member.name() + "/mask", "Mask", member.path() + "/mask", true, meeting);
      calls.add(new PlannedCall(maker, meeting, there, NONE, List.of(met)));
      return met;
    }).orElse(NONE);
  }

  /** Whether a mask has a number for each step of a value. */
  private static boolean covers(Shape mask, Shape value) {
    return mask.rank() <= value.rank() && IntStream.range(0, mask.rank()).allMatch(axis -> mask.size(axis) == value.size(axis));
  }

  /** Beside a given state, Keras 3 hands a mask on to the output but not to the layer: see {@code Layer.__call__}. */
  private boolean passesOver(Layer layer, List<Integer> arguments) {
    return model.kerasVersion().isKeras3() && !layer.tensorKeywords().isEmpty() && arguments.size() > 1;
  }

  /** Masks that were brought together and that nobody reads. */
  private void dropUnreadMasks(List<Integer> outputs) {
    Set<Integer> read = new HashSet<>(outputs);
    for (int i = calls.size() - 1; i >= 0; i--) {
      PlannedCall call = calls.get(i);
      if (call.layer instanceof MaskMeeting && call.outputs.stream().noneMatch(read::contains)) {
        calls.remove(i);
      } else {
        read.addAll(call.inputs);
        read.add(call.mask);
      }
    }
  }
}
