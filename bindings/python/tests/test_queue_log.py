"""The suite queue-log: small logs, and what must come out of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
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


def between(later: datetime | None, earlier: datetime | None) -> int | None:
    """Seconds in real time: Python subtracts the clocks where two datetimes have one zone."""
    return None if later is None or earlier is None else int(later.timestamp() - earlier.timestamp())


def stamp(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def fields(leg: Row) -> Row:
    """A row of the table of legs, in the words of the suite."""
    transferred = leg["outcome"] == "answered" and leg["transferred_out"]
    outcome = "transferred" if transferred else OUTCOMES.get(leg["outcome"], leg["outcome"])
    return {
        "callid": leg["callid"],
        "conversation": leg["conversation"],
        "queue": leg["queue"],
        "kind": leg["kind"],
        "entered": stamp(leg["arrived"]),
        "answered": stamp(leg["answered"]),
        "ended": stamp(leg["released"]),
        "outcome": outcome,
        "wait": between(leg["left_queue"], leg["arrived"]),
        "talk": between(leg["released"], leg["answered"]),
        "wrapup": between(leg["wrapped_up"], leg["released"]),
        "agent": leg["agent"],
        "ring": leg["ring_s"],
        "ended_by": leg["ended_by"],
        "pos": leg["position"],
        "origpos": leg["original_position"],
        "key": leg["key"],
        "transfer": leg["transfer"],
        "to": leg["transferred_to"],
        "ring_no_answer": leg["ring_no_answers"],
        "ring_no_answer_over_1s": leg["ring_no_answers_over_1s"],
        "rings_canceled": leg["rings_canceled"],
        "agent_dumps": leg["agent_dumps"],
        "incomplete": leg["answered"] is not None and leg["released"] is None,
        "rebuilt": leg["rebuilt"],
        "url": leg["url"] or "",
        "caller": leg["caller"] or "",
        "caller_name": leg["caller_name"] or "",
        "called": leg["called"] or "",
    }


def is_offered(leg: Row) -> bool:
    """Whether a visit entered a queue: no dial, and not refused before."""
    return leg["kind"] != "outbound" and leg["outcome"] not in {"blocked", "closed"}


@pytest.mark.parametrize("name", NAMES)
def test_every_visit(name: str) -> None:
    expected, log = case(name)
    left = log.legs.to_dicts()
    for call in expected["calls"]:
        wanted = {key: value for key, value in call.items() if key not in {"why", "note"}}
        match = [leg for leg in left if wanted.items() <= fields(leg).items()]
        assert match, (wanted, [fields(leg) for leg in left])
        left.remove(match[0])
    assert [leg for leg in left if is_offered(leg)] == []


@pytest.mark.parametrize("name", NAMES)
def test_totals(name: str) -> None:
    expected, log = case(name)
    tally = fw.service_levels(log, zone="UTC", every="30m", rules="offered(20s)")
    legs = log.legs.to_dicts()
    offered = [leg for leg in legs if is_offered(leg)]
    dials = [leg for leg in legs if leg["kind"] == "outbound"]

    def total(figure: str) -> int:
        return tally.figure(figure).numerator

    def count(outcome: str, among: list[Row] = offered) -> int:
        return sum(leg["outcome"] == outcome for leg in among)

    known = {
        "offered": total("offered"),
        "answered": total("answered"),
        "transferred": sum(leg["transferred_out"] for leg in offered),
        "abandoned": total("abandoned"),
        "timeout": total("timed_out"),
        "exit_key": total("left_by_key"),
        "exit_empty": total("left_empty"),
        "withdrawn": count("withdrawn"),
        "failed": count("failed"),
        "lost_restart": count("lost"),
        "lost": count("lost"),
        "waiting": count("open"),
        "incomplete": sum(fields(leg)["incomplete"] is True for leg in offered),
        "blocked": count("blocked", legs),
        "closed": count("closed", legs),
        "wait_answered_sum": total("asa") // 1000,
        "talk_sum": total("att") // 1000,
        "wrapup_sum": sum(between(leg["wrapped_up"], leg["released"]) or 0 for leg in offered),
        "ring_no_answer": sum(leg["ring_no_answers"] for leg in legs),
        "outbound": len(dials),
        "outbound_answered": count("answered", dials),
        "rebuilt": sum(leg["rebuilt"] for leg in legs),
    }
    totals = expected.get("totals", {})
    assert {name: known[name] for name in totals} == totals
    if "unique_callers" in expected:
        assert len({leg["conversation"] for leg in offered}) == expected["unique_callers"]
    if "offered_interval" in expected:
        intervals = fw.service_levels(log, zone=expected["tz"], every="30m", rules="offered(20s)")
        labels = {row["interval"] for row in intervals.table("offered").to_dicts() if row["value"]}
        wanted = expected["offered_interval"]
        assert sorted(labels) == sorted(wanted if isinstance(wanted, list) else [wanted])
    for kind, times in expected.get("findings", {}).items():
        assert log.finding_counts.get(kind, 0) == times, kind


@pytest.mark.parametrize("name", NAMES)
def test_operators(name: str) -> None:
    expected, log = case(name)
    last = log.last_stamp
    assert last is not None
    sessions, pauses, rings, states = (
        table.to_dicts() for table in (log.sessions, log.pauses, log.rings, log.states)
    )
    answered = [leg for leg in log.legs.to_dicts() if leg["answered"] is not None and is_offered(leg)]

    def length(row: Row) -> int:
        return between(row["to"] or last, row["from"]) or 0

    for agent, figures in expected.get("agents", {}).items():
        paused: Counter[str] = Counter()
        for row in pauses:
            if row["agent"] == agent:
                paused[row["reason"] or ""] += length(row)
        in_state: Counter[str] = Counter()
        for row in states:
            if row["agent"] == agent:
                in_state[row["state"]] += length(row)
        mine = [row for row in rings if row["agent"] == agent]
        untaken = [row for row in mine if not row["canceled"]]
        spans = [length(row) for row in sessions if row["agent"] == agent]
        calls = [leg for leg in answered if leg["agent"] == agent]
        known = {
            "login": sum(spans),
            "sessions": len(spans),
            "pause": dict(paused),
            "pause_total": sum(paused.values()),
            "ready_or_busy": sum(spans) - sum(paused.values()),
            "ready": in_state["ready"],
            "busy": in_state["contact"],
            "break": in_state["break"],
            "lunch": in_state["lunch"],
            "answered": len(calls),
            "transferred": sum(leg["transferred_out"] for leg in calls),
            "talk": sum(between(leg["released"], leg["answered"]) or 0 for leg in calls),
            "ring_no_answer": len(untaken),
            "ring_no_answer_over_1s": sum(row["rang_ms"] > 1000 for row in untaken),
            "rings_canceled": len(mine) - len(untaken),
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
