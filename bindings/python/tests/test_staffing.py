"""Staffing: the shared rows of every model, columns of every kind, what is refused."""

from __future__ import annotations

import csv
import math
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import floorwalker as fw

from conftest import CASES, ROOT

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    path = CASES / "staffing" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(table: list[Row], name: str) -> list[float]:
    return [float(row[name]) for row in table]


def close(found: float | None, wanted: float, relative: float, absolute: float = 0.0) -> bool:
    if found is None:
        return not math.isfinite(wanted)
    return math.isclose(found, wanted, rel_tol=relative, abs_tol=absolute)


def test_erlang_b() -> None:
    table = rows("erlang_b")
    found = fw.staffing.erlang_b(column(table, "servers"), column(table, "offered_load_erlangs"))
    for row, blocking in zip(table, found, strict=True):
        tolerance = 1e-14 * (1 + float(row["cond_load"] or 0))
        assert close(blocking, float(row["blocking"]), tolerance, 1e-300), row
    table = rows("erlang_b_real_servers")
    found = fw.staffing.erlang_b(column(table, "servers"), column(table, "offered_load_erlangs"))
    assert all(close(one, float(row["blocking"]), 1e-10, 1e-300) for row, one in zip(table, found, strict=True))


def test_erlang_c() -> None:
    table = [row for row in rows("erlang_c") if float(row["target_s"]) * 1000 % 1 == 0]
    asked = 0
    for row in table:
        servers, load, aht = (float(row[name]) for name in ("servers", "offered_load_erlangs", "aht_s"))
        # An interval as long as a call, so that the calls in it are the load itself.
        figures = fw.staffing.performance(load, aht, servers, interval=aht, rule=fw.ServiceLevel.offered(float(row["target_s"])))
        assert close(figures["waiting_probability"], float(row["p_wait"]), 1e-12, 1e-300), row
        if row["stable"] == "1":
            asked += 1
            assert close(figures["asa_secs"], float(row["asa_s"]), 1e-9, 1e-300), row
            assert close(figures["service_level"], float(row["service_level"]), 1e-9, 1e-12), row
            assert close(figures["mean_queue"], float(row["mean_queue_length"]), 1e-9, 1e-300), row
    assert asked > 100


def test_erlang_a_and_x() -> None:
    asked = 0
    for name, rate, redials in (("erlang_a", "lambda_per_hour", None), ("erlang_x", "fresh_lambda_per_hour", "redial_probability")):
        table = [row for row in rows(name) if float(row["target_s"]) * 1000 % 1 == 0]
        more: dict[str, Any] = {} if redials is None else {"redials": column(table, redials)}
        for target in sorted({row["target_s"] for row in table}):
            part = [row for row in table if row["target_s"] == target]
            if redials:
                more = {"redials": column(part, redials)}
            found = fw.staffing.performance(
                column(part, rate), column(part, "aht_s"), column(part, "agents"), interval="1h",
                patience=column(part, "patience_s"), rule=fw.ServiceLevel.offered(float(target)), **more,
            )  # fmt: skip
            names = {
                "waiting_probability": "p_wait", "service_level": "sl_served_of_offered", "occupancy": "occupancy",
                "abandonment": "p_abandon" if redials is None else "p_abandon_per_attempt",
            }  # fmt: skip
            for row, figures in zip(part, found.to_dicts(), strict=True):
                for mine, theirs in names.items():
                    assert close(figures[mine], float(row[theirs]), 0.0, 1e-10), (mine, row)
                assert close(figures["mean_wait_secs"], float(row["mean_wait_all_s"]), 1e-8, 1e-12), row
                asked += 1
    assert asked > 140


def test_agents_required() -> None:
    asked = 0
    for row in rows("agents_required"):
        aht, interval = float(row["aht_s"]), float(row["interval_s"])
        more: dict[str, Any] = {}
        if row["patience_s"]:
            more["patience"] = float(row["patience_s"])
        if row["max_occupancy"]:
            more["occupancy"] = float(row["max_occupancy"])
        wanted = float(row["target_value"])
        if row["criterion"] == "service_level":
            rules = {"": "offered", "served_of_offered": "offered", "served_of_answered": "answered_only"}
            if row["sl_definition"] not in rules or float(row["target_s"]) % 1:
                continue
            percent = Decimal(row["target_value"]) * 100
            more["target"] = f"{percent.normalize():f}/{float(row['target_s']):.0f}"
            more["rule"] = rules[row["sl_definition"]]
        elif row["criterion"] in ("asa", "p_wait", "p_abandon"):
            more[{"asa": "asa", "p_wait": "waiting", "p_abandon": "abandonment"}[row["criterion"]]] = wanted
        else:
            continue
        agents = fw.staffing.agents_required(float(row["calls_per_interval"]), aht, interval=interval, **more)
        assert agents == int(row["agents"]), row
        if row["shrinkage"]:
            assert fw.staffing.scheduled_agents(agents, row["shrinkage"]) == int(row["scheduled_agents"]), row
        asked += 1
    assert asked > 100


def test_a_backlog_is_carried_over() -> None:
    table = rows("interval_transient")
    for scenario in sorted({row["scenario"] for row in table}):
        part = [row for row in table if row["scenario"] == scenario]
        course = fw.staffing.carry_over(
            column(part, "expected_calls"), column(part, "aht_s"), column(part, "agents"),
            interval=float(part[0]["interval_s"]), patience=float(part[0]["patience_s"]), rule="offered(20s)",
        )  # fmt: skip
        for row, figures in zip(part, course.to_dicts(), strict=True):
            assert close(figures["waiting_probability"], float(row["p_wait_exact"]), 0.0, 1e-7), row
            assert close(figures["mean_queue"], float(row["mean_queue_exact"]), 1e-6, 1e-6), row
            assert close(figures["in_system_at_end"], float(row["mean_in_system_at_end_exact"]), 1e-6, 1e-6), row
            assert close(figures["abandons"], float(row["expected_abandons_exact"]), 1e-6, 1e-6), row


CALLS = [40, 100, 0]
WANTED = [7, 14, 0]


@pytest.mark.parametrize("make", [
    list, tuple, np.array, lambda calls: np.array(calls, dtype="int16"), pl.Series, pd.Series, pa.array,
    lambda calls: pa.chunked_array([calls[:1], calls[1:]]), lambda calls: pl.Series(calls, dtype=pl.UInt8),
])  # fmt: skip
def test_columns_come_back_in_kind(make: Any) -> None:
    calls = make(CALLS)
    found = fw.staffing.agents_required(calls, "3m", interval="30m", target="80/20")
    assert list(found) == WANTED or found.to_pylist() == WANTED
    home = type(found).__module__.partition(".")[0]
    assert home == type(calls).__module__.partition(".")[0]


@pytest.mark.parametrize("aht", [
    180, 180.0, "3m", timedelta(minutes=3), Decimal(180), [180, 180, 180], ["3m"] * 3,
    np.array([180] * 3, dtype="timedelta64[s]"), pl.Series([timedelta(minutes=3)] * 3), pd.Series(pd.to_timedelta([180] * 3, unit="s")),
])  # fmt: skip
def test_durations_come_in_many_shapes(aht: Any) -> None:
    found = fw.staffing.agents_required(np.array(CALLS), aht, interval=timedelta(minutes=30), target="80/20")
    assert found.tolist() == WANTED


def test_rows_and_single_numbers_agree() -> None:
    calls = np.arange(0, 300, 7)
    patience = np.linspace(30, 300, len(calls))
    ways = fw.staffing.agents_required(calls, 200, interval="15m", patience=patience, target="90/10", rule="answered_only")
    for row, agents in enumerate(ways):
        alone = fw.staffing.agents_required(
            int(calls[row]), 200, interval="15m", patience=float(patience[row]), target="90/10", rule="answered_only"
        )
        assert (alone, type(alone)) == (agents, int)
    table = fw.staffing.performance(calls, 200, ways, interval="15m", patience=patience, rule="answered_only(10s)")
    assert all(row["service_level"] is None or row["service_level"] >= 0.9 for row in table.to_dicts())


def test_the_question_turned_round() -> None:
    most = fw.staffing.most_calls([14, 20], "3m", interval="30m", target="80/20")
    assert [fw.staffing.agents_required(calls, "3m", interval="30m", target="80/20") for calls in most] == [14, 20]
    assert [fw.staffing.agents_required(calls * 1.001, "3m", interval="30m", target="80/20") for calls in most] == [15, 21]
    assert fw.staffing.lines_required(100, "3m", [14, 20], interval="30m", blocking=0.01) == [18, 18]


def test_a_forecast_that_is_off_makes_the_target_less_likely() -> None:
    calls = [100] * 20
    sure, sure_day = fw.staffing.attainment(calls, "3m", 13, interval="30m", patience="2m", target="80/20")
    _, unsure_day = fw.staffing.attainment(
        calls, "3m", 13, interval="30m", patience="2m", target="80/20", day_error=0.15, interval_error=0.05
    )
    assert unsure_day < 0.95 < 0.99 < sure_day
    level = fw.staffing.performance(100, "3m", 13, interval="30m", patience="2m", rule="offered(20s)")["service_level"]
    assert all(close(row["expected_level"], level, 1e-9) for row in sure.to_dicts())


def test_shrinkage_is_exact() -> None:
    for shrinkage in ("0.3", 0.3, Decimal("0.3")):
        assert fw.staffing.scheduled_agents([21, 42, 14], shrinkage) == [30, 60, 20]
    for wrong in (1, "1.2", -0.1):
        with pytest.raises(fw.OutOfRangeError):
            fw.staffing.scheduled_agents(10, wrong)
    with pytest.raises(fw.OutOfRangeError, match="agents"):
        fw.staffing.scheduled_agents(10.5, 0.3)


def test_what_cannot_be_is_refused_by_name() -> None:
    def ask(calls: Any = 100, aht: Any = 180, **more: Any) -> Any:
        return fw.staffing.agents_required(calls, aht, **{"interval": "30m", "target": "80/20", **more})

    with pytest.raises(fw.ConflictError, match="goals"):
        ask(target=None)
    with pytest.raises(fw.ConflictError, match="target"):
        ask(target=None, rule="offered")
    with pytest.raises(fw.ColumnError, match="row 1"):
        ask([1, float("nan")])
    with pytest.raises(fw.ColumnError, match="calls has no value in row 1"):
        ask(pl.Series([1, None]))
    with pytest.raises(fw.ColumnError, match="aht has 3 rows"):
        ask([1, 2], [180, 180, 180])
    for wrong in ("100", True, None, ["a"], np.array(["a"]), pl.Series(["a"])):
        with pytest.raises(fw.ArgumentTypeError, match="calls|numpy"):
            ask(wrong)
    for few in ({"aht": 0}, {"occupancy": 2}, {"patience": -1}, {"redials": 1, "patience": 60}):
        with pytest.raises((fw.OutOfRangeError, fw.ColumnError)):
            ask(**few)
    with pytest.raises(fw.ArgumentTypeError, match="asa"):
        ask(asa=[1, 2])
    with pytest.raises(fw.OutOfRangeError) as unattainable:
        fw.staffing.most_calls(0, 180, interval="30m", target="80/20")
    assert unattainable.value.code == "goal.unattainable"


def test_no_calls_and_overload_have_answers() -> None:
    empty = fw.staffing.performance(0, "3m", 0, interval="30m", rule="offered(20s)")
    assert empty["load_erlangs"] == 0 and empty["occupancy"] is None
    flood = fw.staffing.performance(1000, "3m", 14, interval="30m", rule="offered(20s)")
    assert (flood["waiting_probability"], flood["asa_secs"], flood["service_level"]) == (1.0, None, 0.0)
    assert fw.staffing.agents_required([], "3m", interval="30m", target="80/20") == []


LOG = fw.read_queue_log(ROOT / "examples" / "data" / "sample.queue_log.gz", zone="Europe/Rome")


def test_a_day_is_played_again() -> None:
    day = LOG.legs.to_polars().filter(pl.col("arrived").dt.date() == date(2026, 3, 16))
    played = fw.staffing.replay(day, seed=1)
    offered = day.filter(pl.col("outcome").cast(pl.String).is_in(["answered", "abandoned"])).height
    assert len(played) == offered
    assert played == fw.staffing.replay(day, seed=1) != fw.staffing.replay(day, seed=2)

    def level(**more: Any) -> float:
        value = fw.service_level(fw.staffing.replay(day, seed=1, **more), rule="offered(20s)").value
        assert value is not None
        return value

    whole = ("2026-03-16", "2026-03-17")
    fewer, same, more = level(fewer=UTC_DAY), level(), level(more=UTC_DAY, operators=3)
    assert fewer < same < more
    with pytest.raises(fw.OutOfRangeError):
        level(more=UTC_DAY, operators=10_001)
    one = fw.service_level(fw.staffing.replay(LOG, seed=1, more=whole), rule="offered(20s)").value
    none = fw.service_level(fw.staffing.replay(LOG, seed=1), rule="offered(20s)").value
    assert one is not None and none is not None and one > none


UTC_DAY = ("2026-03-16T00:00+01:00", "2026-03-17T00:00+01:00")


def test_only_calls_can_be_played_again() -> None:
    with pytest.raises(fw.ConflictError):
        fw.staffing.replay({"queue": ["a"], "arrived": [datetime(2026, 3, 2, 9, tzinfo=timezone.utc)], "outcome": ["open"]}, seed=1)
    with pytest.raises(fw.DataError, match=r"legs\[0\]"):
        fw.staffing.replay({"queue": ["a"]}, seed=1)
