"""The same work in one process without Spark: PyArrow reads each file of a table, ONNX Runtime scores it, PyArrow writes it again.

    python src/bench/python/one_process.py target/append-bench/W1 target/append-bench/W1.onnx x1 x2 x3 x4

One thread. Only strings are written with a dictionary, which PyArrow would otherwise try for every column, at some cost.
AppendBench leaves the table and the network behind. Needs pyarrow and onnxruntime.
"""
import os
import shutil
import sys
import time

import numpy as np
import onnxruntime
import pyarrow as pa
import pyarrow.parquet as pq

BLOCK = 8192
ROUNDS = 5


def main(table, model, *features):
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        score(table, session, features)
        seconds.append(time.perf_counter() - start)
    print(table, "seconds", [round(s, 2) for s in seconds], "median", round(sorted(seconds)[ROUNDS // 2], 2))


def score(table, session, features):
    output = table + "-one-process"
    shutil.rmtree(output, ignore_errors=True)
    os.makedirs(output)
    name = session.get_inputs()[0].name
    for file in sorted(os.listdir(table)):
        if file.endswith(".parquet"):
            rows = pq.read_table(os.path.join(table, file), use_threads=False)
            x = np.column_stack([rows[feature].to_numpy() for feature in features])
            y = np.concatenate([session.run(None, {name: x[i:i + BLOCK]})[0].reshape(-1) for i in range(0, len(x), BLOCK)])
            strings = [field.name for field in rows.schema if pa.types.is_string(field.type)]
            pq.write_table(rows.append_column("prediction", pa.array(y)), os.path.join(output, file), use_dictionary=strings)


if __name__ == "__main__":
    main(*sys.argv[1:])
