"""Layers that normalise: each option that changes numbers, masks through them, Keras 2 where it differs.

    python normalization.py            # writes normalization/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 and tf_keras 2.21.0 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_case, shake, values  # first: it sets how TensorFlow starts

import keras
import numpy as np
from keras import Input, Model, Sequential, layers

ROOT = HERE / "normalization"


def sequential(name, x, *stack, seed=1, trained=False):
    save_case(name, Sequential([Input(x.shape[1:], dtype=x.dtype.name), *stack]), x, ROOT, seed, trained)


def far_off(shape, seed=7, rows=24):
    """Numbers farther from zero than they spread, rows of one number alone, and tiny ones."""
    x = np.random.default_rng(seed).normal(20, 2, (rows, *shape)).astype("float32")
    x[1] = 5.25
    x[2] = 0
    x[3] = np.random.default_rng(8).normal(0, 1e-13, shape)
    return x


for name, layer, x in [
    ("layer_of_vectors", layers.LayerNormalization(), values((7,))),
    ("layer_of_one_number", layers.LayerNormalization(), values((1,))),
    ("layer_plain", layers.LayerNormalization(center=False, scale=False, epsilon=1e-6), values((5, 4))),
    ("layer_without_center", layers.LayerNormalization(center=False), values((5, 4))),
    ("layer_without_scale", layers.LayerNormalization(scale=False, epsilon=0.05), values((5, 4))),
    ("layer_over_steps", layers.LayerNormalization(axis=1), values((5, 4))),
    ("layer_over_both", layers.LayerNormalization(axis=[1, 2]), values((5, 4))),
    ("layer_axes_in_odd_order", layers.LayerNormalization(axis=[1, -1]), values((5, 4))),
    ("layer_over_outer_axes", layers.LayerNormalization(axis=[1, 3]), values((3, 4, 5))),
    ("layer_far_off", layers.LayerNormalization(), far_off((9,))),
    ("layer_wide", layers.LayerNormalization(), values((300,))),
    ("layer_rms_scaling", layers.LayerNormalization(rms_scaling=True), values((5, 4))),
    ("layer_rms_scaling_over_both", layers.LayerNormalization(axis=[1, 2], rms_scaling=True, epsilon=0.01), values((5, 4))),
    ("rms_of_vectors", layers.RMSNormalization(), values((6,))),
    ("rms_over_both", layers.RMSNormalization(axis=[1, 2], epsilon=0.01), values((5, 4))),
    ("rms_over_steps_of_a_square", layers.RMSNormalization(axis=1), values((4, 4))),
    ("rms_far_off", layers.RMSNormalization(), far_off((9,))),
    ("group_of_vectors", layers.GroupNormalization(groups=3), values((6,))),
    ("group_one", layers.GroupNormalization(groups=1, epsilon=0.01), values((5, 4))),
    ("group_each", layers.GroupNormalization(groups=-1), values((5, 4))),
    ("group_plain", layers.GroupNormalization(groups=2, center=False, scale=False), values((5, 4))),
    ("group_without_center", layers.GroupNormalization(groups=2, center=False), values((5, 4))),
    ("group_along_steps", layers.GroupNormalization(groups=3, axis=1, scale=False), values((6, 4))),
    ("group_along_the_middle", layers.GroupNormalization(groups=2, axis=-2), values((3, 4, 5))),
    ("unit_over_steps", layers.UnitNormalization(axis=1), values((5, 4))),
    ("unit_over_both", layers.UnitNormalization(axis=[1, 2]), values((5, 4))),
    ("unit_of_tiny", layers.UnitNormalization(), far_off((6,))),
    ("given_one", layers.Normalization(axis=None, mean=2.0, variance=0.3), values((5,))),
    ("given_one_inverted", layers.Normalization(axis=None, mean=2.0, variance=0.3, invert=True), values((5, 2))),
    ("given_for_axes", layers.Normalization(axis=(1, 2), mean=np.arange(6.0).reshape(3, 2), variance=np.arange(1.0, 7.0).reshape(3, 2)), values((3, 2))),
    ("given_spread", layers.Normalization(axis=(1, 2), mean=[1.0, -2.0], variance=[3.0, 0.5]), values((3, 2))),
    ("given_for_steps", layers.Normalization(axis=1, mean=[1.0, -2.0, 4.0], variance=[3.0, 0.5, 0.25]), values((3, 2))),
    ("given_no_spread", layers.Normalization(mean=[1.0, 2.0], variance=[0.0, 4.0]), np.array([[1, 2], [1, 0], [1, -3]], "float32")),
]:
    sequential(name, x, layer)


def adapted(name, data, x, **options):
    layer = layers.Normalization(**options)
    layer.adapt(data)
    sequential(name, x, layer, layers.Activation("linear"), trained=True)


data = np.random.default_rng(3).normal(40, 12, (300, 4, 3)).astype("float32")
adapted("adapted_last", data, data[:24])
adapted("adapted_both", data, data[:24], axis=(1, 2))
adapted("adapted_steps", data, data[:24], axis=1)
adapted("adapted_one", data, data[:24], axis=None)
adapted("adapted_inverted", data, values((4, 3)), invert=True)
adapted("adapted_whole_numbers", np.arange(40, dtype="int32").reshape(20, 2), np.arange(40, dtype="int32").reshape(20, 2))

sequential("spectral_dense", values((5,)), layers.SpectralNormalization(layers.Dense(4, activation="tanh"), power_iterations=2), layers.Dense(2))
sequential("spectral_convolution", values((7, 3)), layers.SpectralNormalization(layers.Conv1D(4, 3)), layers.Flatten())
sequential("spectral_embedding_of_whole_numbers", np.random.default_rng(2).integers(0, 6, (24, 3)).astype("int32"),  # refused: Keras casts what comes out to int32
           layers.SpectralNormalization(layers.Embedding(6, 3)), layers.Flatten())

steps = values((7, 3), 5)
for row in range(24): steps[row, row % 8:] = 0
for name, layer in [("layer", layers.LayerNormalization()), ("rms", layers.RMSNormalization()), ("group", layers.GroupNormalization(groups=3)),
                    ("unit", layers.UnitNormalization()), ("given", layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[4.0, 5.0, 6.0])),
                    ("spectral", layers.SpectralNormalization(layers.Dense(4)))]:
    sequential(f"mask_through_{name}", steps, layers.Masking(0.0), layer, layers.LSTM(3))
i = Input((7, 3))
save_case("transformer_block", Model(i, layers.Dense(2)(layers.GlobalAveragePooling1D()(layers.LayerNormalization(epsilon=1e-6)(
    layers.Add()([i, layers.Dense(3)(layers.Dense(8, activation="relu")(layers.LayerNormalization(epsilon=1e-6)(i)))]))))), values((7, 3)), ROOT)
