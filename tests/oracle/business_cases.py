"""Makes tests/conformance/sla/zoneinfo.json: business time, minute by minute.

Seeded calendars around clock changes. Every answer comes from a loop over the minutes
of twelve days: a minute is open if it lies in a window and in no closure. Under the
boundary rule of the contract the ends of both are instants, made by Python's zoneinfo
with fold=0 (which is the "compatible" rule); the answer under `wall_clock` reads the
local clock at each minute instead, and is written as `alt` where it differs.

    python tests/oracle/business_cases.py > tests/conformance/sla/zoneinfo.json
"""

import json
import random
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

import tzdata

UTC = timezone.utc
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MINUTE = timedelta(minutes=1)
PLACES = [
    ("Europe/Rome", date(2026, 3, 29)),
    ("Europe/Rome", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/Sao_Paulo", date(2016, 10, 16)),
    ("America/Havana", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Asia/Tokyo", date(2026, 5, 4)),
]


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def window(rng, overnight):
    start = rng.choice([0, 30, 60, 90, 120, 150, 150, 480, 540, 840, 1320, 1410])
    length = rng.choice([30, 60, 60, 90, 240, 480])
    end = start + length
    if end > 1440:
        end = end - 1440 if overnight else 1440
    return [clock(start), clock(end)] if start != end else [clock(start), "24:00"]


def span(pair):
    start, end = (int(text[:2]) * 60 + int(text[3:]) for text in pair)
    return start, end + 1440 if end < start else end


def apart(windows):
    """The windows of a week or a day that do not overlap one taken before."""
    taken = []
    for day, pair in windows:
        start, end = (minutes + day * 1440 for minutes in span(pair))
        clash = any(
            a < end + shift and start + shift < b
            for _, _, a, b in taken
            for shift in (-10080, 0, 10080)
        )
        if not clash:
            taken.append((day, pair, start, end))
    return [(day, pair) for day, pair, _, _ in taken]


def make_calendar(rng, zone, middle):
    overnight = rng.random() < 0.5
    if rng.random() < 0.5:
        every_day = [window(rng, overnight) for _ in range(2)]
        drawn = [(day, pair) for day in range(7) for pair in every_day]
    else:
        drawn = [(day, window(rng, overnight)) for day in range(7) for _ in range(2)]
    hours = {}
    for day, pair in apart(drawn):
        hours.setdefault(DAYS[day], []).append(pair)
    hours = {day: sorted(pairs) for day, pairs in hours.items()}
    if not hours:
        hours = {"mon": [["09:00", "17:00"]]}
    near = lambda: (middle + timedelta(days=rng.randint(-3, 4))).isoformat()
    calendar = {"tz": zone, "hours": hours}
    if rng.random() < 0.5:
        calendar["holidays"] = [near()]
        calendar["holiday_scope"] = rng.choice(["calendar_day", "opening_day"])
    if rng.random() < 0.4:
        pairs = apart([(0, window(rng, overnight)) for _ in range(2)])
        calendar["overrides"] = {near(): sorted(pair for _, pair in pairs)}
        calendar["override_beats_holiday"] = rng.random() < 0.5
    if rng.random() < 0.4:
        calendar["breaks"] = {near(): [window(rng, False)]}
    if rng.random() < 0.3:
        calendar["weekly_breaks"] = {rng.choice(DAYS): [window(rng, False)]}
    return calendar


def pieces(calendar, first, last):
    """Windows and closures as naive local datetimes."""
    opened, closed = [], []
    overrides, beats = calendar.get("overrides", {}), calendar.get("override_beats_holiday")
    day = first
    while day <= last:
        midnight = datetime(day.year, day.month, day.day)
        local = lambda pair: tuple(midnight + minutes * MINUTE for minutes in span(pair))
        name, text = DAYS[day.weekday()], day.isoformat()
        holiday = text in calendar.get("holidays", []) and not (beats and text in overrides)
        shifts = calendar.get("holiday_scope") == "opening_day"
        if not (holiday and shifts):
            opened += map(local, overrides.get(text, calendar["hours"].get(name, [])))
        if holiday and not shifts:
            closed.append(local(["00:00", "24:00"]))
        closed += map(local, calendar.get("breaks", {}).get(text, []))
        closed += map(local, calendar.get("weekly_breaks", {}).get(name, []))
        day += timedelta(days=1)
    return opened, closed


class Minutes:
    """Twelve days, minute by minute, under one boundary rule."""

    def __init__(self, calendar, middle, by_reading):
        zone = zoneinfo.ZoneInfo(calendar["tz"])
        opened, closed = pieces(calendar, middle - timedelta(days=10), middle + timedelta(days=10))
        start = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - timedelta(days=6)
        self.at = [start + i * MINUTE for i in range(12 * 1440 + 1)]
        if by_reading:
            place = [at.astimezone(zone).replace(tzinfo=None) for at in self.at]
        else:
            place = self.at
            instant = lambda local: local.replace(tzinfo=zone, fold=0).astimezone(UTC)
            opened = [tuple(map(instant, pair)) for pair in opened]
            closed = [tuple(map(instant, pair)) for pair in closed]
        inside = lambda pairs, now: any(a <= now < b for a, b in pairs)
        self.open = [inside(opened, now) and not inside(closed, now) for now in place]
        self.before = [0]
        for is_open in self.open:
            self.before.append(self.before[-1] + is_open)

    def index(self, at):
        return int((at - self.at[0]) / MINUTE)

    def next_open(self, i):
        return next((j for j in range(i, len(self.open) - 1) if self.open[j]), None)

    def first(self, i, used):
        return next((j for j in range(i, len(self.at)) if self.before[j] == used), None)

    def last(self, i, used):
        found = [j for j in range(i, len(self.at)) if self.before[j] == used]
        return found[-1] if found and found[-1] + 1 < len(self.at) else None

    def windows(self, i, j):
        found = []
        for k in range(i, j):
            if self.open[k]:
                if found and found[-1][1] == k:
                    found[-1][1] = k + 1
                else:
                    found.append([k, k + 1])
        return [[stamp(self.at[a]), stamp(self.at[b])] for a, b in found]


def answer(op, minutes, i, other):
    """The answer at minute `i`, or None if the twelve days do not show it."""
    text = lambda j: stamp(minutes.at[j])
    if op == "is_open":
        return {"open": minutes.open[i]}
    if op == "elapsed":
        return {"seconds": 60 * (minutes.before[other] - minutes.before[i])}
    if op == "windows":
        return {"windows": minutes.windows(min(i, other), max(i, other))}
    if op == "next_open":
        j = minutes.next_open(i)
        return None if j is None else {"at": text(j)}
    if op == "next_close":
        j = minutes.next_open(i)
        k = j and next((k for k in range(j, len(minutes.open) - 1) if not minutes.open[k]), None)
        return None if k is None else {"at": text(k)}
    if op == "prev_open":
        j = next((j for j in range(i - 1, -1, -1) if minutes.open[j]), None)
        return None if j is None else {"at": text(j + 1)}
    amount = other % 900 + 1
    if op == "add":
        first, last = (f(i, minutes.before[i] + amount) for f in (minutes.first, minutes.last))
        return None if last is None else {"due": text(first), "due_reopen": text(last)}
    used = minutes.before[i] - amount
    j = max((j for j in range(i) if minutes.before[j] == used), default=0)
    return {"start": text(j)} if used > 0 and j > 0 else None


def make_input(op, minutes, i, other):
    text = lambda j: stamp(minutes.at[j])
    if op == "elapsed":
        return {"from": text(i), "to": text(other)}
    if op == "windows":
        return {"from": text(min(i, other)), "until": text(max(i, other))}
    if op in ("add", "sub"):
        return {"from": text(i), "seconds": 60 * (other % 900 + 1)}
    return {"at": text(i)}


def main():
    zoneinfo.reset_tzpath(to=[])  # The package, not the files of the system.
    rng = random.Random(1949)
    ops = ["is_open", "elapsed", "windows", "next_open", "next_close", "prev_open", "add", "sub"]
    calendars, cases = {}, []
    for place, (zone, middle) in enumerate(PLACES * 2):
        name = f"zi_{place:02}"
        calendar = calendars[name] = make_calendar(rng, zone, middle)
        canonical, alternative = (Minutes(calendar, middle, rule) for rule in (False, True))
        for op in ops:
            i, other = (rng.randint(5 * 1440, 8 * 1440) for _ in range(2))
            expect = answer(op, canonical, i, other)
            if expect is None:
                continue
            case = {"id": f"zoneinfo-{len(cases) + 1:03}", "op": op, "calendar": name}
            case |= {"input": make_input(op, canonical, i, other), "expect": expect}
            alt = answer(op, alternative, i, other)
            if alt is not None and alt != expect:
                case |= {"alt": alt, "alt_rule": "wall_clock"}
            cases.append(case | {"verified": "brute_force", "peer": "none"})
    source = {"name": "zoneinfo", "origin": "tests/oracle/business_cases.py", "commit": ""}
    source |= {"files": f"Python zoneinfo with tzdata {tzdata.IANA_VERSION}", "licence": "-"}
    out = {"schema": "sla-conformance/1", "source": source, "calendars": calendars, "cases": []}
    head = json.dumps(out)[:-3]
    print(head + "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]}")


if __name__ == "__main__":
    sys.exit(main())
