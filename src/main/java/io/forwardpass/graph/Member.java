package io.forwardpass.graph;

import io.forwardpass.keras.weights.WeightSpec;
import io.forwardpass.layers.Layer;
import io.forwardpass.network.Shape;
import java.util.List;

/** A layer or a nested model as an architecture lists it. Its weights are settled at its first call. */
final class Member {
  final String name;
  final String className;
  final String path;
  final boolean trainable;
  final Layer layer; // null for input layers and nested models
  final ModelTree model; // null for layers
  final Shape inputShape; // of an input layer, otherwise null
  List<Shape> firstInputs; // null until called
  List<float[]> weights = List.of();

  private Member(String name, String className, String path, boolean trainable, Layer layer, ModelTree model, Shape inputShape) {
    this.name = name;
    this.className = className;
    this.path = path;
    this.trainable = trainable;
    this.layer = layer;
    this.model = model;
    this.inputShape = inputShape;
  }

  static Member input(String name, String path, Shape shape) {
    return new Member(name, "InputLayer", path, true, null, null, shape);
  }

  static Member layer(String name, String className, String path, boolean trainable, Layer layer) {
    return new Member(name, className, path, trainable, layer, null, null);
  }

  static Member model(String name, String className, String path, ModelTree model) {
    return new Member(name, className, path, true, null, model, null);
  }

  /** What this layer alone needs; nothing where it is never called. */
  List<WeightSpec> specs() {
    if (layer == null || firstInputs == null) {
      return List.of();
    }
    List<WeightSpec> specs = layer.weights(firstInputs);
    return trainable ? specs : specs.stream().map(WeightSpec::frozen).toList();
  }
}
