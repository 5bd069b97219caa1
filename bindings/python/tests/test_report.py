"""The service-level report: as data, as a page, as text, as files."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import floorwalker as fw

from conftest import CASES, ROOT

SAMPLE = ROOT / "examples" / "data" / "sample.queue_log.gz"
POLICY = fw.AccessPolicy("coaching", "made-up people", "person")


@pytest.fixture(scope="module")
def log() -> fw.QueueLog:
    return fw.read_queue_log(SAMPLE, zone="Europe/Rome")


@pytest.fixture(scope="module")
def report(log: fw.QueueLog) -> fw.ServiceReport:
    return fw.service_report(log, zone="Europe/Rome", target="80/20", rules=["excl_short(20s, 5s)", "genesys_cloud(20s)"])


def test_the_report_says_what_the_tally_says(log: fw.QueueLog, report: fw.ServiceReport) -> None:
    rules = ["excl_short(20s, 5s)", "genesys_cloud(20s)"]
    tally = fw.service_levels(log, zone="Europe/Rome", every="30m", rules=rules, as_of=log.last_stamp)
    figures = report.figures.to_polars()
    total = figures.filter(about="total")
    for row in total.iter_rows(named=True):
        figure = tally.figure(row["figure"])
        assert (row["numerator"], row["denominator"]) == (figure.numerator, figure.denominator), row["figure"]
        assert row["value"] == figure.value or row["unit"] == "erlangs"
    assert set(figures["about"].unique()) == {"total", "queue", "day"}
    for queue in tally.queues:
        level = tally.service_level(rules[0], queue=queue)
        (row,) = figures.filter(about="queue", queue=queue, figure="service_level").iter_rows(named=True)
        assert (row["numerator"], row["denominator"]) == (level.numerator, level.denominator)


def test_days_and_queues_add_up(report: fw.ServiceReport) -> None:
    figures = report.figures.to_polars()
    counts = figures.filter(pl.col("figure").is_in(["offered", "answered", "abandoned"]))
    sums = counts.group_by("about", "figure").agg(pl.col("numerator").sum()).sort("about", "figure")
    by_about = {about: list(rows["numerator"]) for (about,), rows in sums.group_by("about", maintain_order=True)}
    assert by_about["total"] == by_about["queue"] == by_about["day"]


def test_the_other_definitions_are_shown_beside_the_first(report: fw.ServiceReport) -> None:
    rules = json.dumps(report.to_dict()["rules"])
    assert "excl_short" in rules and "genesys_cloud" in rules


def test_the_rule_of_the_target_is_the_default_and_is_said(log: fw.QueueLog) -> None:
    report = fw.service_report(log, zone="Europe/Rome", target="80/30")
    assert "offered(30s)" in report.to_html() and "offered(30s)" in report.to_text()
    with pytest.raises(fw.ConflictError, match="the target is 80/20s, but the rule is"):
        fw.service_report(log, zone="Europe/Rome", target="80/20", rules="offered(30s)")
    with pytest.raises(fw.ConflictError, match="argument target must name a time"):
        fw.service_report(log, zone="Europe/Rome", target="80")


def test_the_page_stands_alone(report: fw.ServiceReport, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    page = report.to_html(path, language="it")
    assert path.read_text(encoding="utf-8") == page
    assert "Rapporto sul livello di servizio" in page and "<script" not in page
    shown = report._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and "<script" not in shown


def test_json_csv_and_text(report: fw.ServiceReport, tmp_path: Path) -> None:
    assert fw.ServiceReport.from_json(report.to_json()) == report
    assert json.loads(report.to_json(tmp_path / "r.json")) == report.to_dict()
    files = report.to_csv(tmp_path / "tables")
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "tables").iterdir()} == files
    assert "columns.csv" in files
    assert str(report) == report.to_text()
    assert max(map(len, report.to_text(width=60).splitlines())) <= 60
    with pytest.raises(fw.ReadError, match="cannot be written") as caught:
        report.to_html(tmp_path / "no" / "folder" / "r.html")
    assert caught.value.code == "write.failed"
    with pytest.raises(fw.StateError, match="no report in JSON"):
        fw.ServiceReport.from_json("{}")


def test_findings_of_the_log_are_in_the_report() -> None:
    log = fw.read_queue_log(CASES / "queue-log" / "11-restart.log", zone="Europe/Rome")
    text = json.dumps(fw.service_report(log, zone="Europe/Rome", target="80/20").to_dict())
    assert log.finding_counts
    assert all(kind in text for kind in log.finding_counts)


def test_operators_only_under_a_policy(log: fw.QueueLog, report: fw.ServiceReport) -> None:
    def operators(**more: Any) -> Any:
        return fw.service_report(log, zone="Europe/Rome", target="80/20", **more).to_dict()["operators"]

    assert report.to_dict()["operators"] is None
    people = operators(policy=POLICY)
    names = {row["agent"] for row in log.states.to_dicts()}
    assert people["policy"]["purpose"] == "coaching"
    assert {row["who"]["person"] for row in people["rows"]} <= names
    pseudonyms = fw.AccessPolicy("benchmark", "made-up people", "pseudonym")
    first, second = operators(policy=pseudonyms), operators(policy=pseudonyms)
    assert not names & set(json.dumps(first).replace('"', " ").split())
    assert [row["who"] for row in first["rows"]] == [row["who"] for row in second["rows"]]
    assert first["rows"] != second["rows"]
    some = sorted(names)
    teams = {name: "red" if some.index(name) % 2 else "blue" for name in some}
    team = operators(policy=fw.AccessPolicy("staffing", "agreement", "team"), teams=teams)
    assert {row["who"]["team"] for row in team["rows"]} <= {"red", "blue"}
    with_people = fw.service_report(log, zone="Europe/Rome", target="80/20", policy=POLICY)
    assert with_people.without_operators().to_dict()["operators"] is None


def test_a_window_and_some_queues(log: fw.QueueLog) -> None:
    queue = fw.service_levels(log, zone="Europe/Rome", rules="offered(20s)").queues[0]
    whole = fw.service_levels(log, zone="Europe/Rome", every="day", rules="offered(20s)").window
    assert whole is not None
    day = (whole[0] + timedelta(hours=12)).astimezone().date()
    window = (day, day + timedelta(days=1))
    report = fw.service_report(log, zone="Europe/Rome", target="80/20", window=window, queues=queue)
    tally = fw.service_levels(log, zone="Europe/Rome", rules="offered(20s)", window=window)
    assert report.to_dict()["total"]["figures"]["offered"] == tally.figure("offered", queue=queue).value
    with pytest.raises(fw.UnknownNameError, match="no queue is called"):
        fw.service_report(log, zone="Europe/Rome", target="80/20", queues="nobody")
    with pytest.raises(fw.InvalidNameError, match="argument target"):
        fw.service_report(log, zone="Europe/Rome", target="much")


def test_a_table_serves_as_well_as_a_log() -> None:
    nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
    legs: dict[str, object] = {"queue": ["sales"] * 20, "arrived": [nine] * 20, "wait_s": list(range(10, 30)), "agent": ["Anna"] * 20}
    states = {"agent": ["Anna"], "state": ["ready"], "from": [nine], "to": [nine + timedelta(hours=1)]}
    report = fw.service_report(legs, zone="Europe/Rome", target="80/20", policy=POLICY, states=states, min_contacts=5)
    assert report.to_dict()["total"]["standing"] == "missed"
    (row,) = report.to_dict()["operators"]["rows"]
    assert row["who"] == {"person": "Anna"} and row["figures"]["logged_in"]
