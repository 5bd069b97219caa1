"""The exceptions, each with two parents: the package's own, and the one Python programs expect."""

from __future__ import annotations


class FloorwalkerError(Exception):
    """No answer could be made. ``code`` is stable and the same in every language."""

    def __init__(self, message: str, code: str = "unknown") -> None:
        super().__init__(message, code)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[type[FloorwalkerError], tuple[str, str]]:
        return type(self), (self.message, self.code)


class OutOfRangeError(FloorwalkerError, ValueError):
    """A value is outside its allowed range."""


class InvalidNameError(FloorwalkerError, ValueError):
    """A name, a duration or another text is not written as it should be."""


class UnknownNameError(FloorwalkerError, LookupError):
    """Nothing has that name; the message lists the nearest ones."""


class OutOfOrderError(FloorwalkerError, ValueError):
    """What should come first comes later."""


class LocalTimeError(FloorwalkerError, ValueError):
    """A local time does not exist, or exists twice, on the day of a clock change."""


class ArgumentTypeError(FloorwalkerError, TypeError):
    """An argument is of another kind than it should be."""


class ColumnError(FloorwalkerError, ValueError):
    """A column of a table holds something that cannot be."""


class ColumnTypeError(ColumnError, TypeError):
    """A column of a table is of another kind than it should be."""


class MissingColumnError(ColumnError, LookupError):
    """A table lacks a column; the message lists what it has."""


class MergeError(FloorwalkerError, ValueError):
    """Two states were made with different settings."""


class ConflictError(FloorwalkerError, ValueError):
    """Options that cannot be given together."""


class CalendarError(FloorwalkerError, ValueError):
    """Business hours that cannot be, never open long enough, or a clock that is held."""


class DataError(FloorwalkerError, ValueError):
    """A record is not as it should be; the message names the field."""


class RefusedError(FloorwalkerError, RuntimeError):
    """A step of a procedure cannot be taken, or a chain of events is broken."""


class PolicyError(FloorwalkerError, PermissionError):
    """A policy forbids the answer."""


class StateError(FloorwalkerError, ValueError):
    """A stored state or a table from elsewhere is not valid."""


class ReadError(FloorwalkerError, OSError):
    """A file cannot be read."""


class MissingLibraryError(FloorwalkerError, ImportError):
    """A library that is needed for this is not installed."""


_BY_CODE: dict[str, type[FloorwalkerError]] = {
    "value.out_of_range": OutOfRangeError,
    "grid.too_many_intervals": OutOfRangeError,
    "goal.unattainable": OutOfRangeError,
    "name.invalid": InvalidNameError,
    "name.unknown": UnknownNameError,
    "zone.unknown": UnknownNameError,
    "time.out_of_order": OutOfOrderError,
    "local_time.missing": LocalTimeError,
    "local_time.ambiguous": LocalTimeError,
    "argument.type": ArgumentTypeError,
    "columns.length_mismatch": ColumnError,
    "columns.bad_value": ColumnError,
    "columns.bad_type": ColumnTypeError,
    "columns.missing": MissingColumnError,
    "table.missing_column": MissingColumnError,
    "calendar.no_windows": CalendarError,
    "calendar.zero_length_window": CalendarError,
    "calendar.overlapping_windows": CalendarError,
    "calendar.never_opens": CalendarError,
    "clock.open_pause": CalendarError,
    "data.invalid": DataError,
    "procedure.impossible": DataError,
    "policy.not_in_force": UnknownNameError,
    "complaint.receipt": RefusedError,
    "complaint.wrong_step": RefusedError,
    "complaint.target": RefusedError,
    "complaint.no_right": RefusedError,
    "complaint.required": RefusedError,
    "complaint.guard": RefusedError,
    "complaint.time": RefusedError,
    "complaint.contradicts": RefusedError,
    "complaint.correction": RefusedError,
    "complaint.version": RefusedError,
    "complaint.unknown_case": RefusedError,
    "complaint.calculation": RefusedError,
    "complaint.broken_chain": RefusedError,
    "cases.map": DataError,
    "cases.map_incomplete": DataError,
    "cases.no_column": MissingColumnError,
    "cases.table": StateError,
    "merge.mismatch": MergeError,
    "options.conflict": ConflictError,
    "policy.refused": PolicyError,
    "state.invalid": StateError,
    "table.invalid": StateError,
    "table.unreadable": StateError,
    "map.invalid": ConflictError,
    "read.failed": ReadError,
    "write.failed": ReadError,
    "library.missing": MissingLibraryError,
}


def make(code: str, message: str) -> FloorwalkerError:
    """The exception for an error of the library."""
    return _BY_CODE.get(code, FloorwalkerError)(message, code)
