"""How tables are shown, and how they become those of other libraries."""

from __future__ import annotations

import html as _html
import importlib
from datetime import datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any, Protocol

from ._errors import make

if TYPE_CHECKING:
    from types import ModuleType

ROWS_SHOWN = 12
LONGEST_TEXT = 40


class _Table(Protocol):
    @property
    def column_names(self) -> list[str]: ...
    def to_dicts(self, limit: int | None = None) -> list[dict[str, Any]]: ...
    def __len__(self) -> int: ...


class _Report(Protocol):
    def to_html(self) -> str: ...


def library(name: str, purpose: str) -> ModuleType:
    """A library that only this needs."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise make("library.missing", f"{purpose} needs {name}, which is not installed") from error


def to_polars(table: object) -> Any:
    return library("polars", "to_polars()").DataFrame(table)


def to_pandas(table: object) -> Any:
    return library("pandas", "to_pandas()").DataFrame.from_arrow(table)


def to_arrow(table: object) -> Any:
    return library("pyarrow", "to_arrow()").table(table)


def clock(zone: str) -> tzinfo:
    """A zone as Python has it; UTC where the data for it is not installed."""
    if zone == "UTC":
        return timezone.utc
    if zone[:1] in "+-":
        sign = -1 if zone[0] == "-" else 1
        hours, minutes = zone[1:].split(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(zone)
    except zoneinfo.ZoneInfoNotFoundError:
        return timezone.utc


def text(table: _Table) -> str:
    """The first rows, as lines of text."""
    rows = [table.column_names, *_cells(table)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([*lines, *_rest(table)])


def html(table: _Table) -> str:
    """The first rows, as a table for a notebook."""

    def line(cells: list[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{_html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    head = line(table.column_names, "th")
    body = "".join(line(cells, "td") for cells in _cells(table))
    rest = "".join(f"<p>{_html.escape(words)}</p>" for words in _rest(table))
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{rest}"


def frame(report: _Report) -> str:
    """A report as a page in a notebook, in a frame of its own so that styles do not mix."""
    page = _html.escape(report.to_html(), quote=True)
    return f'<iframe srcdoc="{page}" style="width:100%;height:80vh;border:0" title="service report"></iframe>'


def _cells(table: _Table) -> list[list[str]]:
    return [[_shown(value) for value in row.values()] for row in table.to_dicts(ROWS_SHOWN)]


def _rest(table: _Table) -> list[str]:
    more = len(table) - ROWS_SHOWN
    return [f"... and {more} more rows"] if more > 0 else []


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    words = value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1] + "…"
