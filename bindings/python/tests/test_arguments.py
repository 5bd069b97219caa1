"""Arguments: what each takes, and what its errors say."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

import floorwalker as fw

NINE = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
LEGS: dict[str, list[Any]] = {"queue": ["sales"] * 3, "arrived": [NINE] * 3, "wait_s": [12, 20, 21]}


def count(**changed: Any) -> fw.IntervalTally:
    arguments: dict[str, Any] = {"zone": "Europe/Rome", "rules": "offered(20s)", **changed}
    return fw.service_levels(arguments.pop("legs", LEGS), **arguments)


# Durations.

TWENTY = [
    "20", "20s", "8s 12s", "20000ms", timedelta(seconds=20), 20, 20.0,
    Decimal("20"), Decimal("20.000"), Fraction(40, 2), pd.Timedelta(seconds=20),
]  # fmt: skip


@pytest.mark.parametrize("given", TWENTY, ids=repr)
def test_durations_of_every_kind(given: Any) -> None:
    assert fw.Limit(given).default == timedelta(seconds=20)


def test_floats_are_rounded_to_the_millisecond_and_exact_numbers_must_be_exact() -> None:
    assert fw.Limit(0.1).default == timedelta(milliseconds=100)
    assert fw.Limit(Decimal("0.1")).default == timedelta(milliseconds=100)
    with pytest.raises(fw.OutOfRangeError, match="argument default: .*whole number of milliseconds"):
        fw.Limit(Decimal("0.0001"))


def test_a_decimal_with_more_than_28_digits_is_not_rounded() -> None:
    with pytest.raises(fw.OutOfRangeError, match="20.0000000000000000000000000000001"):
        fw.Limit(Decimal("20.0000000000000000000000000000001"))
    assert fw.Limit(Decimal("20.0000000000000000000000000000000")).default == timedelta(seconds=20)


@pytest.mark.parametrize("given", [True, None, [20], {"s": 20}, 20j], ids=repr)
def test_what_is_no_duration_is_refused(given: Any) -> None:
    with pytest.raises(fw.ArgumentTypeError, match="argument default must be a duration: .*given") as caught:
        fw.Limit(given)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("given", [float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity"), -1, "401d"], ids=repr)
def test_a_duration_out_of_range_is_refused(given: Any) -> None:
    with pytest.raises(fw.OutOfRangeError):
        fw.Limit(given)


# Instants.


class Odd(tzinfo):
    """A zone of nobody's library."""

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(hours=5, minutes=45)

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, _: datetime | None) -> str:
        return "odd"


ROME = zoneinfo.ZoneInfo("Europe/Rome")
SAME = [
    "2026-03-02T10:00+01:00", "2026-03-02 10:00:00+01:00", "2026-03-02T09:00Z", "2026-03-02T09:00:00.000z",
    datetime(2026, 3, 2, 10, 0, tzinfo=ROME), datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc),
    datetime(2026, 3, 2, 9, 0, tzinfo=zoneinfo.ZoneInfo("UTC")),
    datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=1))),
    datetime(2026, 3, 2, 14, 45, tzinfo=Odd()),
    pd.Timestamp("2026-03-02T10:00", tz="Europe/Rome"), pd.Timestamp("2026-03-02T09:00", tz="UTC"),
]  # fmt: skip


@pytest.mark.parametrize("given", SAME, ids=repr)
def test_instants_of_every_kind(given: Any) -> None:
    legs = {**LEGS, "arrived": [NINE, NINE + timedelta(hours=1), NINE + timedelta(hours=2)]}
    assert count(legs=legs).figure("offered", at=given).value == 1


def test_the_two_meanings_of_a_local_time_that_comes_twice() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ROME)
    second = first.replace(fold=1)
    legs = {"queue": ["a", "b"], "arrived": [first, second], "wait_s": [1, 1]}
    rows = [row for row in count(legs=legs).table("offered").to_dicts() if row["value"]]
    assert [(row["queue"], row["interval"]) for row in rows] == [
        ("a", "2026-10-25T02:30:00+02:00"),
        ("b", "2026-10-25T02:30:00+01:00"),
    ]


def test_a_local_time_in_the_gap_is_refused() -> None:
    with pytest.raises(fw.LocalTimeError, match="argument at: .*does not exist") as caught:
        count().figure("offered", at=datetime(2026, 3, 29, 2, 30, tzinfo=ROME))
    assert caught.value.code == "local_time.missing"


def test_a_datetime_without_a_zone_is_refused_with_advice() -> None:
    with pytest.raises(fw.InvalidNameError, match=r"argument at: a datetime needs a time zone.*set tzinfo"):
        count().figure("offered", at=datetime(2026, 3, 2, 9, 0))
    with pytest.raises(fw.InvalidNameError, match="argument at: .*with its offset"):
        count().figure("offered", at="2026-03-02T09:00")


def test_nanoseconds_are_cut_to_the_millisecond_towards_the_earlier_instant() -> None:
    almost = pd.Timestamp("2026-03-02T08:29:59.999999999", tz="UTC")
    tally = count(legs={"queue": ["sales"], "arrived": [almost], "wait_s": [1]})
    rows = [row["interval"] for row in tally.table("offered").to_dicts() if row["value"]]
    assert rows == ["2026-03-02T09:00:00+01:00"]


@pytest.mark.parametrize("given", [5, pd.NaT, date(2026, 3, 2)], ids=repr)
def test_what_is_no_instant_is_refused(given: Any) -> None:
    with pytest.raises(fw.ArgumentTypeError, match="argument at must be an instant: .*given"):
        count().figure("offered", at=given)


# Windows.


def test_windows_by_instants_and_by_local_dates() -> None:
    by_dates = count(window=("2026-03-02", "2026-03-03")).window
    assert by_dates == count(window=(date(2026, 3, 2), date(2026, 3, 3))).window
    assert by_dates == count(window=("2026-03-02T00:00+01:00", "2026-03-03T00:00+01:00")).window
    assert by_dates is not None and by_dates[0] == datetime(2026, 3, 1, 23, 0, tzinfo=timezone.utc)
    summer = count(window=("2026-03-29", "2026-03-30")).window
    assert summer is not None and summer[1] - summer[0] == timedelta(hours=23)


def test_a_window_back_in_time_is_refused() -> None:
    with pytest.raises(fw.OutOfOrderError, match="start must not come after end"):
        count(window=("2026-03-03", "2026-03-02"))
    with pytest.raises(fw.ArgumentTypeError, match="argument window must be a pair of instants"):
        count(window="2026-03-02")


def test_at_and_window_exclude_each_other() -> None:
    with pytest.raises(fw.ConflictError, match="at and window cannot be given together"):
        count().figure("offered", at=NINE, window=("2026-03-02", "2026-03-03"))
    with pytest.raises(fw.OutOfRangeError, match="argument at must be inside"):
        count().figure("offered", at=NINE + timedelta(days=9))


# Zones.

ZONES = [
    "Europe/Rome", "europe/rome", ROME, "+01:00", timezone(timedelta(hours=1)),
    pd.Timestamp("2026-03-02", tz="Europe/Rome").tz,
]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES, ids=repr)
def test_zones_of_every_kind(zone: Any) -> None:
    rows = count(zone=zone).table("offered").to_dicts()
    assert rows[0]["interval"] == "2026-03-02T00:00:00+01:00"


def test_an_unknown_zone_brings_the_nearest_names() -> None:
    with pytest.raises(fw.UnknownNameError, match="argument zone: .*Europe/Rome") as caught:
        count(zone="Europe/Rom")
    assert caught.value.code == "zone.unknown"
    assert isinstance(caught.value, LookupError)


# Choices, and the same promise for every argument: its name, what was given, what is allowed.

WRONG: list[tuple[str, Any, str]] = [
    ("zone", 5, "argument zone must be a time zone: .*given 5"),
    ("every", "7m", "argument every: .*7m.*allowed are 5m, 10m"),
    ("every", 30, "argument every must be an interval length: .*given 30"),
    ("by", "agent", "argument by must be one of 'queue', 'all', given 'agent'"),
    ("attribution", "arrivl", "argument attribution must be one of 'arrival', .*given 'arrivl'"),
    ("waits", "all", "argument waits must be one of 'histogram', 'exact', 'nothing', given 'all'"),
    ("rules", "offerd(20s)", "argument rules: .*offerd.*did you mean .*offered"),
    ("rules", "offered", "argument rules: .*a threshold is needed"),
    ("rules", [], "argument rules must be a ServiceLevel or its text"),
    ("rules", ["offered(20s)", 5], r"argument rules\[1\] must be a ServiceLevel .*given 5"),
    ("short_abandons", "soon", "argument short_abandons: duration is not valid: .*soon"),
    ("short_answers", -1, "argument short_answers: "),
    ("columns", ["arrived"], "argument columns must be a dict from standard names"),
    ("columns", {"arived": "start"}, "argument columns: no column of legs is called .arived.: there are queue, arrived"),
    ("naive", "Rome", "argument naive: .*Europe/Rome"),
    ("as_of", "today", "argument as_of: .*today"),
    ("legs", 5, "argument legs must be a table with the Arrow interface.*given 5"),
    ("legs", {}, "argument legs has no columns"),
    ("legs", {"queue": "sales"}, r"argument legs\[.queue.\] must be a list"),
    ("legs", {"queue": ["a"], "arrived": []}, "column arrived has 0 rows, but column queue has 1"),
    ("legs", {"queue": ["a", 5]}, r"argument legs\[.queue.\]\[1\] must be of the same kind"),
    ("legs", "legs.csv", "argument legs.*|only Parquet files"),
]


@pytest.mark.parametrize(("argument", "given", "message"), WRONG)
def test_an_error_names_the_argument_the_value_and_what_is_allowed(argument: str, given: Any, message: str) -> None:
    with pytest.raises(fw.FloorwalkerError, match=message) as caught:
        count(**{argument: given})
    assert caught.value.code != "unknown"
    assert caught.value.args == (str(caught.value), caught.value.code)


def test_a_figure_that_is_not_known_brings_the_nearest() -> None:
    with pytest.raises(fw.UnknownNameError, match="argument name: .*aasa.*asa"):
        count().figure("aasa")
    with pytest.raises(fw.UnknownNameError, match="argument figures: "):
        count().table(["offered", "aasa"])
    with pytest.raises(fw.UnknownNameError, match="queue is called .*sale.*sales"):
        count().figure("asa", queue="sale")
    with pytest.raises(fw.ConflictError, match=r"offered\(30s\) was not counted for"):
        count().service_level("offered(30s)")


def test_figures_about_people_need_a_policy() -> None:
    legs = {**LEGS, "agent": ["Anna"] * 3, "talk_s": [60] * 3}
    with pytest.raises(fw.PolicyError, match="access policy") as caught:
        fw.agent_figures(legs, zone="UTC", every="day")
    assert isinstance(caught.value, PermissionError)
    with pytest.raises(fw.PolicyError, match="no purpose"):
        fw.AccessPolicy("", "agreement", "person")
    team = fw.AccessPolicy("staffing", "agreement", "team")
    with pytest.raises(fw.PolicyError, match="1 people, fewer than 5"):
        fw.agent_figures(legs, zone="UTC", every="day", policy=team)
    with pytest.raises(fw.PolicyError, match="pseudonyms are given by a report"):
        fw.agent_figures(legs, zone="UTC", policy=fw.AccessPolicy("x", "y", "pseudonym"))
    with pytest.raises(fw.ConflictError, match="the figure occupancy needs states"):
        fw.agent_figures(legs, zone="UTC", policy=fw.AccessPolicy("x", "y", "person"), figures="occupancy")
