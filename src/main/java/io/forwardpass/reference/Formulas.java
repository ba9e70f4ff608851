package io.forwardpass.reference;

import io.forwardpass.graph.Graph;
import io.forwardpass.layers.Layer;
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
import io.forwardpass.layers.merging.MaskMeeting;
import io.forwardpass.layers.merging.Merge;
import io.forwardpass.layers.normalization.BatchNormalization;
import io.forwardpass.layers.normalization.GroupNormalization;
import io.forwardpass.layers.normalization.LayerNormalization;
import io.forwardpass.layers.normalization.Normalization;
import io.forwardpass.layers.normalization.RmsNormalization;
import io.forwardpass.layers.normalization.SpectralNormalization;
import io.forwardpass.layers.normalization.UnitNormalization;
import io.forwardpass.layers.operations.ActivationOperation;
import io.forwardpass.layers.operations.BinaryOperation;
import io.forwardpass.layers.operations.Cumulative;
import io.forwardpass.layers.operations.GatedHalf;
import io.forwardpass.layers.operations.Joining;
import io.forwardpass.layers.operations.NewShape;
import io.forwardpass.layers.operations.OneHot;
import io.forwardpass.layers.operations.Product;
import io.forwardpass.layers.operations.Rearrangement;
import io.forwardpass.layers.operations.Reduction;
import io.forwardpass.layers.operations.UnaryOperation;
import io.forwardpass.layers.operations.UnitLength;
import io.forwardpass.layers.operations.Where;
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
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The formula of every layer. */
final class Formulas {
  private static final Map<Class<? extends Layer>, LayerFormula<?>> FORMULAS = new HashMap<>();

  static {
    add(ActivationLayer.class, CoreFormulas::activation);
    add(BatchNormalization.class, CoreFormulas::batchNormalization);
    add(Bidirectional.class, RecurrentFormulas::bidirectional);
    add(CategoryEncoding.class, PreprocessingFormulas::categoryEncoding);
    add(Concatenate.class, MergeFormulas::concatenate);
    add(Dense.class, CoreFormulas::dense);
    add(Discretization.class, PreprocessingFormulas::discretization);
    add(Dot.class, MergeFormulas::dot);
    add(EinsumDense.class, CoreFormulas::einsumDense);
    add(Embedding.class, SequenceFormulas::embedding);
    add(Flatten.class, Formulas::sameNumbers);
    add(Gru.class, RecurrentFormulas::layer);
    add(GroupNormalization.class, NormalizationFormulas::groups);
    add(HashedCrossing.class, PreprocessingFormulas::crossing);
    add(Hashing.class, PreprocessingFormulas::hashing);
    add(InvertedLookup.class, PreprocessingFormulas::inverted);
    add(LayerNormalization.class, NormalizationFormulas::layer);
    add(Lookup.class, PreprocessingFormulas::lookup);
    add(Lstm.class, RecurrentFormulas::layer);
    add(MaskMeeting.class, MergeFormulas::maskMeeting);
    add(Masking.class, SequenceFormulas::masking);
    add(Merge.class, MergeFormulas::merge);
    add(Normalization.class, NormalizationFormulas::normalization);
    add(PRelu.class, CoreFormulas::prelu);
    add(PassThrough.class, Formulas::sameNumbers);
    add(RepeatVector.class, SequenceFormulas::repeatVector);
    add(Rescaling.class, PreprocessingFormulas::rescaling);
    add(Reshape.class, Formulas::sameNumbers);
    add(RmsNormalization.class, NormalizationFormulas::rms);
    add(RnnOfCells.class, RecurrentFormulas::cells);
    add(SimpleRnn.class, RecurrentFormulas::layer);
    add(Softmax.class, CoreFormulas::softmax);
    add(SpectralNormalization.class, Formulas::spectral);
    add(TimeDistributed.class, Formulas::timeDistributed);
    add(UnitNormalization.class, NormalizationFormulas::unit);
  }

  static {
    add(Attention.class, AttentionFormulas::attention);
    add(MultiHeadAttention.class, AttentionFormulas::multiHead);
    add(ChannelsFirst.class, Formulas::channelsFirst);
    add(Convolution.class, ConvolutionFormulas::convolution);
    add(Permute.class, CoreFormulas::permute);
    add(Pooling.class, ConvolutionFormulas::pooling);
    add(Resizing.class, ConvolutionFormulas::resizing);
    add(SeparableConvolution.class, ConvolutionFormulas::separable);
    add(TransposedConvolution.class, ConvolutionFormulas::transposed);
  }

  static {
    add(ActivationOperation.class, TensorFormulas::activation);
    add(BinaryOperation.class, TensorFormulas::binary);
    add(Cumulative.class, TensorFormulas::cumulative);
    add(GatedHalf.class, TensorFormulas::gatedHalf);
    add(Joining.class, TensorFormulas::joining);
    add(NewShape.class, Formulas::sameNumbers);
    add(OneHot.class, TensorFormulas::oneHot);
    add(Product.class, TensorFormulas::product);
    add(Rearrangement.class, TensorFormulas::rearrangement);
    add(Reduction.class, TensorFormulas::reduction);
    add(UnaryOperation.class, TensorFormulas::unary);
    add(UnitLength.class, TensorFormulas::unitLength);
    add(Where.class, TensorFormulas::where);
  }

  private Formulas() {}

  private static <L extends Layer> void add(Class<L> layer, LayerFormula<L> formula) {
    FORMULAS.put(layer, formula);
  }

  static List<Tensor> apply(Graph.Call call, List<Tensor> inputs, List<Shape> outputs) {
    return apply(call.layer(), inputs, call.weights(), outputs);
  }

  @SuppressWarnings("unchecked") // add() takes only pairs that fit
  private static <L extends Layer> List<Tensor> apply(L layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    LayerFormula<L> formula = (LayerFormula<L>) FORMULAS.get(layer.getClass());
    if (formula == null) {
      throw new IllegalStateException("the reference network has no formula for " + layer.getClass().getSimpleName());
    }
    return formula.apply(layer, inputs, weights, outputs);
  }

  private static List<Tensor> timeDistributed(TimeDistributed layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    List<Tensor> steps = new ArrayList<>();
    for (int t = 0; t < outputs.get(0).size(0); t++) {
      steps.add(apply(layer.layer(), List.of(inputs.get(0).step(t)), weights, List.of(outputs.get(0).withoutFirst())).get(0));
    }
    return List.of(Tensor.ofSteps(steps));
  }

  private static List<Tensor> spectral(SpectralNormalization layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    return apply(layer.layer(), inputs, SpectralNormalization.withoutVector(weights), outputs);
  }

  private static List<Tensor> channelsFirst(ChannelsFirst layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    Tensor x = inputs.get(0);
    List<Shape> moved = layer.inner(List.of(x.shape()));
    Tensor y = apply(layer.layer(), List.of(turned(x, moved.get(0), 1)), weights, layer.layer().outputShapes(moved)).get(0);
    return List.of(turned(y, outputs.get(0), outputs.get(0).rank() - 1));
  }

  /** With the first axes behind the others. */
  private static Tensor turned(Tensor x, Shape shape, int axes) {
    Tensor y = Tensor.zeros(x.rows(), shape);
    for (int e = 0; e < x.elements(); e++) {
      int[] from = Tensor.index(x.shape(), e);
      int[] to = new int[from.length];
      for (int axis = 0; axis < to.length; axis++) {
        to[axis] = from[(axis + axes) % from.length];
      }
      for (int row = 0; row < x.rows(); row++) {
        y.set(row, Tensor.element(shape, to), x.at(row, e));
      }
    }
    return y;
  }

  private static List<Tensor> sameNumbers(Layer layer, List<Tensor> inputs, List<float[]> weights, List<Shape> outputs) {
    return List.of(inputs.get(0).as(outputs.get(0)));
  }
}
