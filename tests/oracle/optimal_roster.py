"""Make `tests/conformance/roster/optimal_roster.txt` with pyworkforce 0.5.1.

    pip install pyworkforce==0.5.1
    python tests/oracle/optimal_roster.py > tests/conformance/roster/optimal_roster.txt

The requirement is made up. The solver promises the fewest hours; it has no parameter for rest
between shifts, days in a row or hours in a week. Another version may give another optimum: the
tests count what they expect from the file itself where they can.
"""

from pyworkforce.rostering import MinHoursRoster

DAYS = 28
OPERATORS = [f"a{number:02d}" for number in range(1, 41)]
SHIFTS = {"early": 12, "late": 10, "night": 6}


def main() -> None:
    solver = MinHoursRoster(
        num_days=DAYS,
        resources=OPERATORS,
        shifts=list(SHIFTS),
        shifts_hours=[8] * len(SHIFTS),
        min_working_hours=152,
        max_resting=9,
        banned_shifts=[],
        non_sequential_shifts=[{"origin": "night", "destination": "early"}],
        required_resources={shift: [count] * DAYS for shift, count in SHIFTS.items()},
        resources_preferences=[],
        max_search_time=120,
        num_search_workers=2,
    )
    solution = solver.solve()
    assert solution["status"] == "OPTIMAL", solution["status"]
    rows = {operator: ["-"] * DAYS for operator in OPERATORS}
    for one in solution["resource_shifts"]:
        rows[one["resource"]][one["day"]] = one["shift"][0].upper()
    for operator, row in rows.items():
        print(operator, "".join(row))


if __name__ == "__main__":
    main()
