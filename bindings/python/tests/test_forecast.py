"""Forecast: days that repeat, clock changes, holidays, ranges, accuracy by hand."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")
Row = dict[str, Any]


def history(first: date, days: int, zone: ZoneInfo = ROME, **more: int) -> list[Row]:
    """Weeks of the same shape: more on Mondays, most at ten."""
    rows = []
    for number in range(days):
        day = first + timedelta(days=number)
        for hour in (9, 10, 11):
            at = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
            calls = (40 if day.weekday() == 0 else 20) * (2 if hour == 10 else 1)
            rows.append({"at": at, "calls": calls, **more})
    return rows


PAST = history(date(2026, 3, 30), 28)


def test_weeks_that_repeat_go_on() -> None:
    table = fw.forecast.predict(PAST, ("2026-04-27", "2026-05-04"), zone=ROME, every="1h")
    rows = table.to_dicts()
    assert len(rows) == 7 * 24 and rows[0]["start"].isoformat() == "2026-04-27T00:00:00+02:00"
    busy = {(row["start"].weekday(), row["start"].hour): row["calls"] for row in rows if row["calls"] > 0.5}
    assert sorted(busy) == [(day, hour) for day in range(7) for hour in (9, 10, 11)]
    for (day, hour), calls in busy.items():
        assert calls == pytest.approx((40 if day == 0 else 20) * (2 if hour == 10 else 1), rel=1e-6)
    assert all(row["low"] <= row["calls"] <= row["high"] and row["aht_s"] is None and row["were_seen"] for row in rows)


def test_a_wider_probability_is_a_wider_range() -> None:
    week = ("2026-04-27", "2026-04-28")
    narrow, wide = (
        fw.forecast.predict(PAST, week, zone=ROME, every="1h", probability=part).to_dicts() for part in (0.8, "0.99")
    )
    busy = [number for number, row in enumerate(narrow) if row["calls"] > 1]
    assert busy and all(wide[at]["high"] > narrow[at]["high"] and wide[at]["low"] < narrow[at]["low"] for at in busy)
    with pytest.raises(fw.OutOfRangeError):
        fw.forecast.predict(PAST, week, zone=ROME, probability=1)


def test_handling_times_are_forecast_where_they_are_known() -> None:
    rows = fw.forecast.predict(
        history(date(2026, 3, 30), 28, handling_s=6000), ("2026-04-28", "2026-04-29"), zone=ROME, every="1h"
    ).to_dicts()
    times = {row["start"].hour: row["aht_s"] for row in rows}
    assert times[10] < times[9]  # the same seconds, of twice the calls
    assert all(seconds > 0 for seconds in times.values() if seconds is not None)


def test_holidays_are_days_apart() -> None:
    rows = fw.forecast.predict(PAST, ("2026-05-01", "2026-05-03"), zone=ROME, every="1h", holidays="IT").to_dicts()
    seen = {row["start"].day: row["were_seen"] for row in rows}
    # Easter Monday and 25 April are in the history; 1 May is like them.
    assert seen == {1: True, 2: True}
    later = fw.forecast.predict(PAST, ("2026-05-01", "2026-05-02"), zone=ROME, every="1h", holidays=["2026-05-01"])
    assert not later.to_dicts()[0]["were_seen"]


@pytest.mark.parametrize(("start", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_days_of_other_lengths(start: str, hours: int) -> None:
    day = date.fromisoformat(start)
    past = history(day - timedelta(days=27), 28)
    rows = fw.forecast.predict(past, (day + timedelta(days=1), day + timedelta(days=2)), zone=ROME, every="1h").to_dicts()
    assert len(rows) == 24
    assert {row["start"].hour for row in rows if row["calls"] > 0.5} == {9, 10, 11}
    same = fw.forecast.predict(history(day - timedelta(days=28), 28), (day, day + timedelta(days=1)), zone=ROME, every="1h")
    assert len(same) == hours
    assert {row["start"].hour for row in same.to_dicts() if row["calls"] > 0.5} == {9, 10, 11}


@pytest.mark.parametrize("make", [list, pl.DataFrame, pd.DataFrame, pa.Table.from_pylist])
def test_histories_come_in_many_shapes(make: Any) -> None:
    rows = [{**row, "at": row["at"].astimezone(timezone.utc)} for row in PAST]
    week = ("2026-04-27", "2026-05-04")
    assert fw.forecast.predict(make(rows), week, zone=ROME) == fw.forecast.predict(PAST, week, zone=ROME)
    text = json.dumps([{**row, "at": row["at"].isoformat()} for row in PAST])
    assert fw.forecast.predict(text, week, zone=ROME) == fw.forecast.predict(PAST, week, zone=ROME)


def test_accuracy_by_hand() -> None:
    figures = fw.forecast.accuracy(np.array([10, 20, 0]), np.array([12, 15, 1]))
    assert figures["wape"] == pytest.approx(8 / 30) and figures["bias"] == pytest.approx(-2 / 30)
    assert figures["mae"] == pytest.approx(8 / 3) and figures["rmse"] == pytest.approx((30 / 3) ** 0.5)
    assert figures["mape"] == pytest.approx((2 / 10 + 5 / 20) / 2) and figures["zero_actuals"] == 1
    assert fw.forecast.accuracy([], [])["wape"] is None
    with pytest.raises(fw.ColumnError):
        fw.forecast.accuracy([1, 2], [1])
    with pytest.raises(fw.ColumnError):
        fw.forecast.accuracy([-1], [1])


def test_a_backtest_looks_at_the_past_only() -> None:
    figures = fw.forecast.backtest(PAST, 7, zone=ROME, every="1h")
    assert figures is not None and figures["wape"] == pytest.approx(0, abs=1e-9)
    # A last week of twice the calls cannot have been known.
    doubled = PAST[:-21] + [{**row, "calls": 2 * row["calls"]} for row in PAST[-21:]]
    surprised = fw.forecast.backtest(doubled, 7, zone=ROME, every="1h", times=1)
    assert surprised is not None and surprised["wape"] == pytest.approx(0.5)
    assert fw.forecast.backtest(PAST[:30], 7, zone=ROME) is None


def test_what_is_no_history_is_refused() -> None:
    week = ("2026-04-27", "2026-05-04")
    with pytest.raises(fw.ConflictError):
        fw.forecast.predict([], week, zone=ROME)
    with pytest.raises(fw.DataError, match=r"history\[0\]"):
        fw.forecast.predict([{"at": "2026-03-02T09:00Z", "calls": -1}], week, zone=ROME)
    with pytest.raises(fw.OutOfRangeError, match="every"):
        fw.forecast.predict(PAST, week, zone=ROME, every="day")
    with pytest.raises(fw.OutOfRangeError):
        fw.forecast.backtest(PAST, 0, zone=ROME)
