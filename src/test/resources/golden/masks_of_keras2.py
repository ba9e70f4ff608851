"""Masks that meet in Keras 2, and attention over them.

    python masks_of_keras2.py            # writes keras2/masks_<case>/{model.h5,model.keras,cases.npz}

Made with tf_keras 2.21.0 on tensorflow-cpu 2.21.0. No float64 truth here (no t0).
"""
import os
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
from zoo import HERE, as_list, save_cases, values

import numpy as np
from tf_keras import Input, Model, layers

ROOT = HERE / "keras2"


def padded(seed):
    x = np.random.default_rng(seed).normal(0, 1, (12, 6, 3)).astype("float32")
    for row in range(12):
        x[row, (row * seed) % 7:] = 0
        x[row, (row + seed) % 6] = 0
    return x


def case(name, inputs, outputs, *x):
    model = Model(inputs, outputs)
    rng = np.random.default_rng(1)
    model.set_weights([rng.normal(0, 0.6, w.shape) for w in model.get_weights()])
    folder = ROOT / f"masks_{name}"
    folder.mkdir(parents=True, exist_ok=True)
    y = [np.asarray(o) for o in as_list(model(list(x) if len(x) > 1 else x[0], training=False))]
    model.save(folder / "model.h5")
    model.save(folder / "model.keras")
    save_cases(folder, x, y)
    print(name, [o.shape for o in y])


i, j = Input((6, 3)), Input((6, 3))
m, n = layers.Masking(0.0)(i), layers.Masking(0.0)(j)
case("meet", [i, j], [layers.LSTM(3)(layer([one, other])) for layer in [layers.Add(), layers.Multiply(), layers.Maximum(), layers.Concatenate()] for one, other in [(m, n), (m, j), (i, n)]], padded(3), padded(5))
case("follow", [i, j], layers.LSTM(3)(layers.Concatenate(axis=1)([m, n])), padded(3), padded(5))
case("attention", [i, j], [layers.Attention()([m, n]), layers.Attention(use_scale=True)([m, m]), layers.AdditiveAttention()([m, n]), layers.Attention()([i, n]), layers.LSTM(2)(layers.Attention()([m, n])), layers.Attention()([m, n], use_causal_mask=True)], padded(3), padded(5))
case("multi_head_attention", [i, j], [layers.MultiHeadAttention(2, 3)(m, n), layers.MultiHeadAttention(2, 3)(m, m), layers.MultiHeadAttention(2, 3, dropout=0.1)(i, n, n), layers.LSTM(2)(layers.MultiHeadAttention(2, 3)(m, n)), layers.MultiHeadAttention(2, 3)(m, m, use_causal_mask=True),
                                     *layers.MultiHeadAttention(2, 3)(m, n, return_attention_scores=True)], padded(3), padded(5))
case("bidirectional", i, [layers.GRU(2)(each) for each in layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode=None)(m)], padded(3))
