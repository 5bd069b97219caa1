"""Columns of other libraries: taken in as tables of one column, and made again from answers."""

from __future__ import annotations

from typing import Any

from ._errors import make
from ._tables import library

NAME = "value"


def _home(values: object) -> str:
    """The library that a column comes from."""
    return type(values).__module__.partition(".")[0]


def is_numpy(values: object) -> bool:
    return _home(values) == "numpy"


def to_table(values: Any) -> object:
    """Something that is read as a table of one column."""
    home = _home(values)
    if home == "numpy":
        return _of_numpy(values)
    if home in ("polars", "pandas") and hasattr(values, "to_frame"):
        if home == "pandas":
            values = values.reset_index(drop=True)
        frame: object = values.to_frame(NAME)
        return frame
    if hasattr(values, "__arrow_c_array__") or home == "pyarrow":
        pyarrow = library("pyarrow", "a bare column of Arrow")
        column = values if home == "pyarrow" else pyarrow.array(values)
        made: object = column if isinstance(column, pyarrow.Table) else pyarrow.table({NAME: column})
        return made
    whole: object = values
    return whole


def _of_numpy(values: Any) -> tuple[str, bytes]:
    kind = {"M": "datetime", "m": "timedelta"}.get(values.dtype.kind)
    if kind is None:
        raise make("argument.type", f"a numpy column must be of datetime64 or timedelta64, given {values.dtype}")
    raw: bytes = values.ravel().astype(f"{kind}64[ms]").tobytes()
    return kind, raw


def numbers(values: Any) -> bytes:
    """The numbers of a numpy column as bytes of float64; time spans become seconds."""
    if values.dtype.kind == "m":
        values = values.astype("timedelta64[ms]").astype("float64") / 1000
    if values.dtype.kind not in "iuf":
        raise make("argument.type", f"a numpy column must be of numbers, given {values.dtype}")
    raw: bytes = values.ravel().astype("float64").tobytes()
    return raw


def to_numpy(dtype: str, data: bytes) -> Any:
    return library("numpy", "a numpy column").frombuffer(data, dtype=dtype)


def like(given: Any, table: Any) -> Any:
    """The only column of a table, in the kind of the column that was given."""
    home = _home(given)
    if home == "polars":
        return table.to_polars().to_series().rename(getattr(given, "name", "") or NAME)
    if home == "pandas":
        column = table.to_pandas()[NAME]
        if hasattr(given, "index"):
            column.index = given.index
        return column.rename(getattr(given, "name", None))
    if home == "pyarrow":
        return table.to_arrow().column(0)
    if isinstance(given, (list, tuple)):
        return type(given)(row[NAME] for row in table.to_dicts())
    return table
