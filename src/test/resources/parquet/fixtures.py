"""Makes the Parquet tables beside this file: python fixtures.py (pyarrow 26.0.1, duckdb 2.0.0).

Every table has id, three features (x1 float, x2 double, x3 int) and columns of many types that are only carried along.
"""
import datetime
import decimal
import math
import os
import shutil

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

HERE = os.path.dirname(os.path.abspath(__file__))
UTC = datetime.timezone.utc


def rows(first, count):
    ids = range(first, first + count)
    text = [None if i % 5 == 0 else "r%d" % (i % 7) for i in ids]
    return pa.table({
        "id": pa.array(ids, pa.int64()),
        "region": pa.array(text, pa.string()),
        "kind": pa.array(["k%d" % (i % 3) for i in ids], pa.string()).dictionary_encode(),
        "x1": pa.array([math.sin(i) for i in ids], pa.float32()),
        "x2": pa.array([math.cos(i) for i in ids], pa.float64()),
        "x3": pa.array([i % 100 for i in ids], pa.int32()),
        "price": pa.array([None if i % 9 == 0 else decimal.Decimal(i) / 100 for i in ids], pa.decimal128(12, 2)),
        "big": pa.array([decimal.Decimal(i) * 10**20 for i in ids], pa.decimal128(30, 2)),
        "at": pa.array([datetime.datetime(2024, 1, 1, tzinfo=UTC) + datetime.timedelta(seconds=i) for i in ids], pa.timestamp("us", "UTC")),
        "day": pa.array([datetime.date(2024, 1, 1) + datetime.timedelta(days=i % 50) for i in ids], pa.date32()),
        "raw": pa.array([b"\x00\xff%d" % i for i in ids], pa.binary()),
        "list": pa.array([None if i % 6 == 0 else list(range(i % 4)) for i in ids], pa.list_(pa.int64())),
        "nested": pa.array([{"a": str(i), "b": {"c": [i, None]}} for i in ids],
                           pa.struct([("a", pa.string()), ("b", pa.struct([("c", pa.list_(pa.int32()))]))])),
        "map": pa.array([[("k", i)] for i in ids], pa.map_(pa.string(), pa.int64())),
        "flag": pa.array([i % 2 == 0 for i in ids], pa.bool_()),
    }).replace_schema_metadata({"made-by": "fixtures.py"})


def folder(name):
    path = os.path.join(HERE, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def arrow(name, counts=(1000, 500), **options):
    path = folder(name)
    first = 0
    for number, count in enumerate(counts):
        pq.write_table(rows(first, count), os.path.join(path, "part-%d.parquet" % number), **options)
        first += count


def duck(name, options, columns="*"):
    path = folder(name)
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    connection.register("t", rows(0, 1500))
    connection.execute("copy (select %s from t) to '%s' (format parquet, row_group_size 2048, %s)"
                       % (columns, os.path.join(path, "data.parquet"), options))


if __name__ == "__main__":
    arrow("arrow-snappy", compression="snappy", row_group_size=300)
    arrow("arrow-v2-zstd", compression="zstd", data_page_version="2.0", write_page_index=True, data_page_size=2048, row_group_size=700)
    arrow("arrow-gzip-int96", compression="gzip", use_deprecated_int96_timestamps=True)
    arrow("arrow-lz4", compression="lz4", write_page_index=True, sorting_columns=[pq.SortingColumn(0)], row_group_size=300)
    arrow("arrow-plain", compression="none", use_dictionary=False, store_schema=False)
    arrow("arrow-delta", use_dictionary=False, data_page_version="2.0", column_encoding={
        "id": "DELTA_BINARY_PACKED", "x3": "DELTA_BINARY_PACKED", "region": "DELTA_BYTE_ARRAY",
        "raw": "DELTA_LENGTH_BYTE_ARRAY"})
    arrow("arrow-empty-file", counts=(400, 0, 400))
    empty = os.path.join(folder("arrow-empty-group"), "data.parquet")
    with pq.ParquetWriter(empty, rows(0, 1).schema) as writer:
        for first, count in ((0, 200), (200, 0), (200, 300)):
            writer.write_table(rows(first, count))
    duck("duckdb-snappy", "compression snappy")
    # without a dictionary it would split the features' bytes into streams, which Spark 4.2 does not decode
    duck("duckdb-zstd-v2", "compression zstd, parquet_version v2", "* replace (sin(id % 50)::float as x1, cos(id % 50) as x2)")
    duck("duckdb-lz4", "compression lz4_raw")
