package io.forwardpass.spark.binding;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.Scaling;
import io.forwardpass.network.IndexingOperation;
import io.forwardpass.network.KeyInput;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.feature.ArrayFeature;
import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.feature.IndexFeature;
import io.forwardpass.spark.feature.NumberFeature;
import io.forwardpass.spark.feature.NumberType;
import io.forwardpass.spark.feature.VectorFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Finds for every number of every model input the column it comes from. */
final class FeatureBinding {
  private final JobConfig config;
  private final Network network;
  private final Columns columns;
  private final NeededColumns needed;
  private final Problems problems;

  FeatureBinding(JobConfig config, Network network, Columns columns, NeededColumns needed, Problems problems) {
    this.config = config;
    this.network = network;
    this.columns = columns;
    this.needed = needed;
    this.problems = problems;
  }

  /** By model input; what could not be bound is among the problems. */
  Feature[][] features() {
    checkInputNames();
    checkScaling();
    Feature[][] features = new Feature[network.inputs()][];
    for (int i = 0; i < features.length; i++) {
      features[i] = inputFor(i).map(this::bound).orElse(List.of()).toArray(Feature[]::new);
    }
    return features;
  }

  /** Whether windows feed this model input, rather than single rows. */
  static boolean isWindowed(JobConfig config, Shape shape) {
    return config.windows().isPresent() && shape.rank() >= 2;
  }

  private record Bound(JobConfig.FeatureInput from, int input, String name, Shape shape, boolean windowed, String key) {}

  private Optional<Bound> inputFor(int input) {
    String name = network.inputName(input);
    Shape shape = network.givenShape(input);
    List<JobConfig.FeatureInput> inputs = config.features().inputs();
    boolean unnamed = inputs.size() == 1 && inputs.get(0).modelInput().isEmpty();
    Optional<JobConfig.FeatureInput> found = unnamed && names().size() == 1 ? Optional.of(inputs.get(0))
        : inputs.stream().filter(in -> in.modelInput().equals(Optional.of(name))).findFirst();
    if (found.isEmpty() && !unnamed) {
      problems.add("features.inputs says nothing about the model's input " + name + " " + shape + ". Add " + name
          + " { columns = [...] }.");
    }
    if (shape.isOpen()) {
      problems.add("the model leaves the size of its input " + name + " open: " + shape + ". Save it with a fixed input shape.");
      return Optional.empty();
    }
    return found.map(in -> new Bound(in, input, name, shape, isWindowed(config, shape), unnamed ? "features" : "features.inputs." + name));
  }

  /** Of the model's inputs, some of which the network may take in several ways. */
  private List<String> names() {
    return IntStream.range(0, network.inputs()).mapToObj(network::inputName).distinct().toList();
  }

  private void checkInputNames() {
    List<String> names = names();
    List<JobConfig.FeatureInput> inputs = config.features().inputs();
    if (names.size() > 1 && inputs.size() == 1 && inputs.get(0).modelInput().isEmpty()) {
      problems.add("the model has " + names.size() + " inputs, " + String.join(", ", names)
          + ", but features names none. Give each its own columns in features.inputs.");
    }
    for (JobConfig.FeatureInput input : inputs) {
      input.modelInput().filter(name -> !names.contains(name)).ifPresent(name -> problems.add("the model has no input " + name
          + ", which features.inputs names. " + Nearest.to(name, names).map(nearest -> "Did you mean " + nearest + "?")
              .orElse("Its inputs are " + String.join(", ", names) + ".")));
    }
  }

  private void checkScaling() {
    List<String> used = new ArrayList<>();
    for (JobConfig.FeatureInput input : config.features().inputs()) {
      used.addAll(input.columns());
      input.column().ifPresent(used::add);
    }
    for (String name : config.features().scaling().keySet()) {
      if (used.stream().noneMatch(column -> columns.same(column, name))) {
        problems.add("features.scaling names " + name + ", which is no feature. "
            + Nearest.to(name, used).map(nearest -> "Did you mean " + nearest + "?").orElse("Remove it."));
      }
    }
  }

  private Scaling scaling(String column) {
    return config.features().scaling().entrySet().stream().filter(entry -> columns.same(entry.getKey(), column)).map(Map.Entry::getValue)
        .findFirst().orElse(null);
  }

  private List<Feature> bound(Bound input) {
    if (input.from.column().isPresent()) {
      return wholeColumn(input, input.from.column().get());
    }
    if (input.shape.rank() >= 2 && !input.windowed) {
      problems.add("the model's input " + input.name + " takes sequences, " + input.shape + ", but " + input.key
          + ".columns gives one row. Add a windows section, or name one array column of " + times(input.shape.dimensions())
          + " numbers in " + input.key + ".column.");
      return List.of();
    }
    int width = input.windowed ? input.shape.elements() / input.shape.size(0) : input.shape.elements();
    List<String> names = input.from.columns();
    if (names.size() != width) {
      problems.add("the model's input " + input.name + " takes " + width + (width == 1 ? " feature" : " features")
          + (input.windowed ? " per step" : "") + ", but " + input.key + ".columns lists " + names.size()
          + ". List one column per feature, in the order of training.");
    }
    List<Feature> features = new ArrayList<>();
    for (int e = 0; e < names.size(); e++) {
      Attribute column = needed.find(names.get(e), input.key + ".columns");
      if (column != null) {
        int element = e;
        network.keyInput(input.input).map(keys -> keyBinding(input, keys).single(column, element)).orElseGet(() -> number(column, element,
            input))
            .ifPresent(features::add);
      }
    }
    return features;
  }

  private KeyBinding keyBinding(Bound input, KeyInput keys) {
    return new KeyBinding(keys, input.name, needed, name -> scaling(name) != null, problems);
  }

  private Optional<Feature> number(Attribute column, int element, Bound input) {
    Optional<NumberType> type = NumberType.of(column.dataType());
    if (type.isEmpty()) {
      boolean whole = column.dataType() instanceof ArrayType || VectorFeature.isVector(column.dataType());
      problems.add("column " + column.name() + " is of type " + column.dataType().simpleString() + ", but a feature has to be a number. "
          + (whole ? "Name it in " + input.key + ".column if it holds all features of the input."
              : "Turn it into a number, or read it as one by input.schema."));
      return Optional.empty();
    }
    return Optional.of(checked(input, new NumberFeature(needed.index(column), element, type.get(), decimal(column.dataType()),
        scaling(column.name())), element, 1));
  }

  /** With its numbers checked where the model looks something up by them, as embeddings do. */
  private Feature checked(Bound input, Feature feature, int firstElement, int elements) {
    List<IndexingOperation> indexing = network.indexing(input.input);
    return indexing.isEmpty() ? feature
        : new IndexFeature(feature, firstElement, elements, indexing.stream().mapToInt(IndexingOperation::least).max().getAsInt(),
            indexing.stream().mapToInt(IndexingOperation::end).min().getAsInt());
  }

  private List<Feature> wholeColumn(Bound input, String name) {
    Attribute column = needed.find(name, input.key + ".column");
    if (column == null) {
      return List.of();
    }
    int[] dimensions = input.shape.dimensions();
    int[] row = input.windowed ? Arrays.copyOfRange(dimensions, 1, dimensions.length) : dimensions;
    int numbers = Arrays.stream(row).reduce(1, Math::multiplyExact);
    Optional<KeyInput> keys = network.keyInput(input.input);
    if (keys.isPresent()) {
      return keyBinding(input, keys.get()).array(column, numbers, input.key);
    }
    if (VectorFeature.isVector(column.dataType())) {
      return List.of(checked(input, new VectorFeature(needed.index(column), numbers, scaling(column.name())), 0, numbers));
    }
    DataType element = column.dataType();
    int levels = 0;
    while (element instanceof ArrayType array) {
      element = array.elementType();
      levels++;
    }
    Optional<NumberType> type = NumberType.of(element);
    if (levels == 0 || type.isEmpty() || (levels > 1 && levels != row.length)) {
      problems.add("column " + column.name() + " is of type " + column.dataType().simpleString() + ", but " + input.key
          + ".column has to be an array of numbers or a vector, with " + times(row) + " numbers. "
          + (levels == 0 && type.isPresent() ? "Name number columns in " + input.key + ".columns." : "Turn it into an array of floats."));
      return List.of();
    }
    int[] lengths = levels == 1 ? new int[] {numbers} : row;
    return List.of(checked(input, new ArrayFeature(needed.index(column), lengths, type.get(), decimal(element), scaling(column.name())), 0,
        numbers));
  }

  static DecimalType decimal(DataType type) {
    return type instanceof DecimalType decimal ? decimal : null;
  }

  private static String times(int[] dimensions) {
    return String.join(" × ", Arrays.stream(dimensions).mapToObj(Integer::toString).toList());
  }
}
