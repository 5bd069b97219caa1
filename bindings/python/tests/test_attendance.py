"""Presence, adherence, shrinkage, ledgers: the shared cases, tables in, and access."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

from conftest import CASES

FOLDER = CASES / "attendance"
PERSON = fw.AccessPolicy("cases", "made-up people", "person")
TEAM = fw.AccessPolicy("cases", "made-up people", "team")
Row = dict[str, Any]


def cases(ask: str) -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        if path.name.endswith(".rule.json"):
            continue
        for case in json.loads(path.read_text(encoding="utf-8")):
            if case["ask"] == ask:
                found.append(pytest.param(case, id=f"{case['rule']}: {case['name']}"))
    return found


class Given:
    """What a case gives, as records: instants are local times of the zone, or have an offset."""

    def __init__(self, given: Row) -> None:
        self.given = given
        self.zone = given.get("zone", "Europe/Rome")

    def at(self, text: str) -> datetime:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(self.zone))

    def local(self, at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M:%S")

    def rows(self, name: str) -> list[list[Any]]:
        found: list[list[Any]] = self.given.get(name, [])
        return found

    def agent(self, row: list[Any], place: int) -> str:
        return str(row[place]) if len(row) > place and row[place] is not None else "A"

    def punches(self) -> list[Row]:
        return [{"agent": self.agent(row, 2), "kind": row[1], "at": self.at(row[0])} for row in self.rows("punches")]

    def states(self) -> dict[str, list[Any]]:
        rows = self.rows("states")
        return {
            "agent": [self.agent(row, 3) for row in rows],
            "state": [row[0] for row in rows],
            "from": [self.at(row[1]) for row in rows],
            "to": [self.at(row[2]) if len(row) > 2 and row[2] else None for row in rows],
        }

    def absences(self) -> list[Row]:
        return [
            {
                "operator": self.agent(row, 4),
                "kind": row[0],
                "start": self.at(row[1]),
                "end": self.at(row[2]),
                "status": row[3] if len(row) > 3 else "approved",
            }
            for row in self.rows("absences")
        ]

    def segments(self) -> list[tuple[str, datetime, datetime]]:
        return [(row[0], self.at(row[1]), self.at(row[2])) for row in self.rows("plan")]

    def shifts(self) -> list[Row]:
        made = []
        for row in self.rows("shifts"):
            day = date.fromisoformat(row[0])
            start = self.at(f"{row[0]}T{row[1]}")
            last = day if row[2] > row[1] else day + timedelta(days=1)
            end = self.at(f"{last.isoformat()}T{row[2]}")
            pieces = [("work", start, end)]
            for activity, first, until in self.segments():
                pieces = [part for piece in pieces for part in cut(piece, first, until)] + [(activity, first, until)]
            segments = [
                {"activity": activity, "span": {"start": first, "end": until}}
                for activity, first, until in sorted(pieces, key=lambda piece: piece[1].astimezone(timezone.utc))
            ]
            remote = bool(self.given.get("remote", False))
            made.append({"agent": self.agent(row, 3), "work_day": row[0], "segments": segments, "remote": remote})
        return made

    def told(self) -> dict[str, Any]:
        rules = dict(self.given.get("rules", {}))
        return {
            "zone": self.zone,
            "states": self.states() if self.rows("states") else None,
            "absences": self.absences(),
            "corrections": self.given.get("corrections", []),
            "rules": rules,
        }

    def access(self) -> dict[str, Any]:
        view = self.given.get("view", "")
        return {"absence_kinds": view} if view else {}


def cut(piece: tuple[str, datetime, datetime], first: datetime, until: datetime) -> list[tuple[str, datetime, datetime]]:
    name, start, end = piece
    parts = [(name, start, min(end, first)), (name, max(start, until), end)]
    return [part for part in parts if part[1] < part[2]]


def given_arguments(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def holds(expect: Any, found: Any) -> bool:
    if isinstance(expect, dict):
        return all(name in found and holds(value, found[name]) for name, value in expect.items())
    if isinstance(expect, list):
        return len(expect) == len(found) and all(map(holds, expect, found))
    return bool(expect == found)


def ms(length: timedelta | None) -> int | None:
    return None if length is None else length // timedelta(milliseconds=1)


LENGTHS = (
    "planned", "late", "early", "worked", "assumed", "paid", "deducted", "night", "sunday", "holiday", "overtime",
    "supplementary", "rest_before",
)  # fmt: skip


def day(row: Row, given: Given) -> Row:
    """A row of the table in the words of the suite."""

    def span(start: str, end: str) -> list[Any] | None:
        return None if row[start] is None else [given.local(row[start]), given.local(row[end])]

    return {
        "class": row["class"],
        "work_day": row["work_day"],
        "flags": row["flags"].split(),
        "absence": row["absence"],
        "planned": span("planned_start", "planned_end"),
        "raw": span("start", "end"),
        "rounded": span("rounded_start", "rounded_end"),
        **{f"{name}_ms": ms(row[name]) for name in LENGTHS},
    }


@pytest.mark.parametrize("case", [case for case in cases("days") if "kimai" not in case.values[0]["given"]])
def test_days(case: Row) -> None:
    given = Given(case["given"])
    told = given_arguments(given.told())
    as_of = given.at(case["given"]["as_of"])
    if "error" in case["expect"]:
        with pytest.raises(fw.FloorwalkerError) as caught:
            book = fw.presence(given.punches(), given.shifts(), as_of=as_of, **told)
            book.days(TEAM if case["given"].get("team") else PERSON, agent="A", **given.access())
        assert caught.value.code == case["expect"]["error"]
        return
    book = fw.presence(given.punches(), given.shifts(), as_of=as_of, **told)
    found = [day(row, given) for row in book.days(PERSON, agent="A", **given.access()).to_dicts()]
    repairs = [row["rule"] for row in book.repairs(PERSON, agent="A").to_dicts()]
    expect = json.loads(json.dumps(case["expect"]))
    for one in expect.get("days", []):
        one.pop("gaps", None)
        if isinstance(one.get("absence"), dict):
            one["absence"] = next(iter(one["absence"].values()))
    assert holds(expect, {"days": found, "repairs": repairs})


@pytest.mark.parametrize("case", cases("board"))
def test_boards(case: Row) -> None:
    given = Given(case["given"])
    told = given_arguments(given.told())
    board = fw.who_is_here(given.at(case["given"]["now"]), given.shifts(), given.punches(), **told)
    if case["given"].get("team"):
        if "error" in case["expect"]:
            with pytest.raises(fw.PolicyError):
                board.counts(TEAM)
            return
        counts = board.counts(TEAM)
        counts.pop("here")
        assert holds(case["expect"], {"counts": counts})
        return
    rows = {row["agent"]: row for row in board.rows(PERSON, **given.access()).to_dicts()}
    for agent, expect in case["expect"].items():
        row = rows[agent]
        for field, value in expect.items():
            found = row[field]
            if field == "since":
                value = None if value is None else given.at(value)
                found = None if found is None else found.astimezone(timezone.utc)
                value = None if value is None else value.astimezone(timezone.utc)
            if isinstance(value, dict):
                value = next(iter(value.values()))
            assert found == value, field


@pytest.mark.parametrize("case", cases("sessions"))
def test_sessions(case: Row) -> None:
    given = Given(case["given"])
    sessions, repairs = fw.sessions(
        given.punches(), rules=case["given"].get("rules", {}), corrections=case["given"].get("corrections", [])
    )
    days: dict[int, list[Row]] = {}
    for row in sessions.to_dicts():
        worked = row["worked"] // timedelta(minutes=1)
        one = {"from": given.local(row["start"]), "to": given.local(row["end"]), "worked_min": worked}
        days.setdefault(row["day"], []).append(one)
    expect = json.loads(json.dumps(case["expect"]))
    for one in (session for sessions_of_day in expect.get("days", []) for session in sessions_of_day):
        one.pop("breaks", None)
    found = {"days": list(days.values()), "repairs": [row["rule"] for row in repairs.to_dicts()]}
    assert holds(expect, found)


CONVENTIONS = ("exception_based", "exception_based_outside_work", "neutral_aware", "in_plan", "in_plan_outside_logged_in")


def percent(measure: fw.Measure) -> str:
    if measure.value == float("inf"):
        return "infinite"
    share = measure.percent()
    return f"undefined: {measure.why}" if share is None else f"{share:.2f}"


@pytest.mark.parametrize("case", cases("adherence"))
def test_adherence(case: Row) -> None:
    given = Given(case["given"])
    first = min((start for _, start, _ in given.segments()), default=None)
    plan: list[Row] = [
        {"agent": "A", "activity": name, "start": start, "end": end, "work_day": first.date() if first else None}
        for name, start, end in given.segments()
    ]
    changes = [
        {"agent": "A", "start": given.at(row[1]), "end": given.at(row[2]), "effective": given.at(row[3])}
        | ({"activity": row[0]} if row[0] else {})
        for row in given.rows("changes")
    ]
    more: dict[str, Any] = {}
    if "as_of" in case["given"]:
        more["as_of"] = given.at(case["given"]["as_of"])
    if "rules" in case["given"]:
        more["rules"] = case["given"]["rules"]
    window = (given.at(case["given"]["from"]), given.at(case["given"]["to"]))

    def count() -> fw.AdherenceTally:
        return fw.adherence(
            plan, given.states(), zone=given.zone, window=window, absences=given.absences(), changes=changes, **more
        )

    if "error" in case["expect"]:
        with pytest.raises(fw.FloorwalkerError) as caught:
            count()
        # What a constructor of a record refuses is an error of the record.
        assert caught.value.code in (case["expect"]["error"], "data.invalid")
        return
    tally = count()
    if len(tally) == 0:
        pytest.skip("nobody is planned or seen: asking for an operator is an error")
    found: Row = {}
    for convention in CONVENTIONS:
        found[convention] = percent(tally.adherence(convention, PERSON, agent="A"))
    for rule in ("total", "work"):
        found[f"conformance_{rule}"] = percent(tally.conformance(rule, PERSON, agent="A"))
        absent = tally.conformance(rule, PERSON, agent="A", silence="is_absence")
        found[f"conformance_{rule}_or_absent"] = percent(absent)
    for rule in ("planned_shrinkage", "actual_shrinkage", "absence_shrinkage"):
        found[rule] = percent(tally.shrinkage(rule, PERSON, agent="A"))
    times = tally.times(PERSON, agent="A")
    names = {"in": "in_adherence", "out": "out_of_adherence"}
    expect = {name: value for name, value in case["expect"].items() if name not in ("overlap_min", "conformance_by_activity")}
    for name, value in expect.pop("minutes", {}).items():
        length = timedelta(minutes=value) if isinstance(value, int) else timedelta(milliseconds=int(value.split()[0]))
        assert times[names.get(name, name)] == length, name
    assert holds(expect, found)


@pytest.mark.parametrize("case", cases("occupancy"))
def test_occupancy(case: Row) -> None:
    given = Given(case["given"])
    window = (given.at(case["given"]["from"]), given.at(case["given"]["to"]))
    found = fw.busy_times(
        given.states(),
        window=window,
        handling=[(given.at(start), given.at(end)) for start, end in given.rows("handling")],
        off_phone=timedelta(minutes=case["given"].get("off_phone_min", 0)),
        paid=timedelta(minutes=case["given"].get("paid_min", 0)),
    )
    for name in ("occupancy", "utilisation"):
        if name in case["expect"]:
            assert percent(found[name]) == case["expect"][name]
    if "handling" in case["expect"]:
        assert found["occupancy"].numerator == case["expect"]["handling"] * 60_000


@pytest.mark.parametrize("case", cases("shrinkage"))
def test_shrinkage(case: Row) -> None:
    given, expect = case["given"], case["expect"]

    def found() -> Row:
        tree = fw.ShrinkageTree(given.get("parts", []))
        if "without" in given:
            tree = tree.without(given["without"])
        answer: Row = {"total": str(tree.total.normalize()) if "share" not in given else given["share"]}
        if "net" in given:
            rounded, heads = fw.gross_up(given["net"], given["share"]) if "share" in given else tree.gross_up(given["net"])
            answer |= {"rounded": str(rounded), "heads": heads}
        for side in tree.tree()["children"]:
            answer[side["name"]] = str(Decimal(side["of_paid"]).normalize())
        return answer

    if "error" in expect:
        with pytest.raises(fw.FloorwalkerError) as caught:
            found()
        assert caught.value.code in (expect["error"], "data.invalid")
        return
    answer = found()
    for name, value in expect.items():
        if name == "total":
            assert Decimal(answer[name]) == Decimal(value)
        else:
            assert answer[name] == value, name


def test_shrinkage_is_exact() -> None:
    assert fw.gross_up(23, Decimal("0.30")) == (Decimal("32.86"), 33)
    for wrong in (0.3, True, "a third", None, Decimal("1." + "0" * 28 + "1")):
        with pytest.raises(fw.FloorwalkerError) as caught:
            fw.gross_up(23, wrong)
        assert "argument shrinkage" in str(caught.value)
    tree = fw.ShrinkageTree([{"kind": "holiday", "planned": True, "share": {"of_paid": "0.1"}}])
    assert pickle.loads(pickle.dumps(tree)) == tree == eval(repr(tree), {"ShrinkageTree": fw.ShrinkageTree})


@pytest.mark.parametrize("case", [case for case in cases("ledger") if not {"law_104_months", "assembly_years"} & set(case.values[0]["given"])])
def test_ledgers(case: Row) -> None:
    given = case["given"]
    entries = [{"agent": "A", "kind": given["kind"], **entry} for entry in given.get("entries", [])]
    kinds: dict[str, Any] = {"absence_kinds": "payroll"} if given.get("all_kinds") else {}

    def balance() -> Any:
        return fw.ledger_balance(entries, "A", given["kind"], given["at"], PERSON, **kinds)

    if "error" in case["expect"]:
        with pytest.raises(fw.FloorwalkerError) as caught:
            balance()
        assert caught.value.code in (case["expect"]["error"], "data.invalid")
    else:
        assert holds(case["expect"], balance())


SHIFTS = {
    "agent": ["anna", "anna", "bruno"],
    "start": [datetime(2026, 5, 4, 7, tzinfo=timezone.utc), datetime(2026, 5, 4, 10, tzinfo=timezone.utc), datetime(2026, 5, 4, 7, tzinfo=timezone.utc)],
    "end": [datetime(2026, 5, 4, 10, tzinfo=timezone.utc), datetime(2026, 5, 4, 11, tzinfo=timezone.utc), datetime(2026, 5, 4, 11, tzinfo=timezone.utc)],
    "activity": ["work", "meeting", None],
}  # fmt: skip


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table, dict], ids=["polars", "pandas", "pyarrow", "dict"])
def test_shifts_come_in_tables(make: Any) -> None:
    punches: list[Row] = [
        {"agent": "anna", "at": datetime(2026, 5, 4, 7, tzinfo=timezone.utc), "kind": "in"},
        {"agent": "anna", "at": "2026-05-04T13:00:00+02:00", "kind": "out"},
    ]
    book = fw.presence(punches, make(SHIFTS), zone="Europe/Rome", as_of="2026-05-05T00:00Z")
    rows = {row["agent"]: row for row in book.days(PERSON).to_dicts()}
    assert rows["anna"]["class"] == "on_time" and rows["anna"]["planned"] == timedelta(hours=4)
    assert rows["bruno"]["class"] == "no_show"


def test_people_need_a_policy() -> None:
    book = fw.presence([], SHIFTS, zone="Europe/Rome", as_of="2026-05-05T00:00Z")
    for ask in (book.days, book.repairs):
        with pytest.raises(fw.PolicyError):
            ask(TEAM)
    with pytest.raises(fw.PolicyError):
        book.team("2026-05-04", "2026-05-04", TEAM)
    pair = fw.AccessPolicy("cases", "made-up people", "team", min_group=2)
    assert book.team("2026-05-04", "2026-05-04", pair)["days"] == {"no_show": 2}
    with pytest.raises(TypeError):
        book.days()  # type: ignore[call-arg]
    with pytest.raises(fw.ArgumentTypeError):
        book.days("person")  # type: ignore[arg-type]
    board = fw.who_is_here("2026-05-04T10:00Z", SHIFTS, zone="Europe/Rome")
    with pytest.raises(fw.PolicyError):
        board.rows(TEAM)


def test_a_record_that_is_wrong_is_named() -> None:
    with pytest.raises(fw.DataError, match=r"argument punches\[1\]"):
        fw.sessions([{"agent": "a", "at": "2026-05-04T07:00:00Z", "kind": "in"}, {"agent": "a", "at": "soon", "kind": "in"}])
    with pytest.raises(fw.DataError, match=r"shifts\[0\].*end"):
        fw.presence([], [{"agent": "a", "start": "2026-05-04T07:00:00Z"}], zone="UTC", as_of="2026-05-05T00:00Z")


def terminal(path: Path) -> list[Row]:
    kinds = {"0": "in", "1": "out", "2": "break_start", "3": "break_end"}
    punches = []
    for line in path.read_text(encoding="utf-8").splitlines():
        agent, at, _, code, *_ = line.split("\t") if line.count("\t") >= 4 else line.split("\t") + [""] * 4
        punches.append({"agent": agent.strip(), "at": at.replace(" ", "T") + "+00:00", "kind": kinds.get(code.strip(), "unknown")})
    return punches


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.rule.json")), ids=lambda path: path.name.removesuffix(".rule.json"))
def test_files_of_a_terminal(path: Path) -> None:
    punches = terminal(FOLDER / f"{path.name.split('.')[0]}.dat")
    sessions, repairs = fw.sessions(punches, rules=path.read_text(encoding="utf-8"))
    expected = path.with_name(path.name.replace(".rule.json", ".expected.csv")).read_text(encoding="utf-8").splitlines()
    wanted = [line.split(",") for line in expected if line.startswith("session,")]

    def shown(at: datetime | None) -> str:
        return "" if at is None else at.strftime("%Y-%m-%dT%H:%M:%S")

    found = [
        ["session", row["agent"], shown(row["start"]), shown(row["end"]), str(row["worked"] // timedelta(seconds=1))]
        for row in sessions.to_dicts()
    ]
    assert [line[:4] for line in found] == [line[:4] for line in wanted]
    for line, want in zip(found, wanted):
        assert not want[5] or line[4] == want[5]
    counts: dict[str, int] = {}
    for row in repairs.to_dicts():
        counts[row["rule"]] = counts.get(row["rule"], 0) + 1
    assert counts == {line.split(",")[1]: int(line.split(",")[2]) for line in expected if line.startswith("repair,")}
