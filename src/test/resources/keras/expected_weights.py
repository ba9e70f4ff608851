"""Writes expected_weights.json: what real Keras holds after loading each golden model.

For every layer of the outermost model: its weights in the order in which Keras made them, with the attributes that
lead from the layer to the object that owns each, its shape, and the CRC-32 of its float32 bytes (little-endian).

    python expected_weights.py        # keras 3.15.1 and tf_keras 2.21.0
"""
import json
import os
import pathlib
import re
import zlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tf_keras

HERE = pathlib.Path(__file__).parent
GOLDEN = HERE.parent / "golden"
# attributes that hold one object, and those that hold a list of them
SINGLE = ["cell", "forward_layer", "backward_layer", "layer", "_query_dense", "_key_dense", "_value_dense", "_output_dense"]
LISTS = ["layers", "cells"]


def snake(name):
    return re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()


def own(layer):
    return list(layer._trainable_variables if hasattr(layer, "_trainable_variables") else layer._trainable_weights) + \
        list(layer._non_trainable_variables if hasattr(layer, "_non_trainable_variables") else layer._non_trainable_weights)


def weights(layer, path, found):
    is_model = isinstance(layer, (keras.Model, tf_keras.Model))
    if not is_model:
        for variable in own(layer):
            found.setdefault(id(variable), (path, variable))
    for attribute in SINGLE:
        if not is_model and isinstance(getattr(layer, attribute, None), (keras.layers.Layer, tf_keras.layers.Layer)):
            inner = getattr(layer, attribute)
            if not (attribute == "layer" and hasattr(layer, "forward_layer")):  # the layer a Bidirectional copied
                weights(inner, path + [attribute], found)
    for attribute in LISTS:
        counts = {}
        for inner in getattr(layer, attribute, []) or []:
            name = snake(type(inner).__name__)
            number = counts.get(name, 0)
            counts[name] = number + 1
            weights(inner, path + [attribute, name if number == 0 else f"{name}_{number}"], found)


def describe(model):
    described = []
    for layer in model.layers:
        found = {}
        weights(layer, [], found)
        trainable = {id(v) for v in layer.trainable_weights}
        listed = []
        for path, variable in found.values():
            array = np.asarray(variable.numpy())
            listed.append({
                "path": path, "name": variable.name.split("/")[-1].split(":")[0], "shape": list(array.shape),
                "trainable": id(variable) in trainable, "crc": zlib.crc32(array.astype("<f4").tobytes())})
        # the random generators of dropout are no weights
        listed = [w for w in listed if w["name"] != "seed_generator_state"]
        assert len(listed) == len(layer.weights), (layer.name, [w["name"] for w in listed], layer.weights)
        described.append({"layer": layer.name, "class": type(layer).__name__, "weights": listed})
    return described


def main():
    expected = {}
    for path in sorted(GOLDEN.glob("layers/*/model.keras")):
        expected[f"layers/{path.parent.name}"] = describe(keras.models.load_model(path))
    for path in sorted(GOLDEN.glob("keras2/*/model.keras")):
        expected[f"keras2/{path.parent.name}"] = describe(tf_keras.models.load_model(path))
    lines = [f"{json.dumps(name)}: {json.dumps(layers, separators=(',', ':'))}" for name, layers in expected.items()]
    (HERE / "expected_weights.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
