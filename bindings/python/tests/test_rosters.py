"""Rosters: the shared cases of every rule pack, fixes, changes, coverage."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

from conftest import CASES

FOLDER = CASES / "roster"
Row = dict[str, Any]
KINDS = {
    "phone": "contact", "tech": "contact", "paper": "back_office", "meeting": "meeting", "meal": "meal",
    "paid_meal": "meal", "rest": "rest", "unpaid_rest": "rest", "pause": "screen_break",
    "nursing": "breastfeeding_rest", "on_call": "on_call", "off": "time_off",
}  # fmt: skip
ACTIVITIES: list[Row] = [{"id": name, "kind": kind} for name, kind in KINDS.items()]
for activity in ACTIVITIES:
    more: dict[str, Row] = {
        "tech": {"skills": ["tech"]}, "paper": {"screen": False}, "paid_meal": {"paid": True}, "unpaid_rest": {"paid": False},
    }  # fmt: skip
    activity |= more.get(activity["id"], {})


def dates(text: str) -> list[date]:
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def span(text: str, day: date, start: time, zone: ZoneInfo) -> dict[str, str]:
    from_text, until_text = text.split("-")
    first, last = time.fromisoformat(from_text), time.fromisoformat(until_text)

    def at(clock: time, is_end: bool) -> str:
        over = clock < start or (is_end and clock <= first and clock == start)
        local = datetime.combine(day + timedelta(days=int(over)), clock, zone)
        return local.astimezone(timezone.utc).isoformat()

    return {"start": at(first, False), "end": at(last, True)}


def assignments(text: str, details: Row, zone: ZoneInfo) -> list[Row]:
    days, whole, *words = text.split(" ")
    start = time.fromisoformat(whole.split("-")[0])
    base, above = "phone", []
    for word in words:
        name, _, what = word.partition("=")
        if name == "as":
            base = what
        else:
            above.append((name, what))
    made = []
    for day in dates(days):
        pieces = [{"activity": base, "layer": "productive", "span": span(whole, day, start, zone)}]
        pieces += [{"activity": name, "layer": "auxiliary", "span": span(times, day, start, zone)} for name, times in above]
        told = {
            name: value
            for name, value in (
                ("published_at", details.get("published")),
                ("agreed_by", details.get("agreed_by")),
                ("remote", True if "remote" in details else None),
            )
            if value is not None
        }
        made.append({"operator": "anna", "work_day": details.get("work_day", day.isoformat()), "pieces": pieces, "details": told})
    return made


def roster(shifts: list[Any], zone: ZoneInfo) -> fw.Roster:
    made = []
    for one in shifts:
        details = one if isinstance(one, dict) else {}
        made += assignments(details.get("at", one), details, zone)
    return fw.Roster.from_json({"activities": ACTIVITIES, "assignments": made})


def absence(one: Row, zone: ZoneInfo) -> Row:
    if "days" in one:
        days = dates(one["days"])
        start = datetime.combine(days[0], time(), zone)
        end = datetime.combine(days[-1] + timedelta(days=1), time(), zone)
        ends: Row = {"start": start, "end": end}
    else:
        ends = {"start": one["from"], "end": one["until"]}
    return {"operator": "anna", "kind": one["kind"], "status": one.get("status", "approved"), **ends}


def judged(pack: str, case: Row) -> list[list[Any]]:
    given = case["given"]
    zone = ZoneInfo(given["zone"])
    rule_pack = "eu" if pack == "plan" else pack
    contract = {"id": "c", "rule_pack": rule_pack, "week_minutes": 2400, **given.get("contract", {})}
    operator = {"id": "anna", "zone": given["zone"], "contracts": [{"contract": "c"}], **given.get("operator", {})}
    window = given["window"]
    openings = {"anna": given["opening"]} if "opening" in given else {}
    report = fw.check_roster(
        roster(given["shifts"], zone),
        {"contracts": [contract], "operators": [operator]},
        (window["from"], window["until"]),
        known_from=window.get("known_from", window["from"]),
        absences=[absence(one, zone) for one in given.get("absences", [])],
        holidays=given.get("holidays", []),
        openings=openings,
    )
    scale = {"ms": 60_000}
    return [
        [row["day"], row["measured"] // scale.get(row["unit"], 1), row["limit"] // scale.get(row["unit"], 1)]
        for row in report.findings().to_dicts()
        if row["rule"] == case["rule"]
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_the_shared_cases(path: Path) -> None:
    wrong = []
    asked = 0
    for case in json.loads(path.read_text(encoding="utf-8")):
        if "fill" in case["given"]:
            continue
        asked += 1
        found = judged(path.stem, case)
        if found != case["expect"]:
            wrong.append((case["rule"], case["name"], found, case["expect"]))
    assert wrong == []
    assert asked > 0


STAFF = {
    "contracts": [{"id": "full", "rule_pack": "eu", "week_minutes": 2400}],
    "operators": [
        {"id": name, "zone": "Europe/Rome", "contracts": [{"contract": "full"}]} for name in ("anna", "bruno")
    ],
}
ROWS = [
    {"operator": "anna", "start": "2026-05-04T14:00+02:00", "end": "2026-05-04T22:00+02:00"},
    {"operator": "anna", "start": "2026-05-05T06:00+02:00", "end": "2026-05-05T12:00+02:00"},
    {"operator": "bruno", "start": "2026-05-04T08:00+02:00", "end": "2026-05-04T14:00+02:00"},
]
WEEK = ("2026-05-04", "2026-05-11")


def test_a_finding_says_what_and_why() -> None:
    report = fw.check_roster(fw.Roster(ROWS, zone="Europe/Rome"), STAFF, WEEK)
    rest = next(row for row in report.findings().to_dicts() if row["rule"] == "eu.daily_rest")
    assert (rest["operator"], rest["measured"], rest["limit"]) == ("anna", 8 * 3_600_000, 11 * 3_600_000)
    assert rest["source"] and rest["certainty"] and rest["remedies"]
    assert not report.is_lawful and len(report) == len(report.findings()) == len(report.lines())


def test_a_fix_solves_its_finding() -> None:
    plan = fw.Roster(ROWS, zone="Europe/Rome")
    report = fw.check_roster(plan, STAFF, WEEK)
    rules = [row["rule"] for row in report.findings().to_dicts()]
    fixes = report.fixes(rules.index("eu.daily_rest"))
    assert fixes and [moved for _, moved in fixes] == sorted(moved for _, moved in fixes)
    for change, _ in fixes:
        tables = report.what_if([change])
        assert "eu.daily_rest" in [row["rule"] for row in tables["solved"].to_dicts()], change
        assert len(tables["new"]) == 0
        mended = fw.check_roster(plan.with_changes([change]), STAFF, WEEK)
        assert "eu.daily_rest" not in [row["rule"] for row in mended.findings().to_dicts()]
    with pytest.raises(fw.OutOfRangeError):
        report.fixes(len(report))


def test_one_change_is_judged_without_making_it() -> None:
    report = fw.check_roster(fw.Roster(ROWS, zone="Europe/Rome"), STAFF, WEEK)
    start = datetime(2026, 5, 5, 4, tzinfo=timezone.utc)
    tables = report.what_if([{"reassign": {"operator": "anna", "start": start, "to": "bruno"}}])
    assert [row["rule"] for row in tables["solved"].to_dicts()].count("eu.daily_rest") == 1
    with pytest.raises(fw.UnknownNameError):
        report.what_if([{"remove": {"operator": "anna", "start": "2026-05-09T00:00:00Z"}}])
    with pytest.raises(fw.DataError, match="changes"):
        report.what_if([{"forget": {}}])


@pytest.mark.parametrize("make", [list, json.dumps, pl.DataFrame, pd.DataFrame, pa.Table.from_pylist])
def test_rosters_come_in_many_shapes(make: Any) -> None:
    rows = [
        {name: datetime.fromisoformat(value).astimezone(timezone.utc) if name != "operator" else value for name, value in row.items()}
        for row in ROWS
    ]
    given = make(ROWS if make is json.dumps else rows)
    found = fw.Roster(given, zone="Europe/Rome")
    assert found == fw.Roster(ROWS, zone="Europe/Rome")
    assert len(found) == 3 and len(found.table(zone="Europe/Rome")) == 3


def test_rosters_are_values() -> None:
    made = fw.Roster(ROWS, zone="Europe/Rome")
    assert pickle.loads(pickle.dumps(made)) == made == fw.Roster.from_json(made.to_dict())
    assert eval(repr(made), {"Roster": fw.Roster}) == made
    assert hash(made) == hash(fw.Roster(ROWS, zone="Europe/Rome"))


def test_a_break_lies_over_the_shift() -> None:
    meal = {"operator": "bruno", "start": "2026-05-04T12:00+02:00", "end": "2026-05-04T12:30+02:00", "activity": "meal", "layer": "auxiliary"}
    made = fw.Roster([*ROWS, meal], zone="Europe/Rome", activities={"meal": "meal"})
    stretches = [row["activity"] for row in made.table().to_dicts() if row["operator"] == "bruno"]
    assert stretches == ["phone", "meal", "phone"]
    with pytest.raises(fw.FloorwalkerError, match="meals"):
        fw.Roster([{**meal, "activity": "meals"}], zone="Europe/Rome")


def test_coverage() -> None:
    made = fw.Roster(ROWS, zone="Europe/Rome")
    window = ("2026-05-04T12:00+02:00", "2026-05-04T15:00+02:00")
    required = [{"at": f"2026-05-04T{hour}:00:00+02:00", "required": 1} for hour in (12, 13, 14)]
    required[1]["required"] = 2
    rows = made.coverage(STAFF, required, zone="Europe/Rome", window=window, every="1h").to_dicts()
    hour = timedelta(hours=1)
    assert [(row["required"], row["met"], row["short"]) for row in rows] == [(hour, hour, 0 * hour), (2 * hour, hour, hour), (hour, hour, 0 * hour)]
    with pytest.raises(fw.OutOfRangeError):
        made.coverage(STAFF, [{"at": "2026-06-01T00:00:00Z", "required": 1}], zone="UTC", window=window)


def test_packs_are_listed_with_their_sources() -> None:
    rows = fw.rule_packs().to_dicts()
    assert {"eu", "it", "de", "fr", "uk", "us"} <= {row["pack"] for row in rows}
    assert all(row["source"] and row["certainty"] for row in rows)


def test_a_pack_of_ones_own() -> None:
    pack = {"id": "acme", "title": "Agreement of Acme", "extends": ["eu"], "rules": []}
    staff = {**STAFF, "contracts": [{"id": "full", "rule_pack": "acme", "week_minutes": 2400}]}
    plan = fw.Roster(ROWS, zone="Europe/Rome")
    report = fw.check_roster(plan, staff, WEEK, packs=[pack])
    assert "eu.daily_rest" in [row["rule"] for row in report.findings().to_dicts()]
    with pytest.raises(fw.UnknownNameError, match="acme"):
        fw.check_roster(plan, staff, WEEK)


DAYS = [
    {"operator": "anna", "start": "2026-05-04T06:00+02:00", "end": "2026-05-04T12:00+02:00"},
    {"operator": "bruno", "start": "2026-05-04T14:00+02:00", "end": "2026-05-04T20:00+02:00"},
    {"operator": "anna", "start": "2026-05-05T06:00+02:00", "end": "2026-05-05T12:00+02:00"},
]
KEYS = [{"operator": row["operator"], "start": row["start"]} for row in DAYS]
NOW = datetime(2026, 5, 1, tzinfo=timezone.utc)


def settled(rows: list[Row], *proposals: Row, most: int | None = None) -> tuple[fw.Roster, list[Row], list[str]]:
    """The new roster, the answers, and why each proposal was refused."""
    report = fw.check_roster(fw.Roster(rows, zone="Europe/Rome"), STAFF, WEEK)
    roster, answers = report.settle(list(proposals), now=NOW, most=most)
    reasons = [" ".join(refusal["why"] for refusal in answer["refusals"]) for answer in answers]
    assert [answer["accepted"] for answer in answers] == [reason == "" for reason in reasons]
    return roster, answers, reasons


def test_a_swap_needs_agreement_and_rest() -> None:
    swap: Row = {"kind": "swap", "shifts": KEYS[:2]}
    roster, answers, _ = settled(DAYS[:2], {**swap, "agreed": ["anna", "bruno"]})
    assert [(row["operator"], row["start"].hour) for row in roster.table(zone="Europe/Rome").to_dicts()] == [
        ("anna", 14),
        ("bruno", 6),
    ]
    assert answers[0]["kind"] == "swap" and len(answers[0]["changes"]) == 4
    assert settled(DAYS[:2], {**swap, "agreed": ["anna"]})[2] == ["not_agreed"]
    # With the early shift of the next day ten hours of rest would be left.
    roster, answers, reasons = settled(DAYS, {**swap, "agreed": ["anna", "bruno"]})
    assert reasons == ["breaks_rule"] and answers[0]["refusals"][0]["finding"]["rule"] == "eu.daily_rest"
    assert roster == fw.Roster(DAYS, zone="Europe/Rome")
    with pytest.raises(fw.ConflictError, match=r"proposals\[0\]"):
        settled(DAYS, {"kind": "swap", "shifts": KEYS[:1]})


def test_time_off_is_offered_to_so_many() -> None:
    def off(key: Row, start: str, end: str) -> Row:
        return {"kind": "time_off", "shift": key, "start": start, "end": end, "agreed": [key["operator"]]}

    wishes = [
        off(KEYS[0], "2026-05-04T10:00+02:00", "2026-05-04T12:00+02:00"),
        off(KEYS[1], "2026-05-04T18:00+02:00", "2026-05-04T20:00+02:00"),
    ]
    roster, _, reasons = settled(DAYS, *wishes, most=1)
    assert reasons == ["", "taken"]
    away = [row for row in roster.table().to_dicts() if row["activity"] == "time_off"]
    assert [(row["operator"], row["end"] - row["start"]) for row in away] == [("anna", timedelta(hours=2))]
    late: Row = {**wishes[0], "expires": "2026-05-01T00:00Z"}
    assert settled(DAYS, late)[2] == ["expired"]


def test_overtime_keeps_the_rules() -> None:
    def more(start: str, end: str) -> Row:
        span = {"start": start, "end": end}
        pieces = [{"activity": "phone", "layer": "productive", "span": span}]
        return {"kind": "overtime", "shift": {"operator": "bruno", "work_day": start[:10], "pieces": pieces}, "agreed": ["bruno"]}

    near, far = more("2026-05-05T04:00+02:00", "2026-05-05T08:00+02:00"), more("2026-05-05T14:00+02:00", "2026-05-05T18:00+02:00")
    roster, _, reasons = settled(DAYS, near, far)
    assert reasons == ["breaks_rule", ""] and len(roster) == 4
    with pytest.raises(fw.DataError, match="shfit"):
        settled(DAYS, {"kind": "overtime", "shfit": far["shift"]})


def test_open_shifts_go_to_the_best_bid_that_keeps_the_rules() -> None:
    span = {"start": "2026-05-04T20:00+02:00", "end": "2026-05-05T01:00+02:00"}
    evening: Row = {"id": "e1", "work_day": "2026-05-04", "pieces": [{"activity": "phone", "layer": "productive", "span": span}]}
    # Anna bids more, but has to be there at six the next morning.
    bids = [
        {"operator": "anna", "shift": "e1", "points": 9, "at": NOW},
        {"operator": "bruno", "shift": "e1", "points": 5, "at": NOW},
    ]
    report = fw.check_roster(fw.Roster(DAYS, zone="Europe/Rome"), STAFF, WEEK)
    _, answers = report.award([evening], bids, now=NOW)
    assert [answer["accepted"] for answer in answers] == [False, True]
    assert answers[0]["refusals"][0]["finding"]["rule"] == "eu.daily_rest"
    with pytest.raises(fw.UnknownNameError, match="e2"):
        report.award([evening], [{**bids[0], "shift": "e2"}], now=NOW)
    with pytest.raises(fw.UnknownNameError, match="ranking"):
        report.award([evening], bids, now=NOW, ranking="beauty")

