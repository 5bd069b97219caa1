"""Prints made-up punches in the format of a common fingerprint terminal.

Tab separated, CRLF: id (right-aligned in 9), local time, verify, code, work code,
reserved. Codes: 0 in, 1 out, 2 break out, 3 break in, 4 and 5 unknown. The people do
not exist. They do what people do: they punch twice, forget to punch, press the wrong
key, work at night, and come back from a break after pressing "out".
"""

import random
from datetime import datetime, timedelta

PEOPLE = 8
DAYS = 24
IN, OUT, BREAK_OUT, BREAK_IN, UNKNOWN = 0, 1, 2, 3, 4


def day_of(dice, start):
    """The punches of one work day, before anything goes wrong."""
    length = timedelta(minutes=dice.choice([240, 360, 480, 510, 600]))
    yield start + timedelta(minutes=dice.randint(-12, 15), seconds=dice.randint(0, 59)), IN
    if length > timedelta(hours=5):
        leave = start + length / 2 + timedelta(minutes=dice.randint(-20, 20))
        back = leave + timedelta(minutes=dice.choice([20, 30, 45, 60, 75, 100]))
        keys = dice.choice([(BREAK_OUT, BREAK_IN)] * 4 + [(OUT, IN), (OUT, BREAK_IN)])
        yield from zip((leave, back), keys)
    yield start + length + timedelta(minutes=dice.randint(-10, 40), seconds=dice.randint(0, 59)), OUT


def gone_wrong(dice, punches):
    """The same punches as the terminal got them."""
    for at, code in punches:
        fate = dice.random()
        if fate < 0.05:
            continue
        if fate < 0.09:
            code = dice.choice([IN, OUT, BREAK_OUT, BREAK_IN, UNKNOWN])
        yield at, code
        while dice.random() < 0.18:
            at += timedelta(seconds=dice.choice([2, 5, 9, 30, 60, 61, 70, 300]))
            yield at, dice.choice([code, code, code, IN, OUT])


def main():
    dice = random.Random(20260302)
    lines = []
    for person in range(1, PEOPLE + 1):
        for day in range(DAYS):
            if dice.random() < 0.3:
                continue
            hour = dice.choice([6, 8, 9, 14] if person % 4 else [22, 18, 22])
            start = datetime(2026, 3, 2, hour) + timedelta(days=day)
            for at, code in gone_wrong(dice, day_of(dice, start)):
                lines.append((at, f"{person:>9}\t{at:%Y-%m-%d %H:%M:%S}\t1\t{code}\t1\t0\r\n"))
    lines.sort()
    print("".join(line for _, line in lines), end="")


if __name__ == "__main__":
    import sys

    sys.stdout.reconfigure(newline="")
    main()
