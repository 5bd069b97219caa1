"""The suite queue-log: small logs, and what must come out of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

from conftest import CASES

FOLDER = CASES / "queue-log"
EXPECTED = ".expected.json"
NAMES = sorted(path.name.removesuffix(EXPECTED) for path in FOLDER.glob(f"*{EXPECTED}"))

Row = dict[str, Any]

OUTCOMES = {
    "timed_out": "timeout",
    "left_by_key": "exit_key",
    "left_empty": "exit_empty",
    "lost": "lost_restart",
    "open": "waiting",
}

TO_LIBRARY: dict[str, Callable[[fw.Table], Any]] = {
    "polars": fw.Table.to_polars,
    "pandas": fw.Table.to_pandas,
    "pyarrow": fw.Table.to_arrow,
    "duckdb": lambda legs: duckdb.sql("select * from legs"),
}


def case(name: str) -> tuple[Row, fw.QueueLog]:
    expected: Row = json.loads((FOLDER / f"{name}{EXPECTED}").read_text(encoding="utf-8"))
    files = sorted(path for path in FOLDER.glob(f"{name}.*") if not path.name.endswith(EXPECTED))
    told = expected.get("options", expected)
    wrap_up = told.get("wrapup")
    by_queue = wrap_up if isinstance(wrap_up, dict) else {}
    log = fw.read_queue_log(
        files,
        zone=expected.get("tz", "UTC"),
        aliases=told.get("aliases"),
        wrap_up=fw.Limit(0, by_queue) if by_queue else wrap_up,
        give_up_after=told.get("give_up_after", "1d"),
    )
    return expected, log


def seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def between(later: datetime | None, earlier: datetime | None) -> int | None:
    return None if later is None or earlier is None else seconds(later - earlier)


def fields(leg: Row) -> Row:
    """A row of the table of legs, in the words of the suite."""
    outcome = "transferred" if leg["transferred_out"] else OUTCOMES.get(leg["outcome"], leg["outcome"])
    return {
        "callid": leg["callid"],
        "queue": leg["queue"],
        "entered": int(leg["arrived"].timestamp()),
        "outcome": outcome,
        "wait": between(leg["left_queue"], leg["arrived"]),
        "talk": between(leg["released"], leg["answered"]),
        "agent": leg["agent"],
        "ring": leg["ring_s"],
        "ended_by": leg["ended_by"],
        "pos": leg["position"],
        "origpos": leg["original_position"],
        "key": leg["key"],
        "transfer": leg["transfer"],
        "to": leg["transferred_to"],
        "ring_no_answer": leg["ring_no_answers"],
        "incomplete": leg["answered"] is not None and leg["released"] is None,
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_visit(name: str) -> None:
    expected, log = case(name)
    found = [fields(leg) for leg in log.legs.to_dicts()]
    for call in expected["calls"]:
        unknown = set(call) - set(found[0]) - {"why", "note"}
        assert unknown == set()
        wanted = {key: value for key, value in call.items() if key not in {"why", "note"}}
        match = [one for one in found if wanted.items() <= one.items()]
        assert match, (wanted, found)
        found.remove(match[0])
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_totals(name: str) -> None:
    expected, log = case(name)
    totals = expected.get("totals", {})
    tally = fw.service_levels(log, zone="UTC", every="30m", rules="offered(20s)")

    def total(figure: str) -> int:
        return tally.figure(figure).numerator

    known = {
        "offered": total("offered"),
        "answered": total("answered"),
        "abandoned": total("abandoned"),
        "timeout": total("timed_out"),
        "exit_key": total("left_by_key"),
        "exit_empty": total("left_empty"),
        "wait_answered_sum": total("asa") // 1000,
        "talk_sum": total("att") // 1000,
    }
    assert {name: known[name] for name in totals} == totals
    if "unique_callers" in expected:
        conversations = {leg["conversation"] for leg in log.legs.to_dicts()}
        assert len(conversations) == expected["unique_callers"]
    if "offered_interval" in expected:
        intervals = fw.service_levels(log, zone=expected["tz"], every="30m", rules="offered(20s)")
        offered = [row for row in intervals.table("offered").to_dicts() if row["value"]]
        assert [row["interval"] for row in offered] == [expected["offered_interval"]]


@pytest.mark.parametrize("name", NAMES)
def test_operators(name: str) -> None:
    expected, log = case(name)
    last = log.last_stamp
    assert last is not None
    sessions, pauses, rings = (table.to_dicts() for table in (log.sessions, log.pauses, log.rings))
    answered = [leg for leg in log.legs.to_dicts() if leg["answered"] is not None]

    def length(row: Row) -> int:
        return int(((row["to"] or last) - row["from"]).total_seconds())

    for agent, figures in expected.get("agents", {}).items():
        mine = [row for row in pauses if row["agent"] == agent]
        paused: Counter[str] = Counter()
        for row in mine:
            paused[row["reason"] or ""] += length(row)
        untaken = [row for row in rings if row["agent"] == agent and not row["canceled"]]
        login = sum(length(row) for row in sessions if row["agent"] == agent)
        calls = [leg for leg in answered if leg["agent"] == agent]
        known = {
            "login": login,
            "pause": dict(paused),
            "ready_or_busy": login - sum(paused.values()),
            "answered": len(calls),
            "talk": sum(between(leg["released"], leg["answered"]) or 0 for leg in calls),
            "ring_no_answer": len(untaken),
            "ring_no_answer_over_1s": sum(row["rang_ms"] > 1000 for row in untaken),
        }
        assert {name: known[name] for name in figures} == figures, agent


@pytest.mark.parametrize("library", TO_LIBRARY)
@pytest.mark.parametrize("name", NAMES)
def test_legs_go_through_each_library(name: str, library: str) -> None:
    _, log = case(name)
    rules = ["offered(20s)", "excl_short(20s, 5s)"]
    direct = fw.service_levels(log, zone="Europe/Rome", every="15m", rules=rules, waits="exact")
    through = fw.service_levels(TO_LIBRARY[library](log.legs), zone="Europe/Rome", every="15m", rules=rules, waits="exact")
    assert through == direct
    assert through.table() == direct.table()


def test_files_may_overlap_and_come_in_any_order(tmp_path: Path) -> None:
    lines = (FOLDER / "01-answered.log").read_text(encoding="utf-8").splitlines(keepends=True)
    older, newer = tmp_path / "queue_log.1", tmp_path / "queue_log"
    older.write_text("".join(lines[:3]), encoding="utf-8")
    newer.write_text("".join(lines[1:]), encoding="utf-8")
    whole = fw.read_queue_log(FOLDER / "01-answered.log", zone="UTC")
    for paths in ([newer, older], [older, newer], str(tmp_path / "queue_log*")):
        assert fw.read_queue_log(paths, zone="UTC").legs == whole.legs


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(fw.ReadError, match="nothing_here.*no such file") as caught:
        fw.read_queue_log(tmp_path / "nothing_here*", zone="UTC")
    assert isinstance(caught.value, OSError)
    assert caught.value.code == "read.failed"


def test_findings_say_what_was_assumed(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_text("1772442000|a.1|sales|NONE|ENTERQUEUE||0611|1\nthis is no event\n", encoding="utf-8")
    log = fw.read_queue_log(path, zone="UTC")
    finding = next(row for row in log.findings.to_dicts() if row["kind"] == "bad_line")
    assert finding["line"] == 2 and "left out" in finding["assumption"]
    assert log.finding_counts["bad_line"] == 1


def test_every_table_becomes_one_of_each_library() -> None:
    _, log = case("10-pauses")
    for table in (log.legs, log.states, log.sessions, log.pauses, log.rings, log.findings):
        frames = (table.to_polars(), table.to_pandas(), table.to_arrow())
        assert isinstance(frames[0], pl.DataFrame)
        assert isinstance(frames[1], pd.DataFrame)
        assert isinstance(frames[2], pa.Table)
        assert {len(frame) for frame in frames} == {len(table)}
        assert list(frames[0].columns) == list(frames[1].columns) == table.column_names
