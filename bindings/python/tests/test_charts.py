"""Charts: of Altair where it is installed, plain HTML where not."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from typing import Any

import altair
import pytest

import floorwalker as fw

NINE = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
TALLY = fw.service_levels(
    {"queue": ["sales", "<b>care</b>"] * 10, "arrived": [NINE + timedelta(minutes=7 * n) for n in range(20)], "wait_s": list(range(10, 30))},
    zone="Europe/Rome", rules="offered(20s)", window=(NINE, NINE + timedelta(hours=3)),
)  # fmt: skip


def test_a_chart_of_altair() -> None:
    chart: Any = TALLY.plot(target=0.8)
    assert isinstance(chart, altair.LayerChart)
    drawn = chart.to_dict()
    assert drawn["layer"][0]["title"] == "service_level"
    assert len(drawn["layer"][0]["data"]["values"]) == len(TALLY.table())
    single: Any = TALLY.plot("asa", by="all")
    assert isinstance(single, altair.Chart)


def test_a_chart_without_any_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    chart: Any = TALLY.plot("offered", target=3)
    page = chart._repr_html_()
    assert page.count("<polyline") == 2 and "stroke-dasharray" in page
    assert "&lt;b&gt;care&lt;/b&gt;" in page and "<b>" not in page
    nothing = fw.service_levels({"queue": [], "arrived": []}, zone="UTC", rules="offered(20s)")
    assert "no data" in nothing.plot()._repr_html_()  # type: ignore[attr-defined]


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for library, convert in (("polars", TALLY.to_polars), ("pandas", TALLY.to_pandas), ("pyarrow", TALLY.to_arrow)):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(fw.MissingLibraryError, match=f"needs {library}, which is not installed") as caught:
            convert()
        assert isinstance(caught.value, ImportError)


def test_a_chart_of_what_is_not_known() -> None:
    with pytest.raises(fw.UnknownNameError, match="argument figure"):
        TALLY.plot("asaa")
