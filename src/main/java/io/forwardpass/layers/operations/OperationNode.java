package io.forwardpass.layers.operations;

import io.forwardpass.layers.CallArguments;
import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerCall;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.network.NetworkBuilder;
import io.forwardpass.network.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An operation on tensors as a model lists it: what it computes is settled by its call, which holds its constants. */
public final class OperationNode implements Layer {
  private final LayerConfig config;
  private final Function<OperationCall, Layer> operation;
  private final Function<CallArguments, CallArguments> spelling;

  /**
   * @param operation reads its call
   * @param spelling makes Keras 3's arguments of those that the file has
   */
  OperationNode(LayerConfig config, Function<OperationCall, Layer> operation, Function<CallArguments, CallArguments> spelling) {
    this.config = config;
    this.operation = operation;
    this.spelling = spelling;
  }

  @Override
  public Optional<LayerCall> called(CallArguments arguments) {
    OperationCall call = new OperationCall(config, spelling.apply(arguments));
    Layer layer = operation.apply(call);
    call.refuseUnread();
    return Optional.of(new LayerCall(layer, List.copyOf(call.tensors())));
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    throw new IllegalStateException(config + " has no shape before it is called");
  }

  @Override
  public void addTo(NetworkBuilder network, int[] from, int[] to, List<Shape> inputs, List<float[]> weights) {
    throw new IllegalStateException(config + " has no forward pass before it is called");
  }
}
