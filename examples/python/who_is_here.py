# %% [markdown]
# # Who is here, and was the plan followed?
#
# Punches, the plan and the states of the telephone system, put together. What is about one person asks for a policy:
# a purpose, a legal basis, and how closely one may look.

# %%
from datetime import datetime
from zoneinfo import ZoneInfo

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, 4, hour, minute, tzinfo=ROME)


TEAM = ["anna", "bruno", "carla", "dario", "elena", "fabio"]
shifts = [{"agent": name, "start": at(9), "end": at(13)} for name in TEAM]
punches = [
    {"agent": "anna", "at": at(8, 57), "kind": "in"},
    {"agent": "bruno", "at": at(9, 12), "kind": "in"},
    {"agent": "carla", "at": at(9), "kind": "in"},
    {"agent": "carla", "at": at(10, 30), "kind": "break_start"},
    {"agent": "elena", "at": at(8, 59), "kind": "in"},
    {"agent": "elena", "at": at(8, 59), "kind": "in"},
]
absences = [{"operator": "dario", "kind": "sickness", "start": at(0), "end": at(23), "status": "approved"}]

# %% [markdown]
# ## This minute

# %%
board = fw.who_is_here(at(10, 40), shifts, punches, zone="Europe/Rome", absences=absences)
floor = fw.AccessPolicy("the floor this minute", "works agreement of 12 May 2026", "person")
board.rows(floor)

# %% [markdown]
# Why somebody is away stays hidden: only that they are excused. As a group, counts are enough.

# %%
print(board.counts(fw.AccessPolicy("staffing", "works agreement of 12 May 2026", "team")))

# %% [markdown]
# ## After the shift
#
# Missing punches are mended with a record of it, and time for which nothing speaks is not paid in silence.

# %%
punches += [{"agent": name, "at": at(13), "kind": "out"} for name in ("anna", "bruno")]
punches += [{"agent": "carla", "at": at(10, 45), "kind": "break_end"}, {"agent": "carla", "at": at(12, 30), "kind": "out"}]
book = fw.presence(punches, shifts, zone="Europe/Rome", as_of=at(23), absences=absences)
payroll = fw.AccessPolicy("payroll", "contract of work", "person")
book.days(payroll).to_polars().select("agent", "class", "flags", "start", "end", "worked", "paid")

# %%
book.repairs(payroll)

# %% [markdown]
# ## Adherence, by name
#
# On the same morning the conventions differ: there is no adherence without one.

# %%
states = {
    "agent": ["anna", "anna", "anna"],
    "state": ["contact", "break", "contact"],
    "from": [at(9, 10), at(11), at(11, 20)],
    "to": [at(11), at(11, 20), at(13, 10)],
}
tally = fw.adherence([shifts[0]], states, zone="Europe/Rome", window=(at(8), at(15)))
coaching = fw.AccessPolicy("coaching", "works agreement of 12 May 2026", "person")
for convention in ("exception_based", "exception_based_outside_work", "neutral_aware"):
    print(convention.ljust(30), tally.adherence(convention, coaching, agent="anna").percent(), "%")
print("conformance, total".ljust(30), tally.conformance("total", coaching, agent="anna").percent(), "%")

# %% [markdown]
# ## How many must be planned so that enough are there?

# %%
tree = fw.ShrinkageTree([
    {"kind": "holiday", "planned": True, "share": {"of_paid": "0.10"}},
    {"kind": "sickness", "planned": False, "share": {"of_paid": "0.05"}},
    {"kind": "training", "planned": True, "share": {"of_rest": "0.04"}},
])
print("lost:", tree.total, "| planned for 23:", *tree.gross_up(23))
