"""Staffing: how many operators a workload needs, and what so many achieve.

``agents_required`` sizes intervals, one or ten thousand at once; ``performance`` has all figures
of a queue; ``most_calls`` turns the question round. ``carry_over`` follows a backlog through the
day, ``attainment`` says how likely a target is reached when the forecast may be off,
``scheduled_agents`` how many to plan so that enough are there, ``lines_required`` how many
telephone lines. ``replay`` plays a real day again with operators more or fewer.
"""

from __future__ import annotations

from ._floorwalker import (
    agents_required as agents_required,
    attainment as attainment,
    carry_over as carry_over,
    erlang_b as erlang_b,
    lines_required as lines_required,
    most_calls as most_calls,
    performance as performance,
    replay as replay,
    scheduled_agents as scheduled_agents,
)
