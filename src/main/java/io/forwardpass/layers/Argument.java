package io.forwardpass.layers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a call hands to a layer in one place: a tensor, a constant, or several of them. */
public sealed interface Argument {
  /** @param number which of the call's tensors it is, in the order in which the file has them */
  record Tensor(int number) implements Argument {}

  /** A number, a text, an array, or what else the file has there, as JSON. */
  record Constant(JsonNode value) implements Argument {}

  /** A list that holds tensors. */
  record Several(List<Argument> items) implements Argument {}
}
