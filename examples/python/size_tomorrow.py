# %% [markdown]
# # How many operators tomorrow?
#
# A forecast by half hours of a made-up centre becomes the number of operators: what is promised decides, and who gives
# up changes the answer. Then what a forecast that is off does to the promise, and how many must be planned.

# %%
import altair as alt
import polars as pl

import floorwalker as fw

calls = [22, 35, 61, 84, 97, 103, 95, 88, 72, 70, 79, 92, 96, 90, 81, 66, 52, 41, 30, 18]
labels = [f"{8 + half // 2:02}:{30 * (half % 2):02}" for half in range(len(calls))]
day = pl.DataFrame({"start": labels, "calls": calls})
INTERVAL, AHT, PATIENCE = "30m", "4m30s", "3m"

# %% [markdown]
# ## The least that keeps the promise
#
# A column in, a column out. The same calls need different numbers by different promises, and without patience (Erlang
# C, where nobody gives up) more than with it.

# %%
def required(**more: object) -> pl.Series:
    return fw.staffing.agents_required(day["calls"], AHT, interval=INTERVAL, **more)


day = day.with_columns(
    erlang_c=required(target="80/20"),
    erlang_a=required(target="80/20", patience=PATIENCE),
    answered_only=required(target="80/20", rule="answered_only", patience=PATIENCE),
    bearable=required(target="80/20", patience=PATIENCE, occupancy=0.8),
)
day

# %%
chart = day.unpivot(index=["start", "calls"], variable_name="promise", value_name="operators")
alt.Chart(alt.Data(values=chart.to_dicts()), width=640, height=200).mark_line(interpolate="step-after").encode(
    x=alt.X("start:O", title=None), y="operators:Q", color=alt.Color("promise:N", title=None)
)

# %% [markdown]
# ## What they achieve
#
# ``bearable`` also keeps operators from handling calls for more than 80 % of their time.

# %%
figures = fw.staffing.performance(
    day["calls"], AHT, day["bearable"], interval=INTERVAL, patience=PATIENCE, rule="offered(20s)"
)
figures.to_polars().select("agents", "service_level", "abandonment", "asa_secs", "occupancy").with_columns(start=day["start"])

# %% [markdown]
# ## One operator less, and what a backlog leaves behind
#
# Each interval by itself hides what the one before leaves. Followed through the day:

# %%
course = fw.staffing.carry_over(
    day["calls"], AHT, day["erlang_a"] - 2, interval=INTERVAL, patience=PATIENCE, rule="offered(20s)"
)
course.to_polars().select("service_level", "mean_queue", "in_system_at_end").with_columns(start=day["start"])

# %% [markdown]
# ## If the forecast is off
#
# With days that are 10 % off as a whole and intervals that are 5 % off beside it:

# %%
for name in ("erlang_a", "bearable", "erlang_c"):
    for error in (0, "0.1"):
        _, probability = fw.staffing.attainment(
            day["calls"], AHT, day[name], interval=INTERVAL, patience=PATIENCE, target="80/20", day_error=error,
            interval_error=0.05 if error else 0,
        )
        print(f"{name:<10} day error {error!s:<4} 80/20 over the day is kept with a probability of {probability:.2f}")

# %% [markdown]
# ## How many to plan
#
# 28 % of paid time is lost to holidays, sickness, training and breaks; exact to the head.

# %%
day.select("start", "bearable", planned=fw.staffing.scheduled_agents(day["bearable"], "0.28"))

# %% [markdown]
# ## The question turned round
#
# How many calls can ten operators take in half an hour? And how many telephone lines do the busiest hours need?

# %%
print(round(fw.staffing.most_calls(10, AHT, interval=INTERVAL, patience=PATIENCE, target="80/20"), 1), "calls")
lines = fw.staffing.lines_required(max(calls), AHT, day["bearable"].max(), interval=INTERVAL, patience=PATIENCE, blocking=0.001)
print(lines, "lines")
