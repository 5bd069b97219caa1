# %% [markdown]
# # The floor this minute
#
# A log of a made-up centre is replayed on the live board: what happens in each queue, how the operators stand, which
# alarms are raised and cleared. A host feeds it with the events of its telephone system instead.

# %%
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import altair as alt
import polars as pl

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")
log = fw.read_queue_log(Path("../data/sample.queue_log.gz"), zone="Europe/Rome")
midnight = datetime(2026, 3, 16, tzinfo=ROME)
events = fw.board_events(log, window=("2026-03-16", "2026-03-17")).to_polars()
print(len(events), "events of one day")

# %% [markdown]
# ## The board and its rules
#
# The service level is counted by half hours. The usual alarms are raised below 80 %: waits of three times the threshold,
# long conversations, long breaks. A rule of the centre's own is stricter with breaks.

# %%
board = fw.Board(
    midnight, zone="Europe/Rome", level="offered(20s)", usual_alarms="0.8", rules={"state_secs": {"break": 900, "lunch": 3600}}
)

# %% [markdown]
# ## The day, ten minutes a frame

# %%
frames = []
alarms = []
step = timedelta(minutes=10)
now = midnight
while now < midnight + timedelta(days=1):
    board.extend(events.filter(pl.col("at").is_between(now, now + step, closed="left")))
    now += step
    board.advance(now)
    frames.append(board.queues().to_polars().with_columns(pl.lit(now).alias("now")))
    alarms.append(board.changes().to_polars())
    if now == midnight + timedelta(hours=10):
        ten_o_clock = board.provisional()
print(board, board.finding_counts)

# %%
ten_o_clock.queues()

# %% [markdown]
# ## The operators as a group
#
# Heads need no names, only a group that is large enough.

# %%
print(ten_o_clock.team(fw.AccessPolicy("running the day", "figures of a group", "team")))

# %% [markdown]
# ## By name
#
# Who does what, and alarms about single people, ask for a purpose and a legal basis.

# %%
policy = fw.AccessPolicy("running the day", "agreement with the unions of 12 May 2026", "person")
ten_o_clock.agents(policy)

# %%
ten_o_clock.alarms(policy)

# %% [markdown]
# ## Alarms of the day

# %%
changes = pl.concat(alarms)
changes.group_by("alarm", "queue", "change").len().sort("alarm", "queue", "change")

# %%
waiting = pl.concat(frames).select(pl.col("now").dt.to_string("%Y-%m-%dT%H:%M:%S"), "queue", "waiting")
alt.Chart(alt.Data(values=waiting.to_dicts()), width=640, height=180, title="who waits, every ten minutes").mark_line(
    interpolate="step-after"
).encode(x=alt.X("now:T", title=None), y="waiting:Q", color=alt.Color("queue:N", title=None))
