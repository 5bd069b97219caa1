"""States: parts that are counted apart, stored, sent, and merged into the whole."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import floorwalker as fw

NIGHT = datetime(2026, 3, 28, 20, 0, tzinfo=timezone.utc)
RULES: list[fw.ServiceLevel | str] = ["offered(20s)", "excl_short(20s, 5s)", fw.ServiceLevel.offered("30s").strictly().for_queue("care", "45s")]


def legs(rows: int, seed: int = 7) -> pa.Table:
    """Contacts around the night in which the clock of Rome is put forward."""
    draw = random.Random(seed)
    return pa.table(
        {
            "queue": [draw.choice(["sales", "care", "night"]) for _ in range(rows)],
            "arrived": [NIGHT + timedelta(seconds=draw.randrange(40_000)) for _ in range(rows)],
            "wait_ms": [draw.randrange(90_000) for _ in range(rows)],
            "outcome": [draw.choice(["answered", "answered", "abandoned", "overflowed"]) for _ in range(rows)],
        }
    )


LEGS = legs(600)


def count(table: Any, **more: Any) -> fw.IntervalTally:
    return fw.service_levels(table, zone="Europe/Rome", every="15m", rules=RULES, **more)


@pytest.mark.parametrize("waits", ["histogram", "exact", "nothing"])
@settings(deadline=None, max_examples=8)
@given(cuts=st.lists(st.integers(0, 600), max_size=5))
def test_parts_merge_into_the_whole(waits: str, cuts: list[int]) -> None:
    places = [0, *sorted(cuts), 600]
    parts = [count(LEGS[start:end], waits=waits) for start, end in zip(places, places[1:], strict=False)]
    whole = count(LEGS, waits=waits)
    merged = parts[0]
    for part in parts[1:]:
        merged = part.merge(merged)
    assert merged == whole
    assert fw.IntervalTally.from_state([part.state() for part in parts]) == whole
    assert merged.table(["service_level", "asa", "wait_p90"]) == whole.table(["service_level", "asa", "wait_p90"])


def shuffled(table: fw.Table) -> Any:
    return table.to_polars().sample(fraction=1.0, shuffle=True, seed=3)


THROUGH: dict[str, Callable[[fw.Table], Any]] = {
    "polars": fw.Table.to_polars,
    "polars, shuffled": shuffled,
    "polars, in rows": lambda table: [shuffled(table)[row : row + 50] for row in range(0, len(table), 50)],
    "pandas": fw.Table.to_pandas,
    "pyarrow": fw.Table.to_arrow,
    "duckdb": lambda state: duckdb.sql("select * from state order by waits"),
}


@pytest.mark.parametrize("library", THROUGH)
def test_a_state_goes_through_each_library(library: str) -> None:
    whole = count(LEGS, waits="exact", window=("2026-03-28T20:00Z", "2026-03-29T04:00Z"))
    assert fw.IntervalTally.from_state(THROUGH[library](whole.state())) == whole


def test_a_state_goes_through_files(tmp_path: Path) -> None:
    for number, part in enumerate((LEGS[:100], LEGS[100:450], LEGS[450:])):
        pyarrow.parquet.write_table(count(part).state().to_arrow(), tmp_path / f"{number}.parquet")
    whole = count(LEGS)
    assert fw.IntervalTally.from_state(sorted(tmp_path.glob("*.parquet"))) == whole
    assert fw.IntervalTally.from_state(pl.read_parquet(tmp_path / "*.parquet")) == whole


def test_states_are_merged_across_processes() -> None:
    parts = [LEGS[start : start + 150] for start in range(0, 600, 150)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        tallies = list(pool.map(count, parts))
    merged = tallies[0]
    for tally in tallies[1:]:
        merged = merged.merge(tally)
    assert merged == count(LEGS)


def test_empty_parts_do_no_harm() -> None:
    nothing = count(LEGS[:0])
    assert len(nothing.state()) == 1
    assert nothing.merge(count(LEGS)) == count(LEGS).merge(nothing) == count(LEGS)
    assert fw.IntervalTally.from_state([nothing.state(), count(LEGS).state()]) == count(LEGS)
    assert pickle.loads(pickle.dumps(nothing)) == nothing


def test_what_counts_differently_does_not_merge() -> None:
    other = fw.service_levels(LEGS, zone="Europe/Rome", every="15m", rules="offered(30s)")
    with pytest.raises(fw.MergeError, match=r"the rules differs.*offered\(30s\)") as caught:
        count(LEGS).merge(other)
    assert caught.value.code == "merge.mismatch"
    with pytest.raises(fw.MergeError):
        fw.IntervalTally.from_state([count(LEGS).state(), other.state()])
    with pytest.raises(fw.ArgumentTypeError, match="argument other must be an IntervalTally"):
        count(LEGS).merge(5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop("header"), "column header is missing"),
        (lambda table: table.filter(pl.col("header").is_null()), "it has no header"),
        (lambda table: table.with_columns(queue=pl.lit(None, pl.String)), "row 1 has no queue"),
        (lambda table: table.with_columns(start=pl.col("start").dt.offset_by("1m")), "no interval of the window starts then"),
        (lambda table: table.with_columns(categories=pl.lit([1, 2])), "categories"),
        (lambda table: table.with_columns(waits=pl.lit([1, 2])), "a run of waits is three numbers"),
        (lambda table: table.with_columns(header=pl.lit("{}")), "its header"),
    ],
)
def test_a_table_that_is_no_state_is_refused(change: Callable[[pl.DataFrame], Any], message: str) -> None:
    with pytest.raises(fw.FloorwalkerError, match=message):
        fw.IntervalTally.from_state(change(count(LEGS).state().to_polars()))


def test_kept_waits_answer_for_other_thresholds() -> None:
    exact, histogram = count(LEGS, waits="exact"), count(LEGS)
    truth = fw.service_level(LEGS, rule="offered(10s)")
    low, high = exact.service_level_bounds("offered(10s)")
    assert (low.numerator, high.numerator) == (truth.numerator, truth.numerator)
    low, high = histogram.service_level_bounds("offered(10.5s)")
    between = fw.service_level(LEGS, rule="offered(10.5s)").numerator
    assert low.numerator <= between <= high.numerator
    with pytest.raises(fw.ConflictError, match="no waits were kept"):
        count(LEGS, waits="nothing").service_level_bounds("offered(10s)")
