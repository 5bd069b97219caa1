# %% [markdown]
# # May the lines open at nine?
#
# Calendar, roster, presence, skills and positions of a made-up centre, put together: with whom each line opens, what is
# missing, and who could fill it. Then who sits where and does what over the morning.

# %%
from datetime import datetime
from zoneinfo import ZoneInfo

import altair as alt

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, tzinfo=ROME)


# %% [markdown]
# ## The team, as it comes from a file

# %%
def operator(name: str, *skills: tuple[str, int], **more: object) -> dict[str, object]:
    return {
        "id": name, "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"],
        "skills": [{"skill": skill, "level": level} for skill, level in skills], **more,
    }


staff = {
    "contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
    "operators": [
        operator("Anna", ("selling", 4), ("technics", 3)),
        operator("Bruno", ("selling", 3)),
        operator("Carla", ("technics", 4), needs=["step_free"]),
        operator("Dario", ("technics", 4)),
        operator("Elena", ("technics", 3)),
        operator("Fabio", ("technics", 2)),
    ],
    "groups": [{"id": "blue", "leader": "Mara", "deputies": ["Anna"]}],
    "positions": [
        {"id": "A1", "equipment": ["headset"]},
        {"id": "A2", "equipment": ["headset", "second_screen"], "offers": ["step_free"]},
        {"id": "A3", "equipment": ["headset", "second_screen"]},
        {"id": "A4", "equipment": ["headset"]},
    ],
}
names = [one["id"] for one in staff["operators"]]

# %% [markdown]
# Everybody works from nine to five with a meal; Elena writes letters until eleven. Dario is ill.

# %%
rows: list[dict[str, object]] = []
for number, name in enumerate(names):
    meal = (at(12), at(12, 30)) if number % 2 == 0 else (at(12, 30), at(13))
    rows.append({"operator": name, "start": at(9), "end": at(17)})
    rows.append({"operator": name, "start": meal[0], "end": meal[1], "activity": "meal", "layer": "auxiliary"})
rows.append({"operator": "Elena", "start": at(9), "end": at(11), "activity": "letters", "layer": "auxiliary"})
roster = fw.Roster(rows, zone="Europe/Rome", activities={"meal": "meal", "letters": "back_office"})
absences = [{"operator": "Dario", "kind": "sickness", "start": at(0), "end": at(23), "status": "observed"}]

# %% [markdown]
# ## Who is here
#
# Carla has not punched in.

# %%
punches = [
    {"agent": "Anna", "at": at(8, 55), "kind": "in"},
    {"agent": "Bruno", "at": at(8, 50), "kind": "in"},
    {"agent": "Elena", "at": at(8, 58), "kind": "in"},
    {"agent": "Fabio", "at": at(8, 59), "kind": "in"},
]
shifts = [{"agent": name, "start": at(9), "end": at(17)} for name in names]
policy = fw.AccessPolicy(
    "opening the lines and placing operators", "agreement with the unions of 12 May 2026", "person"
)
presence = fw.who_is_here(at(9), shifts, punches, zone="Europe/Rome", absences=absences).rows(policy)
here = [row["agent"] for row in presence.to_dicts() if row["here"]]
presence

# %% [markdown]
# ## May each line open?
#
# Lines are in the order of their importance, and nobody is counted twice.

# %%
office = fw.Calendar("Europe/Rome", {"mon-fri": "09:00-18:00"}, holidays="IT")
lines = [
    {"queue": "sales", "hours": office, "skill": "selling", "min_operators": 1, "wanted_operators": 1},
    {
        "queue": "technics", "hours": office, "skill": "technics", "level": 3, "min_operators": 2, "wanted_operators": 3,
        "equipment": ["second_screen"], "led_by": "blue",
    },
]
opening = fw.open_lines(lines, at(9), zone="Europe/Rome", staff=staff, roster=roster, here=here, absences=absences)
print(opening)
opening.checks()

# %% [markdown]
# ## Who could fill the line that is short
#
# The easiest way first. Dario is away, so he is not on the list, and nobody learns why.

# %%
opening.candidates(policy)

# %% [markdown]
# ## The morning
#
# Bruno keeps the position that he had.

# %%
placement = fw.place_operators(
    lines, (at(9), at(13)), zone="Europe/Rome", staff=staff, roster=roster, absences=absences, kept={"Bruno": "A4"}
)
duties = placement.duties(policy).to_polars()
duties

# %%
bars = duties.with_columns(line=duties["line"].fill_null("none"), start=duties["start"].dt.to_string(), end=duties["end"].dt.to_string())
alt.Chart(alt.Data(values=bars.to_dicts()), width=560).mark_bar().encode(
    x=alt.X("start:T", title=None), x2="end:T", y=alt.Y("operator:N", title=None), color=alt.Color("line:N", title="line")
)

# %% [markdown]
# Where lines lack somebody:

# %%
placement.gaps()
