"""Layers that make numbers of keys and categories: each option that changes numbers, texts and whole numbers as inputs.

    python preprocessing.py            # writes preprocessing/<case>/{model.keras,cases.npz}

Made with keras 3.15.1 on tensorflow-cpu 2.21.0.
"""
from zoo import HERE, save_cases, shake, values  # first: it sets how TensorFlow starts

import pathlib
import tempfile
import zipfile

import keras
import numpy as np
import tensorflow as tf
from keras import Input, Model, Sequential, layers

ROOT = HERE / "preprocessing"
ROWS = 24
CITIES = ["Oslo", "Zürich", "São Paulo", "東京", "😀", "", " ", "x" * 70, "New York"]


def tensors(inputs):
    return [tf.constant(x.tolist()) if x.dtype.kind == "U" else tf.convert_to_tensor(x) for x in inputs]


def answers(model, inputs):
    given = tensors(inputs)
    outputs = model(given if len(given) > 1 else given[0], training=False)
    return [np.asarray(keras.ops.convert_to_numpy(y)) for y in keras.tree.flatten(outputs)]


def in_float64(archive, inputs):
    """The same archive read with every float32 replaced by float64: it brings its vocabularies along."""
    with tempfile.TemporaryDirectory() as folder:
        wide = pathlib.Path(folder) / "wide.keras"
        with zipfile.ZipFile(archive) as source, zipfile.ZipFile(wide, "w") as target:
            for entry in source.infolist():
                content = source.read(entry)
                target.writestr(entry.filename, content.replace(b'"float32"', b'"float64"') if entry.filename == "config.json" else content)
        keras.config.set_floatx("float64")
        try:
            return answers(keras.models.load_model(wide, compile=False), [x.astype("float64") if x.dtype == np.float32 else x for x in inputs])
        finally:
            keras.config.set_floatx("float32")


def case(name, model, *inputs):
    folder = ROOT / name
    folder.mkdir(parents=True, exist_ok=True)
    learned = {layer: layer.get_weights() for layer in model.layers if isinstance(layer, layers.Normalization)}
    shake(model, 3)
    for layer, weights in learned.items():
        layer.set_weights(weights)
    model.save(folder / "model.keras")
    outputs = answers(keras.models.load_model(folder / "model.keras", compile=False), inputs)
    truths = in_float64(folder / "model.keras", inputs)
    for y, t in zip(outputs, truths):
        assert np.abs(y - t).max() < 1e-3, name
    save_cases(folder, inputs, outputs, truths)
    print(name, [(x.dtype.str, x.shape) for x in inputs], "->", [y.shape for y in outputs])


def sequential(name, x, *stack):
    case(name, Sequential([Input(x.shape[1:], dtype="string" if x.dtype.kind == "U" else x.dtype.name), *stack]), x)


def picked(choices, *shape, seed=1):
    return np.array(choices)[np.random.default_rng(seed).integers(0, len(choices), (ROWS, *shape))]


some = picked(CITIES + ["unknown", "other", "zürich"], 1)
several = picked(CITIES + ["unknown", "other"], 3, seed=2)
KNOWN = CITIES[:5]
NUMBERS = [7, -3, 10**12, -(2**40), 0, 5, 2**31]
one = picked(NUMBERS + [1, 2, 3, 4, -1, -2, 2**24 + 1], 1).astype("int64")
numbers = picked(NUMBERS + [1, 2, 3, 4, -1, -2], 4, seed=5).astype("int64")

# Rescaling, Discretization, CategoryEncoding
x = values((4, 3))
sequential("rescaling", x, layers.Rescaling(1 / 255, offset=-0.5))
sequential("rescaling_listed", x, layers.Rescaling([0.5, 2.0, -1.0], offset=[1.0, 0.0, 3.0]))
sequential("rescaling_array", x, layers.Rescaling(np.array([[0.5], [2.0], [-1.0], [0.25]]), offset=1.5))
sequential("rescaling_whole_numbers", np.arange(48, dtype="int32").reshape(24, 2), layers.Rescaling(0.1))
steps = values((7, 3), 5)
for row in range(24): steps[row, row % 8:] = 0
sequential("mask_through_rescaling", steps, layers.Masking(0.0), layers.Rescaling(0.5, 1.0), layers.LSTM(3))
edges = [-1.0, 0.0, 0.1, 0.5, 2.0]
x = np.concatenate([values((3,)), np.array([[-1, 0, 0.1], [0.5, 2, 0.1], [np.inf, -np.inf, np.nan], [1e-30, -1e-30, 3e38]], "float32")])
sequential("bins", x, layers.Discretization(edges))
for mode in ["one_hot", "multi_hot", "count"]:
    sequential(f"bins_{mode}", x, layers.Discretization(edges, output_mode=mode))
sequential("bins_many", x, layers.Discretization([float(b) for b in np.linspace(-2, 2, 41)]))
sequential("bins_of_whole_numbers", one % 100, layers.Discretization([2.0, 5.0, 50.0]))
learned = layers.Discretization(num_bins=5)
learned.adapt(np.random.default_rng(1).normal(0, 1, (500, 1)).astype("float32"))
sequential("bins_adapted", x, learned, layers.Embedding(5, 2), layers.Flatten())
tokens = picked(range(7), 3).astype("int32")
for mode in ["one_hot", "multi_hot", "count"]:
    sequential(f"categories_{mode}", tokens, layers.CategoryEncoding(7, output_mode=mode))
    sequential(f"category_{mode}", tokens[:, :1], layers.CategoryEncoding(7, output_mode=mode))
    sequential(f"categories_{mode}_too_few", tokens, layers.CategoryEncoding(4, output_mode=mode))
sequential("categories_one_hot_of_series", picked(range(5), 4, 1).astype("int64"), layers.CategoryEncoding(5, output_mode="one_hot"))
sequential("categories_of_floats", tokens.astype("float32") + 0.7, layers.CategoryEncoding(7, output_mode="count"))
i, w = Input((3,), dtype="int32"), Input((3,))
case("categories_weighted", Model([i, w], layers.CategoryEncoding(7, output_mode="count")(i, count_weights=w)), tokens, values((3,)))

# StringLookup
sequential("texts", some, layers.StringLookup(vocabulary=KNOWN))
sequential("texts_several", several, layers.StringLookup(vocabulary=KNOWN), layers.Embedding(6, 2), layers.Flatten())
sequential("texts_scalar", some[:, 0], layers.StringLookup(vocabulary=KNOWN))
sequential("texts_masked", some, layers.StringLookup(vocabulary=KNOWN, mask_token=""))
sequential("texts_masked_embedding", several, layers.StringLookup(vocabulary=KNOWN, mask_token=""), layers.Embedding(7, 3, mask_zero=True), layers.LSTM(3))
sequential("texts_three_unknown", some, layers.StringLookup(vocabulary=KNOWN, num_oov_indices=3, mask_token=" "))
sequential("texts_three_unknown_salted", some, layers.StringLookup(vocabulary=KNOWN, num_oov_indices=3, salt=[3, 2**40]))
sequential("texts_none_unknown", picked(KNOWN, 1), layers.StringLookup(vocabulary=KNOWN, num_oov_indices=0))
sequential("texts_with_special_tokens", some, layers.StringLookup(vocabulary=["", "[UNK]", *KNOWN], mask_token=""))
sequential("texts_other_unknown_token", some, layers.StringLookup(vocabulary=["<?>", *KNOWN], oov_token="<?>"))
for mode in ["one_hot", "multi_hot", "count"]:
    sequential(f"texts_{mode}", several, layers.StringLookup(vocabulary=KNOWN, output_mode=mode))
    sequential(f"texts_{mode}_masked", several, layers.StringLookup(vocabulary=KNOWN, output_mode=mode, mask_token="", num_oov_indices=2))
    sequential(f"texts_{mode}_of_one", some, layers.StringLookup(vocabulary=KNOWN, output_mode=mode))
sequential("texts_padded", several, layers.StringLookup(vocabulary=KNOWN, output_mode="count", max_tokens=9, pad_to_max_tokens=True))
sequential("texts_tf_idf", several, layers.StringLookup(vocabulary=KNOWN, output_mode="tf_idf", idf_weights=[0.25, 0.75, 0.6, 0.4, 1.1]))
sequential("texts_tf_idf_special", several, layers.StringLookup(vocabulary=["[UNK]", *KNOWN], output_mode="tf_idf", idf_weights=[0.1, 0.25, 0.75, 0.6, 0.4, 1.1]))
sequential("texts_tf_idf_padded", several, layers.StringLookup(vocabulary=KNOWN, output_mode="tf_idf", idf_weights=[0.25, 0.75, 0.6, 0.4, 1.1], max_tokens=9, pad_to_max_tokens=True))


def adapted(kind, data, **options):
    layer = kind(**options)
    layer.adapt(data)
    return layer


sequential("texts_adapted", some, adapted(layers.StringLookup, several, max_tokens=8), layers.Embedding(8, 2), layers.Flatten())
sequential("texts_adapted_masked", some, adapted(layers.StringLookup, several, mask_token="Oslo", num_oov_indices=2))
sequential("texts_adapted_count", several, adapted(layers.StringLookup, several, output_mode="count"))
sequential("texts_adapted_tf_idf", several, adapted(layers.StringLookup, several, output_mode="tf_idf", num_oov_indices=2))
inner = Sequential([Input((1,), dtype="string"), adapted(layers.StringLookup, several, output_mode="one_hot")], name="inner")
i = Input((1,), dtype="string")
case("texts_adapted_in_a_nested_model", Model(i, layers.Dense(2)(inner(i))), some)
with tempfile.TemporaryDirectory() as folder:
    listed = pathlib.Path(folder) / "cities.txt"
    listed.write_text("\n".join(KNOWN) + "\n")
    keras.config.enable_unsafe_deserialization()
    sequential("texts_of_a_file", some, layers.StringLookup(vocabulary=str(listed)))

# IntegerLookup
sequential("numbers", one, layers.IntegerLookup(vocabulary=NUMBERS))
sequential("numbers_masked", one, layers.IntegerLookup(vocabulary=[7, -3, 10**12], mask_token=0))
sequential("numbers_three_unknown", one, layers.IntegerLookup(vocabulary=NUMBERS[:3], num_oov_indices=3))
sequential("numbers_three_unknown_hashed", one, layers.IntegerLookup(vocabulary=NUMBERS[:3], num_oov_indices=3, oov_method="farmhash"))
sequential("numbers_three_unknown_salted", one, layers.IntegerLookup(vocabulary=NUMBERS[:3], num_oov_indices=3, oov_method="farmhash", salt=17))
for mode in ["one_hot", "multi_hot", "count"]:
    sequential(f"numbers_{mode}", numbers, layers.IntegerLookup(vocabulary=NUMBERS[:4], output_mode=mode, mask_token=0, num_oov_indices=2))
sequential("numbers_tf_idf", numbers, layers.IntegerLookup(vocabulary=NUMBERS[:3], output_mode="tf_idf", idf_weights=[0.5, 0.25, 2.0]))
sequential("numbers_adapted", one, adapted(layers.IntegerLookup, numbers, mask_token=5))
sequential("numbers_of_floats", (one % 9).astype("float32") + 0.5, layers.IntegerLookup(vocabulary=[7, 3, 1]))
sequential("numbers_inverted", picked(range(6), 2).astype("int64"), layers.IntegerLookup(vocabulary=[70, -30, 12], invert=True, mask_token=99))
bins = layers.Discretization(edges)
sequential("numbers_of_bins", values((2,)), bins, layers.IntegerLookup(vocabulary=[4, 2, 1], output_mode="count"))

# Hashing, HashedCrossing
sequential("hash", some, layers.Hashing(11))
sequential("hash_salted", some, layers.Hashing(11, salt=133))
sequential("hash_salted_by_two", several, layers.Hashing(1000003, salt=[133, 2**45]))
sequential("hash_masked", several, layers.Hashing(11, mask_value=""))
sequential("hash_long", picked(["", "a", "ab", "abcd", "abcdefgh", "x" * 16, "y" * 17, "z" * 33, "ü" * 32, "w" * 65, "v" * 129, "u" * 200], 3), layers.Hashing(2**24))
for mode in ["one_hot", "multi_hot", "count"]:
    sequential(f"hash_{mode}", several, layers.Hashing(5, output_mode=mode))
sequential("hash_numbers", numbers, layers.Hashing(1000003))
sequential("hash_numbers_salted", numbers, layers.Hashing(11, salt=7))
sequential("hash_numbers_masked", numbers, layers.Hashing(11, mask_value=-3))
sequential("hash_int32", tokens, layers.Hashing(11))
sequential("hash_floats", values((3,)) * 10, layers.Hashing(11))
a, b, c = Input((1,), dtype="string"), Input((1,), dtype="int64"), Input((1,), dtype="string")
case("crossed", Model([a, b], layers.HashedCrossing(1000003)([a, b])), some, one)
case("crossed_one_hot", Model([a, c], layers.HashedCrossing(17, output_mode="one_hot")([c, a])), some, several[:, :1])
a0, b0 = Input((), dtype="string"), Input((), dtype="int32")
case("crossed_scalars", Model([a0, b0], layers.HashedCrossing(1000)([a0, b0])), some[:, 0], tokens[:, 0])
n = Input((1,))
case("crossed_with_bins", Model([n, a], layers.Embedding(31, 2)(layers.HashedCrossing(31)([layers.Discretization(edges)(n), a]))), values((1,)), some)

# one column read in several ways; columns of every kind, as Keras' structured-data examples have them
case("one_column_in_four_ways", Model(b, [layers.IntegerLookup(vocabulary=NUMBERS)(b), layers.Hashing(9)(b), layers.HashedCrossing(9)([b, b]), layers.Rescaling(1e-12)(b)]), one)
case("one_column_reshaped", Model(a, layers.Dense(2)(layers.StringLookup(vocabulary=KNOWN, output_mode="one_hot")(layers.Reshape((1, 1))(a)))), some)
shared = layers.StringLookup(vocabulary=KNOWN, output_mode="one_hot")
case("two_columns_one_lookup", Model([a, c], layers.Dense(1)(layers.Concatenate()([shared(a), shared(c)]))), some, several[:, 1:2])
age, pay, job, city, store = (Input((1,), name=name, dtype=dtype) for name, dtype in
                              [("age", "float32"), ("pay", "float32"), ("job", "string"), ("city", "string"), ("store", "int64")])
scaled = layers.Normalization()
scaled.adapt(np.random.default_rng(3).normal(3e4, 9e3, (200, 1)).astype("float32"))
jobs = layers.StringLookup(vocabulary=["Private", "Self-emp-inc", "State-gov"], output_mode="one_hot")
cities = adapted(layers.StringLookup, several)
stores = layers.IntegerLookup(vocabulary=NUMBERS, output_mode="one_hot")
features = [layers.Discretization([20.0, 30.0, 40.0], output_mode="one_hot")(age), scaled(pay), jobs(job),
            layers.Flatten()(layers.Embedding(cities.vocabulary_size(), 3)(cities(city))), stores(store),
            layers.HashedCrossing(8, output_mode="one_hot")([job, city])]
rng = np.random.default_rng(9)
model = Model([age, pay, job, city, store], layers.Dense(1, activation="sigmoid")(layers.Dense(8, activation="relu")(layers.Concatenate()(features))))
columns = [rng.uniform(15, 50, (ROWS, 1)).astype("float32"), rng.normal(3e4, 9e3, (ROWS, 1)).astype("float32"),
                 picked(["Private", "State-gov", "Never-worked"], 1, seed=6), picked(CITIES, 1, seed=7), one]
case("census", model, *columns)
