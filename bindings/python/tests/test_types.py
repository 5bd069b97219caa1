"""What a type checker sees: checked by mypy in strict mode, and run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:

    def assert_type(value: Any, _: Any) -> Any:
        return value


import polars as pl

import floorwalker as fw

NINE = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
LEGS: dict[str, Sequence[object]] = {"queue": ["sales"], "arrived": [NINE], "wait_s": [12], "agent": ["Anna"]}


def test_return_types() -> None:
    tally = fw.service_levels(LEGS, zone="Europe/Rome", rules=["offered(20s)", fw.ServiceLevel.positive(20)])
    assert_type(tally, fw.IntervalTally)
    assert_type(tally.table(), fw.Table)
    assert_type(tally.to_polars(), pl.DataFrame)
    assert_type(tally.queues, list[str])
    assert_type(tally.rules, list[fw.ServiceLevel])
    assert_type(tally.window, tuple[datetime, datetime] | None)
    assert_type(tally.left_out, dict[str, int])
    assert_type(tally.merge(tally), fw.IntervalTally)
    assert_type(fw.IntervalTally.from_state([tally.state()]), fw.IntervalTally)
    assert_type(tally.service_level_bounds("offered(20s)"), tuple[fw.Figure, fw.Figure])
    figure = tally.figure("asa", queue=["sales"], at=NINE)
    assert_type(figure, fw.Figure)
    assert_type(figure.exact, Fraction | None)
    assert_type(figure.rounded(2), Decimal | None)
    assert_type(figure.value, float | None)
    assert_type(figure.rule, fw.ServiceLevel | None)
    assert_type(figure.window, tuple[datetime, datetime])
    assert_type(fw.service_level(LEGS, rule="offered", within=timedelta(seconds=20)), fw.Figure)
    explained = fw.explain(tally, at="2026-03-02T09:00+01:00")
    assert_type(explained, fw.Explanation)
    assert_type(explained.lines, tuple[fw.ExplanationLine, ...])
    assert_type(fw.waiting(LEGS, zone="UTC"), fw.Table)
    policy = fw.AccessPolicy("coaching", "agreement", "person", min_group=2)
    assert_type(fw.agent_figures(LEGS, zone="UTC", policy=policy), fw.Table)
    report = fw.service_report(LEGS, zone="UTC", target="80/20", policy=policy)
    assert_type(report, fw.ServiceReport)
    assert_type(report.to_html(), str)
    assert_type(report.to_csv(), dict[str, str])
    assert_type(report.figures, fw.Table)
    assert_type(fw.Limit("20s", {"care": 30}).default, timedelta)
    assert_type(fw.kpis(), dict[str, str])


def wrong_calls() -> None:
    """Never run: a checker that accepts one of these reports an ignore that is not needed."""
    fw.service_levels(LEGS, rules="offered(20s)")  # type: ignore[call-arg]
    fw.service_levels(LEGS, zone="UTC", rules="offered(20s)", by="agent")  # type: ignore[arg-type]
    fw.service_levels(LEGS, "UTC", "offered(20s)")  # type: ignore[call-arg]
    fw.service_levels(5, zone="UTC", rules="offered(20s)")  # type: ignore[arg-type]
    fw.ServiceLevel.offered([20])  # type: ignore[arg-type]
    fw.ServiceLevel.offered("20s").with_abandons("maybe")  # type: ignore[arg-type]
    fw.AccessPolicy("x", "y", "all")  # type: ignore[arg-type]
    fw.Limit("20s").default = timedelta(0)  # type: ignore[misc]
    fw.read_queue_log(b"queue_log", zone="UTC", restarts="never")  # type: ignore[arg-type]
