"""Forecast: calls and handling times by interval, from what past days brought.

``predict`` forecasts days with the range in which their calls will lie; ``backtest`` says how
good such forecasts would have been, ``accuracy`` how good any forecast was.
"""

from __future__ import annotations

from ._floorwalker import (
    accuracy as accuracy,
    backtest as backtest,
    predict as predict,
)
