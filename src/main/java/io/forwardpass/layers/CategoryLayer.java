package io.forwardpass.layers;

import java.util.Optional;

/** A layer whose output may be a category as a one among zeros: then what follows can take the category's index instead. */
public interface CategoryLayer extends Layer {
  /** The same layer with the index of the category as its one output number; empty where its output is something else. */
  Optional<Layer> asIndex();
}
