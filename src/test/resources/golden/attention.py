"""Attention: every option that changes numbers, masks of every kind, transformer blocks.

    python attention.py            # writes attention/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_case, values  # first: it sets how TensorFlow starts

import numpy as np
from keras import Input, Model, layers, ops

ROOT = HERE / "attention"
QUERY, VALUE, KEY = values((5, 4), rows=8) / 2, values((6, 3), 2, rows=8) / 2, values((6, 4), 3, rows=8) / 2
IDS = np.where(np.arange(6) < (np.arange(8) % 7)[:, None], np.random.default_rng(1).integers(1, 9, (8, 6)), 0).astype("int32")
PADDED = np.random.default_rng(3).normal(0, 1, (8, 6, 4)).astype("float32")
for row in range(8):
    PADDED[row, :row % 7] = 0
    PADDED[row, 4] *= row % 2


def case(name, inputs, outputs, *x):
    save_case(name, Model(inputs, outputs), list(x), ROOT, 1)


def all_of(answer):
    return list(answer) if isinstance(answer, (list, tuple)) else [answer]


q, v, k = Input((5, 4)), Input((6, 3)), Input((6, 4))
n, p = Input((6,), dtype="int32"), Input((6, 4))
case("scores", [q, k], [layers.Attention()([q, k]), layers.Attention(use_scale=True)([q, k]), layers.Attention(score_mode="concat")([q, k]), layers.Attention(score_mode="concat", use_scale=True)([q, k]),
                        layers.AdditiveAttention()([q, k]), layers.AdditiveAttention(use_scale=False)([q, k])], QUERY, KEY)
case("key_of_its_own", [q, v, k], [layers.Attention(use_scale=True)([q, v, k]), layers.AdditiveAttention()([q, v, k]), layers.MultiHeadAttention(2, 3)(q, v, k), layers.MultiHeadAttention(3, 2, value_dim=5)(q, v),
                                   layers.GroupQueryAttention(3, 4, 2)(q, k, k)], QUERY, VALUE, KEY)
case("scores_returned", [q, k], [*layers.Attention(use_scale=True)([q, k], return_attention_scores=True), *layers.AdditiveAttention()([q, k], return_attention_scores=True), *layers.MultiHeadAttention(2, 3)(q, k, return_attention_scores=True),
                                 *layers.GroupQueryAttention(3, 4, 2)(q, k, return_attention_scores=True)], QUERY, KEY)
case("causal", [q, k], [layers.Attention()([q, q], use_causal_mask=True), layers.AdditiveAttention()([q, k], use_causal_mask=True), layers.MultiHeadAttention(2, 3)(q, q, use_causal_mask=True), layers.MultiHeadAttention(2, 3, dropout=0.1)(q, k, use_causal_mask=True),
                        layers.GroupQueryAttention(3, 4, 2)(q, q, use_causal_mask=True), *layers.MultiHeadAttention(2, 3)(q, q, use_causal_mask=True, return_attention_scores=True)], QUERY, KEY)
case("options", [q], [layers.MultiHeadAttention(2, 3, use_bias=False)(q, q), layers.MultiHeadAttention(2, 3, output_shape=7)(q, q), layers.MultiHeadAttention(2, 3, output_shape=(2, 3))(q, q), layers.MultiHeadAttention(2, 3, use_gate=True)(q, q),
                      layers.MultiHeadAttention(2, 3, sliding_window=2)(q, q), layers.MultiHeadAttention(2, 3, sliding_window=2)(q, q, use_causal_mask=True), layers.GroupQueryAttention(3, 4, 1)(q, q), layers.GroupQueryAttention(3, 4, 4, use_bias=False)(q, q),
                      layers.GroupQueryAttention(3, 4, 2, use_gate=True, sliding_window=2)(q, q)], QUERY)
case("heads_of_one_number", [q], [layers.MultiHeadAttention(5, 1)(q, q), layers.MultiHeadAttention(3, 1)(q, q), layers.MultiHeadAttention(1, 4)(q, q), layers.MultiHeadAttention(1, 1)(q, q)], QUERY)
pairs = Input((5, 6)); heads = Input((2, 5, 6))
MASKS = (np.random.default_rng(5).random((8, 5, 6)) > 0.4).astype("float32")
MASKS[2, 1] = 0
case("attention_mask", [q, k, pairs, heads], [layers.MultiHeadAttention(2, 3)(q, k, attention_mask=pairs > 0.5), layers.MultiHeadAttention(2, 3, dropout=0.1)(q, k, attention_mask=ops.cast(pairs, "bool"), use_causal_mask=True),
                                              layers.MultiHeadAttention(2, 3)(q, k, attention_mask=heads > 0), layers.GroupQueryAttention(3, 4, 2)(q, k, attention_mask=pairs > 0.5), layers.MultiHeadAttention(2, 3)(q, k, attention_mask=pairs[:, :1] > 0.5)],
     QUERY, KEY, MASKS, values((2, 5, 6), 9, rows=8))


def masked():
    """A masked sequence that no other layer reads: multi-head attention takes the masks of what it reads away from later layers."""
    return layers.Masking(0.0)(p)


def twice():
    both = masked()
    return both, both


case("masked_sequences", [q, p], [layers.Attention(use_scale=True)(list(twice())), layers.Attention()([q, masked()]), layers.Attention()([masked(), q]), layers.AdditiveAttention()(list(twice())), layers.AdditiveAttention()([q, masked(), masked()]),
                                  layers.MultiHeadAttention(2, 3)(*twice()), layers.MultiHeadAttention(2, 3)(q, masked()), layers.MultiHeadAttention(2, 3)(masked(), q), layers.MultiHeadAttention(2, 3, dropout=0.1)(*twice()),
                                  layers.MultiHeadAttention(2, 3)(q, masked(), masked()), layers.GroupQueryAttention(3, 4, 2)(*twice()), layers.GroupQueryAttention(3, 4, 2)(q, masked(), use_causal_mask=True)], QUERY, PADDED)
for name, make in [("attention", lambda x: layers.Attention()([x, x])), ("additive_attention", lambda x: layers.AdditiveAttention()([x, x])), ("multi_head", lambda x: layers.MultiHeadAttention(2, 3)(x, x)),
                   ("multi_head_with_dropout", lambda x: layers.MultiHeadAttention(2, 3, dropout=0.2)(x, x)), ("multi_head_causal", lambda x: layers.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True)),
                   ("multi_head_with_scores", lambda x: layers.MultiHeadAttention(2, 3)(x, x, return_attention_scores=True)), ("grouped_query", lambda x: layers.GroupQueryAttention(3, 4, 2)(x, x))]:
    case(f"masked_embedding_{name}", n, all_of(make(layers.Embedding(9, 4, mask_zero=True)(n))), IDS)
e = layers.Embedding(9, 4, mask_zero=True)(n)
case("mask_after_attention", n, layers.LSTM(3)(layers.MultiHeadAttention(2, 3)(e, e)), IDS)
e = layers.Embedding(9, 4, mask_zero=True)(n)
a = layers.Add()([e, layers.MultiHeadAttention(2, 3)(e, e)])
case("masks_taken_away", n, [layers.MultiHeadAttention(2, 3)(a, a), layers.LSTM(3)(a)], IDS)
m = layers.Masking(0.0)(p)
case("masks_taken_away_from_others", [q, p], [layers.Attention(use_scale=True)([m, m]), layers.Attention()([q, m]), layers.AdditiveAttention()([m, m]), layers.MultiHeadAttention(2, 3)(layers.Identity()(m), m),
                                              layers.MultiHeadAttention(2, 3)(m, m), layers.MultiHeadAttention(2, 3)(q, m), layers.GroupQueryAttention(3, 4, 2)(m, m)], QUERY, PADDED)
e = layers.Embedding(9, 4, mask_zero=True)(n)
a = layers.Add()([e, layers.GroupQueryAttention(3, 4, 2)(e, e)])
case("masks_kept", n, [layers.GroupQueryAttention(3, 4, 2)(a, a), layers.LSTM(3)(a)], IDS)


def block(x, heads, size, wide):
    attended = layers.MultiHeadAttention(heads, size, dropout=0.1)(x, x)
    x = layers.BatchNormalization()(layers.Add()([x, layers.Dropout(0.1)(attended)]))
    return layers.BatchNormalization()(x + layers.Dense(x.shape[-1])(layers.Dense(wide, activation="relu")(x)))


i = Input((12, 6))
case("transformer_blocks", i, layers.Dense(1)(layers.GlobalAveragePooling1D()(block(block(i, 2, 4, 16), 4, 3, 8))), values((12, 6), rows=8))
steps = ops.cumsum(ops.ones_like(n), axis=1) - 1
x = layers.Embedding(9, 4)(n) + layers.Embedding(6, 4)(steps)
case("positions_embedded", n, layers.Dense(2)(layers.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True)[:, -1]), IDS)
