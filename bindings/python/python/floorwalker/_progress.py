"""A bar for long reads, where somebody is looking."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from ._tables import library

SECONDS_BEFORE_IT_SHOWS = 0.3


def open_bar(wanted: bool | Callable[..., Any] | None, paths: list[str]) -> Any:
    """A bar of the protocol of tqdm (``update``, ``close``) over the bytes of these files."""
    if wanted is False or (wanted is None and not _somebody_is_looking()):
        return None
    total = sum(os.path.getsize(path) for path in paths)
    options = {"total": total, "unit": "B", "unit_scale": True, "desc": "reading"}
    if callable(wanted):
        return wanted(**options)
    try:
        tqdm = library("tqdm.auto", "a progress bar").tqdm
    except ImportError:
        if wanted:
            raise
        return None
    return tqdm(**options, delay=SECONDS_BEFORE_IT_SHOWS)


def _somebody_is_looking() -> bool:
    if "ipykernel" in sys.modules:
        return True
    return sys.stderr is not None and sys.stderr.isatty()
