# %% [markdown]
# # What if there had been one operator more?
#
# A real day is played again: its calls, its patience, its operators as far as a log can tell. Then with one operator more
# at the worst hour, and with one fewer. The log here is of a made-up centre.

# %%
from pathlib import Path

import altair as alt
import polars as pl

import floorwalker as fw

RULE = "offered(20s)"
log = fw.read_queue_log(Path("../data/sample.queue_log.gz"), zone="Europe/Rome")
legs = log.legs.to_polars()
day = legs.filter(pl.col("arrived").dt.date() == pl.date(2026, 3, 16))
print(len(day), "contacts; as it was:", fw.service_level(day, rule=RULE))

# %% [markdown]
# ## First unchanged
#
# What a log does not say (when operators were free, how long those who were answered would have waited) is rebuilt and
# drawn. The gap between this and the log is what that costs; a change is read against it.

# %%
SEEDS = range(5)


def mean_level(**change: object) -> float:
    levels = [fw.service_level(fw.staffing.replay(day, seed=seed, **change), rule=RULE).value for seed in SEEDS]
    return sum(levels) / len(levels)


unchanged = mean_level()
print(f"played unchanged, mean of {len(SEEDS)} runs: {unchanged:.1%}")

# %%
by_hour = fw.service_levels(day, zone="Europe/Rome", every="1h", by="all", rules=RULE).table().to_polars()
by_hour.select("start", "numerator", "denominator", "value").filter(pl.col("denominator") > 0)

# %% [markdown]
# ## One operator more, from an hour to the next
#
# The same calls each time; only the operator is new. When would it have been worth most?

# %%
tried = []
for hour in range(8, 18):
    span = (f"2026-03-16T{hour:02}:00+01:00", f"2026-03-16T{hour + 1:02}:00+01:00")
    tried.append({"hour": f"{hour:02}-{hour + 1:02}", "gain": mean_level(more=span) - unchanged})
gains = pl.DataFrame(tried)
gains

# %%
alt.Chart(alt.Data(values=gains.to_dicts()), width=480, height=180, title="service level of the day, gained").mark_bar().encode(
    x=alt.X("hour:O", title=None), y=alt.Y("gain:Q", title=None, axis=alt.Axis(format="%"))
)

# %% [markdown]
# ## From 11 to 12: one more, two more, one fewer

# %%
NOON = ("2026-03-16T11:00+01:00", "2026-03-16T12:00+01:00")
CHANGES = {"one fewer": {"fewer": NOON}, "one more": {"more": NOON}, "two more": {"more": NOON, "operators": 2}}
for name, change in CHANGES.items():
    print(f"{name:<10} {mean_level(**change) - unchanged:+.2%} of the day's calls")

# %% [markdown]
# What comes out is a table of contacts as any other: each figure of this library can be asked of it.

# %%
fw.service_levels(fw.staffing.replay(day, seed=1, more=NOON), zone="Europe/Rome", every="day", rules=RULE).table(["offered", "asa"])
