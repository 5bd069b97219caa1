"""Logs of cases of other systems, and counted complaints."""

from __future__ import annotations

import json
import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")
ALWAYS = fw.Calendar.always_open("Europe/Rome")
MAY = ("2026-05-01", "2026-06-01")
CASES = [
    ("1", "2026-05-04 09:00", "2026-05-05 09:00", "billing", "c1", "yes"),
    ("2", "2026-05-04 10:00", "2026-05-08 10:00", "billing", "c1", "no"),
    ("3", "2026-05-20 10:00", None, "metering", "c2", ""),
    ("4", "2026-06-20 10:00", None, "metering", "c3", ""),
]
NAMES = ("number", "opened", "closed", "kind", "customer", "made_sla")
MAP: dict[str, Any] = {
    "shape": "cases",
    "case": "number",
    "opened": "opened",
    "closed": "closed",
    "topic": "kind",
    "customer": "customer",
    "standard": {"column": "made_sla", "name": "sla", "met": ["yes"], "breached": ["no"]},
    "time": {"format": "%Y-%m-%d %H:%M", "zone": "Europe/Rome"},
}


def texts() -> dict[str, list[str | None]]:
    return {name: [row[at] for row in CASES] for at, name in enumerate(NAMES)}


def stamps(zone: str | None) -> pl.DataFrame:
    local = pl.DataFrame(texts()).with_columns(pl.col("opened", "closed").str.to_datetime("%Y-%m-%d %H:%M"))
    if zone is None:
        return local
    return local.with_columns(pl.col("opened", "closed").dt.replace_time_zone("Europe/Rome").dt.convert_time_zone(zone))


def csv(folder: Path) -> Path:
    path = folder / "cases.csv"
    pl.DataFrame(texts()).write_csv(path, include_bom=True)
    return path


def logs(folder: Path) -> list[Any]:
    bare = {name: value for name, value in MAP.items() if name != "time"} | {"time": {"zone": "Europe/Rome"}}
    return [
        fw.read_cases(csv(folder), MAP),
        fw.read_cases(str(csv(folder)), json.dumps(MAP)),
        fw.read_cases(texts(), MAP),
        fw.read_cases(pa.table(texts()), MAP),
        fw.read_cases(pd.DataFrame(texts()), MAP),
        fw.read_cases(stamps("Europe/Rome"), bare),
        fw.read_cases(stamps("UTC"), bare),
        fw.read_cases(stamps(None), bare),
        fw.read_cases(stamps("UTC").with_columns(unused=pl.lit(0.5)), bare),
    ]


def test_all_ways_of_reading_are_one(tmp_path: Path) -> None:
    first, *others = logs(tmp_path)
    rows = first.table().to_dicts()
    assert [row["case"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0]["opened"] == datetime(2026, 5, 4, 9, tzinfo=ROME) and rows[2]["closed"] is None
    assert [row["sla"] for row in rows] == ["met", "breached", "idle", "idle"] or [row["sla"] for row in rows][:2] == ["met", "breached"]
    assert len(first) == first.rows == 4 and len(first.findings()) == 0
    for other in others:
        assert other.table().to_dicts() == rows


def test_figures_of_a_month(tmp_path: Path) -> None:
    tally = fw.read_cases(csv(tmp_path), MAP).figures(calendar=ALWAYS, window=MAY, ages=["7d", "14d"], repeat_days=30)
    assert str(tally.figure("complaints_received")) == "3"
    assert str(tally.figure("complaints_open")) == "1"
    assert str(tally.figure("repeat_rate")) == "1/3 = 33.3 %"
    assert str(tally.within_standard("sla")) == "1/2 = 50.0 %"
    assert tally.step_mean("to_close").exact == timedelta(days=2, hours=12) / timedelta(milliseconds=1)
    assert tally.step_percentile("to_close", 90).exact == timedelta(days=4) / timedelta(milliseconds=1)
    ages = [(row["from"].days, row["count"]) for row in tally.ageing().to_dicts()]
    assert ages == [(0, 0), (7, 1), (14, 0)]
    topics = [(row["name"], row["count"], row["cumulative"]) for row in tally.topics().to_dicts()]
    assert topics == [("billing", 2, 2), ("metering", 1, 3)]
    assert tally.outside == 1 and tally.disordered == 0
    assert str(tally.per_thousand_contacts(1500).exact) == "1/500" or tally.per_thousand_contacts(1500).value == 2
    assert len(tally.figures()) >= len(fw.complaint_kpis())
    with pytest.raises(fw.UnknownNameError, match="repeat_rate"):
        tally.figure("repeat_rat")
    with pytest.raises(fw.OutOfRangeError):
        tally.step_percentile("to_close", 0)


def test_parts_add_up_to_the_whole() -> None:
    whole = fw.read_cases(texts(), MAP).figures(calendar=ALWAYS, window=MAY)
    parts = [
        fw.read_cases({name: values[slice(*part)] for name, values in texts().items()}, MAP).figures(
            calendar=ALWAYS, window=MAY
        )
        for part in ((0, 1), (1, 4))
    ]
    assert parts[0].merge(parts[1]) == whole == parts[1].merge(parts[0])
    assert pickle.loads(pickle.dumps(whole)) == whole == fw.ComplaintTally.from_json(whole.to_dict())
    assert eval(repr(whole), {"ComplaintTally": fw.ComplaintTally}) == whole
    other = fw.read_cases(texts(), MAP).figures(calendar=ALWAYS, window=MAY, ages=["1d"])
    with pytest.raises(fw.MergeError):
        whole.merge(other)


def test_an_event_log() -> None:
    events = {
        "nr": ["1", "1", "1", "1", "2", "2", "x y z" * 99],
        "when": ["04/05/2026 09:00", "04/05/2026 10:00", "04/05/2026 13:00", "05/05/2026 11:00", "04/05/2026 09:00", "soon", ""],
        "who": ["anna", "anna", "bruno", "anna", "bruno", "", ""],
        "status": ["Working", "Waiting", "Working", "Closed", "Working", "Closed", "Closed"],
    }
    log = fw.read_cases(
        events,
        {
            "shape": "events",
            "case": "nr",
            "at": "when",
            "word": "status",
            "actor": "who",
            "time": {"format": "%d/%m/%Y %H:%M", "zone": "Europe/Rome"},
            "meanings": {"Working": "working", "Waiting": "waiting_customer", "Closed": "closed"},
        },
    )
    first, second = log.table().to_dicts()
    assert first["closed"] == datetime(2026, 5, 5, 9, tzinfo=timezone.utc) and second["closed"] is None
    assert first["handovers"] == 2 and first["ping_pong"] == 1
    assert {row["kind"] for row in log.findings().to_dicts()} == {"no_time", "no_case"}
    tally = log.figures(calendar=ALWAYS, window=MAY)
    waiting = tally.figure("waiting_share")
    assert waiting.numerator == timedelta(hours=3) / timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "change, error, code",
    [
        ({"case": "nr"}, fw.MissingColumnError, "cases.no_column"),
        ({"opened": None}, fw.DataError, "cases.map_incomplete"),
        ({"colour": "red"}, fw.DataError, "data.invalid"),
        ({"shape": "heap"}, fw.DataError, "data.invalid"),
        ({"time": {"format": "%Y", "zone": "Europe/Atlantis"}}, fw.UnknownNameError, "zone.unknown"),
    ],
)
def test_maps_that_do_not_fit(change: dict[str, Any], error: type[Exception], code: str) -> None:
    with pytest.raises(error) as caught:
        fw.read_cases(texts(), MAP | change)
    assert getattr(caught.value, "code") == code


def test_a_mapped_column_of_another_kind() -> None:
    with pytest.raises(fw.ColumnTypeError):
        fw.read_cases(texts() | {"kind": [0.5, 0.5, 0.5, 0.5]}, MAP)


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(fw.ReadError):
        fw.read_cases(tmp_path / "none.csv", MAP)


def test_figures_of_own_complaints() -> None:
    rules = fw.ComplaintRules({"office": ALWAYS})
    made = []
    for number in range(3):
        receipt = {"channel": "web", "customer": "c-1", "text": fw.Personal(f"R-{number}", "text")}
        at = datetime(2026, 5, 4 + number, 8, tzinfo=timezone.utc)
        made.append(fw.Complaint.open(rules, f"R-{number}", receipt, at=at, actor="desk"))
    tally = fw.complaint_figures(made, calendar=ALWAYS, window=MAY)
    assert (tally.figure("complaints_received").numerator, tally.figure("complaints_open").numerator) == (3, 3)
    before = fw.complaint_figures(made, calendar=ALWAYS, window=("2026-05-01", "2026-05-05"))
    assert before.figure("complaints_received").numerator == 1
