# %% [markdown]
# # Which service level is yours?
#
# "80/20" is not a definition. Products and contracts use more than ten formulas for the same words, and on the
# same calls they differ by tens of points. Here they are side by side, on one made-up data set.

# %%
from pathlib import Path

import polars as pl

import floorwalker as fw

folder = next(path for path in (Path.cwd(), *Path.cwd().parents) if (path / "examples" / "data").exists())
log = fw.read_queue_log(folder / "examples" / "data" / "sample.queue_log.gz", zone="Europe/Rome")

# %% [markdown]
# ## Ten definitions, one data set
#
# A answered, B abandoned, S short abandons, N offered; a trailing i means within the threshold.

# %%
T, S = "20s", "5s"
DEFINITIONS = {
    "Ai / A": fw.ServiceLevel.answered_only(T),
    "Ai / N": fw.ServiceLevel.offered(T),
    "Ai / (N - Bi)": fw.ServiceLevel.ignore_within(T),
    "(Ai + Bi) / N": fw.ServiceLevel.positive(T),
    "Ai / (N - B)": fw.ServiceLevel.ignore_all(T),
    "Ai / (N - S)": fw.ServiceLevel.excl_short(T, S),
    "Ai / (A + B)": fw.ServiceLevel.answered_abandoned(T),
    "Ai / (A + B - S)": fw.ServiceLevel.answered_abandoned_excl_short(T, S),
    "(Ai + Bi + Ci) / N": fw.ServiceLevel.removed_from_queue(T),
    "A / N": fw.ServiceLevel.no_threshold(),
}
tally = fw.service_levels(log, zone="Europe/Rome", every="30m", rules=list(DEFINITIONS.values()))

# %%
levels = [(formula, rule, tally.service_level(rule)) for formula, rule in DEFINITIONS.items()]
table = pl.DataFrame(
    {
        "definition": [rule.name for _, rule, _ in levels],
        "formula": [formula for formula, _, _ in levels],
        "for": [level.numerator for _, _, level in levels],
        "counted": [level.denominator for _, _, level in levels],
        "percent": [float((level.exact or 0) * 100) for _, _, level in levels],
    }
).sort("percent")
table

# %%
spread = table["percent"].max() - table["percent"].min()
print(f"The same calls: {spread:.1f} points between the lowest and the highest definition.")

# %% [markdown]
# ## What each leaves out
#
# A figure can be asked how it came about: which calls counted for it, which against, and which were not counted.

# %%
for rule in (DEFINITIONS["Ai / N"], DEFINITIONS["Ai / (N - S)"], DEFINITIONS["Ai / A"]):
    print(fw.explain(tally, rule=rule), end="\n\n")

# %% [markdown]
# ## The product you have
#
# Rules of products bear the name of the product. Most are one of the ten under another name.

# %%
PRODUCTS = [
    fw.ServiceLevel.ucce(T, "ignored"), fw.ServiceLevel.ucce(T, "negative"), fw.ServiceLevel.ucce(T, "positive"),
    fw.ServiceLevel.genesys_cloud(T), fw.ServiceLevel.genesys_cloud(T, without_short=True, short=S),
    fw.ServiceLevel.amazon_connect(T), fw.ServiceLevel.talkdesk(T), fw.ServiceLevel.altigen_tsl(T),
]  # fmt: skip
for rule in PRODUCTS:
    print(f"{rule!s:<45} {fw.service_level(log, rule=rule)}")

# %% [markdown]
# ## The second silent disagreement
#
# Which half-hour does a call belong to: the one in which it arrived, or the one in which it left the queue? The
# day is the same, the half-hour is not.

# %%
rule = DEFINITIONS["Ai / N"]
by_arrival = fw.service_levels(log, zone="Europe/Rome", rules=rule).to_polars()
by_exit = fw.service_levels(log, zone="Europe/Rome", rules=rule, attribution="queue_exit").to_polars()
both = by_arrival.join(by_exit, on=["queue", "interval"], suffix="_exit").filter(pl.col("denominator") >= 10)
both.select(
    "queue", "interval", "value", "value_exit", (pl.col("value") - pl.col("value_exit")).abs().alias("apart")
).sort("apart", descending=True).head(5)

# %% [markdown]
# ## A mean of percentages is a third definition
#
# The mean of the half-hours is not the service level of the day: it gives a call at night the weight of many at
# noon. Numerators and denominators add up.

# %%
counted = by_arrival.filter(pl.col("denominator") > 0)
mean_of_means = counted["value"].mean()
pooled = counted["numerator"].sum() / counted["denominator"].sum()
print(f"mean of the half-hours {mean_of_means:.1%}, truth {pooled:.1%}")
assert pooled == tally.service_level(rule).value
