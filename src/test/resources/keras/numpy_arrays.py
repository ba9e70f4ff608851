"""Writes numpy/: arrays in every layout that np.save has.

    python numpy_arrays.py        # numpy 2
"""
import pathlib

import numpy as np

NUMPY = pathlib.Path(__file__).parent / "numpy"
NUMPY.mkdir(exist_ok=True)
real = np.array([[0, 1.5, -2], [3, 4, 5]])
whole = np.array([[0, 1, -2], [3, 4, 5]])


def save(name, array, version=None):
    with open(NUMPY / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, array, version=version)


for size in (2, 4, 8):
    save(f"f{size}", real.astype(f"<f{size}"))
    save(f"f{size}_big", real.astype(f">f{size}"))
for size in (1, 2, 4, 8):
    save(f"i{size}", whole.astype(f"<i{size}"))
save("i8_big", whole.astype(">i8"))
save("u1", np.array([0, 255, 200], "u1"))
save("u8", np.array([2**64 - 1], "u8"))
save("bool", np.array([True, False, True]))
save("scalar", np.int64(7).reshape(()))
save("empty", np.zeros((0, 3), "f4"))
save("fortran", np.asfortranarray(real.astype("f4")))
save("fortran3", np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)))
save("version2", real.astype("f4"), (2, 0))
save("version3", real.astype("f4"), (3, 0))
save("half_limits", np.array([2**-24, 2**-14 - 2**-24, 2**-14, 65504, np.inf, -np.inf, np.nan, -0.0], "f2"))
save("object", np.array([{"kernel": 1}], dtype=object))
np.savez_compressed(NUMPY / "compressed.npz", kernel=np.ones(1000, "f4"), bias=np.ones(4, "f4"))


class Calls:
    """Runs a command when it is unpickled: what a hostile file would do."""

    def __reduce__(self):
        import os
        return os.system, ("touch pickle-was-evaluated",)


save("calls", np.array({"0": Calls()}, dtype=object))
