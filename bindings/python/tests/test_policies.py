"""The policies: the shared cases, versions by date, sources, and own ones."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import floorwalker as fw

from conftest import CASES

SUITE = json.loads((CASES / "complaint" / "policies.json").read_text(encoding="utf-8"))
OFFICES = {
    name: fw.Calendar(zone, {"mon-fri": "09:00-17:00"}, holidays=SUITE["calendars"][name])
    for name in SUITE["calendars"]
    for zone in ["Europe/London" if name.startswith("uk") else "Europe/Rome"]
}


def answer(given: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in given.items() if name not in ("policy", "calendar")}
    try:
        found = fw.policies.answer(given["policy"], calendar=OFFICES[given["calendar"]], **known)
    except fw.FloorwalkerError as error:
        return {"error": error.code}
    money = found["indemnity"]
    indemnity = None if money is None else f"{Decimal(money['amount']):.2f} {money['currency']}"
    duty = found["next"] and found["next"]["kind"]
    return {**found, "last_day": found["deadline"], "indemnity": indemnity, "next": duty}


def same(found: Any, expect: Any) -> bool:
    if isinstance(expect, dict) and isinstance(found, dict):
        return all(same(found[name], value) for name, value in expect.items())
    return bool(found == expect)


def test_the_shared_cases() -> None:
    wrong = []
    for case in SUITE["cases"]:
        assert case["rule"] == "policy.answer"
        found = answer(case["given"])
        wrong += [
            (case["name"], field, found.get(field), value)
            for field, value in case["expect"].items()
            if not same(found.get(field), value)
        ]
    assert wrong == []
    assert len(SUITE["cases"]) > 500


def test_the_version_is_that_of_the_day_of_receipt() -> None:
    older = fw.policies.get("it.arera.tiqv.complaint", "2025-12-31")
    newer = fw.policies.get("it.arera.tiqv.complaint", date(2026, 1, 1))
    assert (older["valid_until"], newer["valid_from"]) == ("2026-01-01", "2026-01-01")
    assert len(fw.policies.versions("it.arera.tiqv.complaint")) == 2
    with pytest.raises(fw.UnknownNameError) as caught:
        fw.policies.get("es.ley10_2025", "2026-01-01")
    assert caught.value.code == "policy.not_in_force"
    with pytest.raises(fw.UnknownNameError, match="it.arera.tiqv.complaint"):
        fw.policies.get("it.arera.tiqv.complaints", "2026-01-01")


def test_tables_of_policies_and_sources() -> None:
    rows = fw.policies.table().to_dicts()
    assert len(rows) == len(fw.policies)
    assert {row["certainty"] for row in rows} <= {"low", "medium", "high"}
    named = {(row["id"], row["valid_from"]) for row in fw.policies.sources().to_dicts()}
    assert named == {(row["id"], row["valid_from"]) for row in rows}
    energy = fw.policies.applying("IT", "energy", "complaint", "2026-05-04").to_dicts()
    assert [row["id"] for row in energy] == ["it.arera.tiqv.complaint"]
    assert fw.policies.certainty_of("it.arera.tiqv.complaint", "2026-05-04", "indemnity") == "medium"


def test_business_days_need_a_calendar() -> None:
    with pytest.raises(fw.ConflictError, match="calendar"):
        fw.policies.answer("it.bdi.payments", received="2026-05-04", today="2026-05-04")


def test_own_policies() -> None:
    own = fw.policies.get("iso10002.generic", "2026-01-01")
    own |= {"id": "acme.promise", "answer": {"kind": "duty", "limit": {"amount": 7, "unit": "calendar_day"}}}
    book = fw.PolicyBook([own])
    answered = book.answer("acme.promise", received="2026-05-04", today="2026-05-04")
    assert answered["deadline"] == "2026-05-11"
    both = fw.policies | book
    assert len(both) == len(fw.policies) + 1
    assert pickle.loads(pickle.dumps(book)) == book == fw.PolicyBook(book.to_dicts())
    assert eval(repr(book), {"PolicyBook": fw.PolicyBook}) == book
    assert eval(repr(fw.policies), {"PolicyBook": fw.PolicyBook}) == fw.policies
    with pytest.raises(fw.DataError, match="unknown field"):
        fw.PolicyBook([{**own, "limits": 3}])
