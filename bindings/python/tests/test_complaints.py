"""Complaints: from receipt to the end, late records, personal data, chains, procedures."""

from __future__ import annotations

import json
import pickle
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

import floorwalker as fw

from conftest import CASES

OFFICE = fw.Calendar("Europe/Rome", {"mon-fri": ["09:00-13:00", "14:00-18:00"]}, holidays="IT")
BANK = fw.Calendar("Europe/Rome", {"mon-fri": "00:00-24:00"}, holidays="IT")
RULES = fw.ComplaintRules({"office": OFFICE, "it.bank": BANK})
MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=timezone.utc)
ENERGY = "it.arera.tiqv.complaint"


def opened(text: Any = None) -> fw.Complaint:
    letter = text or fw.Personal("R-1/letter", "My bill is wrong", salt="a salt of the test")
    receipt = {"channel": "email", "complainant": None, "customer": "c-1", "text": letter}
    return fw.Complaint.open(RULES, "R-1", receipt, at=MONDAY, actor="desk")


def registered() -> fw.Complaint:
    issues = [{"issue": "1", "topic": "billing"}]
    details = {"anonymous": True, "customers": 1, "issues": issues, "remedy_sought": None}
    return opened().carry_out("register", details, at=MONDAY + timedelta(hours=1), actor="desk")


def assessed() -> fw.Complaint:
    details = {"complexity": "normal", "facts": [], "policies": [ENERGY], "safety": False, "severity": "medium"}
    complaint = registered().carry_out(
        "acknowledge", {"automatic": True, "channel": "email"}, at=MONDAY + timedelta(hours=2), actor="desk"
    )
    return complaint.carry_out("assess", details, at=MONDAY + timedelta(hours=3), actor="desk")


def test_a_complaint_moves_by_its_steps() -> None:
    complaint = assessed()
    assert (complaint.stage, complaint.state, complaint.level) == ("assessed", "assessed", 0)
    assert (complaint.received, complaint.closed) == (MONDAY, None)
    assert "investigate" in complaint.steps
    assert complaint.case["policies"][0]["id"] == ENERGY
    complaint.verify()


def test_deciding_changes_nothing() -> None:
    complaint = opened()
    decided = complaint.decide("reject", {"reason": "out_of_scope"}, at=MONDAY + timedelta(days=1), actor="desk", role="team_leader")
    assert len(decided) == 1 and len(complaint.events) == 1 and complaint.stage == "received"


def test_steps_that_are_refused() -> None:
    with pytest.raises(fw.RefusedError) as caught:
        opened().carry_out("investigate", at=MONDAY + timedelta(hours=1), actor="desk")
    assert caught.value.code == "complaint.wrong_step"
    assert str(caught.value) == "the step investigate cannot be taken in the state received"
    with pytest.raises(fw.RefusedError) as caught:
        opened().carry_out("withdraw", {"statement": fw.Personal("s", "I withdraw")}, at=MONDAY - timedelta(hours=1), actor="desk")
    assert caught.value.code == "complaint.time"
    with pytest.raises(fw.DataError, match="argument details"):
        opened().carry_out("acknowledge", {"channel": "pigeon"}, at=MONDAY, actor="desk")
    with pytest.raises(fw.DataError, match="unknown variant"):
        opened().carry_out("dance", at=MONDAY, actor="desk")


def test_two_times_are_known() -> None:
    complaint = opened()
    details = {"anonymous": True, "customers": 1, "issues": [{"issue": "1", "topic": "billing"}], "remedy_sought": None}
    happened, recorded = MONDAY + timedelta(hours=1), MONDAY + timedelta(days=2)
    complaint = complaint.carry_out("register", details, at=happened, actor="desk", recorded=recorded)

    def stage(case: dict[str, Any] | None) -> str | None:
        return None if case is None else str(case["state"])

    assert stage(complaint.as_of(MONDAY - timedelta(seconds=1))) is None
    assert stage(complaint.as_of(happened)) == "registered"
    assert stage(complaint.as_known(recorded - timedelta(seconds=1))) == "received"
    assert stage(complaint.as_known(recorded)) == "registered"


def test_deadlines_of_law_and_house() -> None:
    complaint = assessed()
    rows = {row["name"]: row for row in complaint.obligations(MONDAY + timedelta(hours=4)).to_dicts()}
    legal = rows[f"{ENERGY}/answer"]
    assert (legal["nature"], legal["last_day"], legal["state"]) == ("legal", "2026-06-03", "running")
    assert rows["reply"]["elapsed"] == timedelta(hours=3)  # a pause at noon
    assert {row["nature"] for row in rows.values()} == {"internal", "legal"}
    late = complaint.obligations("2026-06-05T08:00Z").to_dicts()
    assert {row["state"] for row in late if row["nature"] == "legal"} == {"breached"}
    assert complaint.indemnities("2026-06-05T08:00Z") == {ENERGY: (Decimal("30"), "EUR")}
    assert complaint.indemnities("2026-08-20T08:00Z") == {ENERGY: (Decimal("90"), "EUR")}


def test_what_is_due_by_itself() -> None:
    complaint = assessed()
    wake = complaint.next_wake(MONDAY + timedelta(hours=4))
    assert wake is not None and wake > MONDAY
    assert complaint.carry_out_due(wake - timedelta(seconds=1), actor="timer").level == 0
    assert complaint.carry_out_due(wake, actor="timer").level == 1


def test_personal_data_can_be_erased() -> None:
    complaint = registered()
    seal = complaint.events[0]
    seal = find_seal(seal)
    assert complaint.unseal(seal) == ("My bill is wrong", "intact")
    erased = complaint.erase("R-1/letter")
    assert "My bill is wrong" not in erased.to_json()
    erased.verify()
    assert erased.tip == complaint.tip
    assert erased.unseal(seal) == (None, "erased")
    with pytest.raises(fw.FloorwalkerError):
        erased.erase("R-1/letter")
    again = fw.Complaint.from_json(RULES, erased.to_json())
    assert again == erased and again != complaint


def find_seal(value: Any) -> dict[str, Any]:
    found = seals(value)
    assert len(found) == 1
    return found[0]


def seals(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if set(value) == {"digest", "key"}:
            return [value]
        return [one for inner in value.values() for one in seals(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in seals(inner)]
    return []


def test_a_salt_is_made_where_none_is_given() -> None:
    first, second = fw.Personal("k", "same"), fw.Personal("k", "same")
    assert first.seal() != second.seal()


def test_a_chain_that_was_touched_is_noticed() -> None:
    record = json.loads(assessed().to_json())
    touched = json.loads(json.dumps(record).replace('"billing"', '"contracts"'))
    with pytest.raises(fw.RefusedError) as caught:
        fw.Complaint.from_json(RULES, touched)
    assert caught.value.code == "complaint.broken_chain"
    record["events"].pop(1)
    with pytest.raises(fw.RefusedError):
        fw.Complaint.from_json(RULES, record)


def test_complaints_are_values() -> None:
    complaint = assessed()
    assert pickle.loads(pickle.dumps(complaint)) == complaint
    assert fw.Complaint.from_json(RULES, complaint.to_dict()) == complaint
    assert hash(complaint) == hash(assessed())
    assert repr(complaint) == "<Complaint R-1, assessed, 4 events>"
    assert pickle.loads(pickle.dumps(RULES)) == RULES == fw.ComplaintRules.from_json(RULES.to_dict())
    assert eval(repr(RULES), {"ComplaintRules": fw.ComplaintRules}) == RULES


def test_mergers_look_at_the_other() -> None:
    other = fw.Complaint.open(
        RULES, "R-2", {"channel": "email", "text": fw.Personal("R-2", "again")}, at=MONDAY, actor="desk"
    )
    merge: dict[str, Any] = {"at": MONDAY + timedelta(hours=5), "actor": "desk", "role": "team_leader"}
    with pytest.raises(fw.RefusedError):
        registered().carry_out("merge", {"into": "R-2"}, **merge)
    merged = registered().carry_out("merge", {"into": "R-2"}, others=[other], **merge)
    assert merged.stage == "merged"


REMEDY = {"kind": "refund", "amount": {"amount": Decimal("12.50"), "currency": "EUR"}}


@pytest.mark.parametrize(
    "amount, error",
    [
        (12.5, fw.ArgumentTypeError),
        (True, fw.DataError),
        ("twelve", fw.DataError),
        (Decimal("-1"), fw.DataError),
        (Decimal("0.001"), fw.DataError),
        (Decimal("1." + "0" * 28 + "1"), fw.OutOfRangeError),
        (Decimal("1E+40"), fw.OutOfRangeError),
        (Decimal("Infinity"), fw.OutOfRangeError),
        (10**30, fw.OutOfRangeError),
    ],
)
def test_money_is_exact(amount: Any, error: type[Exception]) -> None:
    complaint = assessed()
    at = MONDAY + timedelta(hours=5)
    with pytest.raises(error) as caught:
        remedy = {"kind": "refund", "amount": {"amount": amount, "currency": "EUR"}}
        complaint.carry_out("propose_remedy", remedy, at=at, actor="desk")
    assert "argument details" in str(caught.value)


@pytest.mark.parametrize("amount", [Decimal("12.50"), "12.5", Decimal("1250E-2")])
def test_money_in_every_exact_shape(amount: Any) -> None:
    complaint = assessed().carry_out("investigate", at=MONDAY + timedelta(hours=4), actor="anna")
    remedy = {"kind": "refund", "amount": {"amount": amount, "currency": "EUR"}}
    proposed = complaint.carry_out("propose_remedy", remedy, at=MONDAY + timedelta(hours=5), actor="anna")
    assert proposed.case["remedy"]["state"] == "proposed"
    assert proposed.case["remedy"]["amount"] == {"amount": "12.5", "currency": "EUR"}


def changed(record: Any, changes: list[dict[str, Any]]) -> Any:
    """The changes of the cases: put, add, drop at a place."""
    record = json.loads(json.dumps(record))
    for change in changes:
        kind = next(kind for kind in ("put", "add", "drop") if kind in change)
        *path, last = change[kind].strip("/").split("/")
        if kind == "drop":
            path = [*path, last]
        place = record
        for part in path:
            place = place[int(part)] if isinstance(place, list) else place[part]
        if kind == "put":
            place[int(last) if isinstance(place, list) else last] = change["value"]
        elif kind == "add":
            place.append(change["value"])
        else:
            place[:] = [one for one in place if one["step"] != change["step"]]
    return record


def test_the_shared_cases_of_procedures() -> None:
    suite = json.loads((CASES / "complaint" / "procedures.json").read_text(encoding="utf-8"))
    for case in suite["cases"]:
        record = changed(RULES.procedure, case["given"])
        faults = list(dict.fromkeys(kind for kind, _ in fw.procedure_faults(record)))
        assert faults == case["expect"], case["name"]
        if faults:
            with pytest.raises(fw.DataError) as caught:
                fw.ComplaintRules({"office": OFFICE}, procedure=record)
            assert caught.value.code == "procedure.impossible"
    assert len(suite["cases"]) > 20


def test_rules_name_the_calendar_they_miss() -> None:
    with pytest.raises(fw.UnknownNameError, match="office"):
        fw.ComplaintRules({"offices": OFFICE})
