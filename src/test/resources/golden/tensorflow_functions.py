"""Operations on tensors, as Keras 2 writes them: layers TFOpLambda and SlicingOpLambda that name a function of TensorFlow.

    python tensorflow_functions.py            # writes keras2/functions_<case>/{model.h5,model.keras,cases.npz}

Made with tf_keras 2.21.0 on tensorflow-cpu 2.21.0. No float64 truth here (no t0).
"""
import os
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
from zoo import HERE, as_list, save_cases, values

import numpy as np
import tensorflow as tf
from tf_keras import Input, Model, backend as K, layers

ROOT = HERE / "keras2"
X, Y = values((5, 4), rows=8), values((5, 4), 2, rows=8)
POSITIVE = np.abs(values((5, 4), 3, rows=8)) + np.float32(0.1)
i, j = Input((5, 4), name="i"), Input((5, 4), name="j")


def case(name, *outputs, x=None, only="ij"):
    model = Model([{"i": i, "j": j}[each] for each in only], list(outputs))
    rng = np.random.default_rng(1)
    model.set_weights([rng.normal(0, 0.6, w.shape) for w in model.get_weights()])
    inputs = [(x or {"i": X, "j": Y})[each] for each in only]
    y = [np.asarray(o, "float32") for o in as_list(model(inputs if len(inputs) > 1 else inputs[0], training=False))]
    folder = ROOT / f"functions_{name}"
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.h5")
    model.save(folder / "model.keras")
    save_cases(folder, inputs, y)
    print(name, [o.shape for o in y])


def numbers(*truths):
    return [tf.cast(truth, tf.float32) for truth in truths]


case("scalars", i * 2 + 1, 1 - i, i / 3, 3 / (i * i + 1), -i, abs(i), i // 2, i % 3, i ** 2, 2.0 ** tf.tanh(i), tf.math.multiply(2.0, i), only="i")
case("arithmetic", i + j, i - j, i * j, tf.divide(i, j * j + 1), tf.maximum(i, j), tf.minimum(i, 0.25), tf.add(i, j), tf.subtract(i, j), tf.multiply(i, j), tf.add_n([i, j, i]),
     tf.math.divide_no_nan(i, tf.nn.relu(j)), tf.math.squared_difference(i, j), tf.add(i, np.array([1.5, -2, 0.25, 3], "float32")), i + tf.constant([1.0, 2, 3, 4]), tf.nn.bias_add(i, np.arange(4, dtype="float32")))
case("functions", tf.exp(tf.tanh(i)), tf.math.expm1(tf.tanh(i)), tf.sin(i), tf.cos(i), tf.square(i), tf.abs(i), tf.sign(i), tf.floor(i), tf.math.ceil(i), tf.round(i), tf.clip_by_value(i, -0.5, 0.75), tf.math.erf(i),
     tf.identity(i), tf.stop_gradient(i), tf.zeros_like(i) + 1.0, tf.ones_like(i) * i, only="i")
case("functions_of_positive", tf.math.log(i), tf.math.log1p(i), tf.sqrt(i), tf.math.rsqrt(i), tf.math.reciprocal(i), tf.pow(i, 1.5), K.sqrt(i), only="i", x={"i": POSITIVE})
case("activations", tf.nn.relu(i), tf.nn.relu6(i), tf.nn.leaky_relu(i, 0.1), tf.nn.leaky_relu(i), tf.nn.elu(i), tf.nn.selu(i), tf.nn.gelu(i), tf.nn.gelu(i, approximate=True), tf.nn.silu(i), tf.sigmoid(i), tf.nn.softplus(i),
     tf.nn.softsign(i), tf.nn.softmax(i), tf.nn.softmax(i, axis=1), tf.nn.log_softmax(i), tf.math.log_sigmoid(i), only="i")
case("truths", *numbers(i > 0, i >= j, i < 1, i <= j, tf.equal(i, j), tf.not_equal(i, 0.0), (i > 0) & (j > 0), (i > 0) | (j > 0), ~(i > 0), tf.reduce_any(i > 1, axis=-1), tf.reduce_all(i > 0, axis=1)),
     tf.where(i > 0, i, 0.0), tf.where(i > j, 1.0, j))
case("casts", tf.cast(tf.cast(i, "int32"), "float32"), *numbers(tf.cast(i, tf.bool), tf.argmax(i, axis=-1), tf.argmin(i, axis=1)), tf.one_hot(tf.cast(tf.abs(i[:, :, 0]), "int32"), 3), only="i")
case("slices", i[:, -1, :], i[:, 1:4], i[:, :, None], i[:, ::2], i[:, ::-1], i[:, -3:-1, 1:], i[:, 3, 2], only="i")
case("shapes", tf.expand_dims(i, 1), tf.squeeze(i[:, :1], 1), tf.reshape(i, (-1, 20)), tf.reshape(i, (-1, 4, 5)), tf.transpose(i, (0, 2, 1)), K.batch_flatten(i), K.permute_dimensions(i, (0, 2, 1)), K.expand_dims(i, -1), only="i")
case("places", tf.reverse(i, [1]), tf.roll(i, 2, axis=1), tf.repeat(i, 2, axis=1), tf.tile(i, [1, 2, 3]), tf.gather(i, [3, 0, 3], axis=2), tf.gather(i, 2, axis=1), tf.pad(i, [[0, 0], [1, 2], [0, 1]]), K.repeat_elements(i, 2, 1), only="i")
case("parts", *tf.split(i, 2, axis=2), *tf.split(i, [2, 3], axis=1), *tf.unstack(i, axis=2), only="i")
case("joins", tf.concat([i, j], axis=-1), tf.concat([i, j, i], axis=1), tf.stack([i, j], axis=1), tf.stack([i, j], axis=-1), K.concatenate([i, j], axis=1))
case("sums", tf.reduce_sum(i, axis=1), tf.reduce_mean(i, -1, True), tf.reduce_mean(i, axis=[1, 2]), tf.reduce_max(i, axis=1), tf.reduce_min(i, axis=[1, 2]), tf.reduce_prod(i, axis=2), tf.math.reduce_std(i, axis=1), tf.math.reduce_variance(i, axis=-1),
     tf.math.reduce_logsumexp(i, axis=1), tf.norm(i, axis=-1), tf.cumsum(i, axis=1), tf.nn.l2_normalize(i, -1), K.mean(i, axis=1), K.sum(i, axis=1), K.max(i, axis=1), tf.math.reduce_euclidean_norm(i, axis=1), only="i")
case("products", tf.matmul(i, j, transpose_b=True), tf.matmul(i, j, transpose_a=True), tf.matmul(i, np.arange(12, dtype="float32").reshape(4, 3)), K.batch_dot(i, j, axes=2), i @ tf.transpose(j, (0, 2, 1)))
h = layers.LSTM(6, return_sequences=True)(i)
weights = tf.nn.softmax(tf.squeeze(layers.Dense(1)(h), -1), axis=-1)
case("attention_by_hand", layers.Dense(1)(tf.reduce_sum(h * tf.expand_dims(weights, -1), axis=1)), only="i")
