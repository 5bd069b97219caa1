"""Tables in files, through whichever library is installed."""

from __future__ import annotations

import glob
import importlib
import os
from collections.abc import Iterable

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


def expand(paths: object) -> list[str] | None:
    """The files that names and patterns stand for; ``None`` if it is none of these."""
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    if not isinstance(paths, Iterable):
        return None
    files: list[str] = []
    for path in paths:
        if not isinstance(path, (str, os.PathLike)):
            return None
        name = os.fspath(path)
        if not isinstance(name, str):
            return None
        name = os.path.expanduser(name)
        found = [name] if os.path.exists(name) else sorted(glob.glob(name))
        if not found:
            raise make("read.failed", f"{name} cannot be read: there is no such file")
        files += found
    if not files:
        raise make("read.failed", "no file was given")
    return files
