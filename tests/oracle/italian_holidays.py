"""Prints the Italian holidays of the PyPI package holidays.

First line: the version of the package. Then one line a year, 1950 to 2100:
`national <year> <date> <date> ...`. Then one line a subdivision with all its dates from
1995 to 2035, the national ones included: `local <code> <date> ...`; the code of a
single town is its name.
"""

import sys

import holidays

NATIONAL = range(1950, 2101)
LOCAL = range(1995, 2036)


def main():
    print(holidays.__version__)
    for year in NATIONAL:
        dates = sorted(holidays.country_holidays("IT", years=year))
        print("national", year, *dates)
    for code in holidays.IT.subdivisions:
        dates = sorted(holidays.country_holidays("IT", subdiv=code, years=LOCAL))
        print("local", code.replace(" ", "_"), *dates)


if __name__ == "__main__":
    sys.exit(main())
