# %% [markdown]
# # What will next week bring?
#
# Twelve weeks of a made-up centre, by half hours: a weekly shape, a slow rise, chance, and a holiday. The forecast is
# checked on weeks that have passed before it is believed; then it becomes operators.

# %%
import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import altair as alt
import polars as pl

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")
chance = random.Random(7)
FIRST, LAST = date(2026, 2, 2), date(2026, 4, 26)
WEEK = {0: 1.25, 1: 1.05, 2: 1.0, 3: 1.0, 4: 0.95, 5: 0.5, 6: 0.0}
SHAPE = [20, 34, 60, 83, 96, 100, 93, 86, 70, 68, 78, 90, 94, 88, 78, 64, 50, 40, 30, 18]

rows = []
for number in range((LAST - FIRST).days + 1):
    day = FIRST + timedelta(days=number)
    level = WEEK[day.weekday()] * (1 + 0.001 * number) * chance.gauss(1, 0.05)
    level *= 0.2 if day == date(2026, 4, 6) else 1  # Easter Monday
    for half, shape in enumerate(SHAPE):
        at = datetime(day.year, day.month, day.day, 8 + half // 2, 30 * (half % 2), tzinfo=ROME)
        calls = max(0, round(chance.gauss(shape * level, (shape * level) ** 0.5)))
        rows.append({"at": at, "calls": calls, "handling_s": calls * 270})
history = pl.DataFrame(rows)
history.tail(3)

# %% [markdown]
# ## How good would it have been?
#
# Each time only what came before is known. The WAPE is what the errors sum up to, as a part of the calls.

# %%
found = fw.forecast.backtest(history, 7, zone=ROME, every="30m", holidays="IT", times=4)
print({name: round(value, 3) for name, value in found.items() if value is not None})

# %% [markdown]
# ## Next week, with ranges
#
# Calls lie between `low` and `high` with the probability that was asked for: chance of the calls, of the interval and of
# the day. Friday is the first of May, a holiday like Easter Monday.

# %%
week = fw.forecast.predict(history, ("2026-04-27", "2026-05-04"), zone=ROME, every="30m", holidays="IT", probability=0.9)
forecast = week.to_polars()
forecast.group_by(pl.col("start").dt.date(), maintain_order=True).agg(pl.sum("calls").round(0), pl.first("were_seen"))

# %%
shown = forecast.filter(pl.col("start").dt.weekday() == 1)
shown = shown.select(pl.col("start").dt.to_string("%Y-%m-%dT%H:%M:%S"), "calls", "low", "high")
base = alt.Chart(alt.Data(values=shown.to_dicts()), width=640, height=200, title="Monday").encode(x=alt.X("start:T", title=None))
base.mark_area(opacity=0.3).encode(y=alt.Y("low:Q", title="calls"), y2="high:Q") + base.mark_line().encode(y="calls:Q")

# %% [markdown]
# ## From calls to operators
#
# A handling time that is not known (nobody ever calls at night) means no operators.

# %%
monday = forecast.filter((pl.col("start").dt.weekday() == 1) & (pl.col("calls") > 0.5) & pl.col("aht_s").is_not_null())
monday.select(
    "start", "calls", "high",
    operators=fw.staffing.agents_required(monday["calls"], monday["aht_s"], interval="30m", patience="3m", target="80/20"),
    to_be_sure=fw.staffing.agents_required(monday["high"], monday["aht_s"], interval="30m", patience="3m", target="80/20"),
)

# %% [markdown]
# ## How good was any other forecast?

# %%
last = history.filter(pl.col("at").dt.date() >= date(2026, 4, 20))["calls"]
before = history.filter(pl.col("at").dt.date().is_between(date(2026, 4, 13), date(2026, 4, 19)))["calls"]
print("last week like the one before:", {name: round(value, 3) for name, value in fw.forecast.accuracy(last, before).items() if value})
