"""Writes the cases for local days, local times and intervals: tests/conformance/time.json.

    python tests/oracle/time_cases.py FOLDER_OF_KPI_ORACLE > tests/conformance/time.json

The answers come from Python's zoneinfo with the PyPI package tzdata, by brute force: the
start of a day is the first second whose local date is that day, found by looking at every
minute and then at every second. The cases with the source `kpi-oracle` are the interval
starts listed in that data set.
"""

import csv
import json
import pathlib
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

import tzdata

UTC = timezone.utc
SOURCE = f"Python zoneinfo, tzdata {tzdata.__version__}"

DAYS = [
    ("Europe/Rome", "2025-03-29 2025-03-30 2025-03-31 2025-10-26 2026-03-29 2026-10-25"),
    ("Australia/Lord_Howe", "2026-04-05 2026-10-04"),
    ("Pacific/Apia", "2011-12-29 2011-12-30 2011-12-31"),
    ("America/Havana", "2025-03-09 2025-11-02 2026-11-01 2027-03-14"),
    ("Asia/Beirut", "2025-03-30 2025-10-25 2025-10-26"),
    ("America/Sao_Paulo", "2018-02-17 2018-02-18 2018-11-03 2018-11-04"),
    ("Africa/Cairo", "2025-04-25 2025-10-30 2025-10-31"),
    ("Africa/Casablanca", "2026-02-15 2026-03-22 2026-09-20 2027-02-07"),
    ("America/Vancouver", "2026-03-08 2026-11-01"),
    ("America/Edmonton", "2026-11-01"),
    ("America/Winnipeg", "2026-11-01"),
    ("Europe/Chisinau", "2025-03-30 2025-10-26"),
    ("America/St_Johns", "2010-11-06 2010-11-07 2011-03-13"),
    ("Atlantic/Azores", "2025-10-26"),
    ("America/Nuuk", "2024-10-26 2024-10-27"),
    ("America/Scoresbysund", "2024-03-30 2024-03-31"),
    ("Antarctica/Troll", "2025-03-30 2025-10-26"),
    ("Pacific/Kwajalein", "1993-08-20 1993-08-21 1993-08-22"),
    ("Pacific/Kiritimati", "1994-12-30 1994-12-31 1995-01-01"),
    ("America/Juneau", "1867-10-18 1867-10-19"),
    ("Africa/Monrovia", "1971-12-31 1972-01-07"),
    ("Europe/Amsterdam", "1937-07-01 1850-01-01"),
    ("Europe/Rome", "1866-12-11 1866-12-12 1893-10-31 1850-06-01"),
    ("Asia/Kolkata", "2026-03-29"),
    ("Asia/Kathmandu", "1985-12-31 1986-01-01"),
]

LOCAL = [
    ("Europe/Rome", "2026-03-29T01:59:59 2026-03-29T02:00:00 2026-03-29T02:59:59 2026-03-29T03:00:00"),
    ("Europe/Rome", "2026-10-25T01:59:59 2026-10-25T02:00:00 2026-10-25T02:59:59 2026-10-25T03:00:00"),
    ("Australia/Lord_Howe", "2026-10-04T02:15:00 2026-04-05T01:45:00"),
    ("Asia/Beirut", "2025-03-30T00:30:00 2025-10-25T23:30:00"),
    ("America/Sao_Paulo", "2018-11-04T00:00:00 2018-02-17T23:00:00"),
    ("Pacific/Apia", "2011-12-30T12:00:00"),
    ("America/Havana", "2025-11-02T00:00:00"),
    ("America/Nuuk", "2023-10-28T23:00:00 2024-10-26T23:30:00"),
    ("Africa/Casablanca", "2026-09-20T02:30:00 2026-12-01T09:00:00"),
    ("America/Vancouver", "2026-11-01T01:30:00 2026-12-01T09:00:00"),
    ("Europe/Amsterdam", "1937-07-01T00:00:10"),
]

OFFSETS = [
    # zone, the instants on both sides of the changes since 2026
    ("Africa/Casablanca", "2026-09-20T00:59:59 2026-09-20T01:00:00 2027-07-01T00:00:00"),
    ("Africa/El_Aaiun", "2026-09-20T01:00:00"),
    ("America/Vancouver", "2026-11-01T08:59:59 2026-11-01T09:00:00 2027-01-15T00:00:00"),
    ("America/Edmonton", "2026-11-01T08:00:00"),
    ("America/Inuvik", "2026-11-01T08:00:00"),
    ("America/Winnipeg", "2026-11-01T07:00:00"),
    ("America/Havana", "2026-12-01T00:00:00 2027-03-14T05:00:00"),
    ("Europe/Chisinau", "2025-03-30T00:00:00 2025-03-30T01:00:00 2025-10-26T01:00:00"),
    ("Europe/Tiraspol", "2026-03-29T00:30:00"),
    ("Europe/Rome", "1850-01-01T00:00:00 1866-12-11T23:10:03 1866-12-11T23:10:04"),
    ("Africa/Monrovia", "1971-01-01T00:00:00 1972-01-07T00:44:29 1972-01-07T00:44:30"),
]

GRIDS = [
    ("Europe/Rome", "1h", "2025-03-30", "2025-03-30"),
    ("Europe/Rome", "10m", "2026-10-25", "2026-10-25"),
    ("Europe/Rome", "5m", "2026-03-29", "2026-03-29"),
    ("Australia/Lord_Howe", "1h", "2026-04-04", "2026-04-05"),
    ("Australia/Lord_Howe", "1h", "2026-10-04", "2026-10-05"),
    ("America/St_Johns", "30m", "2010-11-06", "2010-11-07"),
    ("Asia/Beirut", "30m", "2025-03-30", "2025-03-30"),
    ("Pacific/Apia", "1h", "2011-12-29", "2011-12-31"),
    ("Pacific/Apia", "day", "2011-12-28", "2012-01-02"),
    ("Pacific/Apia", "day", "2011-12-30", "2011-12-30"),
    ("Europe/Rome", "day", "2026-03-28", "2026-03-30"),
    ("Europe/Amsterdam", "1h", "1937-07-01", "1937-07-01"),
    ("Asia/Kathmandu", "15m", "2026-01-01", "2026-01-01"),
]

STEPS = {"5m": 300, "10m": 600, "15m": 900, "30m": 1800, "1h": 3600}


def text(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def first(wanted, moments):
    return next((at for at in moments if wanted(at)), None)


def steps(start, end, step):
    while start < end:
        yield start
        start += step


def start_of_day(zone, day):
    """The first second whose local date is `day`, or None."""
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    here = lambda at: at.astimezone(zone).date() == day
    minute = timedelta(minutes=1)
    near = first(here, steps(midnight - timedelta(hours=26), midnight + timedelta(hours=50), minute))
    return near and first(here, steps(near - minute, near + minute, timedelta(seconds=1)))


def next_start(zone, day):
    while True:
        day += timedelta(days=1)
        start = start_of_day(zone, day)
        if start:
            return start


def day_case(name, day):
    zone = zoneinfo.ZoneInfo(name)
    start = start_of_day(zone, date.fromisoformat(day))
    expect = start and {"start": text(start), "end": text(next_start(zone, date.fromisoformat(day)))}
    return case(f"{name} {day}", "time.day", {"zone": name, "date": day}, expect)


def resolve_cases(name, local):
    zone = zoneinfo.ZoneInfo(name)
    readings = [datetime.fromisoformat(local).replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    # Python takes a missing time with the offset before the change for fold 0, and with
    # the offset after the change for fold 1.
    fold0, fold1 = (reading.astimezone(UTC) for reading in readings)
    missing = fold0.astimezone(zone).replace(tzinfo=None) != datetime.fromisoformat(local)
    low, high = min(fold0, fold1), max(fold0, fold1)
    if missing:
        offset = high.astimezone(zone).utcoffset()
        second = timedelta(seconds=1)
        change = first(lambda at: at.astimezone(zone).utcoffset() == offset, steps(low, high + second, second))
        answers = {("shift_forward", "refuse"): text(fold0), ("shift_back", "refuse"): text(fold1)}
        answers |= {("next_valid", "refuse"): text(change)}
        answers |= {("refuse", "earlier"): {"error": "local_time.missing"}}
    elif fold0 != fold1:
        answers = {("refuse", "earlier"): text(low), ("refuse", "later"): text(high)}
        answers |= {("next_valid", "refuse"): {"error": "local_time.ambiguous"}}
    else:
        answers = {("refuse", "refuse"): text(fold0)}
    for (if_missing, if_double), expect in answers.items():
        given = {"zone": name, "local": local, "missing": if_missing, "double": if_double}
        yield case(f"{name} {local} {if_missing} {if_double}", "time.resolve", given, expect)


def offset_case(name, at):
    local = datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(zoneinfo.ZoneInfo(name))
    given = {"zone": name, "at": at + "Z"}
    return case(f"{name} at {at}Z", "time.offset", given, int(local.utcoffset().total_seconds()))


def grid_case(name, every, first_day, last_day):
    zone = zoneinfo.ZoneInfo(name)
    day, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    starts = []
    while day <= last:
        start = start_of_day(zone, day)
        if start:
            end = next_start(zone, day)
            step = timedelta(seconds=STEPS[every]) if every in STEPS else end - start
            starts += [(day.isoformat(), at.astimezone(zone).isoformat()) for at in steps(start, end, step)]
        day += timedelta(days=1)
    return intervals_case(name, every, first_day, last_day, starts, SOURCE)


def intervals_case(zone, every, first_day, last_day, starts, source):
    """`starts` are pairs of a day and the local start of an interval, in order."""
    per_day = {}
    for day, _ in starts:
        per_day[day] = per_day.get(day, 0) + 1
    given = {"zone": zone, "every": every, "first": first_day, "last": last_day}
    expect = {"per_day": per_day, "starts": [start for _, start in starts]}
    name = f"{source.split(',')[0]}: {zone} {every} {first_day} to {last_day}"
    return case(name, "time.days", given, expect, source)


def kpi_case(folder, minutes):
    with open(folder / "expected" / f"interval_{minutes}.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    # dict.fromkeys: each interval is listed once per queue.
    starts = list(dict.fromkeys((row["day"], row["interval_start_local"]) for row in rows))
    source = f"kpi-oracle, expected/interval_{minutes}.csv"
    every = {"15": "15m", "30": "30m", "60": "1h"}[minutes]
    return intervals_case("Europe/Rome", every, starts[0][0], starts[-1][0], starts, source)


def case(name, rule, given, expect, source=SOURCE):
    return {"name": name, "rule": rule, "given": given, "expect": expect, "source": source}


def main(kpi_oracle):
    zoneinfo.reset_tzpath(to=[])
    cases = [day_case(zone, day) for zone, days in DAYS for day in days.split()]
    cases += [case for zone, times in LOCAL for time in times.split() for case in resolve_cases(zone, time)]
    cases += [offset_case(zone, at) for zone, times in OFFSETS for at in times.split()]
    cases += [grid_case(*grid) for grid in GRIDS]
    cases += [kpi_case(pathlib.Path(kpi_oracle), minutes) for minutes in ("15", "30", "60")]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    print(f"[\n{lines}\n]")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
