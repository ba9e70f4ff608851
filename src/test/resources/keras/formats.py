"""Writes formats/: one small nested model in every layout of files that Keras has had, and expected.json beside them.

    python formats.py        # keras 3.15.1, tf_keras 2.21.0, h5py
"""
import json
import os
import pathlib
import shutil
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import h5py
import keras
import numpy as np
import tf_keras
from keras.src.legacy.saving import legacy_h5_format
from keras.src.saving import saving_lib
from tf_keras.src.saving import saving_lib as old_saving_lib
from tf_keras.src.saving.legacy import hdf5_format as old_h5_format

from expected_weights import describe

FORMATS = pathlib.Path(__file__).parent / "formats"


def nested(k, dtype=None):
    """Two towers of the same classes, one of them frozen, batch normalization at two depths, a bidirectional LSTM."""
    rng = np.random.default_rng(7)
    kwargs = {} if dtype is None else {"dtype": dtype}
    series = k.Input((4, 3), name="series", **kwargs)
    plain = k.Input((3,), name="plain", **kwargs)
    tower = k.Sequential([k.Input((3,), **kwargs), k.layers.Dense(4, **kwargs), k.layers.BatchNormalization(**kwargs),
                          k.layers.Dense(2, **kwargs)], name="tower")
    frozen = k.Sequential([k.Input((3,), **kwargs), k.layers.Dense(2, name="still", **kwargs)], name="frozen")
    frozen.trainable = False
    h = k.layers.Concatenate(name="joined")([tower(plain), frozen(plain),
                                             k.layers.Bidirectional(k.layers.LSTM(2, **kwargs), name="both_ways", **kwargs)(series)])
    h = k.layers.BatchNormalization(name="normal", **kwargs)(h)
    h = k.layers.Dropout(0.5, name="dropped", **kwargs)(h)
    h = k.layers.Dense(3, name="hidden", **kwargs)(h)
    model = k.Model([series, plain], k.layers.Dense(1, name="out", **kwargs)(h), name="nested")
    model.set_weights([rng.normal(size=w.shape).astype(w.dtype) for w in model.get_weights()])
    return model


def backslashes(source, target):
    """As Keras on Windows names groups: one name for a whole path."""
    with h5py.File(source) as old, h5py.File(target, "w") as new:
        def visit(path, node):
            if isinstance(node, h5py.Dataset):
                group, number = path.rsplit("/vars/", 1)
                name = group.replace("/", "\\")
                new.require_group(name).require_group("vars")[number] = node[()]
        old.visititems(visit)


def fixed_length(source, target):
    """Older h5py wrote names as fixed-length strings."""
    shutil.copy(source, target)
    with h5py.File(target, "a") as file:
        def visit(group):
            for name in ("layer_names", "weight_names"):
                if name in group.attrs and len(group.attrs[name]):
                    texts = [t.decode() if isinstance(t, bytes) else t for t in group.attrs[name]]
                    del group.attrs[name]
                    group.attrs[name] = np.array([t.encode() for t in texts])
            for child in group.values():
                if isinstance(child, h5py.Group):
                    visit(child)
        visit(file)


def of_keras_2_13(model, path):
    """tf_keras with the walk and the numbering of keras 2.13.1 (saving_lib.py of that release)."""
    def walk(trackable):
        for attribute in dir(trackable):
            if attribute.startswith("__") or attribute in skipped:
                continue
            try:
                child = getattr(trackable, attribute)
            except Exception:
                continue
            yield attribute, child

    def save_container(container, weights_store, assets_store, inner_path, visited_trackables):
        used = {}
        for trackable in list(container.values()) if isinstance(container, dict) else container:
            if old_saving_lib._is_keras_trackable(trackable):
                name = old_saving_lib.generic_utils.to_snake_case(trackable.__class__.__name__)
                if name in used:
                    used[name] += 1
                    name = f"{name}_{used[name]}"
                else:
                    used[name] = 0
                old_saving_lib._save_state(trackable, weights_store, assets_store, inner_path=f"{inner_path}/{name}",
                                           visited_trackables=visited_trackables)

    skipped = old_saving_lib.ATTR_SKIPLIST - {"_layer_checkpoint_dependencies"}
    kept = old_saving_lib._walk_trackable, old_saving_lib._save_container_state
    old_saving_lib._walk_trackable, old_saving_lib._save_container_state = walk, save_container
    try:
        model.save(path)
    finally:
        old_saving_lib._walk_trackable, old_saving_lib._save_container_state = kept


def main():
    shutil.rmtree(FORMATS, ignore_errors=True)
    FORMATS.mkdir()
    expected = {}
    for number, k in ((3, keras), (2, tf_keras)):
        k.backend.clear_session()
        model = nested(k)
        expected[f"keras{number}"] = describe(model)
        name = str(FORMATS / f"keras{number}")
        model.save(name + ".keras")
        model.save(name + ".h5")
        model.save_weights(name + ".weights.h5")
        pathlib.Path(name + ".json").write_text(model.to_json())
        np.savez(name + ".npz", *model.get_weights())
        if number == 2:
            model.save_weights(name + "_save_weights.h5")
            of_keras_2_13(model, name + "_13.keras")
            fixed_length(name + ".h5", name + "_fixed_length.h5")
            old_h5_format.HDF5_OBJECT_HEADER_LIMIT = 120      # 64512: attributes are parted at that size
            model.save(name + "_parted.h5")
            old_saving_lib.save_model(model, name + "_npz.keras", weights_format="npz")
        else:
            legacy_h5_format.HDF5_OBJECT_HEADER_LIMIT = 55
            model.save(name + "_parted.h5")
            saving_lib.save_model(model, name + "_npz.keras", weights_format="npz")
    for dtype in ("float16", "bfloat16"):
        small = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, dtype=dtype, name="dense")])
        small.set_weights([np.arange(6).reshape(2, 3) / 4, np.ones(3)])
        small.save(FORMATS / f"{dtype}.keras")
    keras.backend.set_floatx("float64")
    keras.backend.clear_session()
    wide = nested(keras, "float64")
    expected["keras3_float64"] = describe(wide)
    wide.save(FORMATS / "keras3_float64.keras")
    for name in ("keras2_13", "keras2"):
        with zipfile.ZipFile(FORMATS / f"{name}.keras") as archive:
            (FORMATS / "w.h5").write_bytes(archive.read("model.weights.h5"))
            backslashes(FORMATS / "w.h5", FORMATS / "windows.h5")
            with zipfile.ZipFile(FORMATS / f"{name}_windows.keras", "w", zipfile.ZIP_DEFLATED) as windows:
                for entry in ("metadata.json", "config.json"):
                    windows.writestr(entry, archive.read(entry))
                windows.write(FORMATS / "windows.h5", "model.weights.h5")
    for name in ("w.h5", "windows.h5"):
        (FORMATS / name).unlink()
    with h5py.File(FORMATS / "foreign.h5", "w") as foreign:
        foreign["readings"] = np.arange(3.0)
    (FORMATS / "expected.json").write_text(json.dumps(expected))


if __name__ == "__main__":
    main()
