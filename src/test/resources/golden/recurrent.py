"""Recurrent layers: both directions as outputs of their own, states of RNN, cells one on the other, masks through them.

    python recurrent.py            # writes recurrent/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_case, values  # first: it sets how TensorFlow starts

import numpy as np
from keras import Input, Model, Sequential, layers

ROOT = HERE / "recurrent"
PADDED = np.random.default_rng(3).normal(0, 1, (8, 6, 3)).astype("float32")
for row in range(8):
    PADDED[row, :row % 7] = 0
    PADDED[row, 4] *= row % 2


def states(*sizes):
    return [values((size,), 5 + i, rows=8) for i, size in enumerate(sizes)]


def case(name, inputs, outputs, *x):
    save_case(name, Model(inputs, outputs), list(x), ROOT, 1)


i = Input((6, 3))
X = values((6, 3), rows=8)
for make, count in [(layers.LSTM, 2), (layers.GRU, 1), (layers.SimpleRNN, 1)]:
    low = make.__name__.lower()
    case(f"{low}_both_directions_apart", i, [*layers.Bidirectional(make(4, return_sequences=True), merge_mode=None)(i), *layers.Bidirectional(make(4), merge_mode=None)(i),
                                            *layers.Bidirectional(make(3, return_sequences=True, return_state=True), merge_mode=None)(i)], X)
    given = [Input((4,)) for _ in range(2 * count)]
    case(f"{low}_both_directions_apart_from_given_states", [i, *given], layers.Bidirectional(make(4, return_state=True), merge_mode=None)(i, initial_state=given), X, *states(*[4] * 2 * count))
ahead, back = layers.Bidirectional(layers.LSTM(4, return_sequences=True), merge_mode=None)(layers.Masking(0.0)(i))
case("masks_of_both_directions", i, [layers.GRU(3)(ahead), layers.GRU(3)(back)], PADDED)
case("rnn_states", i, [*layers.RNN(layers.LSTMCell(4), return_state=True)(i), *layers.RNN(layers.GRUCell(4), return_state=True, return_sequences=True, go_backwards=True)(i), *layers.RNN(layers.SimpleRNNCell(4), return_state=True)(i)], X)
h, c = Input((4,)), Input((4,))
case("rnn_from_given_states", [i, h, c], [layers.RNN(layers.LSTMCell(4), return_sequences=True)(i, initial_state=[h, c]), layers.RNN(layers.GRUCell(4, reset_after=False))(i, initial_state=[h]), *layers.RNN(layers.SimpleRNNCell(4), return_state=True)(i, initial_state=[c])], X, *states(4, 4))
case("stacked_cells", i, [layers.RNN([layers.LSTMCell(4), layers.LSTMCell(3)])(i), layers.RNN(layers.StackedRNNCells([layers.GRUCell(4), layers.SimpleRNNCell(3), layers.LSTMCell(2)]), return_sequences=True, go_backwards=True)(i)], X)
outputs = []
for answer in layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)], return_state=True, return_sequences=True)(i):
    outputs += answer if isinstance(answer, (list, tuple)) else [answer]
case("states_of_stacked_cells", i, outputs, X)
save_case("stacked_cells_backwards_masked", Sequential([Input((6, 3)), layers.Masking(0.0), layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)], go_backwards=True, return_sequences=True), layers.GRU(2)]), PADDED, ROOT, 1)
save_case("bidirectional_of_a_cell", Sequential([Input((6, 3)), layers.Masking(0.0), layers.Bidirectional(layers.RNN(layers.GRUCell(4), return_sequences=True)), layers.Bidirectional(layers.RNN(layers.LSTMCell(3)), merge_mode="sum")]), PADDED, ROOT, 1)
batch = Input(batch_shape=(8, 6, 3))
case("stateful", batch, layers.GRU(3)(layers.LSTM(4, stateful=True, return_sequences=True)(batch)), X)
