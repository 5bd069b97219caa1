"""Objects: frozen, comparable, hashable, picklable, with a repr that can be pasted."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import floorwalker as fw
from floorwalker import AccessPolicy, Figure, Limit, ServiceLevel

from conftest import CASES

NINE = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
LEGS: dict[str, list[Any]] = {
    "queue": ["sales", "sales", "care", "care"],
    "arrived": [NINE, NINE, NINE, NINE + timedelta(minutes=40)],
    "wait_s": [12, 4, 45, None],
    "outcome": ["answered", "abandoned", "answered", "open"],
}


def tally() -> fw.IntervalTally:
    rules: list[ServiceLevel | str] = ["excl_short(20s, 5s)", ServiceLevel.offered("30s").strictly()]
    return fw.service_levels(LEGS, zone="Europe/Rome", rules=rules)


PASTED: list[Any] = [
    Limit("20s"),
    Limit("20s", {"care": "30s", "it's": "500ms"}),
    ServiceLevel("offered(20s)"),
    ServiceLevel.no_threshold(),
    ServiceLevel.agcom_255_24(),
    ServiceLevel.excl_short(Limit(20, {"care": 30}), Limit(5, {"care": 10})).with_flow_outs("ignored").strictly(),
    ServiceLevel.genesys_cloud("20s", flow_outs=True, without_short=True, short="5s"),
    ServiceLevel.ucce("20s", "ignored").without_transfers_in().with_clock("centre_entry"),
    ServiceLevel.dequeued_excluded("20s", "positive").with_blocked("negative").with_closed("negative"),
    ServiceLevel.talkdesk("1.5s").with_unfinished("ignored").with_callbacks("positive_if_done"),
    AccessPolicy("coaching", "agreement", "person", min_group=3, retention_days=30),
    Figure("service_level", "ratio", 236, 329, window=("2026-03-02T08:00Z", "2026-03-02T09:00Z"), rule="offered(20s)"),
    Figure("asa", "milliseconds", 0, 0, window=("2026-03-02T08:00Z", "2026-03-02T09:00Z")),
    fw.explain(tally()),
]
OTHERS: list[Any] = [
    tally(),
    tally().table(),
    tally().state(),
    fw.service_levels({"queue": [], "arrived": []}, zone="UTC", rules="offered(20s)"),
    fw.read_queue_log(CASES / "queue-log" / "10-pauses.log", zone="UTC"),
    fw.service_report(LEGS, zone="Europe/Rome", target="80/20"),
]
NAMES = {**vars(fw)}


@pytest.mark.parametrize("thing", PASTED, ids=repr)
def test_a_repr_can_be_pasted(thing: Any) -> None:
    assert eval(repr(thing), NAMES) == thing


@pytest.mark.parametrize("thing", [*PASTED, *OTHERS], ids=lambda thing: type(thing).__name__)
def test_things_are_equal_hashable_and_picklable(thing: Any) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        other = pickle.loads(pickle.dumps(thing, protocol))
        assert other == thing and hash(other) == hash(thing)
        assert type(other) is type(thing)
    assert copy.deepcopy(thing) == thing
    assert thing != 5 and not thing == "x"


@pytest.mark.parametrize("thing", [*PASTED, *OTHERS], ids=lambda thing: type(thing).__name__)
def test_things_are_frozen(thing: Any) -> None:
    with pytest.raises(AttributeError):
        thing.name = "x"
    with pytest.raises(AttributeError):
        thing.anything_new = "x"


def test_errors_are_picklable_too() -> None:
    with pytest.raises(fw.UnknownNameError) as caught:
        fw.Limit("20s") and fw.service_level_names() and fw.ServiceLevel("offerd(20s)")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.code) == (type(caught.value), str(caught.value), caught.value.code)
    with pytest.raises(fw.PolicyError) as refused:
        fw.AccessPolicy("", "", "person")
    again = pickle.loads(pickle.dumps(refused.value))
    assert (type(again), str(again), again.code) == (fw.PolicyError, str(refused.value), "policy.refused")


def test_equal_things_differ_from_others() -> None:
    assert Limit("20s") != Limit("21s")
    assert ServiceLevel("offered(20s)") != ServiceLevel("offered(20s)").strictly()
    assert tally() != fw.service_levels(LEGS, zone="Europe/Rome", rules="offered(20s)")
    assert tally().table() != tally().table("offered")
    assert tally().table().to_arrow() == tally().table().to_arrow()


def test_a_figure_is_exact() -> None:
    figure = tally().figure("asa")
    assert figure.exact == Fraction(12_000 + 45_000, 2)
    assert figure.rounded(2) == Decimal("28500.00") and figure.value == 28_500
    assert str(figure) == "28.5 s"
    nothing = tally().figure("asa", at=NINE + timedelta(hours=3))
    assert (nothing.exact, nothing.rounded(2), nothing.value) == (None, None, None)
    level = tally().service_level("excl_short(20s, 5s)", queue="sales")
    assert (level.numerator, level.denominator, str(level.rule)) == (1, 1, "excl_short(20s, short 5s)")


@given(st.integers(0, 10**15), st.integers(1, 10**6), st.integers(0, 12))
def test_rounding_is_that_of_decimal(numerator: int, denominator: int, places: int) -> None:
    figure = Figure("x", "ratio", numerator, denominator, window=(NINE, NINE))
    exact = Fraction(numerator, denominator)
    assert figure.exact == exact
    assert figure.rounded(places) == Decimal(round(exact * 10**places)).scaleb(-places)


def test_a_rule_is_the_same_in_json() -> None:
    rule = ServiceLevel.excl_short("20s", "5s").for_queue("care", "30s")
    stored = json.loads(rule.to_json())
    assert stored["name"] == "excl_short" and stored["within"]["by_queue_ms"] == {"care": 30_000}
    assert ServiceLevel.from_json(json.dumps(stored)) == rule
    with pytest.raises(fw.StateError, match="no rule in JSON"):
        ServiceLevel.from_json("{}")


def test_every_name_makes_a_rule() -> None:
    for name in fw.service_level_names():
        rule = ServiceLevel(f"{name}(20s, 5s)")
        assert rule.name == name
        assert eval(repr(rule), NAMES) == rule


def test_tables_show_themselves() -> None:
    table = tally().table(["offered", "asa"])
    text, page = repr(table), table._repr_html_()
    assert text.splitlines()[0].split()[:3] == ["queue", "start", "end"]
    assert f"and {len(table) - 12} more rows" in text and "more rows" in page
    assert "<th>queue</th>" in page and "<td>care</td>" in page
    hostile = fw.service_levels(
        {"queue": ["<script>alert(1)</script>"], "arrived": [NINE], "wait_s": [1]}, zone="UTC", rules="offered(20s)"
    )
    for shown in (hostile._repr_html_(), fw.explain(hostile)._repr_html_(), fw.service_report(
        {"queue": ["<script>"], "arrived": [NINE], "wait_s": [1]}, zone="UTC", target="80/20")._repr_html_()):
        assert "<script>" not in shown


def test_a_table_in_a_file_is_read(tmp_path: Path) -> None:
    legs = fw.read_queue_log(CASES / "queue-log" / "01-answered.log", zone="UTC").legs
    path = tmp_path / "legs.parquet"
    legs.to_polars().write_parquet(path)
    direct = fw.service_level(legs, rule="offered(20s)")
    assert fw.service_level(path, rule="offered(20s)") == direct
    assert fw.service_level([path, str(path)], rule="offered(20s)").denominator == 2 * direct.denominator
    with pytest.raises(fw.ReadError, match="no such file"):
        fw.service_level(tmp_path / "absent.parquet", rule="offered(20s)")
