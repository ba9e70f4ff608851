"""More cases of sequences: how masks travel, given states, wrappers of wrappers.

    python sequences.py            # writes sequences/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_case, values  # first: it sets how TensorFlow starts

import keras
import numpy as np
from keras import Input, Model, Sequential, layers

ROOT = HERE / "sequences"


def padded(steps=7, width=3, pad=0.0, seed=3, rows=24):
    """Sequences with padding before, after, in the middle, everywhere, and nowhere."""
    x = np.random.default_rng(seed).normal(0, 1, (rows, steps, width)).astype("float32")
    for i in range(rows):
        kind, n = i % 6, 1 + i % (steps - 1)
        if kind == 0: x[i, :n] = pad
        elif kind == 1: x[i, steps - n:] = pad
        elif kind == 2: x[i, 2:4] = pad
        elif kind == 3: x[i] = pad
        elif kind == 4: x[i, 0] = pad; x[i, 3] = pad; x[i, -1] = pad
    return x


def sequential(name, x, *stack, seed=1):
    save_case(name, Sequential([Input(x.shape[1:], dtype=x.dtype.name), *stack]), x, ROOT, seed)


def graph(name, inputs, outputs, x, seed=1):
    save_case(name, Model(inputs, outputs), x, ROOT, seed)


for make, states in [(layers.LSTM, 2), (layers.GRU, 1), (layers.SimpleRNN, 1)]:
    low = make.__name__.lower()
    i, given = Input((7, 3)), [Input((4,)) for _ in range(states)]
    graph(f"{low}_masked_from_given_state", [i, *given],
          make(4, return_sequences=True, return_state=True)(layers.Masking(0.0)(i), initial_state=given),
          [padded(), *[values((4,), 5 + s) for s in range(states)]])
    sequential(f"{low}_masked_backwards", padded(), layers.Masking(0.0), make(4, go_backwards=True, return_sequences=True), make(3), layers.Dense(1))
    sequential(f"{low}_masked_zero_output", padded(), layers.Masking(0.0), make(4, return_sequences=True, zero_output_for_mask=True), layers.Flatten(), layers.Dense(1))
    sequential(f"{low}_masked_zero_last_output", padded(), layers.Masking(0.0), make(4, zero_output_for_mask=True), layers.Dense(1))
    i, given = Input((6, 3)), [Input((4,)) for _ in range(2 * states)]
    graph(f"{low}_bidirectional_states", [i, *given], layers.Bidirectional(make(4, return_state=True, return_sequences=True))(i, initial_state=given),
          [values((6, 3)), *[values((4,), 5 + s) for s in range(2 * states)]])
sequential("rnn_of_one_cell", values((6, 3)), layers.RNN(layers.GRUCell(4, reset_after=False), return_sequences=True, go_backwards=True), layers.Flatten(), layers.Dense(1))
sequential("rnn_of_cells_masked", padded(), layers.Masking(0.0), layers.RNN([layers.LSTMCell(5), layers.SimpleRNNCell(4), layers.LSTMCell(3)], return_sequences=True), layers.LSTM(2))
sequential("bidirectional_of_two_kinds", padded(), layers.Masking(0.0),
           layers.Bidirectional(layers.LSTM(4, return_sequences=True), backward_layer=layers.GRU(4, return_sequences=True, go_backwards=True)), layers.GRU(2))
sequential("bidirectional_first_backwards", values((6, 3)), layers.Bidirectional(layers.LSTM(4, return_sequences=True, go_backwards=True), backward_layer=layers.LSTM(4, return_sequences=True)), layers.Flatten(), layers.Dense(1))
sequential("bidirectional_of_rnn_sum", values((6, 3)), layers.Bidirectional(layers.SimpleRNN(4), merge_mode="sum"), layers.Dense(1))
sequential("mask_through_layers", padded(), layers.Masking(0.0), layers.Dense(5, activation="relu"), layers.Dropout(0.3), layers.BatchNormalization(),
           layers.TimeDistributed(layers.Dense(4)), layers.Activation("tanh"), layers.LeakyReLU(), layers.GRU(3))
sequential("mask_ends_at_convolution", padded(), layers.Masking(0.0), layers.Conv1D(4, 3, padding="same"), layers.LSTM(3))
sequential("mask_ends_at_last_output", padded(), layers.Masking(0.0), layers.LSTM(4), layers.RepeatVector(5), layers.LSTM(3))
i = Input((7, 3)); m = layers.Masking(0.0)(i)
graph("mask_of_a_residual", i, layers.LSTM(2)(layers.Add()([layers.Dense(4)(m), layers.LSTM(4, return_sequences=True)(m)])), padded())
graph("mask_of_a_concatenation", i, layers.LSTM(2)(layers.Concatenate()([m, layers.GRU(4, return_sequences=True)(m)])), padded())
inner = Sequential([Input((7, 3)), layers.Masking(0.0), layers.LSTM(4, return_sequences=True)], name="inner")
graph("mask_out_of_a_nested_model", i, layers.LSTM(2)(inner(i)), padded())
sequential("embedding_from_the_end", np.random.default_rng(2).integers(-5, 5, (24, 4)).astype("int32"), layers.Embedding(5, 3), layers.GlobalMaxPooling1D(), layers.Dense(2))
sequential("embedding_of_floats", np.random.default_rng(2).uniform(0, 5, (24, 4)).astype("float32"), layers.Embedding(5, 3), layers.GlobalAveragePooling1D(keepdims=True))
sequential("time_distributed_lstm", values((4, 6, 3)), layers.TimeDistributed(layers.LSTM(3)), layers.LSTM(2))
sequential("time_distributed_convolution", values((4, 6, 3)), layers.TimeDistributed(layers.Conv1D(4, 3)), layers.TimeDistributed(layers.GlobalMaxPooling1D()), layers.Flatten(), layers.Dense(2))
sequential("conv1d_dilated_same_groups", values((10, 4)), layers.Conv1D(6, 3, dilation_rate=3, groups=2, padding="same", use_bias=False, activation="tanh"), layers.AveragePooling1D(3, strides=2, padding="same"), layers.MaxPooling1D(3, strides=2, padding="same"), layers.Flatten())
sequential("conv1d_strides", values((10, 3)), layers.Conv1D(4, 4, strides=3, padding="causal"), layers.Conv1D(2, 2, strides=2), layers.Flatten())
sequential("global_average_of_what_counts", padded(), layers.Masking(0.0), layers.LSTM(3, return_sequences=True), layers.GlobalAveragePooling1D())
sequential("gru_unusual", values((6, 3)), layers.GRU(5, activation="relu", recurrent_activation="hard_sigmoid", reset_after=False, use_bias=False, return_sequences=True), layers.GRU(33))
a, b = Input((7, 3)), Input((4,)); inner = Model([a, b], layers.Concatenate()([layers.LSTM(3)(a), layers.Dense(2)(b)])); i, j = Input((7, 3)), Input((4,))
graph("nested_model_of_two_inputs", [i, j], layers.Dense(1)(inner([i, j])), [values((7, 3)), values((4,), 2)])
graph("mask_into_a_nested_model_of_two_inputs", [i, j], layers.Dense(1)(inner([layers.Masking(0.0)(i), j])), [padded(), values((4,), 2)])
graph("mask_given_by_operations", i, layers.LSTM(4)(i, mask=keras.ops.any(keras.ops.not_equal(i, 0.0), axis=-1)), padded())
graph("mask_of_one_of_two_added", i, layers.LSTM(2)(layers.Add()([layers.Masking(0.0)(i), layers.Conv1D(3, 1)(i)])), padded())
e = Input((7,), dtype="int32")
graph("embedding_mask_functional", e, layers.Dense(1)(layers.Bidirectional(layers.GRU(3))(layers.SpatialDropout1D(0.2)(layers.Embedding(11, 4, mask_zero=True)(e)))),
      np.where(np.arange(7) < (np.arange(24) % 8)[:, None], np.random.default_rng(1).integers(1, 11, (24, 7)), 0).astype("int32"))
