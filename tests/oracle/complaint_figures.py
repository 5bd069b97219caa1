"""Figures of real logs of complaints and tickets, computed with pandas alone.

    python tests/oracle/complaint_figures.py FOLDER_OF_SHARED_DATA

Prints one JSON object. The test that runs it compares the library's figures with these.
Durations are whole milliseconds of real time; p50 and p90 are by nearest rank.
"""

import json
import math
import pathlib
import sys

import pandas as pd

DAY = 86_400_000


def ms(stamps):
    """Milliseconds since 1970 of aware time stamps, NaN kept."""
    return (stamps - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(milliseconds=1)


def rank(values, percent):
    """The value of nearest rank."""
    values = sorted(values)
    return int(values[math.ceil(len(values) * percent / 100) - 1]) if values else None


def spread(durations):
    durations = [int(value) for value in durations]
    return {"count": len(durations), "sum": sum(durations), "p50": rank(durations, 50), "p90": rank(durations, 90)}


def stand(opened, closed, start, end):
    """How cases stand in a window: counts, and ages of the open ones in days."""
    received = (opened >= start) & (opened < end)
    ended = (closed >= start) & (closed < end)
    still = (opened < end) & (closed.isna() | (closed >= end))
    counted = received | ended | still
    disordered = counted & (closed < opened)
    edges = [0, 1, 3, 7, 15, 30, 60, math.inf]
    days = (end - opened[still]) / DAY
    ages = [int(((days >= low) & (days < high)).sum()) for low, high in zip(edges, edges[1:])]
    return {
        "received": int(received.sum()),
        "closed": int(ended.sum()),
        "open": int(still.sum()),
        "disordered": int(disordered.sum()),
        "ages": ages,
    }, counted & ~disordered


def nyc(folder):
    rows = pd.read_csv(folder / "nyc311/nyc311-20200101-02.csv.gz")
    read = lambda column: ms(pd.to_datetime(rows[column], format="%m/%d/%Y %I:%M:%S %p").dt.tz_localize("America/New_York"))
    opened, closed = read("created"), read("closed")
    edge = lambda text: ms(pd.Timestamp(text, tz="America/New_York"))
    figures, usable = stand(opened, closed, edge("2020-01-01"), edge("2020-01-03"))
    figures["to_close"] = spread((closed - opened)[usable & closed.notna()])
    counts = rows.complaint_type.str.strip()[(opened >= edge("2020-01-01")) & (opened < edge("2020-01-03"))].value_counts()
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].encode()))
    figures["topics"] = [[name, int(count)] for name, count in ordered]
    return figures


def cfpb(folder):
    rows = pd.read_csv(folder / "cfpb-complaints/complaints-odd-id.csv.gz", dtype=str, keep_default_na=False)
    answers = rows["Timely response?"].value_counts()
    counts = rows["Product"].str.strip().value_counts()
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].encode()))
    return {
        "received": len(rows),
        "met": int(answers.get("Yes", 0)),
        "breached": int(answers.get("No", 0)),
        "topics": [[name, int(count)] for name, count in ordered],
    }


def boston(folder):
    rows = pd.read_csv(folder / "boston311/boston311-100.csv", dtype=str, keep_default_na=False)
    answers = rows["ontime"].value_counts()
    return {"received": len(rows), "met": int(answers["ONTIME"]), "breached": int(answers["OVERDUE"])}


def events(rows, case, at, actor):
    """Rows in order of time, and how cases changed hands."""
    rows = rows.sort_values(at, kind="stable")
    held = rows[rows[actor].notna() & (rows[actor] != "")]
    grouped = held.groupby(case, sort=False)[actor]
    handovers = (held[actor] != grouped.shift(1)) & grouped.shift(1).notna()
    changed = held[handovers | grouped.shift(1).isna()]
    grouped = changed.groupby(case, sort=False)[actor]
    return rows, {"handovers": int(handovers.sum()), "ping_pong": int((grouped.shift(2) == changed[actor]).sum())}


WAITING = {"Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence"}
KNOWN = WAITING | {"New", "Active", "Resolved", "Closed"}


def incidents(folder):
    rows = pd.read_csv(folder / "incident-log-sla/incidents-2016-03.csv.gz", dtype=str, keep_default_na=False)
    rows = rows.replace("?", None)
    for column in ["opened_at", "sys_updated_at", "closed_at"]:
        rows[column] = ms(pd.to_datetime(rows[column], format="%d/%m/%Y %H:%M", utc=True))
    by_case = rows.groupby("number", sort=False)
    opened, closed = by_case.opened_at.last(), by_case.closed_at.last()
    edge = lambda text: ms(pd.Timestamp(text, tz="UTC"))
    figures, usable = stand(opened, closed, edge("2016-03-01"), edge("2016-04-01"))
    figures["to_close"] = spread((closed - opened)[usable & closed.notna()])
    sla = by_case.made_sla.last()
    figures |= {"met": int((sla == "true").sum()), "breached": int((sla == "false").sum())}
    figures["reopened"] = int((by_case.reopen_count.apply(lambda counts: counts.astype(int).max()) > 0).sum())
    ordered, hands = events(rows, "number", "sys_updated_at", "assignment_group")
    figures |= hands
    known = ordered[ordered.incident_state.isin(KNOWN)]
    until = known.groupby("number", sort=False).sys_updated_at.shift(-1)
    end = known.number.map(closed)
    until = until.fillna(end).combine(end, min)
    start = known.sys_updated_at.combine(known.number.map(opened), max)
    waits = known.incident_state.isin(WAITING)
    figures["waiting"] = int((until - start)[waits].clip(lower=0).sum())
    done = known[known.incident_state.isin({"Resolved", "Closed"})].groupby("number", sort=False).sys_updated_at.first()
    resolve = (done - opened.loc[done.index])[lambda values: values.index.map(usable)]
    figures["to_resolve"] = spread(resolve[resolve >= 0])
    return figures


def helpdesk(folder):
    rows = pd.read_csv(folder / "helpdesk-italy/helpdesk-odd-cases.csv.gz", dtype=str)
    rows["at"] = ms(pd.to_datetime(rows["Complete Timestamp"], format="%Y/%m/%d %H:%M:%S.%f").dt.tz_localize(
        "Europe/Rome", ambiguous=[True] * len(rows), nonexistent="shift_forward"))
    ordered, hands = events(rows, "Case ID", "at", "Resource")
    return {"rows": len(rows), "cases": rows["Case ID"].nunique()} | hands


def bpi(folder):
    rows = pd.read_csv(folder / "bpi2013-closed-problems/bpi2013_closed.csv.gz", dtype=str)
    rows["at"] = ms(pd.to_datetime(rows["time:timestamp"], utc=True, format="ISO8601"))
    ordered, hands = events(rows, "case:concept:name", "at", "org:group")
    return {"rows": len(rows), "cases": rows["case:concept:name"].nunique()} | hands


def main():
    folder = pathlib.Path(sys.argv[1])
    sets = {"nyc": nyc, "cfpb": cfpb, "boston": boston, "incidents": incidents, "helpdesk": helpdesk, "bpi": bpi}
    print(json.dumps({name: figures(folder) for name, figures in sets.items()}))


main()
