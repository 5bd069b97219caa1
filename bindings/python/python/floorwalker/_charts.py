"""Figures over time as charts: of Altair where it is installed, else plain HTML."""

from __future__ import annotations

import html
import importlib
from dataclasses import dataclass
from typing import Any, Protocol

COLOURS = ("#3b6fb6", "#c4632d", "#4b8f4b", "#8a5aa8", "#8c6d3f", "#4a4a4a")
WIDTH, HEIGHT = 640, 220


class Chart(Protocol):
    """Something that a notebook shows."""


class _Table(Protocol):
    def to_dicts(self, limit: int | None = None) -> list[dict[str, Any]]: ...


def plot(table: _Table, target: float | None = None) -> Chart:
    """The values of a long table of figures over time, one line for each queue and rule."""
    rows = [{**row, "line": _line(row)} for row in table.to_dicts()]
    title = rows[0]["figure"] if rows else "no data"
    try:
        altair = importlib.import_module("altair")
    except ImportError:
        return HtmlChart(title, _svg(rows, target))
    return _altair(altair, rows, title, target)


def _line(row: dict[str, Any]) -> str:
    return ", ".join(str(row[key]) for key in ("queue", "rule") if row.get(key)) or "all"


def _altair(altair: Any, rows: list[dict[str, Any]], title: str, target: float | None) -> Chart:
    data = [{"start": row["start"].isoformat(), "value": row["value"], "line": row["line"]} for row in rows]
    unit = rows[0]["unit"] if rows else ""
    axis = altair.Axis(format="%") if unit == "ratio" else altair.Axis()
    lines = (
        altair.Chart(altair.Data(values=data), title=title)
        .mark_line(point=True, interpolate="step-after")
        .encode(
            x=altair.X("start:T", title=None),
            y=altair.Y("value:Q", title=unit, axis=axis),
            color=altair.Color("line:N", title=None),
            tooltip=["start:T", "line:N", "value:Q"],
        )
    )
    if target is None:
        return lines  # type: ignore[no-any-return]
    rule = altair.Chart(altair.Data(values=[{"target": target}])).mark_rule(strokeDash=[4, 4])
    return lines + rule.encode(y="target:Q")  # type: ignore[no-any-return]


@dataclass(frozen=True)
class HtmlChart:
    """A chart as a drawing in HTML, without any library."""

    title: str
    svg: str

    def _repr_html_(self) -> str:
        return f"<figure><figcaption>{html.escape(self.title)}</figcaption>{self.svg}</figure>"


def _svg(rows: list[dict[str, Any]], target: float | None) -> str:
    values = [row["value"] for row in rows if row["value"] is not None]
    values += [] if target is None else [target]
    if not values:
        return "<p>no data</p>"
    starts = sorted({row["start"] for row in rows})
    first, span = starts[0], max((starts[-1] - starts[0]).total_seconds(), 1.0)
    top = max(*values, 1.0) if rows[0]["unit"] == "ratio" else max(values) or 1.0

    def x(row: dict[str, Any]) -> float:
        return (row["start"] - first).total_seconds() / span * WIDTH  # type: ignore[no-any-return]

    def y(value: float) -> float:
        return HEIGHT - value / top * HEIGHT

    drawn = []
    lines = sorted({row["line"] for row in rows})
    for number, line in enumerate(lines):
        colour = COLOURS[number % len(COLOURS)]
        points = [row for row in rows if row["line"] == line and row["value"] is not None]
        path = " ".join(f"{x(row):.1f},{y(row['value']):.1f}" for row in points)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        drawn.append(
            f'<text x="4" y="{14 + 14 * number}" font-size="12" fill="{colour}">{html.escape(line)}</text>'
        )
    if target is not None:
        level = f"{y(target):.1f}"
        drawn.append(
            f'<line x1="0" x2="{WIDTH}" y1="{level}" y2="{level}" stroke="currentColor" stroke-dasharray="4 4"/>'
        )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'style="border:1px solid currentColor">{"".join(drawn)}</svg>'
    )
