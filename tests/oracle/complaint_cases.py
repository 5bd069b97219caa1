"""Writes the cases for policies on complaints: tests/conformance/complaint/policies.json.

    python tests/oracle/complaint_cases.py > tests/conformance/complaint/policies.json

The rules of the policies are written down here a second time, in another form than the
data files of the library, and dates are counted by stepping from day to day. The base
amounts and limits follow the notes about the policies; the arithmetic was checked against
the cases of sla-conformance (regulatory), which are repeated here with the policies that
they are about.
"""

import calendar
import json
from datetime import date, timedelta

ONE = timedelta(days=1)
FIXED = ["01-01", "01-06", "04-25", "05-01", "06-02", "08-15", "11-01", "12-08", "12-25", "12-26"]
ITALY = [f"{year}-{day}" for year in (2025, 2026, 2027) for day in FIXED] + ["2026-04-05", "2026-04-06", "2027-03-28", "2027-03-29"]
UK = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28", "2027-01-01"]
BANK = ITALY + ["2026-04-03"]
CALENDARS = {"italy": ITALY, "italy_banks": BANK, "uk": UK, "none": []}


def name_of(holidays):
    return next(name for name, days in CALENDARS.items() if days == holidays)


# policy: (amount, unit), extended (amount, unit) or "keeps", indemnity, holidays
STEPS30, STEPS25, DAILY = ("steps", 3000, 3), ("steps", 2500, 3), ("daily", 250, 30000)
RULES = {
    ("it.arera.tiqv.complaint", 2026): ((30, "day"), None, STEPS30, ITALY),
    ("it.arera.tiqv.complaint", 2025): ((30, "day"), None, STEPS25, ITALY),
    ("it.arera.tiqv.billing_correction", 2026): ((60, "day"), None, STEPS30, ITALY),
    ("it.arera.tiqv.double_billing", 2026): ((15, "day"), None, STEPS30, ITALY),
    ("it.arera.tiqv.double_billing", 2025): ((20, "day"), None, None, ITALY),
    ("it.arera.tiqv.info_request", 2026): ((30, "day"), None, None, ITALY),
    ("it.agcom.complaint", 2026): ((30, "day"), None, DAILY, ITALY),
    ("it.bdi.complaint", 2026): ((60, "day"), None, None, ITALY),
    ("it.bdi.payments", 2026): ((15, "business"), (35, "business"), None, BANK),
    ("eu.psd2.art101", 2026): ((15, "business"), (35, "business"), None, BANK),
    ("it.ivass.complaint", 2026): ((45, "day"), None, None, ITALY),
    ("uk.fca.disp", 2026): ((8, "week"), "keeps", None, UK),
    ("uk.fca.disp.src", 2026): ((3, "business"), None, None, UK),
    ("uk.fca.disp.psd", 2026): ((15, "business"), (35, "business"), None, UK),
    ("us.cfpb", 2026): ((15, "day"), (60, "day"), None, []),
}
RECEIVED = {2025: ["2025-03-14", "2025-12-31"], 2026: ["2026-01-31", "2026-03-06", "2026-05-16", "2026-12-11"]}


def open_on(day, holidays):
    return day.weekday() < 5 and day.isoformat() not in holidays


def last_day(received, limit, holidays):
    amount, unit = limit
    day = received
    if unit == "month":
        months = day.year * 12 + day.month - 1 + amount
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    if unit == "week":
        amount, unit = amount * 7, "day"
    while amount > 0:
        day += ONE
        amount -= unit == "day" or open_on(day, holidays)
    return day


def indemnity(rule, standard, actual):
    if rule is None:
        return None
    kind, base, most = rule
    if kind == "daily":
        return min(max(actual - standard, 0) * base, most)
    times = sum(actual > standard * step for step in range(1, most + 1))
    return times * base


def euros(cents):
    return None if cents is None else f"{cents // 100}.{cents % 100:02} EUR"


def answer(policy, rule, received, today, answered=None, holding=None, cause=None):
    limit, extended, money, holidays = rule
    last = last_day(received, limit, holidays)
    held = holding is not None and holding <= last
    is_extended = held and isinstance(extended, tuple)
    if is_extended:
        last = last_day(received, extended, holidays)
    until = answered or today
    kept = (answered is not None and answered <= last) or (held and extended == "keeps")
    if kept:
        standing = "in_time"
    elif answered is None and today <= last:
        standing = "open"
    else:
        standing = "late" if cause is None else "excused"
    cents = indemnity(money, (last - received).days, (until - received).days)
    given = {"policy": policy, "received": received, "today": today, "calendar": name_of(holidays)}
    given |= {name: value for name, value in (("answered", answered), ("holding", holding), ("cause", cause)) if value}
    expect = {"last_day": last, "extended": is_extended, "standing": standing, "days": (until - received).days}
    expect["indemnity"] = euros(0 if cause and cents is not None else cents)
    return {"rule": "policy.answer", "given": given, "expect": expect}


def cases():
    for (policy, year), rule in RULES.items():
        for text in RECEIVED[year]:
            received = date.fromisoformat(text)
            last = last_day(received, rule[0], rule[3])
            standard = (last - received).days
            for late in (-1, 0, 1, standard, standard + 1, 2 * standard + 1, 400):
                done = last + late * ONE
                yield answer(policy, rule, received, done, answered=done)
            yield answer(policy, rule, received, last)
            yield answer(policy, rule, received, last + ONE)
            yield answer(policy, rule, received, last + 3 * ONE, answered=last + 2 * ONE, cause="third_party")
            yield answer(policy, rule, received, last + 3 * ONE, holding=last)
            yield answer(policy, rule, received, last + 3 * ONE, holding=last + ONE)


def regulatory():
    """The cases of sla-conformance, regulatory, by policy."""
    for policy, received, last, holidays in [
        ("it.arera.tiqv.complaint", "2026-01-31", "2026-03-02", ITALY),
        ("it.arera.tiqv.complaint", "2026-03-06", "2026-04-05", ITALY),
        ("it.arera.tiqv.complaint", "2026-11-25", "2026-12-25", ITALY),
        ("it.arera.tiqv.complaint", "2026-02-28", "2026-03-30", ITALY),
        ("it.arera.tiqv.double_billing", "2026-05-16", "2026-05-31", ITALY),
        ("it.agcom.complaint", "2026-12-11", "2027-01-10", ITALY),
        ("it.ivass.complaint", "2026-11-17", "2027-01-01", ITALY),
        ("it.bdi.complaint", "2026-10-26", "2026-12-25", BANK),
        ("it.bdi.payments", "2026-03-31", "2026-04-23", BANK),
        ("it.bdi.payments", "2026-12-05", "2026-12-29", BANK),
        ("uk.fca.disp.src", "2026-04-01", "2026-04-08", UK),
        ("uk.fca.disp.psd", "2026-12-10", "2027-01-05", UK),
    ]:
        given = {"policy": policy, "received": received, "today": received, "calendar": name_of(holidays)}
        yield {"rule": "policy.answer", "given": given, "expect": {"last_day": last, "standing": "open"}}
    for policy, received, days, money in [
        ("it.arera.tiqv.complaint", "2026-03-02", 30, "0.00 EUR"),
        ("it.arera.tiqv.complaint", "2026-03-02", 31, "30.00 EUR"),
        ("it.arera.tiqv.complaint", "2026-03-02", 60, "30.00 EUR"),
        ("it.arera.tiqv.complaint", "2026-03-02", 61, "60.00 EUR"),
        ("it.arera.tiqv.complaint", "2026-03-02", 91, "90.00 EUR"),
        ("it.arera.tiqv.double_billing", "2026-03-02", 15, "0.00 EUR"),
        ("it.arera.tiqv.double_billing", "2026-03-02", 16, "30.00 EUR"),
        ("it.arera.tiqv.double_billing", "2026-03-02", 30, "30.00 EUR"),
        ("it.arera.tiqv.double_billing", "2026-03-02", 31, "60.00 EUR"),
        ("it.arera.tiqv.double_billing", "2026-03-02", 46, "90.00 EUR"),
        ("it.arera.tiqv.complaint", "2025-09-01", 61, "50.00 EUR"),
    ]:
        day = date.fromisoformat(received) + days * ONE
        given = {"policy": policy, "received": received, "today": day, "answered": day, "calendar": "italy"}
        yield {"rule": "policy.answer", "given": given, "expect": {"indemnity": money}}


def special():
    def one(policy, received, today, expect, **more):
        given = {"policy": policy, "received": received, "today": today, "calendar": "uk" if policy.startswith("uk") else "italy"}
        return {"rule": "policy.answer", "given": given | more, "expect": expect}

    yield one("it.arera.tiqv.billing_correction", "2026-05-04", "2026-07-20",
              {"last_day": "2026-08-02", "standing": "open"}, facts=["four_monthly_bills"])
    yield one("it.agcom.complaint", "2025-07-31", "2025-08-01", {"last_day": "2025-09-14"})
    yield one("it.agcom.complaint", "2025-08-01", "2025-08-01", {"last_day": "2025-08-31"})
    yield one("uk.ofcom.c4", "2026-04-07", "2026-04-08", {"last_day": "2026-06-02"})
    yield one("uk.ofcom.c4", "2026-04-08", "2026-04-08", {"last_day": "2026-05-20"})
    yield one("uk.ofcom.c4", "2026-04-08", "2026-07-01", {"standing": "in_time"}, holding="2026-05-20")
    yield one("es.ley10_2025", "2026-12-27", "2026-12-28", {"error": "policy.not_in_force"})
    yield one("es.ley10_2025", "2026-12-28", "2026-12-28", {"standing": "open", "next": "answer"})
    yield one("it.arera.tiqv.billing_correction", "2025-12-31", "2026-01-01", {"error": "policy.not_in_force"})
    yield one("it.arera.complaints", "2026-01-01", "2026-01-01", {"error": "name.unknown"})
    yield one("iso10002.generic", "2026-01-01", "2026-02-01", {"standing": "no_limit", "last_day": None, "next": None})
    yield one("it.arera.callcentre", "2026-01-01", "2026-02-01", {"standing": "no_limit"})
    yield one("it.arera.tiqv.complaint", "2026-05-04", "2026-05-05", {"next": "answer"})
    yield one("it.arera.tiqv.complaint", "2026-05-04", "2026-07-01", {"next": "pay_indemnity", "indemnity": "30.00 EUR"}, answered="2026-06-30")
    yield one("it.arera.tiqv.complaint", "2026-05-04", "2026-07-01", {"next": "keep_records"}, answered="2026-06-30", paid=True)
    yield one("it.bdi.payments", "2026-05-04", "2026-05-05", {"next": "answer_or_hold"})
    yield one("it.bdi.payments", "2026-05-04", "2026-07-30", {"next": "answer", "standing": "late"})
    yield one("it.bdi.complaint", "2026-05-04", "2026-05-05", {"recourse": ["2026-07-04", "2027-05-04"]})
    yield one("it.bdi.complaint", "2026-05-04", "2026-06-05", {"recourse": ["2026-06-01", "2027-05-04"]}, answered="2026-06-01")
    yield one("uk.fca.disp", "2026-05-04", "2026-06-05", {"recourse": ["2026-06-01", "2026-12-01"]}, answered="2026-06-01")
    yield one("it.arera.tiqv.complaint", "2026-05-04", "2026-05-03", {"error": "time.out_of_order"})


def main():
    found = [*regulatory(), *cases(), *special()]
    for number, case in enumerate(found):
        case["name"] = f"{case['given']['policy']} {number:03}"
        case["source"] = "tests/oracle/complaint_cases.py"
    write = lambda value: json.dumps(value, default=str)
    print('{"calendars": {')
    print(",\n".join(f" {write(name)}: {write(days)}" for name, days in CALENDARS.items()))
    print('},\n"cases": [')
    print(",\n".join(write(case) for case in found))
    print("]}")


main()
