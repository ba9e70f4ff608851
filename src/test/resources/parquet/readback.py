"""Reads with PyArrow what AppendedFormatsTest left in target/appended: python readback.py, from the repository's root.

Every old column has to be equal to the fixture's, and every row to have the prediction that it has where rows were written.
"""
import os
import sys

import pyarrow.parquet as pq

OUTPUT = "target/appended"


def main():
    names = sorted(os.listdir(os.path.join(OUTPUT, "append")))
    if not names:
        sys.exit("there is nothing in " + OUTPUT + ": run AppendedFormatsTest first")
    for name in names:
        fixture = os.path.join("src/test/resources/parquet", name)
        before = pq.read_table(fixture if os.path.exists(fixture) else os.path.join(OUTPUT, name)).sort_by("id")
        after = pq.read_table(os.path.join(OUTPUT, "append", name)).sort_by("id")
        rows = pq.read_table(os.path.join(OUTPUT, "rows", name)).sort_by("id")
        assert after.schema.names == before.schema.names + ["prediction"], (name, after.schema.names)
        assert after.drop_columns(["prediction"]).schema.equals(before.schema), (name, after.schema, before.schema)
        for column in before.schema.names:  # dictionaries may list their values in another order
            assert after[column].to_pylist() == before[column].to_pylist(), (name, column)
        assert after["prediction"].to_numpy().tobytes() == rows["prediction"].to_numpy().tobytes(), name
        after.to_pandas()
        for file in os.listdir(os.path.join(OUTPUT, "append", name)):
            if file.endswith(".parquet"):
                footer = pq.ParquetFile(os.path.join(OUTPUT, "append", name, file)).metadata
                for group in range(footer.num_row_groups):
                    chunk = footer.row_group(group).column(footer.num_columns - 1)
                    assert chunk.path_in_schema == "prediction" and chunk.statistics.has_min_max, (name, file)
        print(name, after.num_rows, "rows")


if __name__ == "__main__":
    main()
