"""The suite kpi-oracle: every figure of a small centre that was computed by brute force.

The tables are read by each library in its own way. One is compared with the oracle cell by
cell; the others must give equal tallies and tables.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

import floorwalker as fw

from conftest import CASES, READERS

FOLDER = CASES / "kpi-oracle"
COLUMNS = {
    "arrived": "arrived_at",
    "left_queue": "queue_left_at",
    "answered": "answered_at",
    "released": "released_at",
    "wrapped_up": "wrapup_ended_at",
    "agent": "agent_id",
}
FILES = {"interval_15.csv": "15m", "interval_30.csv": "30m", "interval_60.csv": "1h", "day.csv": "day"}
IDENTITY = {"queue", "day", "interval_start", "interval_start_local"}

Row = dict[str, str]
Read = Callable[[Path], Any]
Pair = tuple[int, int]


def rows(name: str) -> list[Row]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


META = {row["key"]: row["value"] for row in rows("meta.csv")}
ZONE, WINDOW, CUTOFF = META["timezone"], (META["from"], META["to"]), META["cutoff"]


def limit(column: str) -> fw.Limit:
    by_queue = {row["queue"]: int(row[column]) for row in rows("queues.csv")}
    return fw.Limit(next(iter(by_queue.values())), by_queue)


WITHIN, SHORT = limit("sl_threshold_s"), limit("short_abandon_s")
RULES = {
    "sl_offered": fw.ServiceLevel.offered(WITHIN),
    "sl_answered": fw.ServiceLevel.answered_only(WITHIN),
    "sl_ignore_in": fw.ServiceLevel.ignore_within(WITHIN),
    "sl_positive": fw.ServiceLevel.positive(WITHIN),
    "sl_ignore_all": fw.ServiceLevel.ignore_all(WITHIN),
    "sl_excl_short": fw.ServiceLevel.excl_short(WITHIN, SHORT),
    "sl_answered_abandoned": fw.ServiceLevel.answered_abandoned(WITHIN),
    "sl_answered_abandoned_excl_short": fw.ServiceLevel.answered_abandoned_excl_short(WITHIN, SHORT),
    "sl_removed_from_queue": fw.ServiceLevel.removed_from_queue(WITHIN),
    "sl_offered_strict": fw.ServiceLevel.offered(WITHIN).strictly(),
}
BY_TEXT = {str(rule): name for name, rule in RULES.items()}
ATTRIBUTIONS = {"": "arrival", "x_": "queue_exit", "e_": "service_level_event", "h_": "wrap_up_end"}

# The column of the oracle: the attribution, the figure, the digits it is printed with.
TABLE: dict[str, tuple[str, str, int]] = {
    **{name: ("", name, 10) for name in RULES},
    "answer_rate": ("", "answer_rate", 10),
    "abandon_rate": ("", "abandon_rate", 10),
    "abandon_rate_excl_short": ("", "abandon_rate_excl_short", 10),
    "transfer_rate": ("", "transfer_rate", 10),
    **{f"{name}_ms": ("", name, 6) for name in ("asa", "ata", "tma", "att", "ahold", "acw", "aht")},
    "longest_wait_ms": ("", "longest_wait", 0),
    **{f"wait_p{p}_nr_ms": ("", f"wait_p{p}", 0) for p in (50, 80, 90, 95)},
    "wait_p90_lin_ms": ("", "wait_p90_linear", 6),
    "busy_ms": ("", "busy", 0),
    "load_erlang": ("", "load", 10),
    "overflowed_in": ("", "flow_out_in", 0),
    "x_exits": ("x_", "offered", 0),
    "x_answered": ("x_", "answered", 0),
    "x_abandoned": ("x_", "abandoned", 0),
    "x_answered_in": ("x_", "answered_in", 0),
    "x_sl_offered": ("x_", "sl_offered", 10),
    "e_offered": ("e_", "offered", 0),
    "e_answered_in": ("e_", "answered_in", 0),
    "e_abandoned_in": ("e_", "abandoned_in", 0),
    "e_sl_ignore_in": ("e_", "sl_ignore_in", 10),
    "h_handled": ("h_", "completed", 0),
    "h_aht_ms": ("h_", "aht", 6),
}
COUNTS = [
    "offered", "offered_inbound", "transfer_in", "overflow_in", "answered", "abandoned", "short_abandoned",
    "callback_requested", "overflowed", "open", "blocked", "closed", "answered_in", "abandoned_in",
    "callback_in", "transferred_out", "completed", "callback_dials", "callback_answered",
]  # fmt: skip
TABLE |= {name: ("", name, 0) for name in COUNTS}
WAITING = {"waiting_at_start", "waiting_max"}
FIGURES = ["service_level", *sorted({figure for _, figure, _ in TABLE.values()} - set(RULES))]


def tally(legs: Any, every: str, attribution: Any) -> fw.IntervalTally:
    return fw.service_levels(
        legs, zone=ZONE, every=every, rules=list(RULES.values()), attribution=attribution,
        waits="exact", short_abandons=SHORT, window=WINDOW, as_of=CUTOFF, columns=COLUMNS,
    )  # fmt: skip


def printed(pair: Pair, digits: int) -> str:
    """The quotient as the oracle prints it; empty where it is undefined."""
    if pair[1] == 0:
        return ""
    exact = Fraction(*pair)
    shifted = exact * 10**digits
    return str(Decimal(round(shifted)).scaleb(-digits).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN))


def agrees(cell: str, pair: Pair, digits: int) -> bool:
    """Counts must be equal; fractions may differ in the last digit, as a float was printed."""
    given = printed(pair, digits)
    if cell == given:
        return True
    if not cell or not given or digits == 0:
        return False
    return abs(Decimal(cell) - Decimal(given)) <= Decimal(1).scaleb(-digits)


class Counted:
    """All figures of all intervals of one length, by queue, start and figure."""

    def __init__(self, legs: Any, every: str) -> None:
        self.pairs: dict[tuple[str, str, str], Pair] = {}
        both: tuple[Literal["queue"], Literal["all"]] = ("queue", "all")
        for prefix, attribution in ATTRIBUTIONS.items():
            counted = tally(legs, every, attribution)
            for by in both:
                self.take(prefix, counted.table(FIGURES, by=by))
        for by in both:
            lines = fw.waiting(legs, zone=ZONE, every=every, by=by, window=WINDOW, columns=COLUMNS)
            self.take("", lines)

    def take(self, prefix: str, table: fw.Table) -> None:
        for row in table.to_dicts():
            figure = BY_TEXT[row["rule"]] if row.get("rule") else row["figure"]
            place = (row.get("queue", "ALL"), row["interval"], prefix + figure)
            self.pairs[place] = (row["numerator"], row["denominator"])

    def check(self, row: Row, label: str) -> list[str]:
        wrong = []
        for column, cell in row.items():
            if column in IDENTITY or column == "hours":
                continue
            prefix, figure, digits = ("", column, 0) if column in WAITING else TABLE.get(column, ("", column, 0))
            if column == "answered_lt":
                pair = (self.pairs[row["queue"], label, "sl_offered_strict"][0], 1)
            else:
                pair = self.pairs[row["queue"], label, prefix + figure]
            if not agrees(cell, pair, digits):
                wrong.append(f"{column}: expected {cell!r}, got {printed(pair, digits)!r}")
        return wrong


@cache
def legs_of(library: str) -> Any:
    return READERS[library](FOLDER / "contacts.csv")


@pytest.mark.parametrize("file", FILES)
def test_every_column_of_every_interval(file: str) -> None:
    counted = Counted(legs_of("pyarrow"), FILES[file])
    midnight = {row["day"]: row["interval_start_local"] for row in reversed(rows("expected/interval_60.csv"))}
    checked = 0
    for row in rows(f"expected/{file}"):
        if row["day"] == "TOTAL":
            continue
        label = row.get("interval_start_local") or midnight[row["day"]]
        assert counted.check(row, label) == [], (row["queue"], label)
        checked += 1
    assert checked > 8


TOTALS = [row for row in rows("expected/day.csv") if row["day"] == "TOTAL"]


@pytest.mark.parametrize("row", TOTALS, ids=lambda row: row["queue"])
def test_every_column_of_the_whole_window(row: Row) -> None:
    tallies = {prefix: tally(legs_of("pyarrow"), "15m", name) for prefix, name in ATTRIBUTIONS.items()}
    queue = None if row["queue"] == "ALL" else row["queue"]
    wrong = []
    for column, (prefix, figure, digits) in TABLE.items():
        counted = tallies[prefix]
        if figure in RULES:
            found = counted.service_level(RULES[figure], queue=queue)
        elif figure.startswith("wait_p"):
            percent, linear = figure.removeprefix("wait_p").removesuffix("_linear"), figure.endswith("_linear")
            found = counted.wait_percentile(float(percent), linear=linear, queue=queue)
        else:
            found = counted.figure(figure, queue=queue)
        if not agrees(row[column], (found.numerator, found.denominator), digits):
            wrong.append(f"{column}: expected {row[column]!r}, got {found}")
    assert wrong == []


def test_each_library_gives_the_same(read: Read) -> None:
    legs = read(FOLDER / "contacts.csv")
    for attribution in ATTRIBUTIONS.values():
        expected = tally(legs_of("pyarrow"), "30m", attribution)
        found = tally(legs, "30m", attribution)
        assert found == expected
        assert found.table(FIGURES) == expected.table(FIGURES)


# Operators.

AGENT_COUNTS = ["handled", "handled_inbound", "handled_callback", "completed", "held", "transferred_out"]
AGENT_RATIOS = [
    "transfer_rate", "occupancy", "utilisation", "availability", "contacts_per_productive_hour",
    "contacts_per_logged_in_hour",
]  # fmt: skip
POLICY = fw.AccessPolicy("conformance", "made-up people", "person")
HOUR_MS = 3_600_000


def agent_columns(pairs: dict[str, Pair]) -> dict[str, tuple[Pair, int]]:
    """The columns of the oracle that are about contacts and states, from the figures."""
    per_hour = {name: (pairs[name][0] * HOUR_MS, pairs[name][1]) for name in AGENT_RATIOS if "_hour" in name}
    states = ("contact", "ready", "break", "lunch", "training", "meeting")
    return {
        **{name: (pairs[name], 0) for name in AGENT_COUNTS},
        **{name: (per_hour.get(name, pairs[name]), 10) for name in AGENT_RATIOS},
        **{f"state_{state}_ms": (pairs[f"in_{state}"], 0) for state in states},
        "logged_in_ms": (pairs["logged_in"], 0),
        "aht_ms": (pairs["aht"], 6),
        "talk_ms": ((pairs["att"][0], 1), 0),
        "hold_ms": ((pairs["ahold"][0], 1), 0),
        "acw_ms": ((pairs["acw"][0], 1), 0),
        "handle_ms": ((pairs["aht"][0], 1), 0),
    }


def test_operators_by_day(read: Read) -> None:
    table = fw.agent_figures(
        read(FOLDER / "contacts.csv"), read(FOLDER / "agent_states.csv"), zone=ZONE, every="day", policy=POLICY,
        window=WINDOW, as_of=CUTOFF, columns=COLUMNS, state_columns={"agent": "agent_id"},
    )  # fmt: skip
    found: dict[tuple[str, str], dict[str, Pair]] = {}
    for row in table.to_dicts():
        place = found.setdefault((row["agent"], row["interval"][:10]), {})
        place[row["figure"]] = (row["numerator"], row["denominator"])
    expected = [row for row in rows("expected/agent.csv") if row["day"] != "TOTAL"]
    assert len(expected) > 40
    for row in expected:
        columns = agent_columns(found[row["agent_id"], row["day"]])
        wrong = {name: row[name] for name, (pair, digits) in columns.items() if not agrees(row[name], pair, digits)}
        assert wrong == {}, (row["agent_id"], row["day"])


@pytest.mark.parametrize("every", ["15", "30", "60"])
def test_staffing_by_interval(read: Read, every: str) -> None:
    table = fw.agent_figures(
        states=read(FOLDER / "agent_states.csv"), zone=ZONE, every=f"{every}m", window=WINDOW, as_of=CUTOFF,
        state_columns={"agent": "agent_id"},
    )  # fmt: skip
    found: dict[str, dict[str, Pair]] = {}
    for row in table.to_dicts():
        found.setdefault(row["interval"], {})[row["figure"]] = (row["numerator"], row["denominator"])
    for row in rows(f"expected/staffing_{every}.csv"):
        pairs = found[row["interval_start_local"]]
        contact, ready, logged_in = (pairs[name][0] for name in ("in_contact", "in_ready", "logged_in"))
        columns = {
            "contact_ms": ((contact, 1), 0),
            "ready_ms": ((ready, 1), 0),
            "aux_ms": ((logged_in - contact - ready, 1), 0),
            "logged_in_ms": ((logged_in, 1), 0),
            "occupancy": (pairs["occupancy"], 10),
            "avg_logged_in": (pairs["avg_logged_in"], 10),
            "avg_working": (pairs["avg_working"], 10),
        }
        wrong = {name: row[name] for name, (pair, digits) in columns.items() if not agrees(row[name], pair, digits)}
        assert wrong == {}, row["interval_start_local"]
