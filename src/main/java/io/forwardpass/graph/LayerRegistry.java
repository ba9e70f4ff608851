package io.forwardpass.graph;

import io.forwardpass.layers.Layer;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.Precision;
import io.forwardpass.layers.attention.Attention;
import io.forwardpass.layers.attention.MultiHeadAttention;
import io.forwardpass.layers.convolution.ChannelsFirst;
import io.forwardpass.layers.convolution.Convolution;
import io.forwardpass.layers.convolution.Pooling;
import io.forwardpass.layers.convolution.Resizing;
import io.forwardpass.layers.convolution.SeparableConvolution;
import io.forwardpass.layers.convolution.TransposedConvolution;
import io.forwardpass.layers.core.ActivationLayer;
import io.forwardpass.layers.core.Dense;
import io.forwardpass.layers.core.EinsumDense;
import io.forwardpass.layers.core.Embedding;
import io.forwardpass.layers.core.Flatten;
import io.forwardpass.layers.core.Masking;
import io.forwardpass.layers.core.PRelu;
import io.forwardpass.layers.core.PassThrough;
import io.forwardpass.layers.core.Permute;
import io.forwardpass.layers.core.RepeatVector;
import io.forwardpass.layers.core.Reshape;
import io.forwardpass.layers.core.Softmax;
import io.forwardpass.layers.core.TimeDistributed;
import io.forwardpass.layers.merging.Concatenate;
import io.forwardpass.layers.merging.Dot;
import io.forwardpass.layers.merging.Merge;
import io.forwardpass.layers.normalization.BatchNormalization;
import io.forwardpass.layers.normalization.GroupNormalization;
import io.forwardpass.layers.normalization.LayerNormalization;
import io.forwardpass.layers.normalization.Normalization;
import io.forwardpass.layers.normalization.RmsNormalization;
import io.forwardpass.layers.normalization.SpectralNormalization;
import io.forwardpass.layers.normalization.UnitNormalization;
import io.forwardpass.layers.operations.GatedHalf;
import io.forwardpass.layers.preprocessing.CategoryEncoding;
import io.forwardpass.layers.preprocessing.Discretization;
import io.forwardpass.layers.preprocessing.HashedCrossing;
import io.forwardpass.layers.preprocessing.Hashing;
import io.forwardpass.layers.preprocessing.InvertedLookup;
import io.forwardpass.layers.preprocessing.Lookup;
import io.forwardpass.layers.preprocessing.Rescaling;
import io.forwardpass.layers.recurrent.Bidirectional;
import io.forwardpass.layers.recurrent.Gru;
import io.forwardpass.layers.recurrent.Lstm;
import io.forwardpass.layers.recurrent.RnnOfCells;
import io.forwardpass.layers.recurrent.SimpleRnn;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The layers this project knows, by the class name that a config gives them. */
public final class LayerRegistry {
  private static final Map<String, Function<LayerConfig, Layer>> LAYERS = Map.ofEntries(
      Map.entry("Activation", config -> config.json("activation").asText().equals("glu")
          ? GatedHalf.layer(config) : ActivationLayer.named(config)),
      Map.entry("ActivityRegularization", PassThrough::new),
      Map.entry("Add", config -> new Merge(config, Merge.Kind.ADD)),
      Map.entry("AdditiveAttention", Attention::additive),
      Map.entry("AlphaDropout", PassThrough::new),
      Map.entry("Attention", Attention::dot),
      Map.entry("Average", config -> new Merge(config, Merge.Kind.AVERAGE)),
      Map.entry("AveragePooling1D", config -> ChannelsFirst.or(config, c -> Pooling.local(c, true, 1))),
      Map.entry("AveragePooling2D", config -> ChannelsFirst.or(config, c -> Pooling.local(c, true, 2))),
      Map.entry("BatchNormalization", BatchNormalization::new),
      Map.entry("BatchNormalizationV1", BatchNormalization::new), // Keras 2 in TensorFlow 1
      Map.entry("BatchNormalizationV2", BatchNormalization::new),
      Map.entry("Bidirectional", config -> new Bidirectional(config, LayerReader::read)),
      Map.entry("CategoryEncoding", CategoryEncoding::new),
      Map.entry("Concatenate", Concatenate::new),
      Map.entry("Conv1D", config -> ChannelsFirst.or(config, c -> Convolution.of(c, 1))),
      Map.entry("Conv1DTranspose", config -> ChannelsFirst.or(config, c -> TransposedConvolution.of(c, 1))),
      Map.entry("Conv2D", config -> ChannelsFirst.or(config, c -> Convolution.of(c, 2))),
      Map.entry("Conv2DTranspose", config -> ChannelsFirst.or(config, c -> TransposedConvolution.of(c, 2))),
      Map.entry("CuDNNGRU", Gru::new),
      Map.entry("CuDNNLSTM", Lstm::new),
      Map.entry("Cropping1D", config -> Resizing.cropping(config, 1)),
      Map.entry("Cropping2D", config -> ChannelsFirst.or(config, c -> Resizing.cropping(c, 2))),
      Map.entry("Dense", Dense::new),
      Map.entry("DepthwiseConv1D", config -> ChannelsFirst.or(config, c -> Convolution.depthwise(c, 1))),
      Map.entry("DepthwiseConv2D", config -> ChannelsFirst.or(config, c -> Convolution.depthwise(c, 2))),
      Map.entry("Discretization", Discretization::new),
      Map.entry("Dot", Dot::new),
      Map.entry("Dropout", PassThrough::new),
      Map.entry("ELU", ActivationLayer::elu),
      Map.entry("EinsumDense", EinsumDense::new),
      Map.entry("Embedding", Embedding::new),
      Map.entry("Flatten", Flatten::new),
      Map.entry("GRU", Gru::new),
      Map.entry("GaussianDropout", PassThrough::new),
      Map.entry("GaussianNoise", PassThrough::new),
      Map.entry("GlobalAveragePooling1D", config -> ChannelsFirst.or(config, c -> Pooling.global(c, true, 1))),
      Map.entry("GlobalAveragePooling2D", config -> ChannelsFirst.or(config, c -> Pooling.global(c, true, 2))),
      Map.entry("GlobalMaxPooling1D", config -> ChannelsFirst.or(config, c -> Pooling.global(c, false, 1))),
      Map.entry("GlobalMaxPooling2D", config -> ChannelsFirst.or(config, c -> Pooling.global(c, false, 2))),
      Map.entry("GroupNormalization", GroupNormalization::new),
      Map.entry("GroupQueryAttention", MultiHeadAttention::grouped),
      Map.entry("GroupedQueryAttention", MultiHeadAttention::grouped),
      Map.entry("HashedCrossing", HashedCrossing::new),
      Map.entry("Hashing", Hashing::new),
      Map.entry("Identity", PassThrough::new),
      Map.entry("IntegerLookup", config -> config.flag("invert", false) ? new InvertedLookup(config) : Lookup.ofWholeNumbers(config)),
      Map.entry("LSTM", Lstm::new),
      Map.entry("LayerNormalization", LayerNormalization::new),
      Map.entry("LeakyReLU", ActivationLayer::leakyRelu),
      Map.entry("Masking", Masking::new),
      Map.entry("MaxPooling1D", config -> ChannelsFirst.or(config, c -> Pooling.local(c, false, 1))),
      Map.entry("MaxPooling2D", config -> ChannelsFirst.or(config, c -> Pooling.local(c, false, 2))),
      Map.entry("Maximum", config -> new Merge(config, Merge.Kind.MAXIMUM)),
      Map.entry("Minimum", config -> new Merge(config, Merge.Kind.MINIMUM)),
      Map.entry("MultiHeadAttention", MultiHeadAttention::of),
      Map.entry("Multiply", config -> new Merge(config, Merge.Kind.MULTIPLY)),
      Map.entry("Normalization", Normalization::new),
      Map.entry("PReLU", PRelu::new),
      Map.entry("Permute", Permute::new),
      Map.entry("RMSNormalization", RmsNormalization::new),
      Map.entry("RNN", config -> new RnnOfCells(config, LayerReader::read)),
      Map.entry("ReLU", ActivationLayer::relu),
      Map.entry("RepeatVector", RepeatVector::new),
      Map.entry("Rescaling", Rescaling::new),
      Map.entry("Reshape", Reshape::new),
      Map.entry("SeparableConv1D", config -> ChannelsFirst.or(config, c -> SeparableConvolution.of(c, 1))),
      Map.entry("SeparableConv2D", config -> ChannelsFirst.or(config, c -> SeparableConvolution.of(c, 2))),
      Map.entry("SimpleRNN", SimpleRnn::new),
      Map.entry("Softmax", Softmax::new),
      Map.entry("SpatialDropout1D", PassThrough::new),
      Map.entry("SpatialDropout2D", PassThrough::new),
      Map.entry("SpatialDropout3D", PassThrough::new),
      Map.entry("SpectralNormalization", config -> new SpectralNormalization(config, LayerReader::read)),
      Map.entry("StringLookup", Lookup::ofTexts),
      Map.entry("Subtract", config -> new Merge(config, Merge.Kind.SUBTRACT)),
      Map.entry("ThresholdedReLU", ActivationLayer::thresholdedRelu),
      Map.entry("TimeDistributed", config -> new TimeDistributed(config, LayerReader::read)),
      Map.entry("UnitNormalization", UnitNormalization::new),
      Map.entry("UpSampling1D", config -> Resizing.upSampling(config, 1)),
      Map.entry("UpSampling2D", config -> ChannelsFirst.or(config, c -> Resizing.upSampling(c, 2))),
      Map.entry("ZeroPadding1D", config -> ChannelsFirst.or(config, c -> Resizing.padding(c, 1))),
      Map.entry("ZeroPadding2D", config -> ChannelsFirst.or(config, c -> Resizing.padding(c, 2))));

  private LayerRegistry() {}

  /** What makes a layer of this class from its config; checks the precision that the config asks for first. */
  public static Optional<Function<LayerConfig, Layer>> find(String className) {
    return Optional.ofNullable(LAYERS.get(className)).map(maker -> config -> {
      Precision.check(config);
      return maker.apply(config);
    });
  }

  static Set<String> names() {
    return LAYERS.keySet();
  }
}
