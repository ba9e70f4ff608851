package io.forwardpass.graph;

import io.forwardpass.layers.Layer;
import io.forwardpass.network.InputType;
import io.forwardpass.network.Shape;

/** What an architecture lists: an input, a layer, or a model in the model. */
sealed interface Member {
  /** Its name among the members of its model. */
  String name();

  String className();

  /** Its name below those of the models that hold it: {@code tower/dense_1}. */
  String path();

  /** An input layer. */
  record Input(String name, String path, Shape shape, InputType type) implements Member {
    @Override
    public String className() {
      return "InputLayer";
    }
  }

  /** A layer with a forward pass. */
  record Single(String name, String className, String path, boolean trainable, Layer layer) implements Member {}

  /** A model that is called as a layer is. */
  record Nested(String name, String className, String path, ModelTree model) implements Member {}

  /** A layer that a problem already names. */
  record Refused(String name, String className, String path) implements Member {}
}
