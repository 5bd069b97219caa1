"""Tables in files, through whichever library is installed."""

from __future__ import annotations

import importlib
import os

from ._errors import make

_READERS = (
    ("pyarrow.parquet", "read_table"),
    ("polars", "read_parquet"),
    ("duckdb", "read_parquet"),
)


def open_table(path: str | os.PathLike[str]) -> object:
    """A Parquet file as a table with the Arrow interface."""
    name = os.fspath(path)
    if not name.lower().endswith((".parquet", ".pq")):
        raise make("argument.type", f"only Parquet files are opened as tables, given {name!r}: read it first")
    if not os.path.exists(name):
        raise make("read.failed", f"{name} cannot be read: there is no such file")
    for library, function in _READERS:
        try:
            module = importlib.import_module(library)
        except ImportError:
            continue
        table: object = getattr(module, function)(name)
        return table
    raise make("library.missing", f"to open {name}, install pyarrow, polars or duckdb")
