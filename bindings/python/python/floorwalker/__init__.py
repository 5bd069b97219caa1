"""Supervising a contact centre: service levels, teams and reports.

Start with ``service_levels`` for a table of contacts, or ``service_level`` for one figure.
"""

from __future__ import annotations

from ._errors import FloorwalkerError as FloorwalkerError
from ._explain import Explanation as Explanation, ExplanationLine as ExplanationLine
from ._floorwalker import (
    Figure as Figure,
    IntervalTally as IntervalTally,
    Limit as Limit,
    ServiceLevel as ServiceLevel,
    Table as Table,
    explain as explain,
    service_level as service_level,
    service_levels as service_levels,
)
