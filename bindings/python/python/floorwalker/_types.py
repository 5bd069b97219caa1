"""The types of arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, Union

from ._floorwalker import Calendar, Complaint, Limit, ServiceLevel

if TYPE_CHECKING:
    import pandas as _pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import polars as _polars  # type: ignore[import-not-found,unused-ignore]
    import pyarrow as _pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]

    _PolarsTable: TypeAlias = _polars.DataFrame
    _PandasTable: TypeAlias = _pandas.DataFrame
    _ArrowTable: TypeAlias = _pyarrow.Table


class ArrowStream(Protocol):
    """A table of any library with the Arrow interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Duration: TypeAlias = Union[str, timedelta, float, Decimal, Fraction]
"""Text such as ``"20s"`` or ``"1m30s"``, a timedelta, or a number of seconds."""

LimitLike: TypeAlias = Union[Duration, Limit]
"""A duration, or a limit with exceptions by queue."""

ByQueue: TypeAlias = Mapping[str, Duration]
"""Durations by the names of queues."""

Instant: TypeAlias = Union[str, datetime]
"""A datetime with a time zone, or text with an offset such as ``"2026-03-02T10:00+01:00"``."""

Instants: TypeAlias = tuple[Instant, Instant]
"""A pair of instants; the second is not part of what they enclose."""

Window: TypeAlias = tuple[Union[str, datetime, date], Union[str, datetime, date]]
"""A pair of instants, or of local dates; the second is not part of it."""

Zone: TypeAlias = Union[str, tzinfo]
"""The name of a time zone such as ``"Europe/Rome"``, or a tzinfo that has one."""

Rule: TypeAlias = Union[ServiceLevel, str]
"""A service-level rule, or its text such as ``"offered(20s)"``."""

Rules: TypeAlias = Union[Rule, Sequence[Rule]]
"""A service-level rule, or several; the first is the main one."""

Names: TypeAlias = Union[str, Sequence[str]]
"""A name, or several."""

Figures: TypeAlias = Union[Rule, Sequence[Rule]]
"""The name of a figure such as ``"asa"``, a rule, or several of these."""

Aliases: TypeAlias = Mapping[str, str]
"""Names of operators by what a log calls them."""

Path: TypeAlias = Union[str, os.PathLike[str]]
"""A file or a folder."""

Paths: TypeAlias = Union[Path, Sequence[Path]]
"""A file, a pattern such as ``"queue_log*"``, or several of these."""

Columns: TypeAlias = Mapping[str, Union[str, None]]
"""From standard names of columns to the names in the table."""

IntoTable: TypeAlias = Union[ArrowStream, Path, Mapping[str, object], Sequence[Union[ArrowStream, Path]]]
"""A table with the Arrow interface, a Parquet file, a list of these, or a dict of columns."""

Ratio: TypeAlias = Union[str, float, Decimal, Fraction]
"""A part of a whole, such as ``0.75``."""

Pauses: TypeAlias = Sequence[tuple[Instant, Union[Instant, None]]]
"""Pairs of instants, the second ``None`` while a pause lasts."""

Stretches: TypeAlias = Sequence[Instants]
"""Pairs of instants."""

Record: TypeAlias = Any
"""Plain objects as in JSON: dicts, lists, texts, whole numbers, decimals, dates, aware datetimes, timedeltas."""

Records: TypeAlias = Union[ArrowStream, str, Sequence[Mapping[str, Any]], Mapping[str, object]]
"""A list of dicts, its text in JSON, or a table with the Arrow interface."""

InstantOrColumn: TypeAlias = Any
"""An instant, or a column of instants: of polars, pandas, numpy, pyarrow, or a list."""

DurationOrColumn: TypeAlias = Any
"""A duration, or a column of durations."""

NumberOrColumn: TypeAlias = Any
"""A number, or a column of numbers: of polars, pandas, numpy, pyarrow, or a list."""

Day: TypeAlias = Union[str, date]
"""A date, or text such as ``"2026-03-02"``."""

Windows: TypeAlias = Union[str, Sequence[Union[str, tuple[Union[str, time], Union[str, time]]]]]
"""Times of a day such as ``"09:00-17:00"``, or several; pairs are read as well."""

WeekWindows: TypeAlias = Mapping[str, Windows]
"""Windows by weekdays: ``mon`` to ``sun``, ranges such as ``mon-fri``, or ``every_day``."""

DatedWindows: TypeAlias = Mapping[Any, Windows]
"""Windows by dates."""

CalendarChanges: TypeAlias = Sequence[tuple[Instant, Calendar]]
"""Pairs of an instant and the calendar that holds from then on."""

Calendars: TypeAlias = Mapping[str, Calendar]
"""Calendars by their names."""

Ages: TypeAlias = Sequence[Duration]
"""Where classes of age end, such as ``["7d", "30d"]``."""

Complaints: TypeAlias = Sequence[Complaint]
"""Complaints."""

HolidaysLike: TypeAlias = Any
"""Holidays, the name of a country they are known of, dates, or a dict from dates to names."""

JsonObject: TypeAlias = dict[str, Any]
"""Plain objects, as JSON has them."""
