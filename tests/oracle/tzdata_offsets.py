"""Prints the offsets of all zones of the PyPI package tzdata, 2015 to 2037.

First line: the versions of the package and of the tz database. Then one line per
zone: its name, the offset in seconds on 2015-01-01T00:00Z, and for each change of the
offset `instant:offset`, in seconds since 1970. The changes are found by asking for the
offset every three days and halving the time between two different answers, not by
reading the list of changes, so that a rule that was read wrongly has no second chance.
"""

import sys
import zoneinfo
from datetime import datetime, timezone

import tzdata

START = int(datetime(2015, 1, 1, tzinfo=timezone.utc).timestamp())
END = int(datetime(2038, 1, 1, tzinfo=timezone.utc).timestamp())
STEP = 3 * 86_400


def offset(zone, at):
    return int(datetime.fromtimestamp(at, zone).utcoffset().total_seconds())


def change(zone, low, high):
    """The first second in (low, high] with the offset that holds at `high`."""
    wanted = offset(zone, high)
    while high - low > 1:
        middle = (low + high) // 2
        if offset(zone, middle) == wanted:
            high = middle
        else:
            low = middle
    return high


def line(name):
    zone = zoneinfo.ZoneInfo.no_cache(name)
    before = offset(zone, START)
    words = [name, str(before)]
    for at in range(START + STEP, END, STEP):
        after = offset(zone, at)
        if after != before:
            words.append(f"{change(zone, at - STEP, at)}:{after}")
            before = after
    return " ".join(words)


def main():
    zoneinfo.reset_tzpath(to=[])  # The package, not the files of the system.
    print(tzdata.__version__, tzdata.IANA_VERSION)
    for name in sorted(zoneinfo.available_timezones()):
        print(line(name))


if __name__ == "__main__":
    sys.exit(main())
