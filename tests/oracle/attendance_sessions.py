"""Reads punches by a session rule and prints what they come to: a second opinion.

    attendance_sessions.py punches.dat rule.json

Written from the description of the rule and not from the library: it works on a list
of texts with a table of what each key does in each situation. Prints one line for each
session, by person and time, `session,ID,IN,OUT,BREAKS,SECONDS`, and one line for each
kind of repair with its number, `repair,RULE,COUNT`. An empty cell is unknown.
"""

import json
import sys
from collections import Counter
from datetime import datetime, timedelta

KEYS = {"0": "in", "1": "out", "2": "break_start", "3": "break_end"}

# situation, key -> what happens
TABLE = {
    ("away", "in"): "come",
    ("away", "out"): "orphan",
    ("away", "break_start"): "orphan",
    ("away", "break_end"): "back",
    ("here", "in"): "again",
    ("here", "out"): "go",
    ("here", "break_start"): "rest",
    ("here", "break_end"): "drop break_end_dropped",
    ("rest", "in"): "return in_as_break_end",
    ("rest", "out"): "go",
    ("rest", "break_start"): "drop second_break_start_dropped",
    ("rest", "break_end"): "return",
}
GUESS = {"away": "in", "here": "out", "rest": "break_end"}


def read(path):
    """Punches by person, in order of time."""
    people = {}
    with open(path, newline="") as file:
        for line in file.read().splitlines():
            if line.strip():
                person, at, _, code, *_ = line.split("\t")
                at = datetime.strptime(at, "%Y-%m-%d %H:%M:%S")
                people.setdefault(person.strip(), []).append((at, KEYS.get(code, "unknown")))
    for punches in people.values():
        punches.sort(key=lambda punch: punch[0])
    return dict(sorted(people.items()))


def without_duplicates(punches, rule, repairs):
    near = timedelta(seconds=rule["duplicate_within_secs"])
    kept = []
    for at, key in punches:
        same = rule["duplicates"] == "any_kind" or (kept and kept[-1][1] == key)
        if kept and at - kept[-1][0] <= near and same:
            repairs["duplicate_dropped"] += 1
        else:
            kept.append((at, key))
    return kept


def minutes(rule, name):
    return timedelta(minutes=rule[name])


def sessions_of(punches, rule, repairs):
    """Sessions as dictionaries: in, out, breaks, rest (an open break), day."""
    done, now, day, last = [], None, 0, None
    for at, key in punches:
        since = now["in"] if now else last
        limit = minutes(rule, "max_shift_minutes" if now else "new_day_after_minutes")
        if since is not None and at - since > limit:
            if now:
                done.append(now)
            now, day = None, day + 1
        last = at
        situation = "away" if now is None else "rest" if now["rest"] else "here"
        if rule["pairing"] == "alternating":
            key = "out" if now else "in"
            situation = "here" if now else "away"
        elif key == "unknown":
            repairs["unknown_read"] += 1
            key = GUESS[situation]
        action, _, why = TABLE[situation, key].partition(" ")
        if why:
            repairs[why] += 1
        if action == "back":
            left = done[-1] if done and done[-1]["day"] == day else None
            within = minutes(rule, "break_out_minutes")
            if left and left["in"] and left["out"] and at - left["out"] <= within:
                repairs["out_was_break_start"] += 1
                now = done.pop()
                now["breaks"].append((now["rest"] or now["out"], at))
                now["out"] = now["rest"] = None
            else:
                repairs["break_end_as_in"] += 1
                action = "come"
        if action == "again":
            repairs[{
                "keep_first": "second_in_dropped",
                "is_out": "second_in_as_out",
                "starts_anew": "second_in_starts_anew",
            }[rule["second_in"]]] += 1
            action = {"keep_first": "drop", "is_out": "go", "starts_anew": "come"}[rule["second_in"]]
            if action == "come":
                done.append(now)
        if action == "come":
            now = {"in": at, "out": None, "breaks": [], "rest": None, "day": day}
        elif action == "go":
            now["out"] = at
            done.append(now)
            now = None
        elif action == "orphan":
            repairs["out_without_in"] += 1
            done.append({"in": None, "out": at, "breaks": [], "rest": None, "day": day})
        elif action == "rest":
            now["rest"] = at
        elif action == "return":
            if now["rest"] < at:
                now["breaks"].append((now["rest"], at))
            now["rest"] = None
    if now:
        done.append(now)
    return done


def show(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S") if at else ""


def worked(session):
    if not session["in"] or not session["out"]:
        return ""
    total = session["out"] - session["in"]
    for start, end in session["breaks"]:
        total -= end - start
    if session["rest"]:
        total -= session["out"] - session["rest"]
    return int(total.total_seconds())


def main():
    punches, rule = sys.argv[1:]
    with open(rule) as file:
        rule = json.load(file)
    repairs = Counter()
    for person, each in read(punches).items():
        for session in sessions_of(without_duplicates(each, rule, repairs), rule, repairs):
            breaks = ";".join(f"{show(start)}/{show(end)}" for start, end in session["breaks"])
            print("session", person, show(session["in"]), show(session["out"]), breaks, worked(session), sep=",")
    for why, count in sorted(repairs.items()):
        print("repair", why, count, sep=",")


if __name__ == "__main__":
    main()
