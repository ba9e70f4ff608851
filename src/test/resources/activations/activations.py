"""What Keras' activations answer at chosen numbers: keras3.csv and keras2.csv beside this file.

    python activations.py       # keras 3.15.1, tf_keras 2.21.0, tensorflow-cpu 2.21.0

A line: activation, then its float32 values at the numbers of the first line.
"""
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
import tf_keras

HERE = Path(__file__).parent
X = np.array([0.0, -0.0, 1e-45, 1e-40, -1e-40, 1e-20, -1e-20, 1e-4, -1e-4, 0.01, -0.01, 0.19, -0.19, 0.2, 0.3, -0.3, 0.5, -0.5, 0.7, -0.7, 0.99,
              -0.99, 1.0, -1.0, 1.3, -1.3, 1.5, 2.0, -2.0, 2.5, -2.5, 3.0, -3.0, 4.2, -4.2, 5.9, 6.0, 6.1, -6.1, 9.0, -9.0, 15.0, -15.0, 30.0, -30.0,
              80.0, -80.0, 88.0, -87.0, 100.0, -100.0, 1e4, -1e4, 1e18, -1e18, np.inf, -np.inf, np.nan], "float32")
OVER_AXIS = ["softmax", "log_softmax", "sparsemax"]
NAMES = ["linear", "relu", "relu6", "leaky_relu", "sigmoid", "hard_sigmoid", "tanh", "hard_tanh", "softplus", "softsign", "elu", "selu", "celu",
         "gelu", "silu", "swish", "hard_silu", "hard_swish", "mish", "exponential", "log_sigmoid", "tanh_shrink", "soft_shrink", "hard_shrink",
         "squareplus", "sparse_plus", "sparse_sigmoid"]
NAMES_2 = ["linear", "relu", "sigmoid", "hard_sigmoid", "tanh", "softplus", "softsign", "elu", "selu", "gelu", "swish", "mish", "exponential"]


def row(name, numbers):
    return ",".join([name, *(f"{v:.9g}" for v in np.asarray(numbers, "float32"))])


def write(file, functions):
    (HERE / file).write_text("\n".join([row("x", X), *(row(n, f(tf.constant(X))) for n, f in functions)]) + "\n")


A = keras.activations
write("keras3.csv", [(n, A.get(n)) for n in NAMES] + [
    ("relu(6.1 0 0)", lambda x: A.relu(x, max_value=6.1)),
    ("relu(1.5 0.1 0.2)", lambda x: A.relu(x, negative_slope=0.1, max_value=1.5, threshold=0.2)),
    ("relu(inf 0 0.3)", lambda x: A.relu(x, threshold=0.3)),
    ("relu(inf 0.25 0)", lambda x: A.relu(x, negative_slope=0.25)),
    ("relu(6 0.25 0)", lambda x: A.relu(x, negative_slope=0.25, max_value=6)),
    ("leaky_relu(0.3)", lambda x: A.leaky_relu(x, 0.3)),
    ("elu(0.7)", lambda x: A.elu(x, 0.7)),
    ("celu(0.7)", lambda x: A.celu(x, 0.7)),
    ("gelu(approximate)", lambda x: A.gelu(x, approximate=True)),
])
write("keras2.csv", [(n, tf_keras.activations.get(n)) for n in NAMES_2])

rows = np.concatenate([np.random.default_rng(1).normal(0, 2, (60, 5)), [[0, 0, 0, 0, 0], [1e4, 0, -1e4, 3, 3], [-90, -91, -92, -200, -95], [50, 50, 49, 50, 48],
                       [np.nan, 0, 1, 2, 3], [1, 1, 1, 1, 1.5]]]).astype("float32")
lines = [row("x", rows.ravel())] + [row(n, np.asarray(A.get(n)(tf.constant(rows))).ravel()) for n in OVER_AXIS]
(HERE / "axis.csv").write_text("\n".join(lines) + "\n")
