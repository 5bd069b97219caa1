"""Tables in: every type that peers send means the same, and what does not fit is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import arro3.core
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import floorwalker as fw

NINE = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
ROWS = 40
ARRIVED = [NINE + timedelta(seconds=97 * row) for row in range(ROWS)]
WAITS = [None if row % 9 == 8 else timedelta(milliseconds=1_000 * (row * row % 47)) for row in range(ROWS)]
QUEUES = ["sales" if row % 3 else "care" for row in range(ROWS)]
OUTCOMES = ["open" if row % 9 == 8 else "abandoned" if row % 4 == 1 else "answered" for row in range(ROWS)]
ENDS = [None if wait is None else start + wait for start, wait in zip(ARRIVED, WAITS, strict=True)]
RULES = ["offered(20s)", "excl_short(20s, 5s)"]


def arrived(unit: str, zone: str | None) -> pa.Array:
    return pa.array(ARRIVED, pa.timestamp("us", "UTC")).cast(pa.timestamp(unit, zone))


def milliseconds(values: list[timedelta | None]) -> list[int | None]:
    return [None if value is None else value // timedelta(milliseconds=1) for value in values]


BASE: dict[str, Any] = {
    "queue": pa.array(QUEUES),
    "arrived": arrived("ms", "UTC"),
    "wait": pa.array(WAITS, pa.duration("ms")),
    "outcome": pa.array(OUTCOMES),
}


def tally(legs: Any, **more: Any) -> fw.IntervalTally:
    arguments = {"zone": "Europe/Rome", "every": "15m", "rules": RULES, "waits": "exact", **more}
    return fw.service_levels(legs, **arguments)


EXPECTED = tally(pa.table(BASE))


def test_the_base_says_something() -> None:
    assert EXPECTED.figure("offered").value == ROWS
    assert EXPECTED.figure("open").value == 4
    assert 0 < EXPECTED.service_level(RULES[1]).numerator < ROWS


# One column at a time in another type.

EPOCH_MS = [stamp // timedelta(milliseconds=1) for stamp in (at - datetime(1970, 1, 1, tzinfo=timezone.utc) for at in ARRIVED)]
KEYS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]


def dictionary(values: list[str], index: str, of: pa.DataType) -> pa.Array:
    known = sorted(set(values))
    keys = pa.array([known.index(value) for value in values], getattr(pa, index)())
    return pa.DictionaryArray.from_arrays(keys, pa.array(known, of))


def with_more_terms(values: list[str]) -> pa.Array:
    """A dictionary with terms that no row has, one of them no name at all."""
    known = ["", "unused", *sorted(set(values)), "also unused"]
    return pa.DictionaryArray.from_arrays(pa.array([known.index(value) for value in values]), pa.array(known))


def with_null_terms(values: list[str]) -> pa.Array:
    known = [None, *sorted(set(values))]
    return pa.DictionaryArray.from_arrays(pa.array([known.index(value) for value in values]), pa.array(known))


VARIANTS: dict[str, dict[str, Any]] = {
    **{
        f"timestamp[{unit}, {zone}]": {"arrived": arrived(unit, zone)}
        for unit in ("s", "ms", "us", "ns")
        for zone in ("UTC", "Europe/Rome", "America/St_Johns", "+05:45")
    },
    "whole milliseconds since 1970": {"arrived": None, "arrived_ms": pa.array(EPOCH_MS)},
    "float seconds since 1970": {"arrived": pa.array([ms / 1000 for ms in EPOCH_MS])},
    **{f"duration[{unit}]": {"wait": pa.array(WAITS, pa.duration("us")).cast(pa.duration(unit))} for unit in ("s", "ms", "us", "ns")},
    "float seconds": {"wait": pa.array([None if wait is None else wait.total_seconds() for wait in WAITS])},
    "float32 seconds": {"wait": pa.array([None if w is None else w.total_seconds() for w in WAITS], pa.float32())},
    "nan for nothing": {"wait": pa.array([float("nan") if w is None else w.total_seconds() for w in WAITS])},
    "whole milliseconds": {"wait": None, "wait_ms": pa.array(milliseconds(WAITS))},
    **{
        f"whole seconds as {kind}": {
            "wait": None,
            "wait_s": pa.array([None if ms is None else ms // 1000 for ms in milliseconds(WAITS)], getattr(pa, kind)()),
        }
        for kind in KEYS
    },
    "time of day": {"wait": pa.array(milliseconds(WAITS), pa.int32()).cast(pa.time32("ms"))},
    "interval": {
        "wait": pa.array(
            [None if wait is None else pa.MonthDayNano([0, 0, wait // timedelta(microseconds=1) * 1000]) for wait in WAITS]
        )
    },
    "instant of leaving": {"wait": None, "left_queue": pa.array(ENDS, pa.timestamp("ms", "UTC"))},
    "large text": {"queue": pa.array(QUEUES, pa.large_string())},
    "text views": {"queue": pa.array(QUEUES).cast(pa.string_view()), "outcome": pa.array(OUTCOMES).cast(pa.string_view())},
    **{f"dictionary[{key}]": {"queue": dictionary(QUEUES, key, pa.string())} for key in KEYS},
    "dictionary of large text": {"queue": dictionary(QUEUES, "int32", pa.large_string())},
    "dictionary of views": {"outcome": dictionary(OUTCOMES, "uint8", pa.string_view())},
    "dictionary with more terms": {"queue": with_more_terms(QUEUES), "outcome": with_more_terms(OUTCOMES)},
    "dictionary with a null term": {"queue": with_null_terms(QUEUES)},
    "columns without a meaning": {"note": pa.array([b"x"] * ROWS), "score": pa.array([{"a": 1}] * ROWS)},
    "columns without a value": {"released": pa.nulls(ROWS), "agent": pa.nulls(ROWS), "hold": pa.nulls(ROWS)},
    "flags": {"transferred_out": pa.array([False] * ROWS), "callback_done": pa.array([0] * ROWS)},
}


def variant(changed: dict[str, Any]) -> pa.Table:
    return pa.table({name: column for name, column in {**BASE, **changed}.items() if column is not None})


@pytest.mark.parametrize("name", VARIANTS)
def test_every_type_means_the_same(name: str) -> None:
    legs = variant(VARIANTS[name])
    assert tally(legs) == EXPECTED
    # The same with other buffers before and behind the rows: every column begins at an offset.
    padded = pa.concat_tables([legs.slice(3, 5), legs, legs.slice(0, 2)]).combine_chunks()
    assert tally(padded.slice(5, ROWS)) == EXPECTED


def test_names_may_be_numbers() -> None:
    numbers = variant({"queue": pa.array([7 if queue == "sales" else 12 for queue in QUEUES], pa.int16())})
    assert tally(numbers).queues == ["12", "7"]
    assert tally(numbers).figure("offered", queue="12") == EXPECTED.figure("offered", queue="care")


# The same table from each library.

WHOLE = pa.table(BASE)


def frame(table: pa.Table = WHOLE) -> pl.DataFrame:
    return pl.DataFrame(table)


TABLES: dict[str, Callable[[], Any]] = {
    "pyarrow.Table": lambda: WHOLE,
    "pyarrow.RecordBatch": lambda: WHOLE.to_batches()[0],
    "pyarrow.RecordBatchReader": lambda: WHOLE.to_reader(max_chunksize=7),
    "pyarrow, chunked": lambda: pa.concat_tables([WHOLE.slice(start, 3) for start in range(0, ROWS, 3)]),
    "pyarrow, empty chunks": lambda: pa.concat_tables([WHOLE.slice(0, 0), WHOLE, WHOLE.slice(0, 0)]),
    "polars": frame,
    "polars, categories": lambda: frame().with_columns(pl.col("queue", "outcome").cast(pl.Categorical)),
    "polars, enum": lambda: frame().with_columns(pl.col("queue").cast(pl.Enum(["x", "care", "sales"]))),
    "polars, several chunks": lambda: pl.concat([frame(WHOLE[:9]), frame(WHOLE[9:])], rechunk=False),
    "pandas": lambda: WHOLE.to_pandas(),
    "pandas, categories": lambda: WHOLE.to_pandas().astype({"queue": "category", "outcome": "category"}),
    "pandas, filtered categories": lambda: pd.concat([WHOLE.to_pandas(), WHOLE.to_pandas().assign(queue="gone")]).astype({"queue": "category"}).iloc[:ROWS],
    "pandas, objects": lambda: WHOLE.to_pandas().astype({"queue": object, "outcome": object}),
    "duckdb": lambda: duckdb.sql("select * from WHOLE"),
    "duckdb, intervals": lambda: duckdb.sql("select queue, outcome, arrived, (arrived + wait) - arrived as wait from WHOLE"),
    "arro3": lambda: arro3.core.Table.from_arrow(WHOLE),
    "a list of tables": lambda: [WHOLE[:11], frame(WHOLE[11:30]), WHOLE[30:].to_pandas()],
    "a dict of lists": lambda: {"queue": QUEUES, "arrived": ARRIVED, "wait": WAITS, "outcome": OUTCOMES},
    "a dict of arrays": lambda: {
        "queue": np.array(QUEUES, dtype=object), "arrived": ARRIVED,
        "wait": np.array([np.nan if wait is None else wait.total_seconds() for wait in WAITS]), "outcome": OUTCOMES,
    },  # fmt: skip
}


@pytest.mark.parametrize("name", TABLES)
def test_every_library_lends_its_tables(name: str) -> None:
    found = tally(TABLES[name]())
    assert found == EXPECTED
    assert found.table(["offered", "asa", "service_level"]) == EXPECTED.table(["offered", "asa", "service_level"])


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, ROWS), max_size=4))
def test_chunks_and_their_order_change_nothing(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), ROWS]
    pieces = [WHOLE.slice(start, end - start) for start, end in zip(places, places[1:], strict=False)]
    assert tally(pa.concat_tables(pieces)) == EXPECTED
    assert tally(list(reversed(pieces))) == EXPECTED


# Nothing at all.

EMPTY: dict[str, Any] = {
    "pyarrow": WHOLE.slice(0, 0),
    "polars": frame(WHOLE.slice(0, 0)),
    "pandas": WHOLE.to_pandas().iloc[:0],
    "pandas without types": pd.DataFrame(columns=["queue", "arrived", "wait", "outcome"]),
    "duckdb": duckdb.sql("select * from WHOLE limit 0"),
    "a dict": {"queue": [], "arrived": []},
}


@pytest.mark.parametrize("name", EMPTY)
def test_a_table_without_rows(name: str) -> None:
    nothing = tally(EMPTY[name])
    assert (nothing.queues, nothing.window, len(nothing.table())) == ([], None, 0)
    assert nothing.figure("asa").value is None and nothing.figure("offered").value == 0
    assert nothing.merge(EXPECTED) == EXPECTED
    level = fw.service_level(EMPTY[name], rule="offered(20s)")
    assert (level.numerator, level.denominator, level.value) == (0, 0, None)
    assert fw.service_report(EMPTY[name], zone="Europe/Rome", target="80/20").to_dict()["findings"] == []


# Columns by other names.


def test_columns_by_other_names() -> None:
    legs = frame().rename({"arrived": "start", "queue": "skill"})
    assert tally(legs, columns={"arrived": "start", "queue": "skill"}) == EXPECTED
    lasting = legs.with_columns(duration=pl.col("wait").dt.total_milliseconds(), waited_s=pl.col("wait").dt.total_seconds()).drop("wait")
    names = {"arrived": "start", "queue": "skill"}
    assert tally(lasting, columns={**names, "wait_ms": "duration"}) == EXPECTED
    assert tally(lasting, columns={**names, "wait": "waited_s"}) == EXPECTED
    with pytest.raises(fw.ColumnTypeError, match="column duration .taken as wait. holds whole numbers of an unknown unit"):
        tally(lasting, columns={**names, "wait": "duration"})


def test_a_column_can_be_left_out() -> None:
    strange = variant({"kind": pa.array(["VIP"] * ROWS)})
    with pytest.raises(fw.ColumnError, match="column kind, row 0: no leg kind is called .VIP."):
        tally(strange)
    assert tally(strange, columns={"kind": None}) == EXPECTED


def test_a_table_without_queues_is_one_queue_for_a_single_figure() -> None:
    level = fw.service_level(WHOLE.drop_columns(["queue"]), rule="excl_short", within="20s", short=5)
    assert (level.numerator, level.denominator) == (EXPECTED.service_level(RULES[1]).numerator, EXPECTED.service_level(RULES[1]).denominator)
    assert str(level.rule) == RULES[1].replace(", 5s", ", short 5s")


# What does not fit is named, with its place.

WRONG: dict[str, tuple[dict[str, Any], type[fw.FloorwalkerError], str]] = {
    "missing": ({"arrived": None}, fw.MissingColumnError, "column arrived is missing: the table has queue, wait, outcome"),
    "text for instants": ({"arrived": pa.array(["2026-03-02"] * ROWS)}, fw.ColumnTypeError, "column arrived holds text, but instants"),
    "dates for instants": ({"arrived": pa.array([NINE.date()] * ROWS)}, fw.ColumnTypeError, "column arrived holds dates without a time"),
    "no zone": ({"arrived": arrived("us", None)}, fw.ColumnTypeError, "timestamps without a zone.*naive"),
    "no unit": ({"wait": pa.array(milliseconds(WAITS))}, fw.ColumnTypeError, "column wait holds whole numbers of an unknown unit.*_ms"),
    "text for durations": ({"wait": pa.array(["20s"] * ROWS)}, fw.ColumnTypeError, "column wait holds text, but durations"),
    "numbers for terms": ({"outcome": pa.array([1.5] * ROWS)}, fw.ColumnTypeError, "column outcome holds floats, but names"),
    "an unknown term": (
        {"outcome": pa.array([*OUTCOMES[:-1], "anwered"])}, fw.ColumnError,
        f"column outcome, row {ROWS - 1}: no outcome is called .anwered., did you mean .answered.",
    ),
    "no arrival": ({"arrived": pa.array([*ARRIVED[:-1], None], pa.timestamp("ms", "UTC"))}, fw.ColumnError, f"column arrived, row {ROWS - 1}: an arrival is needed"),
    "no queue": ({"queue": pa.array([*QUEUES[:-1], None])}, fw.ColumnError, f"column queue, row {ROWS - 1}"),
    "an empty queue": ({"queue": pa.array([*QUEUES[:-1], ""])}, fw.ColumnError, f"column queue, row {ROWS - 1}: queue is not valid.*empty"),
    "back in time": ({"wait": pa.array([timedelta(seconds=-1)] * ROWS, pa.duration("ms"))}, fw.ColumnError, "column exit, row 0: before the milestone"),
    "months": ({"wait": pa.array([pa.MonthDayNano([1, 0, 0])] * ROWS)}, fw.ColumnError, "months has no fixed length"),
    "flags": ({"transferred_out": pa.array(["yes"] * ROWS)}, fw.ColumnTypeError, "column transferred_out holds text, but true or false"),
    "counts": ({"ring_no_answers": pa.array([0.5] * ROWS)}, fw.ColumnTypeError, "column ring_no_answers holds floats, but whole numbers"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_named(name: str) -> None:
    changed, error, message = WRONG[name]
    with pytest.raises(error, match=message) as caught:
        tally(variant(changed))
    assert caught.value.code.startswith("columns.")


def test_rows_are_counted_from_the_start_of_the_whole_table() -> None:
    bad = variant(WRONG["an unknown term"][0])
    with pytest.raises(fw.ColumnError, match=f"row {2 * ROWS - 1}:"):
        tally([WHOLE, bad])
    with pytest.raises(fw.ColumnError, match=f"row {2 * ROWS - 1}:"):
        tally(pa.concat_tables([WHOLE, bad]))


def test_a_lazy_frame_is_refused_with_advice() -> None:
    with pytest.raises(fw.ArgumentTypeError, match=r"argument legs is a query that has not run.*\.collect\(\)"):
        tally(frame().lazy())


def test_a_column_that_was_named_and_is_not_there() -> None:
    with pytest.raises(fw.MissingColumnError, match="column star is missing .it should hold arrived.: the table has queue, arrived"):
        tally(WHOLE, columns={"arrived": "star"})


# Timestamps without a zone.


def test_local_times_with_a_zone_beside_them() -> None:
    rome = frame().with_columns(pl.col("arrived").dt.convert_time_zone("Europe/Rome").dt.replace_time_zone(None))
    assert tally(rome, naive="Europe/Rome") == EXPECTED
    utc = variant({"arrived": arrived("us", None)})
    assert tally(utc, naive="UTC") == EXPECTED


@pytest.mark.parametrize(("stamp", "why"), [("2026-03-29T02:30", "does not exist"), ("2026-10-25T02:30", "exists twice")])
def test_local_times_on_the_days_of_a_clock_change_are_refused(stamp: str, why: str) -> None:
    legs = {"queue": ["a", "a"], "arrived": pa.array([datetime(2026, 3, 1), datetime.fromisoformat(stamp)])}
    with pytest.raises(fw.ColumnError, match=f"column arrived, row 1: .*{why}"):
        tally(pa.table(legs), naive="Europe/Rome")


def test_numbers_are_not_copied() -> None:
    rows = 1_000_000
    start = int(NINE.timestamp() * 1000)
    legs = pa.table(
        {
            "queue": pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), pa.array(["sales"])),
            "arrived": pa.array(np.arange(start, start + rows, dtype=np.int64)).cast(pa.timestamp("ms", "UTC")),
            "wait_ms": pa.array(np.full(rows, 12_000, np.int32)),
        }
    )
    before = pa.total_allocated_bytes()
    found = fw.service_levels(legs, zone="UTC", every="day", rules="offered(20s)")
    assert found.figure("answered_in").value == rows
    assert pa.total_allocated_bytes() == before
