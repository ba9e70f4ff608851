"""Convolution, pooling, padding and cropping: every option that changes numbers.

    python convolution.py            # writes convolution/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_case, values  # first: it sets how TensorFlow starts

from keras import Input, Model, Sequential, layers

ROOT = HERE / "convolution"


def sequential(name, shape, *stack):
    save_case(name, Sequential([Input(shape), *stack]), values(shape, rows=8), ROOT, 1)


def several(name, shape, *made):
    """Layers side by side, each an output of its own."""
    i = Input(shape)
    save_case(name, Model(i, [layer(i) for layer in made]), values(shape, rows=8), ROOT, 1)


several("conv1d", (9, 4), layers.Conv1D(5, 3), layers.Conv1D(5, 2, strides=2, padding="same"), layers.Conv1D(5, 4, padding="same"), layers.Conv1D(5, 3, padding="causal", dilation_rate=2),
        layers.Conv1D(5, 3, padding="causal", strides=2), layers.Conv1D(6, 3, groups=2, padding="same", dilation_rate=3, use_bias=False), layers.Conv1D(8, 3, groups=4, activation="softmax"), layers.Conv1D(5, 1, activation="relu"),
        layers.Conv1D(3, 9), layers.Conv1D(3, 3, dilation_rate=4, activation="tanh"))
several("depthwise_conv1d", (9, 4), layers.DepthwiseConv1D(3), layers.DepthwiseConv1D(3, padding="same", depth_multiplier=3, activation="tanh"), layers.DepthwiseConv1D(2, strides=2, padding="same", use_bias=False),
        layers.DepthwiseConv1D(3, dilation_rate=2, depth_multiplier=2))
several("separable_conv1d", (9, 4), layers.SeparableConv1D(5, 3), layers.SeparableConv1D(5, 3, padding="same", depth_multiplier=2, activation="relu"), layers.SeparableConv1D(5, 4, strides=2, padding="same", use_bias=False),
        layers.SeparableConv1D(5, 3, dilation_rate=2))
several("conv1d_transpose", (5, 3), layers.Conv1DTranspose(4, 3), layers.Conv1DTranspose(4, 3, strides=2), layers.Conv1DTranspose(4, 3, strides=2, padding="same"), layers.Conv1DTranspose(4, 2, strides=3), layers.Conv1DTranspose(4, 4, strides=3, padding="same", use_bias=False),
        layers.Conv1DTranspose(4, 5, padding="same", activation="tanh"), layers.Conv1DTranspose(4, 3, strides=2, padding="same", output_padding=1), layers.Conv1DTranspose(4, 3, strides=3, output_padding=1), layers.Conv1DTranspose(4, 1, strides=2))
several("pooling1d", (9, 3), layers.MaxPooling1D(2), layers.MaxPooling1D(3, strides=2, padding="same"), layers.MaxPooling1D(4, strides=1), layers.AveragePooling1D(2), layers.AveragePooling1D(3, strides=2, padding="same"),
        layers.AveragePooling1D(4, strides=3), layers.GlobalMaxPooling1D(), layers.GlobalMaxPooling1D(keepdims=True), layers.GlobalAveragePooling1D(), layers.GlobalAveragePooling1D(keepdims=True))
several("resizing1d", (6, 3), layers.ZeroPadding1D(2), layers.ZeroPadding1D((1, 3)), layers.Cropping1D(2), layers.Cropping1D((0, 3)), layers.UpSampling1D(3))
several("conv2d", (7, 6, 3), layers.Conv2D(4, 3), layers.Conv2D(4, (2, 3), strides=(2, 1), padding="same", activation="relu"), layers.Conv2D(6, (3, 2), dilation_rate=(2, 1), groups=3), layers.Conv2D(4, 2, strides=2, use_bias=False),
        layers.DepthwiseConv2D((3, 2), depth_multiplier=2), layers.DepthwiseConv2D(3, strides=2, padding="same"), layers.SeparableConv2D(4, (2, 3), depth_multiplier=2, activation="tanh"), layers.SeparableConv2D(4, 3, padding="same"),
        layers.Conv2DTranspose(4, (3, 2), strides=(2, 1)), layers.Conv2DTranspose(4, 3, strides=2, padding="same"))
several("pooling2d", (7, 6, 3), layers.MaxPooling2D(2), layers.MaxPooling2D((3, 2), strides=(2, 1), padding="same"), layers.AveragePooling2D((2, 3)), layers.AveragePooling2D(3, strides=2, padding="same"), layers.GlobalMaxPooling2D(),
        layers.GlobalAveragePooling2D(keepdims=True), layers.ZeroPadding2D(((1, 2), (0, 1))), layers.ZeroPadding2D((2, 1)), layers.ZeroPadding2D(1), layers.Cropping2D(((1, 2), (0, 1))), layers.UpSampling2D((2, 3)))
sequential("steps_and_features_as_an_image", (12, 5), layers.Reshape((12, 5, 1)), layers.Conv2D(4, (3, 5), activation="relu"), layers.MaxPooling2D((2, 1)), layers.Flatten(), layers.Dense(2))
sequential("convolution_stack", (24, 6), layers.Conv1D(16, 5, padding="causal", activation="relu"), layers.Conv1D(16, 5, padding="causal", dilation_rate=2, activation="relu"), layers.MaxPooling1D(2), layers.Conv1D(8, 3), layers.GlobalAveragePooling1D(), layers.Dense(1))
sequential("autoencoder", (12, 4), layers.Conv1D(8, 3, strides=2, padding="same", activation="relu"), layers.Conv1D(4, 3, strides=2, padding="same", activation="relu"), layers.Conv1DTranspose(8, 3, strides=2, padding="same", activation="relu"),
           layers.Conv1DTranspose(4, 3, strides=2, padding="same"))
sequential("time_distributed_convolution", (4, 6, 3), layers.TimeDistributed(layers.Conv1D(4, 3, activation="relu")), layers.TimeDistributed(layers.MaxPooling1D(2)), layers.TimeDistributed(layers.Flatten()), layers.LSTM(3))
