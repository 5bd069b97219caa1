"""The types of arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol, Union

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

    from ._floorwalker import Limit, ServiceLevel


class ArrowStream(Protocol):
    """A table of any library with the Arrow interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Duration: TypeAlias = "str | timedelta | float | Decimal | Fraction"
"""Text such as ``"20s"`` or ``"1m30s"``, a timedelta, or a number of seconds."""

LimitLike: TypeAlias = "str | timedelta | float | Decimal | Fraction | Limit"
"""A duration, or a limit with exceptions by queue."""

ByQueue: TypeAlias = "Mapping[str, str | timedelta | float | Decimal | Fraction]"
"""Durations by the names of queues."""

Instant: TypeAlias = "str | datetime"
"""A datetime with a time zone, or text with an offset such as ``"2026-03-02T10:00+01:00"``."""

Instants: TypeAlias = "tuple[Instant, Instant]"
"""A pair of instants; the second is not part of what they enclose."""

Window: TypeAlias = "tuple[str | datetime | date, str | datetime | date]"
"""A pair of instants, or of local dates; the second is not part of it."""

Zone: TypeAlias = "str | tzinfo"
"""The name of a time zone such as ``"Europe/Rome"``, or a tzinfo that has one."""

Rule: TypeAlias = "ServiceLevel | str"
"""A service-level rule, or its text such as ``"offered(20s)"``."""

Rules: TypeAlias = "Rule | Sequence[Rule]"
"""A service-level rule, or several; the first is the main one."""

Names: TypeAlias = "str | Sequence[str]"
"""A name, or several."""

Figures: TypeAlias = "Rule | Sequence[Rule]"
"""The name of a figure such as ``"asa"``, a rule, or several of these."""

By: TypeAlias = 'Literal["queue", "all"]'
"""Each queue by itself, or all pooled."""

Waits: TypeAlias = 'Literal["histogram", "exact", "nothing"]'
"""What is kept of the waits."""

Columns: TypeAlias = "Mapping[str, str | None]"
"""From standard names of columns to the names in the table."""

Paths: TypeAlias = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]"
"""A file, a pattern such as ``"queue_log*"``, or several of these."""

IntoTable: TypeAlias = (
    "ArrowStream | str | os.PathLike[str] | Mapping[str, Sequence[object]] | Sequence[ArrowStream | str | os.PathLike[str]]"
)
"""A table with the Arrow interface, a Parquet file, a list of these, or a dict of columns."""

__all__ = [name for name in dir() if name[0].isupper() and name not in {"TYPE_CHECKING"}]
