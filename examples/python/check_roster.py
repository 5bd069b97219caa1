# %% [markdown]
# # Is this roster lawful, and what would mend it?
#
# Rules are data: packs of working-time rules with sources, each saying how sure it is. Nothing here is legal advice.

# %%
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")
packs = fw.rule_packs().to_polars()
packs.filter(packs["pack"] == "it")

# %% [markdown]
# ## A week of four people

# %%
MONDAY = date(2026, 5, 4)
EARLY, LATE, NIGHT = (time(6), 8), (time(14), 8), (time(22), 8)
WEEK = {
    "anna": [EARLY, EARLY, LATE, EARLY, EARLY, None, None],
    "bruno": [LATE, LATE, LATE, LATE, LATE, LATE, LATE],
    "carla": [NIGHT, NIGHT, None, None, EARLY, EARLY, None],
    "dario": [EARLY, None, EARLY, EARLY, None, None, EARLY],
}
rows = []
for name, days in WEEK.items():
    for day, shift in enumerate(days):
        if shift is None:
            continue
        start = datetime.combine(MONDAY + timedelta(days=day), shift[0], ROME)
        end = (start.astimezone(ZoneInfo("UTC")) + timedelta(hours=shift[1])).astimezone(ROME)
        rows.append({"operator": name, "start": start, "end": end})
        meal = start + timedelta(hours=4)
        rows.append({"operator": name, "start": meal, "end": meal + timedelta(minutes=30), "activity": "meal",
                     "layer": "auxiliary", "work_day": start.date()})
roster = fw.Roster(rows, zone="Europe/Rome", activities={"meal": "meal"})
roster.table(zone="Europe/Rome")

# %% [markdown]
# ## The findings

# %%
staff = {
    "contracts": [{"id": "full_time", "rule_pack": "it", "week_minutes": 2400}],
    "operators": [
        {"id": name, "zone": "Europe/Rome", "contracts": [{"contract": "full_time"}]} for name in WEEK
    ],
}
report = fw.check_roster(roster, staff, ("2026-05-04", "2026-05-11"), holidays="IT")
print(report, "| lawful:", report.is_lawful)
report.findings()

# %% [markdown]
# What cannot be judged is said, never passed over.

# %%
report.not_judged()

# %% [markdown]
# ## What would mend the short rest?

# %%
rules = [row["rule"] for row in report.findings().to_dicts()]
rest = rules.index("it.daily_rest")
print(report.lines()[rest])
for change, moved in report.fixes(rest)[:3]:
    print(next(iter(change)), "moves", moved)

# %% [markdown]
# A change is judged without making it: what it solves, and what it would break.

# %%
change, _ = report.fixes(rest)[0]
tables = report.what_if([change])
print({name: len(table) for name, table in tables.items()})
tables["solved"]

# %% [markdown]
# ## Are there enough people?

# %%
required = [
    {"at": datetime.combine(MONDAY, time(hour), ROME), "required": 2 if hour in (9, 10, 11) else 1}
    for hour in range(6, 22)
]
window = (datetime.combine(MONDAY, time(6), ROME), datetime.combine(MONDAY, time(22), ROME))
cover = roster.coverage(staff, required, zone="Europe/Rome", window=window, every="1h").to_polars()
cover.filter(cover["short"] > timedelta(0))
