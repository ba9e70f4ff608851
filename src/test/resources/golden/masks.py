"""Masks that meet: where several inputs of a layer have masks, or some of them.

    python masks.py            # writes masks/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_case, values  # first: it sets how TensorFlow starts

import numpy as np
from keras import Input, Model, layers

ROOT = HERE / "masks"


def padded(seed):
    x = np.random.default_rng(seed).normal(0, 1, (12, 6, 3)).astype("float32")
    for row in range(12):
        x[row, (row * seed) % 7:] = 0
        x[row, (row + seed) % 6] = 0
    return x


i, j = Input((6, 3)), Input((6, 3))
for layer in [layers.Add(), layers.Subtract(), layers.Multiply(), layers.Average(), layers.Maximum(), layers.Minimum(), layers.Concatenate(), layers.Concatenate(axis=1)]:
    name = layer.name.replace("concatenate_1", "concatenate_steps")
    for which, one, other in [("both", layers.Masking(0.0)(i), layers.Masking(0.0)(j)), ("first", layers.Masking(0.0)(i), layers.Identity()(j)), ("second", layers.Identity()(i), layers.Masking(0.0)(j))]:
        together = layer([one, other])
        save_case(f"{name}_of_{which}", Model([i, j], [together, layers.LSTM(3)(together)]), [padded(3), padded(5)], ROOT, 1)
m = layers.Masking(0.0)(i)
save_case("maximum_of_three", Model([i, j], layers.Maximum()([m, layers.Dense(3)(layers.Masking(0.0)(j)), layers.Dense(3)(m)])), [padded(3), padded(5)], ROOT, 1)
save_case("product_of_three", Model([i, j], layers.Multiply()([m, layers.Dense(3)(layers.Masking(0.0)(j)), layers.Dense(3)(i)])), [padded(3), padded(5)], ROOT, 1)
weights, counts = Input((4, 6)), Input((4, 6))
save_case("softmax", Model([weights, counts], [layers.Softmax()(weights, mask=counts > 0.3), layers.Softmax(axis=1)(weights, mask=counts > -0.3), layers.Softmax(axis=[1, 2])(weights, mask=counts > 0)]), [values((4, 6), rows=8), values((4, 6), 2, rows=8)], ROOT, 1)
