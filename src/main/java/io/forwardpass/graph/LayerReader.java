package io.forwardpass.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.operations.Operations;
import io.forwardpass.layers.operations.TensorFlowFunctions;
import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes a layer from its config, or says by name why not. */
public final class LayerReader {
  /** Keras' own layers that are not here: their names are no slips of others. */
  private static final Set<String> ABSENT = Set.of("Conv3D", "ConvLSTM1D", "ConvLSTM2D", "LocallyConnected1D", "TextVectorization");

  private LayerReader() {}

  /**
   * @param node what Keras wrote of the layer: its class, and, since Keras 3, where it comes from
   * @throws Refusal where the class is foreign, an option is unknown, or the layer cannot honour one
   */
  public static Layer read(JsonNode node, LayerConfig config) {
    String foreign = foreign(node, config.className());
    if (foreign != null) {
      throw new Refusal(Refusal.Kind.MODEL, config + " is not supported: " + foreign);
    }
    if (isOperation(node)) {
      return operation(node).orElseThrow().apply(config); // which looks at its options when it is called
    }
    Layer layer = LayerRegistry.find(config.className()).orElseThrow().apply(config);
    List<String> unread = config.unread();
    if (!unread.isEmpty()) {
      throw new Refusal(Refusal.Kind.MODEL, config + " has options this release does not know: " + String.join(", ", unread)
          + ". Ignoring them could change the predictions.");
    }
    return layer;
  }

  /** Whether Keras wrote an operation on tensors where a layer stands. */
  private static boolean isOperation(JsonNode node) {
    return node.path("module").asText("").contains(".ops.") || isTensorFlow(node);
  }

  /** As Keras 2 writes one. */
  private static boolean isTensorFlow(JsonNode node) {
    return Set.of("TFOpLambda", "SlicingOpLambda").contains(node.path("class_name").asText());
  }

  private static Optional<Function<LayerConfig, Layer>> operation(JsonNode node) {
    return isTensorFlow(node) ? TensorFlowFunctions.find(node.path("config").path("function").asText())
        : Operations.find(node.path("class_name").asText());
  }

  /** Why a class is not one of our layers, or null where it is. */
  private static String foreign(JsonNode node, String className) {
    String module = node.path("module").asText("");
    String registered = node.path("registered_name").asText("");
    if (className.equals("Lambda")) {
      return "its Python code is never evaluated. Rebuild the model with built-in layers in its place.";
    }
    if (isOperation(node)) {
      String function = isTensorFlow(node) ? "tf." + node.path("config").path("function").asText() : module;
      return operation(node).isPresent() ? null
          : "it is an operation on tensors (" + function
              + ") that this release does not have. Use a layer or an operation that does the same.";
    }
    if (registered.contains(">") || (!module.isEmpty() && !module.startsWith("keras") && !module.startsWith("tf_keras")
        && !module.startsWith("tensorflow"))) {
      return "it is a custom class (" + (registered.isEmpty() ? module : registered) + "), whose Python code is not in the file.";
    }
    if (LayerRegistry.find(className).isEmpty()) {
      Optional<String> meant = ABSENT.contains(className) ? Optional.empty() : Nearest.to(className, LayerRegistry.names());
      return meant.map(near -> "no such layer is known; " + near + " is.").orElse("this release does not have it.");
    }
    return null;
  }
}
