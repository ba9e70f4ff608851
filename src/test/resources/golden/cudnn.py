"""CuDNNLSTM and CuDNNGRU, which Keras 2 wrote from GPUs; what they answer is what LSTM and GRU answer once Keras has converted the file.

    python cudnn.py            # writes keras2/cudnn_<case>/{model.h5,cases.npz}

Made with tf_keras 2.21.0 on tensorflow-cpu 2.21.0, which builds these layers though it cannot run them. No float64 truth here (no t0).
"""
import os
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
from zoo import HERE, save_cases, values

import numpy as np
from tf_keras import Sequential, layers
from tf_keras.src.layers.rnn.cudnn_gru import CuDNNGRU
from tf_keras.src.layers.rnn.cudnn_lstm import CuDNNLSTM


def case(name, x, fast, plain):
    shape = layers.Input(x.shape[1:])
    model = Sequential([shape, *fast])
    rng = np.random.default_rng(1)
    model.set_weights([rng.normal(0, 0.6, w.shape) for w in model.get_weights()])
    folder = HERE / "keras2" / f"cudnn_{name}"
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.h5")
    twin = Sequential([shape, *plain])
    twin.load_weights(folder / "model.h5")
    save_cases(folder, [x], [np.asarray(twin(x))])
    print(name, x.shape)


x = values((6, 3), rows=8)
case("lstm", x, [CuDNNLSTM(5, return_sequences=True), CuDNNLSTM(4), layers.Dense(2)], [layers.LSTM(5, return_sequences=True), layers.LSTM(4), layers.Dense(2)])
case("gru", x, [CuDNNGRU(5, return_sequences=True, go_backwards=True), CuDNNGRU(4), layers.Dense(2)],
     [layers.GRU(5, reset_after=True, return_sequences=True, go_backwards=True), layers.GRU(4, reset_after=True), layers.Dense(2)])
case("bidirectional", x, [layers.Bidirectional(CuDNNLSTM(5)), layers.Dense(2)], [layers.Bidirectional(layers.LSTM(5)), layers.Dense(2)])
