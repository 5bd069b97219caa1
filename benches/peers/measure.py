"""Measures peers on the data of the benches, one thread each, in CPU time.

    python measure.py tally FOLDER          what `write_data` wrote into FOLDER
    python measure.py queue_log FOLDER
    python measure.py business_time
    python measure.py ours CRITERION        the smallest samples that the benches left there

Prints a line for each engine and job: the smallest of three runs, and a number by which
the results of the engines can be compared.
"""

import json
import os
import sys
import time
from datetime import datetime
from datetime import time as clock
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy as np

COLUMNS = {
    "queue": "<u2", "agent": "<u2", "arrived_ms": "<i8", "wait_ms": "<i4",
    "outcome": "u1", "talk_ms": "<i4", "hold_ms": "<i4", "wrap_ms": "<i4",
}
QUARTER, DAY, HOUR = 900_000, 86_400_000, 3_600_000
# Summer time of 2026 in Rome. Its offsets are whole hours, so local quarter-hours are
# those of UTC; for local days the peers are spared the question to a zone.
SUMMER = (1_774_746_000_000, 1_792_890_000_000)
SHARES = (0.5, 0.9, 0.95)


def report(engine, job, work, runs=3):
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        seen = work()
        best = min(best, time.process_time() - start)
    print(f"{engine:18} {job:28} {best:9.3f} s   {seen}", flush=True)


def polars_tally(columns):
    import polars as pl

    frame = pl.DataFrame(columns)
    wait, is_answered = pl.col("wait_ms"), pl.col("outcome") == 0
    is_abandoned = pl.col("outcome") == 1
    quarter = (pl.col("arrived_ms") // QUARTER).alias("quarter")
    in_summer = pl.col("arrived_ms").is_between(*SUMMER, closed="left")
    day = (pl.col("arrived_ms") + HOUR + in_summer.cast(pl.Int64) * HOUR) // DAY
    sums = [pl.col(name).cast(pl.Int64).sum() for name in ("talk_ms", "hold_ms", "wrap_ms")]

    def counters():
        found = frame.lazy().group_by("queue", quarter).agg(
            pl.len().alias("offered"), is_answered.sum().alias("answered"),
            is_abandoned.sum().alias("abandoned"),
            (is_abandoned & (wait <= 5_000)).sum().alias("short"),
            (is_answered & (wait <= 20_000)).sum().alias("within"),
            wait.cast(pl.Int64).sum().alias("waited"), wait.max().alias("longest"), *sums,
        ).collect(engine="streaming")
        return found.height, int(found["within"].sum())

    def percentiles():
        ranks = [wait.quantile(share, "lower").alias(f"p{share}") for share in SHARES]
        found = frame.lazy().filter(is_answered).group_by("queue", quarter).agg(*ranks).collect()
        return found.height

    def operators():
        found = frame.lazy().filter(is_answered).group_by("agent", day.alias("day")).agg(
            pl.len().alias("handled"), (pl.col("hold_ms") > 0).sum().alias("held"), *sums
        ).collect(engine="streaming")
        return found.height, int(found["handled"].sum())

    return counters, percentiles, operators


def duckdb_tally(columns):
    import duckdb
    import pyarrow as pa
    from pyarrow import compute

    base = duckdb.connect()
    base.register("legs", pa.table(columns))
    base.execute("SET threads = 1")
    low, high = SUMMER
    day = f"(arrived_ms + {HOUR} + {HOUR} * (arrived_ms >= {low} AND arrived_ms < {high})::INT) // {DAY}"
    sums = "sum(talk_ms) AS talk, sum(hold_ms) AS hold, sum(wrap_ms) AS wrap"

    def ask(query, column):
        found = base.sql(query).to_arrow_table()
        return found.num_rows, compute.sum(found[column]).as_py() if column else None

    return (
        lambda: ask(
            f"SELECT queue, arrived_ms // {QUARTER} AS slot, count(*) AS offered,"
            " count(*) FILTER (outcome = 0) AS answered, count(*) FILTER (outcome = 1) AS abandoned,"
            " count(*) FILTER (outcome = 1 AND wait_ms <= 5000) AS short,"
            " count(*) FILTER (outcome = 0 AND wait_ms <= 20000) AS within_limit,"
            f" sum(wait_ms) AS waited, max(wait_ms) AS longest, {sums} FROM legs GROUP BY 1, 2",
            "within_limit",
        ),
        lambda: ask(
            f"SELECT queue, arrived_ms // {QUARTER} AS slot, quantile_disc(wait_ms, [0.5, 0.9, 0.95]) AS p"
            " FROM legs WHERE outcome = 0 GROUP BY 1, 2",
            None,
        ),
        lambda: ask(
            f"SELECT agent, {day} AS day, count(*) AS handled, count(*) FILTER (hold_ms > 0) AS held, {sums}"
            " FROM legs WHERE outcome = 0 GROUP BY 1, 2",
            "handled",
        ),
    )


def with_flags(columns):
    outcome, wait = columns["outcome"], columns["wait_ms"]
    more = dict(columns)
    more["quarter"] = columns["arrived_ms"] // QUARTER
    more["answered"] = (outcome == 0).astype("u1")
    more["abandoned"] = (outcome == 1).astype("u1")
    more["short"] = ((outcome == 1) & (wait <= 5_000)).astype("u1")
    more["within"] = ((outcome == 0) & (wait <= 20_000)).astype("u1")
    return more


def days(columns):
    arrived = columns["arrived_ms"]
    in_summer = (arrived >= SUMMER[0]) & (arrived < SUMMER[1])
    return (arrived + HOUR + in_summer * HOUR) // DAY


SUMMED = ["answered", "abandoned", "short", "within", "wait_ms", "talk_ms", "hold_ms", "wrap_ms"]


def pandas_tally(columns):
    import pandas as pd

    def counters():
        groups = pd.DataFrame(with_flags(columns), copy=False).groupby(["queue", "quarter"], sort=False)
        sums, longest = groups[SUMMED].sum(), groups["wait_ms"].max()
        return len(sums.assign(longest=longest)), int(sums["within"].sum())

    def percentiles():
        frame = pd.DataFrame({"queue": columns["queue"], "quarter": columns["arrived_ms"] // QUARTER, "wait": columns["wait_ms"]})
        groups = frame[columns["outcome"] == 0].groupby(["queue", "quarter"], sort=False)
        return len(groups["wait"].quantile(list(SHARES), interpolation="lower")) // 3

    def operators():
        frame = pd.DataFrame({name: columns[name] for name in ("agent", "talk_ms", "hold_ms", "wrap_ms")})
        frame["day"], frame["held"] = days(columns), columns["hold_ms"] > 0
        groups = frame[columns["outcome"] == 0].groupby(["agent", "day"], sort=False)
        return len(groups.sum()), int(groups.size().sum())

    return counters, percentiles, operators


def pyarrow_tally(columns):
    import pyarrow as pa
    from pyarrow import compute

    pa.set_cpu_count(1)

    def counters():
        table = pa.table(with_flags(columns))
        wanted = [(name, "sum") for name in SUMMED] + [("wait_ms", "max"), ("queue", "count")]
        found = table.group_by(["queue", "quarter"], use_threads=False).aggregate(wanted)
        return found.num_rows, compute.sum(found["within_sum"]).as_py()

    def operators():
        more = {name: columns[name] for name in ("agent", "talk_ms", "hold_ms", "wrap_ms")}
        table = pa.table(more | {"day": days(columns), "held": (columns["hold_ms"] > 0).astype("u1")})
        table = table.filter(pa.array(columns["outcome"] == 0))
        wanted = [(name, "sum") for name in ("held", "talk_ms", "hold_ms", "wrap_ms")] + [("day", "count")]
        found = table.group_by(["agent", "day"], use_threads=False).aggregate(wanted)
        return found.num_rows, compute.sum(found["day_count"]).as_py()

    return counters, None, operators


def tally(folder):
    engines = {"polars": polars_tally, "duckdb": duckdb_tally, "pyarrow": pyarrow_tally, "pandas": pandas_tally}
    for order in ("sorted", "shuffled"):
        columns = {name: np.fromfile(folder / order / name, dtype) for name, dtype in COLUMNS.items()}
        for engine, prepare in engines.items():
            jobs = zip(("counters", "exact percentiles", "operators by day"), prepare(columns))
            for job, work in jobs:
                if work:
                    report(engine, f"{order}, {job}", work)


def queue_log(folder):
    import polars as pl

    names = ["at", "call", "queue", "agent", "event", "a", "b", "c", "d", "e", "f"]

    def rebuild():
        lines = pl.read_csv(
            folder / "queue_log", separator="|", has_header=False, new_columns=names, quote_char=None,
            schema={name: pl.Int64 if name == "at" else pl.String for name in names}, truncate_ragged_lines=True, missing_columns="insert",
        )
        when = {kind: pl.col("at").filter(pl.col("event").is_in(events)).min() for kind, events in {
            "entered": ["ENTERQUEUE"], "answered": ["CONNECT"], "abandoned": ["ABANDON"],
            "ended": ["COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER", "ATTENDEDTRANSFER"],
        }.items()}
        visits = lines.group_by("call", "queue").agg(**when).filter(pl.col("entered").is_not_null())
        return lines.height, visits.height

    report("polars", "read, group by visit", rebuild)


def each(engine, job, count, work):
    """The time of one question, of `count` different ones."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for at in range(count):
            work(at)
        best = min(best, time.process_time() - start)
    print(f"{engine:18} {job:28} {best / count * 1e9:11.0f} ns  of {count}", flush=True)


def business_time():
    from zoneinfo import ZoneInfo

    import business_duration
    import businesstimedelta
    import holidays
    import pytz
    import timegrid
    import workclock

    rome, free = ZoneInfo("Europe/Rome"), holidays.IT(years=(2026, 2027))
    draw = np.random.default_rng(7).integers(1_767_225_600, 1_830_297_600, (2, 10_000))
    pairs = [sorted(pair) for pair in draw.T.tolist()]
    aware = [tuple(datetime.fromtimestamp(at, rome) for at in pair) for pair in pairs]
    naive = [tuple(at.replace(tzinfo=None) for at in pair) for pair in aware]

    office = workclock.Schedule(
        [workclock.WorkDay(clock(9), clock(13)), workclock.WorkDay(clock(14), clock(18)), workclock.Holidays(list(free))],
        time_zone=rome,
    )
    each("workclock", "elapsed", 10_000, lambda at: office.between(*aware[at]))
    each("workclock", "due in 8 hours", 10_000, lambda at: office.add(aware[at][0], hours=8))

    grid = timegrid.TimeGridCalendar.weekdays(clock(9), clock(18)).break_weekdays(clock(13), clock(14))
    for day in free:
        grid = grid.close(day)
    line = grid.compile(datetime(2026, 1, 1), datetime(2029, 1, 1))
    each("timegrid", "elapsed", 10_000, lambda at: line.get_working_duration(*naive[at]))

    zone = pytz.timezone("Europe/Rome")
    rules = businesstimedelta.Rules([
        businesstimedelta.WorkDayRule(clock(9), clock(18), [0, 1, 2, 3, 4], tz=zone),
        businesstimedelta.LunchTimeRule(clock(13), clock(14), [0, 1, 2, 3, 4], tz=zone),
        businesstimedelta.HolidayRule(free, tz=zone),
    ])
    each("businesstimedelta", "elapsed", 30, lambda at: rules.difference(*aware[at]))
    eight = businesstimedelta.BusinessTimeDelta(rules, hours=8)
    each("businesstimedelta", "due in 8 hours", 30, lambda at: aware[at][0] + eight)

    # It knows no lunch.
    each("business-duration", "elapsed, no lunch", 300, lambda at: business_duration.businessDuration(
        *naive[at], clock(9), clock(18), holidaylist=free, unit="min"))


def ours(folder):
    for sample in sorted(Path(folder).glob("**/new/sample.json")):
        taken = json.loads(sample.read_text())
        about = json.loads((sample.parent / "benchmark.json").read_text())
        best = min(nanos / runs for nanos, runs in zip(taken["times"], taken["iters"]))
        work = (about.get("throughput") or {}).get("Elements", 1)
        print(f"{about['full_id']:52} {best / 1e9:12.6f} s {best / work:10.2f} ns each")


if __name__ == "__main__":
    jobs = {"tally": tally, "queue_log": queue_log, "business_time": business_time, "ours": ours}
    jobs[sys.argv[1]](*map(Path, sys.argv[2:]))
