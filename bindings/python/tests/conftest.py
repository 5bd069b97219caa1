"""What the tests share: where the cases are, and how tables are read by each library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.csv
import pytest

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "conformance"


def of_pandas(path: Path) -> Any:
    stamps = [name for name in pd.read_csv(path, nrows=0).columns if name.endswith("_at") or name in ("from", "to")]
    return pd.read_csv(path, parse_dates=stamps, keep_default_na=True)


def of_polars(path: Path) -> Any:
    return pl.read_csv(path, try_parse_dates=True)


def of_pyarrow(path: Path) -> Any:
    return pyarrow.csv.read_csv(path)


def of_duckdb(path: Path) -> Any:
    return duckdb.sql(f"select * from read_csv('{path}')")


READERS: dict[str, Callable[[Path], Any]] = {
    "pandas": of_pandas,
    "polars": of_polars,
    "pyarrow": of_pyarrow,
    "duckdb": of_duckdb,
}


@pytest.fixture(params=READERS, scope="module")
def read(request: pytest.FixtureRequest) -> Callable[[Path], Any]:
    """A function that reads a CSV file into a table of one of the libraries."""
    return READERS[request.param]
