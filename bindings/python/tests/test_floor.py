"""The floor: opening the lines, placing operators, the live board; what guards figures about people."""

from __future__ import annotations

import json
import pickle
import secrets
import threading
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

from conftest import ROOT

Row = dict[str, Any]
PERSON = fw.AccessPolicy("running the day", "agreement of 12 May 2026", "person")
TEAM = fw.AccessPolicy("running the day", "figures of a group", "team")
NINE = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
NAMES = ("anna", "bruno", "carla")


def staff(**more: Any) -> Row:
    operators = [
        {"id": name, "zone": "UTC", "contracts": [{"contract": "full"}], "skills": [{"skill": "selling", "level": level}]}
        for level, name in enumerate(NAMES, 2)
    ]
    contracts = [{"id": "full", "rule_pack": "it", "week_minutes": 2400}]
    return {"contracts": contracts, "operators": operators, "positions": [{"id": "A1"}, {"id": "A2"}], **more}


ROSTER = fw.Roster([{"operator": name, "start": NINE, "end": NINE + timedelta(hours=8)} for name in NAMES], zone="UTC")
LINE: Row = {"queue": "sales", "skill": "selling", "level": 3, "min_operators": 1, "wanted_operators": 3}


def opening(**more: Any) -> fw.Opening:
    given: Row = {"zone": "UTC", "staff": staff(), "roster": ROSTER, "here": ["anna", "bruno"], **more}
    lines = given.pop("lines", [LINE])
    return fw.open_lines(lines, given.pop("at", NINE), **given)


def test_a_line_opens_with_whom_and_who_could_fill_it() -> None:
    found = opening()
    assert (found.is_ready, len(found), found.at) == (True, 1, NINE)
    assert found.lines().to_dicts() == [{"queue": "sales", "may_open": True, "crew": 1, "short": 2, "candidates": 2}]
    crew = [(row["operator"], row["position"], row["until"]) for row in found.crew(PERSON).to_dicts()]
    assert crew == [("bruno", "A1", NINE + timedelta(hours=8))]
    by = {row["operator"]: row["by"] for row in found.candidates(PERSON).to_dicts()}
    assert by == {"anna": "lower_level", "carla": "late"}
    assert "1 of 1 lines may open" in repr(found)


def test_what_is_missing_is_on_the_checklist() -> None:
    away = [{"operator": "bruno", "kind": "sickness", "start": NINE, "end": NINE + timedelta(hours=8), "status": "observed"}]
    closed = opening(absences=away, here=["anna"])
    assert [row["check"] for row in closed.checks().to_dicts() if not row["passed"]] == ["crew", "positions"]
    assert not closed.is_ready
    assert "bruno" not in [row["operator"] for row in closed.candidates(PERSON).to_dicts()]
    standing = opening(out_of_order=["A1", "A2"]).checks().to_dicts()[-1]
    assert (standing["check"], standing["have"], standing["need"]) == ("positions", 0, 1)
    office = fw.Calendar("UTC", {"mon-fri": "10:00-18:00"})
    early = opening(lines=[{**LINE, "hours": office}]).checks().to_dicts()
    assert [(row["check"], row["passed"], row["next"]) for row in early] == [("hours", False, NINE + timedelta(hours=1))]


def test_a_line_that_is_led_names_who_is_in_charge() -> None:
    team = staff(groups=[{"id": "blue", "leader": "mara", "deputies": ["anna"]}])
    found = opening(staff=team, lines=[{**LINE, "led_by": "blue"}])
    assert found.in_charge(PERSON) == {"sales": "anna"}
    with pytest.raises(fw.UnknownNameError, match="bleu"):
        opening(staff=team, lines=[{**LINE, "led_by": "bleu"}])


def test_names_need_a_policy_that_shows_them() -> None:
    found = opening()
    placed = fw.place_operators([LINE], (NINE, NINE + timedelta(hours=1)), zone="UTC", staff=staff(), roster=ROSTER)
    for ask in (found.crew, found.candidates, found.in_charge, placed.duties):
        with pytest.raises(fw.PolicyError):
            ask(TEAM)
    with pytest.raises(fw.DataError, match="operators a line needs"):
        opening(lines=[{**LINE, "min_operators": 0}])
    with pytest.raises(fw.ConflictError):
        opening(lines=[LINE, LINE])
    with pytest.raises(fw.DataError, match="lines"):
        opening(lines=[{"queue": "sales"}])


def test_results_compare_and_hash() -> None:
    assert opening() == opening() and hash(opening()) == hash(opening())
    assert opening() != opening(here=["anna"]) and opening() != 5
    window = (NINE, NINE + timedelta(hours=4))
    first, second = (fw.place_operators([LINE], window, zone="UTC", staff=staff(), roster=ROSTER) for _ in range(2))
    assert first == second and hash(first) == hash(second) and first != 5


def test_operators_are_placed_and_gaps_are_told() -> None:
    window = (NINE, NINE + timedelta(hours=4))
    placed = fw.place_operators([LINE], window, zone="UTC", staff=staff(), roster=ROSTER, kept={"carla": "A2"})
    duties = {row["operator"]: row for row in placed.duties(PERSON).to_dicts()}
    assert {name: row["line"] for name, row in duties.items()} == {"anna": None, "bruno": "sales", "carla": "sales"}
    assert duties["carla"]["position"] == "A2" and duties["bruno"]["position"] == "A1"
    assert (placed.headcount, placed.unseated, len(placed)) == (3, 1, 3)
    assert placed.gaps().to_dicts() == [
        {"queue": "sales", "start": NINE, "end": NINE + timedelta(hours=4), "to_open": 0, "to_wanted": 1}
    ]


def test_who_is_here_tells_the_opening() -> None:
    shifts = [{"agent": name, "start": NINE, "end": NINE + timedelta(hours=8)} for name in NAMES]
    punches = [{"agent": name, "at": NINE - timedelta(minutes=2), "kind": "in"} for name in ("bruno", "carla")]
    rows = fw.who_is_here(NINE, shifts, punches, zone="UTC").rows(PERSON).to_dicts()
    here = [row["agent"] for row in rows if row["here"]]
    assert here == ["bruno", "carla"]
    assert opening(here=here).lines().to_dicts()[0]["crew"] == 2


def board(**more: Any) -> fw.Board:
    return fw.Board(NINE, **{"zone": "UTC", "level": "offered(20s)", **more})


def at(seconds: int) -> str:
    return (NINE + timedelta(seconds=seconds)).isoformat()


CALLS: list[Row] = [
    {"at": at(0), "what": "entered", "leg": "1", "queue": "sales"},
    {"at": at(5), "what": "entered", "leg": "2", "queue": "sales"},
    {"at": at(10), "what": "answered", "leg": "1", "agent": "anna"},
    {"at": at(40), "what": "left", "leg": "2", "outcome": "abandoned"},
    {"at": at(50), "what": "entered", "leg": "3", "queue": "sales"},
]


def test_the_board_counts_by_hand() -> None:
    live = board()
    live.extend(CALLS)
    live.advance(at(60))
    (row,) = live.queues().to_dicts()
    assert (row["waiting"], row["longest_wait"], row["talking"]) == (1, timedelta(seconds=10), 1)
    assert (row["offered"], row["answered"], row["abandoned"], row["so_far"]) == (3, 1, 1, 0.5)
    assert (row["start"], row["end"], row["best"]) == (NINE, NINE + timedelta(minutes=30), None)
    assert live.at == NINE + timedelta(minutes=1) and live.pending == 0


@pytest.mark.parametrize("make", [list, json.dumps, pl.DataFrame, pd.DataFrame, pa.Table.from_pylist])
def test_events_come_in_many_shapes(make: Any) -> None:
    keys = sorted({key for row in CALLS for key in row})
    one, many = board(), board()
    for event in CALLS:
        one.push(event)
    many.extend(make([{key: row.get(key) for key in keys} for row in CALLS]))
    for live in (one, many):
        live.advance(at(60))
    assert one.queues() == many.queues() and len(one.queues()) == 1


def test_alarms_are_raised_and_cleared() -> None:
    live = board(rules={"wait": {"default_ms": 20_000}, "out_secs": 60}, roster=ROSTER)
    live.extend(CALLS[:3])
    live.advance(at(30))
    assert [(row["alarm"], row["queue"], row["limit"]) for row in live.alarms().to_dicts()] == [
        ("wait_over_limit", "sales", timedelta(seconds=20))
    ]
    live.extend(CALLS[3:])
    live.advance(at(55))
    assert [(row["change"], row["alarm"]) for row in live.changes().to_dicts()] == [
        ("raised", "wait_over_limit"), ("cleared", "wait_over_limit"),
    ]
    assert len(live.changes()) == 0
    live.advance(at(120))
    assert {row["agent"] for row in live.alarms(PERSON).to_dicts() if row["personal"]} == {"bruno", "carla"}
    with pytest.raises(fw.PolicyError):
        live.alarms(TEAM)
    with pytest.raises(fw.PolicyError):
        live.changes(TEAM)


def test_a_limit_may_be_a_timedelta() -> None:
    told = board(rules={"wait": timedelta(seconds=30), "call": timedelta(minutes=10)}).rules()
    assert (told["wait"], told["call"]) == ({"default_ms": 30_000}, {"default_ms": 600_000})
    usual = board(usual_alarms="0.8", rules={"out_secs": 60}).rules()
    assert (usual["risk"]["target_permille"], usual["out_secs"], usual["call"]["default_ms"]) == (800, 60, 900_000)
    with pytest.raises(fw.OutOfRangeError, match="usual_alarms"):
        board(usual_alarms="0.80001")
    with pytest.raises(fw.DataError, match="rules"):
        board(rules={"waits": 5})
    with pytest.raises(fw.OutOfRangeError):
        board(usual_alarms=1.5)
    with pytest.raises(fw.ArgumentTypeError, match="event"):
        board().push([])


def test_people_on_the_board() -> None:
    live = board(roster=ROSTER)
    states = [("anna", "ready"), ("bruno", "break"), ("carla", "COFFEE?")]
    live.extend([{"at": at(1), "what": "state", "agent": name, "state": state} for name, state in states])
    live.advance(at(60))
    rows = {row["agent"]: row for row in live.agents(PERSON).to_dicts()}
    assert {name: row["doing"] for name, row in rows.items()} == {"anna": "ready", "bruno": "break", "carla": "unmapped"}
    assert rows["carla"]["unmapped"] == "COFFEE?" and rows["carla"]["verdict"] != "out"
    with pytest.raises(fw.PolicyError):
        live.agents(TEAM)
    with pytest.raises(fw.PolicyError):
        live.team(TEAM)
    small = fw.AccessPolicy("running the day", "figures of a group", "team", min_group=3)
    team = live.team(small)
    assert (team["people"], team["here"], team["ready"], team["elsewhere"], team["unknown"]) == (3, 3, 1, 1, 1)
    assert (team["planned"], team["net_staffing"]) == (3, -2)
    with pytest.raises(fw.PolicyError):
        live.team(small, members=["anna"])


def test_what_is_odd_is_a_finding() -> None:
    live = board()
    live.extend(CALLS)
    live.advance(at(60))
    live.push({"at": at(1), "what": "released", "leg": "1"})
    live.push({"at": at(61), "what": "released", "leg": "9"})
    live.advance(at(90))
    assert live.finding_counts == {"late": 1, "unknown_contact": 1}
    late, unknown = live.findings().to_dicts()
    assert (late["kind"], late["late"], unknown["leg"]) == ("late", timedelta(seconds=59), "9")
    with pytest.raises(fw.DataError, match=r"events\[0\]"):
        live.extend([{"at": at(70), "what": "vanished"}])


def test_lateness_is_waited_for_and_shown_if_asked() -> None:
    live = board(rules={"lateness_secs": 10})
    live.extend(CALLS[:2])
    assert live.pending > 0 and len(live.queues()) == 0
    assert live.provisional().queues().to_dicts()[0]["waiting"] == 2
    assert len(live.queues()) == 0


def test_a_log_is_replayed() -> None:
    log = fw.read_queue_log(ROOT / "examples" / "data" / "sample.queue_log.gz", zone="Europe/Rome")
    day = ("2026-03-16", "2026-03-17")
    live = fw.Board("2026-03-16T00:00+01:00", zone="Europe/Rome", level="offered(20s)", every="day")
    events = fw.board_events(log, window=day).to_polars()
    midnight = datetime(2026, 3, 17, tzinfo=ZoneInfo("Europe/Rome"))
    live.extend(events.filter(pl.col("at") < midnight))
    live.advance("2026-03-16T23:59:59.999+01:00")
    shown = {row["queue"]: row for row in live.queues().to_dicts()}
    tally = fw.service_levels(log, zone="Europe/Rome", every="day", rules="offered(20s)", window=day)
    for queue, row in shown.items():
        level = tally.service_level("offered(20s)", queue=queue)
        if row["waiting"] == 0:
            assert (row["offered"], row["so_far"]) == (tally.figure("offered", queue=queue).value, level.value), queue
    assert shown and any(row["waiting"] == 0 for row in shown.values())
    assert len(fw.board_events(log)) > len(fw.board_events(log, window=day))


def test_threads_share_a_board() -> None:
    live = board(rules={"lateness_secs": 3600})

    def feed(part: int) -> None:
        for number in range(50):
            live.push({"at": at(number), "what": "entered", "leg": f"{part}-{number}", "queue": "sales"})

    threads = [threading.Thread(target=feed, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert live.provisional().queues().to_dicts()[0]["waiting"] == 200
    with pytest.raises(AttributeError):
        live.name = "x"  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        pickle.dumps(live)


def test_pseudonyms_change_with_each_export() -> None:
    secret = secrets.randbits(128)
    people = [f"agent {number}" for number in range(40)]
    source = fw.PseudonymSource(secret)
    first, second = source.numbers(people), source.numbers(people)
    assert sorted(first.values()) == sorted(second.values()) == list(range(1, 41))
    assert first != second and source.exports == 2
    assert fw.PseudonymSource(secret, exports=1).numbers(people) == second
    assert str(secret) not in repr(source)
    with pytest.raises(TypeError):
        pickle.dumps(source)


def test_small_groups_are_left_out() -> None:
    assert TEAM.suppress([12, 3, 8, 20]) == (["shown", "too_few", "complementary", "shown"], "shown")
    assert TEAM.suppress([0, 9]) == (["shown", "shown"], "shown")
    assert TEAM.suppress([3]) == (["too_few"], "too_few")


def test_retention_is_counted_in_days() -> None:
    assert PERSON.keeps_until(NINE) == NINE + timedelta(days=180)


def test_looks_at_people_are_recorded() -> None:
    audit = fw.AccessAudit()
    audit = audit.with_read(PERSON, reader="mara", at=NINE, what="live_board")
    audit = audit.with_read(TEAM, reader="mara", at=NINE + timedelta(days=1), what="scorecard", operator="anna")
    rows = audit.table().to_dicts()
    assert [(row["what"], row["granted"], row["error"]) for row in rows] == [
        ("live_board", True, None), ("scorecard", False, "policy.refused"),
    ]
    assert [row["what"] for row in audit.table(operator="anna").to_dicts()] == ["scorecard"]
    assert len(audit.without_before(NINE + timedelta(days=1))) == 1
    again = fw.AccessAudit(audit.to_dicts())
    assert again == audit and hash(again) == hash(audit) and eval(repr(audit), vars(fw)) == audit
    assert pickle.loads(pickle.dumps(audit)) == audit and audit != fw.AccessAudit()
    with pytest.raises(fw.InvalidNameError, match="reader"):
        audit.with_read(PERSON, reader="", at=NINE, what="live_board")
