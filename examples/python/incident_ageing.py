# %% [markdown]
# # How old are the open incidents?
#
# A service desk exports its incidents as a table. A small map says which column holds what; nothing that cannot be
# used is left out in silence. Ages, closing times and standards are counted in the business time of the desk.

# %%
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")
desk = fw.Calendar("Europe/Rome", {"mon-fri": "08:00-20:00", "sat": "09:00-13:00"}, holidays="IT")

# %% [markdown]
# ## Made-up incidents of a quarter

# %%
made = random.Random(7)
start = datetime(2026, 1, 7, 8, 0, tzinfo=ROME)
opened = [start + timedelta(minutes=made.randrange(60 * 24 * 80)) for _ in range(600)]
closed = [at + timedelta(hours=made.expovariate(1 / 30)) if made.random() < 0.93 else None for at in opened]
incidents = pl.DataFrame(
    {
        "number": [f"INC{n:05}" for n in range(600)],
        "opened": opened,
        "closed": closed,
        "category": [made.choice(["network", "billing", "app", "app", "network", "network"]) for _ in opened],
    },
    schema_overrides={
        "opened": pl.Datetime("ms", "Europe/Rome"),
        "closed": pl.Datetime("ms", "Europe/Rome"),
    },
)
incidents.head()

# %% [markdown]
# ## Business time as a column
#
# Columns come back in the kind they were given: here as a Series of polars.

# %%
incidents = incidents.with_columns(
    business_time=desk.elapsed(incidents["opened"], incidents["closed"]),
    due=desk.add(incidents["opened"], "16h"),
)
late = (incidents["business_time"] > timedelta(hours=16)).sum()
print(f"{late} of {incidents['closed'].count()} closed incidents took more than 16 business hours")

# %% [markdown]
# ## Counted, with ages of what is open

# %%
log = fw.read_cases(
    incidents,
    {"shape": "cases", "case": "number", "opened": "opened", "closed": "closed", "topic": "category",
     "time": {"zone": "Europe/Rome"}},
)
print(log, "|", len(log.findings()), "findings")

# %%
tally = log.figures(calendar=desk, window=("2026-01-01", "2026-04-01"), ages=["3d", "7d", "15d", "30d"])
for figure in (tally.figure("complaints_received"), tally.figure("complaints_open"), tally.step_mean("to_close"), tally.step_percentile("to_close", 90)):
    print(figure.name.ljust(32), figure)

# %%
tally.ageing()

# %%
tally.topics()

# %% [markdown]
# ## Months add up to the quarter
#
# Counts are sums, so partitions of the incidents give the same figures as all at once.

# %%
parts = [
    fw.read_cases(part, {"shape": "cases", "case": "number", "opened": "opened", "closed": "closed", "topic": "category",
                         "time": {"zone": "Europe/Rome"}})
    .figures(calendar=desk, window=("2026-01-01", "2026-04-01"), ages=["3d", "7d", "15d", "30d"])
    for part in (incidents[:250], incidents[250:])
]
assert parts[0].merge(parts[1]) == tally
print("two halves merged equal the whole")
