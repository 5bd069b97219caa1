# %% [markdown]
# # The month in one page
#
# A supervisor's month from the log of the telephone system: what to look at first, how well each queue was
# served, when it was busy, and where a bad half-hour came from. The log is made up and comes with the project;
# give it yours.

# %%
from pathlib import Path

import floorwalker as fw

folder = next(path for path in (Path.cwd(), *Path.cwd().parents) if (path / "examples" / "data").exists())
LOG = folder / "examples" / "data" / "sample.queue_log.gz"
ZONE = "Europe/Rome"

# %% [markdown]
# ## Read the log
#
# Every call, every state of an operator, and everything that was odd. Nothing is dropped in silence: what was
# assumed is a finding.

# %%
log = fw.read_queue_log(LOG, zone=ZONE, wrap_up="10s")
log

# %%
log.finding_counts

# %% [markdown]
# ## The page
#
# Promised was 80 % within 20 seconds, callers who give up within 5 seconds left out. The page stands alone: write
# it to a file, mail it, print it. In Italian it is one word away: `report.to_html("r.html", language="it")`.

# %%
report = fw.service_report(log, zone=ZONE, target="80/20", rules=["excl_short(20s, 5s)", "offered(20s)"])
report

# %% [markdown]
# ## What to look at first

# %%
print(report.to_text(width=96)[:2400])

# %% [markdown]
# ## By queue, as a table
#
# Figures are whole numbers over whole numbers. To pool rows, add numerators and denominators; a mean of
# percentages is wrong.

# %%
import polars as pl

figures = report.figures.to_polars()
figures.filter(
    about="queue"
).filter(
    pl.col("figure").is_in(["offered", "service_level", "abandon_rate", "asa", "aht"])
).select("queue", "figure", "numerator", "denominator", "value")

# %% [markdown]
# ## Over the day
#
# All queues pooled, every contact judged by the limits of its own queue.

# %%
tally = fw.service_levels(log, zone=ZONE, every="1h", rules="excl_short(20s, 5s)")
tally.plot("offered", by="all")

# %%
hours = tally.table(["offered", "service_level"], by="all").to_polars()
worst = (
    hours.filter(pl.col("figure") == "service_level", pl.col("denominator") >= 20)
    .sort("value")
    .head(5)
    .select("interval", "numerator", "denominator", "value")
)
worst

# %% [markdown]
# ## Where the worst hour came from

# %%
print(fw.explain(tally, at=worst["interval"][0]))

# %% [markdown]
# ## Who was there
#
# Operators' time, all of them together: what staffing is about. Figures about single people need a policy that
# states purpose and legal basis, and the library asks for it.

# %%
staffing = fw.agent_figures(states=log.states, zone=ZONE, every="1h", as_of=log.last_stamp)
staffing.to_polars().filter(pl.col("figure").is_in(["avg_logged_in", "occupancy"]), pl.col("denominator") > 0).group_by(
    "figure", pl.col("start").dt.hour().alias("hour")
).agg(pl.col("numerator").sum() / pl.col("denominator").sum()).sort("figure", "hour").head(24)
