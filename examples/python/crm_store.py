# %% [markdown]
# # A customer-relations program that keeps complaints in a database
#
# The library decides and adds up; the program stores. Each event of a complaint is one row that is never changed. On
# reading, the chain of checksums is proved, so that a row which somebody edited is found. SQLite comes with Python; any
# other database works the same.

# %%
import json
import sqlite3
from datetime import datetime, timedelta, timezone

import floorwalker as fw

store = sqlite3.connect(":memory:")
store.execute(
    """
    CREATE TABLE complaint_event (
        case_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        event TEXT NOT NULL,
        PRIMARY KEY (case_id, seq)
    )"""
)
store.execute("CREATE TABLE personal (case_id TEXT NOT NULL, name TEXT NOT NULL, text TEXT, PRIMARY KEY (case_id, name))")

# %% [markdown]
# ## Writing: the new events, all or none
#
# That two clerks wrote at once shows in the numbers of events, which are unique.

# %%
def append(complaint: fw.Complaint, already: int = 0) -> int:
    rows = [(complaint.id, number, json.dumps(event)) for number, event in enumerate(complaint.events) if number >= already]
    with store:
        store.executemany("INSERT INTO complaint_event VALUES (?, ?, ?)", rows)
    return len(complaint.events)


def read(rules: fw.ComplaintRules, case: str) -> fw.Complaint:
    rows = store.execute("SELECT event FROM complaint_event WHERE case_id = ? ORDER BY seq", (case,))
    return fw.Complaint.from_json(rules, {"events": [json.loads(event) for (event,) in rows]})


# %% [markdown]
# ## A complaint comes in and is worked on
#
# The letter lies beside the events, which hold only its checksum: it can be erased, and they stay.

# %%
CASE, POLICY = "R-2026-18", "it.arera.tiqv.double_billing"
rules = fw.ComplaintRules({"office": fw.Calendar.always_open("Europe/Rome")})
start = datetime(2026, 5, 4, 8, tzinfo=timezone.utc)
letter = fw.Personal(f"{CASE}/letter", "You have billed me twice")
complaint = fw.Complaint.open(rules, CASE, {"channel": "web", "text": letter}, at=start, actor="portal")
stored = append(complaint)
with store:
    store.execute("INSERT INTO personal VALUES (?, 'letter', ?)", (CASE, complaint.personal(f"{CASE}/letter")))

STEPS = [
    ("register", {"anonymous": True, "customers": 1, "issues": [{"issue": "1", "topic": "billing"}]}),
    ("acknowledge", {"automatic": False, "channel": "web"}),
    ("assess", {"severity": "medium", "complexity": "normal", "safety": False, "facts": [], "policies": [POLICY]}),
    ("assign", {"to": "anna"}),
    ("investigate", None),
]
for hours, (step, details) in enumerate(STEPS, 1):
    complaint = complaint.carry_out(step, details, at=start + timedelta(hours=hours), actor="anna")
    stored = append(complaint, stored)
print(stored, "events are stored; the complaint is", complaint.state)

# %% [markdown]
# ## What the procedure refuses is not stored

# %%
try:
    complaint.carry_out("accept", at=start + timedelta(days=1), actor="anna")
except fw.RefusedError as refused:
    print(refused.code, "-", refused)

# %% [markdown]
# ## Reading it back
#
# The same events give the same state, and the chain is whole.

# %%
again = read(rules, CASE)
again.verify()
print(again.case == complaint.case, again.events == complaint.events)
again

# %% [markdown]
# ## What the database itself can tell
#
# Rows are text in JSON, which SQLite can look into.

# %%
store.execute("SELECT seq, json_extract(event, '$.actor') FROM complaint_event WHERE case_id = ?", (CASE,)).fetchall()

# %% [markdown]
# ## A forged row is found
#
# An intruder writes that somebody else did it. The checksum of that event does not fit any more.

# %%
with store:
    store.execute("UPDATE complaint_event SET event = replace(event, 'anna', 'nina') WHERE case_id = ? AND seq = 2", (CASE,))
try:
    read(rules, CASE)
except fw.RefusedError as forged:
    print(forged.code, "-", forged)
else:
    raise AssertionError("the forged row was not found")

# %% [markdown]
# ## Complaints at a glance

# %%
complaint.obligations(start + timedelta(days=2))
