# %% [markdown]
# # A written complaint to a seller of electricity
#
# A letter comes in on 4 May 2026. What has to be done, until when, and what does it cost to be late? The rule is
# that of the Italian regulator; it says itself how sure it is. Nothing here is legal advice.

# %%
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import floorwalker as fw

ROME = ZoneInfo("Europe/Rome")
RULE = "it.arera.tiqv.complaint"

# %% [markdown]
# ## The rule, its sources, and how sure it is

# %%
rule = fw.policies.get(RULE, "2026-05-04")
print(rule["title"], "-", rule["authority"])
print("reply within", rule["answer"]["limit"], "| certainty:", rule["certainty"]["overall"])
print("indemnity:", fw.policies.certainty_of(RULE, "2026-05-04", "indemnity"))

# %%
sources = fw.policies.sources().to_polars()
sources.filter(sources["id"] == RULE)

# %% [markdown]
# ## What is due, asked in one call
#
# The deadline, whether it is kept, the indemnity and the next duty, for a reply on different days.

# %%
for answered in ("2026-06-03", "2026-06-04", "2026-07-10", "2026-09-01"):
    found = fw.policies.answer(RULE, received="2026-05-04", today=answered, answered=answered)
    money = found["indemnity"]
    print(answered, found["standing"].ljust(8), money["amount"].rjust(3), money["currency"], found["next"]["kind"])

# %% [markdown]
# ## The case itself
#
# A complaint is the sum of its events. It never changes: each step gives the complaint with the new events. The text
# of the letter lies beside the events, which hold only its checksum.

# %%
office = fw.Calendar("Europe/Rome", {"mon-fri": ["09:00-13:00", "14:00-18:00"]}, holidays="IT")
rules = fw.ComplaintRules({"office": office})
received = datetime(2026, 5, 4, 10, 0, tzinfo=ROME)

letter = fw.Personal("R-2026-17/letter", "My bill of April is wrong ..")
complaint = fw.Complaint.open(rules, "R-2026-17", {"channel": "letter", "text": letter}, at=received, actor="desk")
complaint = complaint.carry_out(
    "register",
    {"anonymous": True, "customers": 1, "issues": [{"issue": "1", "topic": "billing"}]},
    at=received + timedelta(hours=1),
    actor="desk",
)
complaint = complaint.carry_out(
    "acknowledge", {"automatic": True, "channel": "letter"}, at=received + timedelta(hours=2), actor="desk"
)
complaint = complaint.carry_out(
    "assess",
    {"severity": "medium", "complexity": "normal", "safety": False, "facts": [], "policies": [RULE]},
    at=received + timedelta(hours=3),
    actor="anna",
)
complaint

# %% [markdown]
# Clocks of the law and of the house stand side by side.

# %%
complaint.obligations(datetime(2026, 5, 20, 12, 0, tzinfo=ROME))

# %% [markdown]
# A step that the procedure does not allow is refused with the reason.

# %%
try:
    complaint.carry_out("respond", {"answered": ["1"], "channel": "letter", "recourse": []}, at=received + timedelta(hours=4), actor="anna")
except fw.RefusedError as error:
    print(error.code, "-", error)

# %% [markdown]
# ## Proof and privacy
#
# The chain of checksums proves that nothing was changed afterwards; erasing the letter does not break it.

# %%
complaint.verify()
erased = complaint.erase("R-2026-17/letter")
erased.verify()
assert erased.personal("R-2026-17/letter") is None and erased.tip == complaint.tip
print(len(erased.events), "events, last checksum", erased.tip[:16])
