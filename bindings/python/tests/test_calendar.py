"""Business time: the shared cases, columns of every library, and what cannot be."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

from conftest import CASES

ROME = ZoneInfo("Europe/Rome")
OFFICE = fw.Calendar("Europe/Rome", {"mon-fri": ["09:00-13:00", "14:00-18:00"]}, holidays="IT")


def windows(days: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    return {day: [(start, end) for start, end in pairs] for day, pairs in days.items()}


def calendar(given: dict[str, Any], boundaries: str) -> fw.Calendar:
    rules = [
        {"name": "yearly", "day": {"date": {"month": int(text[:2]), "day": int(text[3:])}}}
        for text in given.get("annual_holidays", [])
    ]
    holidays = {"dates": {day: "holiday" for day in given.get("holidays", [])}, "rules": rules}
    scope = given.get("holiday_scope", "calendar_day")
    return fw.Calendar(
        given["tz"],
        windows(given.get("hours", {})),
        holidays=holidays,
        overrides=windows(given.get("overrides", {})),
        breaks=windows(given.get("breaks", {})),
        weekly_breaks=windows(given.get("weekly_breaks", {})),
        override_beats_holiday=given.get("override_beats_holiday", False),
        holiday_scope=scope,
        boundaries=boundaries,  # type: ignore[arg-type]
    )


def opened(given: dict[str, Any], boundaries: str) -> fw.Calendar:
    if not any(given["hours"].values()) and not given.get("overrides"):
        return fw.Calendar.closed(given["tz"])
    return calendar(given, boundaries)


def in_utc(value: Any) -> Any:
    """Python never takes a local time that exists twice for equal to one in another zone."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc)
    if isinstance(value, (list, tuple)):
        return [in_utc(one) for one in value]
    return value


def at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text.replace("Z", "+00:00"))


def seconds(amount: timedelta) -> int:
    return amount // timedelta(seconds=1)


def spans(found: list[tuple[datetime, datetime]]) -> list[list[datetime]]:
    return [list(pair) for pair in found]


def answer(cal: fw.Calendar, op: str, given: dict[str, Any]) -> dict[str, Any] | None:
    """What the package says; ``None`` for what it does not offer."""
    if op == "is_open":
        return {"open": cal.is_open(given["at"])}
    if op in ("next_open", "prev_open", "next_close"):
        return {"at": getattr(cal, op)(given["at"])}
    if op == "elapsed":
        return {"seconds": seconds(cal.elapsed(given["from"], given["to"]))}
    if op == "add":
        try:
            due = cal.add(given["from"], given["seconds"])
        except fw.CalendarError as error:
            return {"error": error.code.removeprefix("calendar.")}
        return {"due": due, "due_reopen": cal.reopens(given["from"], given["seconds"])}
    if op == "sub":
        return {"start": cal.sub(given["from"], given["seconds"])}
    if op == "windows" and "until" in given:
        return {"windows": spans(cal.windows((given["from"], given["until"])))}
    if op == "windows":
        reach = timedelta(days=60)
        start = at(given["from"])
        assert start is not None
        if given.get("direction") == "backward":
            found = [list(pair) for pair in cal.windows((start - reach, start))]
            return {"windows": found[::-1][: given["count"]]}
        return {"windows": spans(cal.windows((start, start + reach)))[: given["count"]]}
    if op == "business_dates":
        after = date.fromisoformat(given["after"])
        found_dates = [cal.add_business_days(after, n + 1).isoformat() for n in range(given["count"])]
        return {"dates": found_dates}
    if op == "add_days_close":
        day = cal.add_business_days(given["from"][:10], given["days"])
        return {"at": cal.closing(day)}
    if op == "sla":
        return promise(cal, given)
    if op == "is_business_day":
        return {"business_day": cal.is_business_day(given["date"])}
    if op == "add_business_days":
        return {"date": cal.add_business_days(given["date"], given["days"]).isoformat()}
    if op == "business_days_between":
        return {"days": cal.business_days_between(given["from"], given["to"])}
    if op == "add_days_time":
        return {"at": cal.add_days(given["from"], given["days"])}
    if op == "deadline":
        last = fw.deadline(given["received"], given["amount"], given["unit"], cal, roll=given.get("roll") or "none")
        return {"last_day": last.isoformat()}
    return None


def promise(cal: fw.Calendar, given: dict[str, Any]) -> dict[str, Any]:
    pauses = [(start, end) for start, end in given.get("pauses", [])]
    clock = fw.Clock(given["start"], given["target_s"], pauses=pauses, stop=given.get("stop"))
    reading = clock.reading(cal, given.get("as_of") or given.get("stop") or "2100-01-01T00:00Z")
    without_stop = fw.Clock(given["start"], given["target_s"], pauses=pauses)
    whole = without_stop.reading(cal, "2100-01-01T00:00Z")
    found: dict[str, Any] = {"due": whole.due, "due_reopen": whole.due_reopen}
    if "as_of" in given or "stop" in given:
        found |= {
            "elapsed_s": seconds(reading.elapsed),
            "remaining_s": seconds(reading.remaining),
            "breached": reading.is_over,
        }
    return found


def moments(value: Any) -> Any:
    """The same with texts of instants as instants."""
    if isinstance(value, str) and value.endswith("Z"):
        return at(value)
    if isinstance(value, list):
        return [moments(one) for one in value]
    return value


FILES = sorted((CASES / "sla").glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_shared_cases(path: Any) -> None:
    suite = json.loads(path.read_text(encoding="utf-8"))
    made: dict[tuple[str, str], fw.Calendar] = {}
    asked = 0
    for case in suite["cases"]:
        name = case.get("calendar")
        if name is None or case["op"] in ("reject_calendar",):
            continue
        readings = [("compatible", case["expect"])]
        if case.get("alt_rule") == "wall_clock":
            readings.append(("wall_clock", case["alt"]))
        for boundaries, expect in readings:
            key = (name, boundaries)
            if key not in made:
                made[key] = opened(suite["calendars"][name], boundaries)
            found = answer(made[key], case["op"], case["input"])
            if found is None:
                continue
            asked += 1
            for field, value in expect.items():
                if field in found:
                    assert in_utc(found[field]) == moments(value), (case["id"], boundaries, field)
            assert set(found) & set(expect), case["id"]
    assert asked > 0 or path.stem in ("tickets",)


def test_calendars_that_cannot_be() -> None:
    checked = 0
    for path in FILES:
        suite = json.loads(path.read_text(encoding="utf-8"))
        for case in suite["cases"]:
            if case["op"] == "reject_calendar":
                given = case["input"].get("calendar_spec") or suite["calendars"][case["calendar"]]
                with pytest.raises(fw.CalendarError) as caught:
                    calendar(given, "compatible")
                assert caught.value.code == f"calendar.{case['expect']['error']}"
                checked += 1
    assert checked > 0


def desk_policy(given: dict[str, Any]) -> dict[str, Any]:
    metrics: dict[str, Any] = {}
    for metric in given["metrics"]:
        if "target_s" in metric:
            metrics[metric["name"]] = {"same": timedelta(seconds=metric["target_s"])}
        else:
            by = {name: timedelta(seconds=target) for name, target in metric["by_priority"].items()}
            metrics[metric["name"]] = {"by_priority_ms": by}
    rest = {key: value for key, value in given.items() if key not in ("metrics", "warn_at")}
    return {"metrics": metrics, **rest}


def desk_event(given: dict[str, Any]) -> dict[str, Any]:
    kind, what = given["type"], given["type"]
    if kind == "created":
        what = {"created": {"state": given.get("state"), "priority": given.get("priority")}}
    elif kind in ("state", "priority", "calendar"):
        what = {kind: given["to"]}
    elif kind == "waive":
        what = {"waived": {"metric": given["metric"], "cause": given["reason"], "evidence": "file 1"}}
    return {"at": at(given["at"]), "what": what}


def shown(row: dict[str, Any]) -> dict[str, Any]:
    figures = {name: seconds(row[name.removesuffix("_s")]) for name in ("target_s", "elapsed_s", "remaining_s")}
    return {**figures, "due": row["due"], "state": row["state"]}


def same_cycle(row: dict[str, Any], expect: dict[str, Any], place: str) -> None:
    found = shown(row)
    for field in set(found) & set(expect):
        assert found[field] == moments(expect[field]), (place, field)


def test_the_clocks_of_tickets() -> None:
    suite = json.loads((CASES / "sla" / "tickets.json").read_text(encoding="utf-8"))
    calendars = {name: calendar(given, "compatible") for name, given in suite["calendars"].items()}
    checked = 0
    for case in suite["cases"]:
        if case["op"] != "ticket":
            continue
        given = case["input"]
        events = [desk_event(event) for event in given["events"]]
        first = calendars[given["calendar"]]
        table = fw.case_clocks(desk_policy(given["policy"]), events, first, given["as_of"], calendars=calendars)
        for metric, expect in case["expect"].items():
            rows = [row for row in table.to_dicts() if row["metric"] == metric]
            if "cycles" in expect:
                assert len(rows) == len(expect["cycles"]), case["id"]
                for row, cycle in zip(rows, expect["cycles"]):
                    same_cycle(row, cycle, case["id"])
            elif rows:
                same_cycle(rows[-1], expect, case["id"])
            checked += len(rows)
    assert checked > 20


STARTS = [
    datetime(2026, 6, 1, 17, 0, tzinfo=ROME),
    None,
    datetime(2026, 10, 25, 2, 30, tzinfo=ROME),
    datetime(2026, 6, 5, 12, 0, tzinfo=ROME),
]
ENDS = [datetime(2026, 6, 3, 10, 0, tzinfo=ROME), datetime(2026, 6, 3, tzinfo=ROME), None, datetime(2026, 6, 8, 9, 30, tzinfo=ROME)]
ELAPSED = [timedelta(hours=2), None, None, timedelta(hours=5, minutes=30)]


def columns() -> list[Any]:
    zoned = pa.timestamp("us", "Europe/Rome")
    return [
        pytest.param(list, lambda found: found, id="list"),
        pytest.param(lambda v: pl.Series("at", v, dtype=pl.Datetime("us", "Europe/Rome")), pl.Series.to_list, id="polars"),
        pytest.param(lambda v: pa.array(v, type=zoned), lambda found: found.to_pylist(), id="pyarrow"),
        pytest.param(
            lambda v: pa.chunked_array([pa.array(v[:1], type=zoned), pa.array(v[1:], type=zoned)]),
            lambda found: found.to_pylist(),
            id="pyarrow in pieces",
        ),
        pytest.param(
            lambda v: pd.Series(pd.to_datetime(v, utc=True), index=list("wxyz")),
            lambda found: [None if pd.isna(one) else one.to_pytimedelta() for one in found],
            id="pandas",
        ),
    ]


@pytest.mark.parametrize("make, plain", columns())
def test_columns_answer_in_kind(make: Any, plain: Any) -> None:
    starts, ends = make(STARTS), make(ENDS)
    found = OFFICE.elapsed(starts, ends)
    assert plain(found) == ELAPSED
    if not isinstance(starts, pa.Array):  # pieces are put together in a column of pieces
        assert type(found) is type(starts)
    against_one = OFFICE.elapsed(starts, ENDS[0])
    assert plain(against_one)[0] == timedelta(hours=2)
    if isinstance(starts, pd.Series):
        assert list(found.index) == list("wxyz")


@pytest.mark.parametrize("make, _", columns())
def test_every_question_in_columns_equals_single_questions(make: Any, _: Any) -> None:
    moments_only = [one for one in STARTS if one is not None]
    starts = make(STARTS)

    def listed(found: Any) -> list[Any]:
        if isinstance(found, (pa.Array, pa.ChunkedArray)):
            return list(found.to_pylist())
        values = found if isinstance(found, list) else found.to_list()
        return [None if one is None or one is pd.NaT else one for one in values]

    for name in ("is_open", "next_open", "prev_open", "next_close"):
        question = getattr(OFFICE, name)
        kept = [one for one in listed(question(starts)) if one is not None]
        assert kept == [question(one) for one in moments_only], name
    for name in ("add", "sub"):
        question = getattr(OFFICE, name)
        kept = [one for one in listed(question(starts, "90m")) if one is not None]
        assert kept == [question(one, "90m") for one in moments_only], name


def test_numpy_needs_a_clock() -> None:
    starts = np.array(["2026-06-01T17:00", "NaT", "2026-06-05T12:00"], dtype="datetime64[ns]")
    ends = np.array(["2026-06-03T10:00", "2026-06-03T10:00", "2026-06-08T09:30"], dtype="datetime64[s]")
    with pytest.raises(fw.ColumnTypeError):
        OFFICE.elapsed(starts, ends)
    found = OFFICE.elapsed(starts, ends, naive="Europe/Rome")
    assert found.dtype == np.dtype("timedelta64[ms]")
    assert found.tolist() == [timedelta(hours=2), None, timedelta(hours=5, minutes=30)]
    opens = OFFICE.next_open(starts, naive="Europe/Rome")
    assert opens.tolist() == [datetime(2026, 6, 1, 17), None, datetime(2026, 6, 5, 12)]
    amounts = np.array([60, 30, 90], dtype="timedelta64[m]")
    due = OFFICE.add(starts, amounts, naive=ROME)
    assert due.tolist() == [datetime(2026, 6, 1, 18), None, datetime(2026, 6, 5, 14, 30)]
    assert OFFICE.is_open(starts, naive="Europe/Rome").tolist() == [True, False, True]
    with pytest.raises(fw.ArgumentTypeError):
        OFFICE.is_open(np.array([1.5]))


def test_naive_columns_of_dataframes_need_a_clock() -> None:
    starts = pl.Series("at", [datetime(2026, 6, 1, 17)])
    with pytest.raises(fw.ColumnTypeError, match="naive"):
        OFFICE.elapsed(starts, starts)
    assert OFFICE.next_close(starts, naive="Europe/Rome").to_list() == [datetime(2026, 6, 1, 18, tzinfo=ROME)]
    twice = pl.Series("at", [datetime(2026, 10, 25, 2, 30)])
    with pytest.raises(fw.ColumnError, match="ambiguous|twice"):
        OFFICE.is_open(twice, naive="Europe/Rome")


def test_columns_of_different_length() -> None:
    with pytest.raises(fw.ColumnError) as caught:
        OFFICE.elapsed(STARTS, STARTS[:2])
    assert caught.value.code == "columns.length_mismatch"


@pytest.mark.parametrize(
    "given",
    [
        datetime(2026, 6, 1, 15, 0, tzinfo=timezone.utc),
        datetime(2026, 6, 1, 17, 0, tzinfo=ROME),
        datetime(2026, 6, 1, 17, 0, tzinfo=timezone(timedelta(hours=2))),
        pd.Timestamp("2026-06-01T17:00", tz="Europe/Rome"),
        pd.Timestamp("2026-06-01T15:00", tz="UTC"),
        "2026-06-01T17:00+02:00",
        "2026-06-01 15:00Z",
    ],
)
def test_aware_instants_of_every_kind(given: Any) -> None:
    assert OFFICE.elapsed(given, "2026-06-03T10:00+02:00") == timedelta(hours=2)
    assert OFFICE.next_open(given) == datetime(2026, 6, 1, 15, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize("given", [datetime(2026, 6, 1), "2026-06-01", "soon", 17, 1.5, None, pd.NaT, date(2026, 6, 1)])
def test_what_is_no_instant(given: Any) -> None:
    with pytest.raises(fw.FloorwalkerError) as caught:
        OFFICE.is_open(given)
    assert "argument at" in str(caught.value)
    assert isinstance(caught.value, (TypeError, ValueError))


def test_a_local_time_that_is_missing() -> None:
    with pytest.raises(fw.LocalTimeError):
        OFFICE.is_open(datetime(2026, 3, 29, 2, 30, tzinfo=ROME))


def test_both_meanings_of_a_local_time() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ROME)
    always = fw.Calendar.always_open("Europe/Rome")
    assert always.elapsed(first, first.replace(fold=1)) == timedelta(hours=1)
    midnight = datetime(2026, 10, 25, tzinfo=ROME)
    assert always.elapsed(midnight, midnight + timedelta(days=1)) == timedelta(hours=25)


def test_objects_are_values() -> None:
    again = fw.Calendar("Europe/Rome", {"mon-fri": [(time(9), time(13)), (time(14), "18:00")]}, holidays=fw.Holidays.italy())
    assert again == OFFICE and hash(again) == hash(OFFICE)
    assert pickle.loads(pickle.dumps(OFFICE)) == OFFICE
    assert eval(repr(OFFICE), {"Calendar": fw.Calendar}) == OFFICE
    assert fw.Calendar.from_json(OFFICE.to_dict()) == OFFICE == fw.Calendar.from_json(OFFICE.to_json())
    assert OFFICE.holidays == fw.Holidays("IT") and OFFICE.zone == "Europe/Rome"
    clock = fw.Clock(STARTS[0], "2h", pauses=[(ENDS[0], None)]) if STARTS[0] and ENDS[0] else None
    assert clock is not None
    assert pickle.loads(pickle.dumps(clock)) == clock == eval(repr(clock), {"Clock": fw.Clock})
    assert fw.Clock.from_json(clock.to_dict()) == clock
    holidays = fw.Holidays({date(2026, 12, 24): "Christmas Eve"})
    assert eval(repr(holidays), {"Holidays": fw.Holidays}) == holidays == pickle.loads(pickle.dumps(holidays))


def test_hours_are_joined_and_change() -> None:
    early = fw.Calendar("Europe/Rome", {"every_day": "06:00-12:00"})
    monday = ("2026-06-01", "2026-06-02")

    def hours(cal: fw.Calendar) -> list[tuple[int, int]]:
        return [(start.hour, end.hour) for start, end in cal.windows(monday)]

    assert hours(OFFICE | early) == [(6, 13), (14, 18)]
    assert hours(OFFICE & early) == [(9, 12)]
    changed = fw.Calendar.versions(OFFICE, [(datetime(2026, 6, 1, 11, tzinfo=ROME), early)])
    assert hours(changed) == [(9, 12)]
    assert (OFFICE | early).holidays is None


def test_night_shifts_and_holidays() -> None:
    night = {"every_day": "22:00-06:00"}
    by_day = fw.Calendar("Europe/Rome", night, holidays=["2026-06-02"])
    by_shift = fw.Calendar("Europe/Rome", night, holidays=["2026-06-02"], holiday_scope="opening_day")
    assert by_day.is_open("2026-06-02T03:00+02:00") is False
    assert by_shift.is_open("2026-06-02T03:00+02:00") is True
    assert by_shift.is_open("2026-06-02T23:00+02:00") is False


def test_holidays_come_in_many_shapes() -> None:
    assert fw.Holidays.italy(patron="Torino", easter=True).name_on("2026-06-24") is not None
    assert fw.Holidays.italy(easter=True).name_on(date(2026, 4, 5)) == "Pasqua"
    names = fw.Holidays.italy().between("2026-10-01", "2026-12-31")
    assert (date(2026, 10, 4), "San Francesco d'Assisi") in names
    with pytest.raises(fw.UnknownNameError):
        fw.Holidays.italy(patron="Atlantis")
    with pytest.raises(fw.UnknownNameError):
        fw.Holidays("FR")
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Fete\r\nDTSTART;VALUE=DATE:20200714\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
    assert fw.Holidays.from_ical(text + "END:VCALENDAR\r\n", (2026, 2027)).between("2026-01-01", "2028-01-01") == [
        (date(2026, 7, 14), "Fete"),
        (date(2027, 7, 14), "Fete"),
    ]
    with pytest.warns(UserWarning, match="line 1"):
        fw.Holidays.from_ical("nonsense\r\n", (2026, 2026))


def test_the_package_holidays_agrees() -> None:
    """A second opinion: the package of that name, if it is installed (tests/requirements.txt)."""
    holidays = pytest.importorskip("holidays")
    found = holidays.country_holidays("IT", years=range(2015, 2031))
    # National unity is kept on a Sunday of November, which is a holiday as any Sunday.
    theirs = {day: name for day, name in found.items() if day.month != 11 or day.weekday() < 6 or day.day == 1}
    ours = fw.Holidays.italy(easter=True).between("2015-01-01", "2030-12-31")
    assert {day for day, _ in ours} == set(theirs)
    assert fw.Holidays(theirs).name_on("2026-08-15") is not None


@pytest.mark.parametrize("ratio", [0.75, "0.75", Decimal("0.75"), Fraction(3, 4)])
def test_timers(ratio: Any) -> None:
    clock = fw.Clock("2026-06-01T09:00+02:00", "4h")
    assert clock.time_at(OFFICE, ratio) == datetime(2026, 6, 1, 12, 0, tzinfo=ROME)
    reading = clock.reading(OFFICE, "2026-06-01T12:00+02:00")
    assert reading.is_at_risk(ratio) and not reading.is_at_risk(1)
    assert reading.ratio == Fraction(3, 4)


def test_a_waived_clock() -> None:
    clock = fw.Clock("2026-06-01T09:00+02:00", "1h").with_waiver("2026-06-01T12:00+02:00", "force_majeure", "flood")
    assert clock.reading(OFFICE, "2026-06-01T13:00+02:00").state == "waived"
    with pytest.raises(fw.DataError):
        clock.with_waiver("2026-06-01T12:00+02:00", "weather", "flood")
    with pytest.raises(fw.InvalidNameError):
        clock.with_waiver("2026-06-01T12:00+02:00", "customer", " ")


@pytest.mark.parametrize(
    "hours, code",
    [
        ({"mon": "09:00-09:00"}, "calendar.zero_length_window"),
        ({"mon": ["09:00-12:00", "11:00-13:00"]}, "calendar.overlapping_windows"),
        ({}, "calendar.no_windows"),
        ({"lun": "09:00-10:00"}, "argument.type"),
        ({"mon": "9-10"}, "name.invalid"),
        ({"mon": 9}, "argument.type"),
        ([], "argument.type"),
    ],
)
def test_hours_that_cannot_be(hours: Any, code: str) -> None:
    with pytest.raises(fw.FloorwalkerError) as caught:
        fw.Calendar("Europe/Rome", hours)
    assert caught.value.code == code


def test_the_risk_of_a_breach_counts_open_cases() -> None:
    hours = pl.Series([1, 2, 4]) * pl.duration(hours=1)
    times = pl.select(hours).to_series()
    curve = fw.Survival(times, ["3h"])
    assert curve == fw.Survival([timedelta(hours=1), "2h", 4 * 3600]).merge(fw.Survival([], ["3h"]))
    assert curve.cases == 4 and curve.beyond("0s") == 1.0
    risk = curve.breach_risk(waited="3h", left="2h")
    assert risk is not None and (risk["probability"], risk["at_risk"]) == (0.0, 1)
    assert fw.Survival(["1h"]).breach_risk(waited="1h", left="1h") is None
    assert fw.Survival([]).beyond("1h") is None
    assert pickle.loads(pickle.dumps(curve)) == curve and hash(curve) == hash(eval(repr(curve), {"Survival": fw.Survival}))
    with pytest.raises(fw.OutOfRangeError):
        fw.Survival([timedelta(hours=-1)])
