"""Operations on tensors, as Keras 3 writes them where a functional model works on tensors: several a case, each an output of its own.

    python operations.py            # writes operations/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_case, values  # first: it sets how TensorFlow starts

import numpy as np
from keras import Input, Model, layers, ops

ROOT = HERE / "operations"
X, Y = values((5, 4), rows=8), values((5, 4), 2, rows=8)
POSITIVE = np.abs(values((5, 4), 3, rows=8)) + np.float32(0.1)
i, j = Input((5, 4), name="i"), Input((5, 4), name="j")
GIVEN = {"i": X, "j": Y}
constant = np.array([1.5, -2.0, 0.25, 3.0], "float32")


def case(name, *outputs, x=None, only="ij"):
    names = [each for each in "ij" if each in only]
    save_case(name, Model([{"i": i, "j": j}[each] for each in names], list(outputs)), [(x or GIVEN)[each] for each in names], ROOT)


case("scalars", i * 2 + 1, 1 - i, i / 3, 3 / (i * i + 1), -i, abs(i), 0.5 * i - 0.25, i // 2, i % 3, -7.5 % (i * i + 1), only="i")
case("arithmetic", i + j, i - j, i * j, i / (j * j + 1), ops.maximum(i, j), ops.minimum(i, 0.25), ops.maximum(0.1, j), ops.fmod(i, j * j + 1),
     ops.logaddexp(i, j), ops.hypot(i, j), ops.arctan2(i, j))
case("constants", i + constant, ops.add(i, constant[None, None]), ops.multiply(np.ones((5, 1), "float32") * 2, i), ops.subtract(constant, i), ops.subtract(i, np.ones((1, 5, 4), "float32")), only="i")
case("powers", i ** 2, i ** 2.0, i ** 1, i ** 3, ops.power(i, 2), ops.square(i), 2 ** ops.tanh(i), only="i")
case("powers_of_positive", ops.power(i, 0.5), i ** -1.5, i ** 2.5, ops.sqrt(i), ops.rsqrt(i), ops.reciprocal(i), ops.log(i), ops.log2(i), ops.log10(i), ops.log1p(i), x={"i": POSITIVE}, only="i")
case("functions", ops.exp(ops.tanh(i)), ops.expm1(ops.tanh(i)), ops.exp2(ops.tanh(i)), ops.sin(i), ops.cos(i), ops.tan(ops.tanh(i)), ops.arcsin(0.9 * ops.tanh(i)), ops.arccos(0.9 * ops.tanh(i)),
     ops.arctan(i), ops.sinh(ops.tanh(i)), ops.cosh(ops.tanh(i)), ops.erf(i), ops.sign(i), ops.floor(i), ops.ceil(i), ops.round(i), ops.trunc(i), only="i")
case("comparisons", *[ops.cast(c, "float32") for c in [i > 0, i >= j, i < 1, i <= j, ops.equal(i, 0.0), i != 0, 0.5 > j]])
case("logic", *[ops.cast(c, "float32") for c in [(i > 0) & (j > 0), (i > 0) | (j > 0), ~(i > 0), (i > 0) ^ (j > 0), ops.isnan(i), ops.isfinite(ops.log(i)), ops.isinf(1 / i)]])
case("where", ops.where(i > 0, i, 0.0), ops.where(i > j, 1.0, j), ops.where(i[:, :, :1] > 0, i, j), ops.where(ops.cast(i, "bool"), constant, i))
case("casts", ops.cast(ops.cast(i, "int32"), "float32"), ops.cast(ops.cast(i, "bool"), "float32"), ops.cast(i > 0, "float32") * 2, ops.stop_gradient(i), only="i")
case("clip", ops.clip(i, -0.5, 0.75), ops.relu(i) - ops.threshold(i, 0.3, -1.0), ops.zeros_like(i) + 1.5, ops.ones_like(i) * i, ops.full_like(i, 2.5) - i, only="i")
case("slices", i[:, -1, :], i[:, 1:4], i[..., 0], i[:, :, None], i[:, ::2], i[:, 1:], i[:, ::-1], i[:, -3:-1, 1:], i[:, 3, 2], i[:, 4:1:-2, ...], i[:, None, 2], i[:, 0:1], only="i")
case("shapes", ops.expand_dims(i, 1), ops.expand_dims(i, -1), ops.squeeze(i[:, :1], 1), ops.squeeze(i[:, 1:2]), ops.reshape(i, (-1, 20)), ops.reshape(i, (-1, 2, 10)),
     ops.reshape(i, (-1, 4, 5)), ops.transpose(i, (0, 2, 1)), ops.swapaxes(i, 1, 2), ops.moveaxis(i, 1, -1), only="i")
case("places", ops.flip(i, axis=1), ops.roll(i, 2, axis=1), ops.roll(i, -1, axis=2), ops.repeat(i, 2, axis=1), ops.tile(i, (1, 2, 3)), ops.take(i, 2, axis=1), ops.take(i, [3, 0, 3, -1], axis=2),
     ops.pad(i, ((0, 0), (1, 2), (0, 1))), ops.pad(i, ((0, 0), (2, 0), (0, 0)), constant_values=0.5), i[:, :1] + ops.zeros_like(i), only="i")
case("parts", *ops.split(i, 2, axis=2), *ops.split(i, [1, 3], axis=1), *ops.unstack(i, axis=2), only="i")
case("joins", ops.concatenate([i, j], axis=-1), ops.concatenate([i, j[:, :2], i], axis=1), ops.stack([i, j], axis=1), ops.stack([i, j, i], axis=-1), ops.stack([i, j], axis=2))
case("sums", ops.sum(i, axis=1), ops.sum(i, axis=[1, 2]), ops.mean(i, axis=-1, keepdims=True), ops.mean(i, axis=(1, 2)), ops.prod(i, axis=1), ops.var(i, axis=1), ops.std(i, axis=-1), ops.var(i, axis=[1, 2], keepdims=True),
     ops.average(i, axis=1), ops.norm(i, axis=-1), ops.logsumexp(i, axis=-1), ops.logsumexp(i, axis=1, keepdims=True), ops.cumsum(i, axis=1), ops.cumprod(i, axis=2), only="i")
case("extremes", ops.max(i, axis=1), ops.min(i, axis=[1, 2]), ops.amax(i, axis=-1), ops.amin(i, axis=1), *[ops.cast(c, "float32") for c in [ops.argmax(i, axis=-1), ops.argmin(i, axis=1, keepdims=True),
     ops.any(i > 1, axis=1), ops.all(i > 0, axis=-1), ops.count_nonzero(i, axis=1)]], only="i")
case("matmul", ops.matmul(i, ops.transpose(j, (0, 2, 1))), i @ np.arange(12, dtype="float32").reshape(4, 3), ops.matmul(i[:, :, None], ops.swapaxes(j[:, :, None], -1, -2)),
     ops.dot(i, np.arange(8, dtype="float32").reshape(4, 2) - 3), ops.tensordot(i, np.arange(8, dtype="float32").reshape(4, 2) - 3, axes=1))
case("einsum", ops.einsum("abc,adc->abd", i, j), ops.einsum("abc,abd->acd", i, j), ops.einsum("abc,abc->ab", i, j), ops.einsum("abc,cd->adb", i, np.arange(8, dtype="float32").reshape(4, 2) - 3),
     ops.einsum("...c,cd->...d", i, np.arange(8, dtype="float32").reshape(4, 2) - 3), ops.einsum("abc,abc->a", i, j))
case("normalize", ops.normalize(i, axis=-1), ops.normalize(i, axis=1), only="i")
case("activations", ops.relu(i), ops.relu6(i), ops.sigmoid(i), ops.tanh(i), ops.softplus(i), ops.softsign(i), ops.silu(i), ops.log_sigmoid(i), ops.leaky_relu(i, 0.1), ops.hard_sigmoid(i), ops.hard_silu(i),
     ops.elu(i, 0.5), ops.selu(i), ops.gelu(i), ops.gelu(i, approximate=False), ops.celu(i, 0.5), ops.hard_tanh(i), ops.tanh_shrink(i), ops.soft_shrink(i, 0.3), ops.hard_shrink(i, 0.3), ops.sparse_plus(i),
     ops.sparse_sigmoid(i), ops.squareplus(i, 2), only="i")
case("activations_along_axes", ops.softmax(i), ops.softmax(i, axis=1), ops.log_softmax(i, axis=1), ops.sparsemax(i), ops.glu(i), ops.glu(i[:, :4], axis=1), only="i")
n = Input((5,), dtype="int32", name="n")
save_case("one_hot", Model(n, layers.Dense(3)(ops.one_hot(n, 4))), np.random.default_rng(1).integers(0, 6, (8, 5)).astype("int32"), ROOT)
save_case("positions", Model(n, ops.cast(ops.cumsum(ops.ones_like(n), axis=1) - 1, "float32") + ops.cast(n, "float32")), np.random.default_rng(1).integers(0, 6, (8, 5)).astype("int32"), ROOT)
h = layers.LSTM(6, return_sequences=True)(i)
weights = ops.softmax(ops.squeeze(layers.Dense(1)(h), -1), axis=-1)
save_case("attention_by_hand", Model(i, layers.Dense(1)(ops.sum(h * ops.expand_dims(weights, -1), axis=1))), X, ROOT)
inner = Model(i, ops.mean(i * 0.5, axis=1) - 1.0, name="inner")
save_case("operations_in_a_nested_model_called_twice", Model([i, j], inner(i) + inner(j)), [X, Y], ROOT)
