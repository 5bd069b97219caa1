"""
The library itself; the package `floorwalker` exports it.
"""

from _typeshed import SupportsGetItem
from datetime import date, datetime, timedelta
from decimal import Decimal
from floorwalker._charts import Chart
from floorwalker._explain import Explanation
from floorwalker._types import Ages, Aliases, ByQueue, CalendarChanges, Calendars, Columns, Complaints, DatedWindows, Day, Duration, DurationOrColumn, Figures, HolidaysLike, Instant, InstantOrColumn, Instants, IntoTable, JsonObject, LimitLike, Names, NumberOrColumn, Path, Paths, Pauses, Ratio, Record, Records, Rule, Rules, Stretches, WeekWindows, Window, Zone, _ArrowTable, _PandasTable, _PolarsTable
from fractions import Fraction
from typing import Any, Literal, SupportsFloat, SupportsIndex, final

__all__ = ["AccessAudit", "AccessPolicy", "AdherenceTally", "Attendance", "Board", "Calendar", "CaseLog", "Clock", "Complaint", "ComplaintRules", "ComplaintTally", "Figure", "Holidays", "IntervalTally", "Limit", "Measure", "Opening", "Personal", "Placement", "PolicyBook", "PresenceBoard", "PseudonymSource", "QueueLog", "Reading", "Roster", "RosterReport", "ServiceLevel", "ServiceReport", "ShrinkageTree", "Survival", "Table", "accuracy", "adherence", "agent_figures", "agent_kpis", "agents_required", "attainment", "backtest", "board_events", "busy_times", "carry_over", "case_clocks", "check_roster", "complaint_figures", "complaint_kpis", "deadline", "erlang_b", "explain", "gross_up", "kpis", "ledger_balance", "lines_required", "most_calls", "open_lines", "performance", "place_operators", "predict", "presence", "procedure_faults", "read_cases", "read_queue_log", "replay", "rule_packs", "scheduled_agents", "service_level", "service_level_names", "service_levels", "service_report", "sessions", "tzdb_version", "waiting", "who_is_here"]

@final
class AccessAudit:
    """
    The record of all looks at figures about people, in the order in which they were taken.

    Every change gives a new one. ``entries`` are what ``to_dicts`` made, to go on after a
    restart.

    >>> import floorwalker as fw
    >>> policy = fw.AccessPolicy("coaching", "agreement of 12 May 2026", "person")
    >>> audit = fw.AccessAudit().with_read(policy, reader="mara", at="2026-03-02T08:00Z", what="scorecard", operator="anna")
    >>> [(row["reader"], row["operator"], row["granted"]) for row in audit.table().to_dicts()]
    [('mara', 'anna', True)]
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __new__(cls, entries: Record | None = None, /) -> AccessAudit: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def table(self, /, *, operator: str | None = None) -> Table:
        """
        One row for each look; with ``operator`` those at one operator, which they may ask for
        (GDPR art. 15). Looks at lists of operators name nobody and are not among those.
        """
    def to_dicts(self, /) -> list[JsonObject]:
        """
        The entries as plain objects.
        """
    def with_read(self, /, policy: AccessPolicy, *, reader: str, at: Instant, what: str, operator: str | None = None) -> AccessAudit:
        """
        The record with one more look: who looked, when, at what such as ``live_board`` or
        ``scorecard``, and at whom if it was one operator. A look by name that the policy does
        not permit is recorded as refused.
        """
    def without_before(self, at: Instant, /) -> AccessAudit:
        """
        The record without the entries before an instant.
        """

@final
class AccessPolicy:
    """
    The stated reason to look at figures about people.

    ``granularity`` is ``"team"`` (groups of at least ``min_group`` people), ``"pseudonym"``
    (numbers that change with every report) or ``"person"`` (names). In Italy, figures about
    single operators need an agreement with the unions or an authorisation (L. 300/1970 art.
    4), and a purpose, a basis and a retention everywhere in the European Union. The library
    cannot know whether the stated basis exists; it makes the host state one.

    >>> import floorwalker as fw
    >>> fw.AccessPolicy("coaching", "agreement with the unions of 12 May 2026", "person").min_group
    5
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, purpose: str, legal_basis: str, granularity: Literal["team", "pseudonym", "person"], *, min_group: SupportsIndex = 5, retention_days: SupportsIndex = 180) -> AccessPolicy: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str, str, str, int, int]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_parts(purpose: str, legal_basis: str, granularity: Literal["team", "pseudonym", "person"], min_group: SupportsIndex, retention_days: SupportsIndex) -> AccessPolicy:
        """
        What pickle calls.
        """
    @property
    def granularity(self, /) -> str:
        """
        How closely people may be looked at: ``team``, ``pseudonym`` or ``person``.
        """
    def keeps_until(self, made: Instant, /) -> datetime:
        """
        Until when figures are kept that were made at an instant, in UTC: ``retention_days`` of
        24 hours.

        >>> import floorwalker as fw
        >>> policy = fw.AccessPolicy("coaching", "agreement of 12 May 2026", "person")
        >>> policy.keeps_until("2026-03-02T08:00Z").isoformat()
        '2026-08-29T08:00:00+00:00'
        """
    @property
    def legal_basis(self, /) -> str:
        """
        What permits it.
        """
    @property
    def min_group(self, /) -> int:
        """
        The smallest group that may be shown as a group.
        """
    @property
    def purpose(self, /) -> str:
        """
        What the figures are for.
        """
    @property
    def retention_days(self, /) -> int:
        """
        After how many days the figures are to be deleted.
        """
    def suppress(self, people: SupportsGetItem[int, SupportsIndex], /) -> tuple[list[str], str]:
        """
        Which groups of a list may be shown beside their total, from the number of people in
        each: ``shown``, ``too_few``, or ``complementary`` where the total less the others would
        give one away that is too small; and what becomes of the total.

        This protects one list with one total. Tables with totals in two directions need more.

        >>> import floorwalker as fw
        >>> fw.AccessPolicy("monthly report", "agreement of 12 May 2026", "team").suppress([12, 3, 8, 20])
        (['shown', 'too_few', 'complementary', 'shown'], 'shown')
        """

@final
class AdherenceTally:
    """
    How the plan was followed minute by minute. Made by ``adherence``.

    "Adherence" has several definitions in the trade, and so has conformance: each is asked for
    by name. With ``agent`` an answer is about one operator, which the policy must permit;
    without it, about all together, who must be enough for the policy.
    """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def adherence(self, /, convention: str, policy: AccessPolicy, *, agent: str | None = None) -> Measure:
        """
        Adherence by a convention: ``exception_based`` (1 - exceptions / scheduled),
        ``exception_based_outside_work`` (work outside the schedule is added to both),
        ``neutral_aware`` (in adherence / (scheduled - neutral)), ``in_plan`` (in adherence /
        scheduled) or ``in_plan_outside_logged_in`` (.. / (scheduled + logged in outside)).
        """
    def conformance(self, /, rule: str, policy: AccessPolicy, *, agent: str | None = None, silence: str = ...) -> Measure:
        """
        Conformance: actual / scheduled time, more than the whole if more was worked.

        ``rule`` is ``total`` (logged in / scheduled) or ``work`` (ready or in contact /
        scheduled work); ``silence`` says what no state at all means: ``is_unknown`` or
        ``is_absence``.
        """
    def shrinkage(self, /, rule: str, policy: AccessPolicy, *, agent: str | None = None) -> Measure:
        """
        Observed shrinkage: ``planned_shrinkage``, ``actual_shrinkage`` or
        ``absence_shrinkage``.
        """
    def times(self, /, policy: AccessPolicy, *, agent: str | None = None) -> dict[str, timedelta]:
        """
        The times behind the shares: scheduled, in adherence, neutral, out, and so on.
        """

@final
class Attendance:
    """
    How the shifts of operators were kept. Made by ``presence``.
    """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def days(self, /, policy: AccessPolicy, *, agent: str | None = None, absence_kinds: str | None = None) -> Table:
        """
        One row for each operator and work day: how the shift was kept (``class``), when they
        were there, what counts as worked and what is paid, with night, Sunday, holiday and
        overtime. Needs a policy that permits looking at single people.

        ``absence_kinds`` says whether kinds of absence may be seen: ``None`` hides them,
        ``"open"`` shows those that are not confidential, any other text is the basis on which
        all are shown.
        """
    def repairs(self, /, policy: AccessPolicy, *, agent: str | None = None) -> Table:
        """
        What was mended in the punches: by which rule, from what to what, how sure, by whom.
        Needs a policy that permits looking at single people.
        """
    def team(self, /, first: Day, last: Day, policy: AccessPolicy) -> JsonObject:
        """
        The days and minutes of all operators together, from one date to another, the last
        included; the group must be large enough for the policy.
        """

@final
class Board:
    """
    The live board: fed with the events of a telephone system, it tells what happens now in each
    queue and at each operator, where the service level is going, and what is out of order.

    ``level`` is what the service level counts over each interval of ``every``. ``usual_alarms``
    is a target such as ``"0.8"``: with it, alarms are raised at usual limits. ``rules`` are plain
    objects that differ: ``wait`` and ``call`` (timedeltas, how long they may last),
    ``state_secs`` (by state), ``risk`` (``target_permille``, ``min_contacts``,
    ``pace_contacts``, ``expected``), ``out_secs``, ``silence_secs`` (by feed),
    ``lateness_secs``, ``wrap_up``, ``forget_secs``, ``keep``. A ``roster`` is the plan that
    operators are compared with.

    An event is a dict with ``at``, ``what`` and, by what happened, ``leg``, ``queue``, ``kind``,
    ``agent``, ``outcome``, ``state``, ``feed``; a ``number`` of the source orders events at one
    instant. ``what`` is ``entered``, ``answered``, ``left``, ``released``, ``wrapped_up``,
    ``state`` or ``alive``; a state is one of the library's such as ``ready``, ``logged_out``, or
    any other word, which is then one that nobody can map.

    The board changes as it is fed, so it is neither compared nor pickled: keep the events, which
    make the same board again. Threads may share it.

    >>> import floorwalker as fw
    >>> board = fw.Board("2026-03-02T08:00Z", zone="UTC", level="offered(20s)")
    >>> board.push({"at": "2026-03-02T08:00:00Z", "what": "entered", "leg": "1", "queue": "sales"})
    >>> board.push({"at": "2026-03-02T08:00:10Z", "what": "entered", "leg": "2", "queue": "sales"})
    >>> board.push({"at": "2026-03-02T08:00:15Z", "what": "answered", "leg": "1", "agent": "anna"})
    >>> board.advance("2026-03-02T08:00:40Z")
    >>> [(row["queue"], row["waiting"], row["longest_wait"].seconds, row["so_far"]) for row in board.queues().to_dicts()]
    [('sales', 1, 30, 1.0)]
    """
    def __new__(cls, /, start: Instant, *, zone: Zone, level: Rule, every: str = ..., usual_alarms: Ratio | None = None, rules: Record | None = None, roster: Roster | None = None) -> Board: ...
    def __repr__(self, /) -> str: ...
    def advance(self, now: Instant, /) -> None:
        """
        It is ``now``: settles what nothing is expected to precede any more. Call it once a
        second or so; between calls only events move the board.
        """
    def agents(self, policy: AccessPolicy, /) -> Table:
        """
        One row for each operator: what they do and since when, what is planned, how they stand
        to it and what that does to the floor. Needs a policy that permits looking at single
        people.
        """
    def alarms(self, /, policy: AccessPolicy | None = None) -> Table:
        """
        The alarms that are raised about queues and feeds, and, with a policy that permits
        looking at single people, those about operators.
        """
    @property
    def at(self, /) -> datetime:
        """
        The instant that is settled: what came before it counts.
        """
    def changes(self, /, policy: AccessPolicy | None = None) -> Table:
        """
        The alarms that were raised and cleared since this was last asked, in order: about queues
        and feeds, or, with a policy, about operators instead.
        """
    def extend(self, events: Records, /) -> None:
        """
        Takes many events in their order: a list of dicts or a table, such as ``board_events``
        makes of a log.
        """
    @property
    def finding_counts(self, /) -> dict[str, int]:
        """
        How often each kind of finding came.
        """
    def findings(self, /) -> Table:
        """
        What was odd about the events, the latest: ``late``, ``duplicate``, ``unknown_contact``,
        ``out_of_step``, ``answered_logged_out``, ``given_up``. ``finding_counts`` has all.
        """
    @property
    def forgotten_changes(self, /) -> int:
        """
        How many changes were forgotten before anybody asked for them.
        """
    @property
    def pending(self, /) -> int:
        """
        How many events wait to be settled.
        """
    def provisional(self, /) -> Board:
        """
        A board that shows what is not settled yet as if nothing else came; this one stays as it
        is.
        """
    def push(self, event: Record, /) -> None:
        """
        Takes an event.
        """
    def queues(self, /) -> Table:
        """
        One row for each queue: who waits and for how long, who talks, what entered, was answered
        and given up in the running interval, and its service level: ``so_far``, ``expected`` if
        it goes on like the last contacts, and the ``best`` that is still possible where
        contacts are forecast.
        """
    def replan(self, roster: Roster, /) -> None:
        """
        Takes another plan, from the instant that is settled on.
        """
    def rules(self, /) -> JsonObject:
        """
        The rules as plain objects.
        """
    def team(self, /, policy: AccessPolicy, *, members: Record | None = None) -> JsonObject:
        """
        What a group of operators does now, in heads: ``people``, ``here``, ``ready``, ``busy``,
        ``elsewhere``, ``unknown``, ``planned``, and ``net_staffing``, which is below 0 where
        people are missing. The group must be large enough for the policy; without ``members``
        it is all operators.
        """

@final
class Calendar:
    """
    When a place is open: the windows of a normal week, holidays, other windows on some dates,
    breaks; in a time zone.

    * ``hours``: a dict from weekdays (``mon`` to ``sun``, ranges such as ``mon-fri``,
      ``every_day``) to one window such as ``"09:00-17:00"`` or several; a window whose end comes
      before its start goes over midnight, and ``24:00`` is the end of a day
    * ``holidays``: ``Holidays``, ``"IT"``, a list of dates, or a dict from dates to names
    * ``overrides``: other windows on some dates, an empty list to stay closed; a holiday closes
      the date all the same unless ``override_beats_holiday``
    * ``breaks`` and ``weekly_breaks``: windows that are taken away, by date and by weekday
    * ``holiday_scope``: a holiday closes its ``calendar_day`` from midnight to midnight, or the
      shifts that open on it (``opening_day``)
    * ``boundaries``: the ends of windows on the night of a clock change, ``compatible`` with
      RFC 5545 or by the ``wall_clock``

    Elapsed time is real time: a day that is open all around counts 23, 24 or 25 hours. Questions
    take single instants, or columns of polars, pandas, numpy or pyarrow, or lists, and answer in
    kind; a value beside a column holds for every row. Columns without a time zone, as those of
    numpy, need ``naive``: the zone whose clock they show.

    >>> import floorwalker as fw
    >>> office = fw.Calendar("Europe/Rome", {"mon-fri": ["09:00-13:00", "14:00-18:00"]}, holidays="IT")
    >>> office.elapsed("2026-06-01T17:00+02:00", "2026-06-03T10:00+02:00")  # 2 June is a holiday
    datetime.timedelta(seconds=7200)
    >>> str(office.add("2026-06-01T17:00+02:00", "2h"))
    '2026-06-03 10:00:00+02:00'
    >>> office.is_open(["2026-06-01T17:00+02:00", "2026-06-02T17:00+02:00"])
    [True, False]
    """
    def __and__(self, other: object, /) -> Calendar: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, zone: Zone, hours: WeekWindows, *, holidays: HolidaysLike | None = None, overrides: DatedWindows | None = None, breaks: DatedWindows | None = None, weekly_breaks: WeekWindows | None = None, override_beats_holiday: bool = False, holiday_scope: Literal["calendar_day", "opening_day"] = ..., boundaries: Literal["compatible", "wall_clock"] = ...) -> Calendar: ...
    def __or__(self, other: object, /) -> Calendar: ...
    def __rand__(self, other: object, /) -> Calendar: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __ror__(self, other: object, /) -> Calendar: ...
    def add(self, start: InstantOrColumn, amount: DurationOrColumn, /, *, naive: Zone | None = None) -> Any:
        """
        When so much open time has passed. In a column, no value where the place does not open
        for so long; of single values, an error.

        An amount that runs out exactly at closing gives the closing; see ``reopens``.
        """
    def add_business_days(self, date: Day, days: SupportsIndex, /) -> date:
        """
        The business day so many after (or before) a date, which itself is never counted.
        """
    def add_days(self, start: Instant, days: SupportsIndex, /) -> datetime:
        """
        The same time of day so many business days later (or earlier), moved to when the place
        is open.
        """
    @staticmethod
    def always_open(zone: Zone, /) -> Calendar:
        """
        Open around the clock, every day.
        """
    def business_days(self, start: Day, end: Day, /) -> list[date]:
        """
        The business days from one date up to, but without, another.
        """
    def business_days_between(self, start: Day, end: Day, /) -> int:
        """
        How many business days lie after the first date and not after the second.
        """
    @staticmethod
    def closed(zone: Zone, /) -> Calendar:
        """
        Never open: for joining with others.
        """
    def closing(self, date: Day, /) -> datetime | None:
        """
        When the last window of a date closes; ``None`` if none opens on it.
        """
    def elapsed(self, start: InstantOrColumn, end: InstantOrColumn, /, *, naive: Zone | None = None) -> Any:
        """
        How much open time lies between two instants; negative if the second is the earlier.
        """
    @staticmethod
    def from_json(record: Record, /) -> Calendar:
        """
        Hours from plain objects or from their text in JSON, as ``to_dict`` and ``to_json``
        make them; also one calendar alone, with ``zone``, ``hours`` and so on.
        """
    @property
    def holidays(self, /) -> Holidays | None:
        """
        The holidays, if these are the hours of one calendar.
        """
    def is_business_day(self, date: Day, /) -> bool:
        """
        Whether a window opens on a date.
        """
    def is_open(self, at: InstantOrColumn, /, *, naive: Zone | None = None) -> Any:
        """
        Whether the place is open.
        """
    def next_close(self, at: InstantOrColumn, /, *, naive: Zone | None = None) -> Any:
        """
        When the window closes that is open, or that opens next; ``None`` if there is none.
        """
    def next_open(self, at: InstantOrColumn, /, *, naive: Zone | None = None) -> Any:
        """
        The instant itself if the place is open, otherwise when it opens; ``None`` if it never does.
        """
    def prev_open(self, at: InstantOrColumn, /, *, naive: Zone | None = None) -> Any:
        """
        The latest instant until which the place was open, not after the given one; ``None`` if
        there is none.
        """
    def reopens(self, start: Instant, amount: Duration, /) -> datetime | None:
        """
        Until when no more than so much open time has passed: later than the answer of ``add``
        where that is a closing, namely the next opening. ``None`` if it never opens again.
        """
    def sub(self, end: InstantOrColumn, amount: DurationOrColumn, /, *, naive: Zone | None = None) -> Any:
        """
        The latest instant from which so much open time passes until the given one. In a
        column, no value where there was not so much; of single values, an error.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The hours as plain objects.
        """
    def to_json(self, /) -> str:
        """
        The hours as a text in JSON.
        """
    @staticmethod
    def versions(first: Calendar, changes: CalendarChanges) -> Calendar:
        """
        Hours that change: ``first``, and from the instant of each pair of ``changes`` on the
        calendar of that pair. What was elapsed before a change stays.
        """
    def windows(self, window: Window, /) -> list[tuple[datetime, datetime]]:
        """
        The open windows of a stretch of time, as pairs of instants, cut at its ends.

        ``window`` is a pair of instants, or of dates of which the second is not part.
        """
    @property
    def zone(self, /) -> str:
        """
        The name of the time zone; of joined hours, that of the first.
        """

@final
class CaseLog:
    """
    What was read of a log of cases. Made by ``read_cases``.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def figures(self, /, *, calendar: Calendar, window: Window, ages: Ages | None = None, repeat_days: SupportsIndex | None = None) -> ComplaintTally:
        """
        The cases counted over a window, as for ``complaint_figures``.
        """
    def findings(self, /) -> Table:
        """
        What was odd: one row for each finding, with kind, line and what was there.
        """
    @property
    def rows(self, /) -> int:
        """
        How many rows the log had, without the header.
        """
    def table(self, /) -> Table:
        """
        One row for each case: when it was opened and closed, its topic, customer, priority,
        whether the standard was kept, how often it was opened again and passed on.
        """

@final
class Clock:
    """
    One promise on one case: so much business time from a start, without pauses.

    ``pauses`` are pairs of instants, the second ``None`` while a pause lasts; ``stop`` is when
    the promised thing was done. A clock is breached when more than its target has elapsed, never
    because now is after the due instant: with a target that runs out at closing on Friday, an
    answer on Sunday is in time.

    >>> import floorwalker as fw
    >>> office = fw.Calendar("Europe/Rome", {"mon-fri": "09:00-17:00"})
    >>> clock = fw.Clock("2026-06-05T15:00+02:00", "2h")
    >>> reading = clock.reading(office, "2026-06-07T12:00+02:00")  # Sunday
    >>> reading.state, reading.ratio, str(reading.due), str(reading.due_reopen)
    ('running', Fraction(1, 1), '2026-06-05 17:00:00+02:00', '2026-06-08 09:00:00+02:00')
    >>> clock.reading(office, "2026-06-08T09:00:01+02:00").state
    'breached'
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, start: Instant, target: Duration, *, pauses: Pauses | None = None, stop: Instant | None = None) -> Clock: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def from_json(record: Record, /) -> Clock:
        """
        A clock from plain objects or from their text in JSON.
        """
    def reading(self, calendar: Calendar, as_of: Instant, /) -> Reading:
        """
        What the clock shows at an instant.
        """
    def time_at(self, calendar: Calendar, ratio: Ratio, /) -> datetime:
        """
        The instant at which this part of the target is used, such as ``0.75``: for timers, so
        that nobody has to look again and again.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The clock as plain objects; instants and durations are in milliseconds.
        """
    def with_waiver(self, /, at: Instant, cause: str, evidence: str) -> Clock:
        """
        The same clock, not counted from an instant on.

        ``cause`` is ``force_majeure``, ``customer``, ``third_party`` or ``legal_hold``;
        ``evidence`` is the document or the fact that proves it.
        """

@final
class Complaint:
    """
    A complaint: the sum of its events, which say what happened, when, and when it was recorded.

    It never changes: ``carry_out`` gives the complaint with the new events. A step that the
    procedure does not allow is a ``RefusedError`` with the reason. What is recorded late, or
    puts an earlier event right, is judged together with all that came after. Events are chained
    by checksums; personal data lie beside them and can be erased.

    >>> import floorwalker as fw
    >>> rules = fw.ComplaintRules({"office": fw.Calendar.always_open("Europe/Rome")})
    >>> letter = fw.Personal("R-1/letter", "My bill is wrong")
    >>> complaint = fw.Complaint.open(rules, "R-1", {"channel": "letter", "text": letter},
    ...                               at="2026-05-04T10:00+02:00", actor="desk")
    >>> complaint = complaint.carry_out(
    ...     "register", {"anonymous": True, "customers": 1, "issues": [{"issue": "1", "topic": "billing"}]},
    ...     at="2026-05-04T11:00+02:00", actor="desk")
    >>> complaint.stage, len(complaint.events), complaint.personal("R-1/letter")
    ('registered', 2, 'My bill is wrong')
    >>> erased = complaint.erase("R-1/letter")
    >>> erased.verify(), erased.personal("R-1/letter")
    (None, None)
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[ComplaintRules, str]]: ...
    def __repr__(self, /) -> str: ...
    def as_known(self, at: Instant, /) -> JsonObject | None:
        """
        The state as it was known at an instant: by what had been recorded.
        """
    def as_of(self, at: Instant, /) -> JsonObject | None:
        """
        The state after what had happened by an instant, with all that is known today;
        ``None`` before receipt.
        """
    def carry_out(self, /, step: str, details: Record | None = None, *, at: Instant, actor: str, recorded: Instant | None = None, role: str | None = None, to: str | None = None, on_behalf_of: str | None = None, others: Complaints | None = None) -> Complaint:
        """
        The complaint after a step.

        * ``details``: what the step needs, such as ``{"to": "anna"}`` for ``assign``
        * ``at``: when it happens or has happened, ``actor``: who does it
        * ``recorded``: when it is recorded; without it, as it happens
        * ``role``, ``on_behalf_of``, ``to``: in which role, for whom, to which state, if that matters
        * ``others``: complaints beside it, for mergers
        """
    def carry_out_due(self, /, now: Instant, *, actor: str) -> Complaint:
        """
        The complaint after what is due by itself: escalations, and an ending by silence.
        """
    @property
    def case(self, /) -> JsonObject:
        """
        The whole state as plain objects: the sum of all events.
        """
    @property
    def closed(self, /) -> datetime | None:
        """
        When handling ended, in UTC; ``None`` while it is open.
        """
    def decide(self, /, step: str, details: Record | None = None, *, at: Instant, actor: str, recorded: Instant | None = None, role: str | None = None, to: str | None = None, on_behalf_of: str | None = None, others: Complaints | None = None) -> list[JsonObject]:
        """
        What a step would lead to: the new events as plain objects. Nothing is changed.
        """
    def erase(self, key: str, /) -> Complaint:
        """
        The complaint without a personal text. The events stay, and so does their chain.
        """
    @property
    def events(self, /) -> list[JsonObject]:
        """
        The events as plain objects, in the order in which they were recorded.
        """
    @staticmethod
    def from_json(rules: ComplaintRules, record: Record, /) -> Complaint:
        """
        A complaint from its events, as ``to_dict`` and ``to_json`` make them. A broken chain, or
        events that cannot have happened by the rules, are a ``RefusedError``.
        """
    @property
    def id(self, /) -> str:
        """
        The number of the case.
        """
    def indemnities(self, as_of: Instant, /) -> dict[str, tuple[Decimal, str]]:
        """
        The indemnities that have become due, by policy: amount and currency.
        """
    @property
    def level(self, /) -> int:
        """
        How high it was escalated; 0 for not at all.
        """
    def next_wake(self, now: Instant, /) -> datetime | None:
        """
        When to look again: the next instant at which something is due by itself.
        """
    def obligations(self, as_of: Instant, /) -> Table:
        """
        What is due, by whom, until when: one row for each clock of the procedure and each
        policy that is bound.
        """
    @staticmethod
    def open(rules: ComplaintRules, id: str, receipt: Record, *, at: Instant, actor: str, recorded: Instant | None = None) -> Complaint:
        """
        A complaint that came in. ``receipt`` has ``channel``, ``text`` and, if known,
        ``complainant``, ``customer`` and ``subject``; ``recorded`` is when it was recorded,
        without it, as it came in.
        """
    def personal(self, key: str, /) -> str | None:
        """
        A personal text by its key; ``None`` if there is none, or it was erased.
        """
    @property
    def received(self, /) -> datetime:
        """
        When it was received, in UTC.
        """
    @property
    def rules(self, /) -> ComplaintRules:
        """
        By what it is handled.
        """
    @property
    def stage(self, /) -> str:
        """
        Where it stands, such as ``investigating``: the same words for every procedure.
        """
    @property
    def state(self, /) -> str:
        """
        Where it stands, by the procedure of the company.
        """
    @property
    def steps(self, /) -> list[str]:
        """
        The steps that the procedure allows from here, as far as the state says.
        """
    @property
    def tip(self, /) -> str:
        """
        The checksum of the last event: who keeps it elsewhere notices every later change.
        """
    def to_dict(self, /) -> JsonObject:
        """
        Events and personal texts as plain objects.
        """
    def to_json(self, /) -> str:
        """
        Events and personal texts as a text in JSON.
        """
    def unseal(self, seal: Record, /) -> tuple[str | None, str]:
        """
        What is behind a seal of an event: its text, and whether it is ``intact``, ``changed``
        or ``erased``.
        """
    def verify(self, /) -> None:
        """
        Checks the chain of checksums, and that every event could happen by the rules; an
        ``RefusedError`` says which one could not.
        """

@final
class ComplaintRules:
    """
    By what complaints are handled: the procedure of a company, the policies of law, and the
    calendars that both name.

    ``procedure`` is a plain object or its text in JSON; without it, the one after ISO 10002,
    whose clocks need a calendar ``office``. An impossible procedure is a ``DataError`` that lists
    its faults. ``policies`` are those of this package, unless others are given.

    >>> import floorwalker as fw
    >>> office = fw.Calendar("Europe/Rome", {"mon-fri": "09:00-18:00"}, holidays="IT")
    >>> rules = fw.ComplaintRules({"office": office})
    >>> rules.steps_from("received")[:2]
    ['register', 'assign']
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, calendars: Calendars, *, procedure: Record | None = None, policies: PolicyBook | None = None) -> ComplaintRules: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def from_json(record: Record, /) -> ComplaintRules:
        """
        Rules from plain objects or from their text in JSON, as ``to_dict`` makes them.
        """
    @property
    def policies(self, /) -> PolicyBook:
        """
        The policies.
        """
    @property
    def procedure(self, /) -> JsonObject:
        """
        The procedure as plain objects.
        """
    def steps_from(self, state: str, /) -> list[str]:
        """
        The steps that can be taken in a state of the procedure.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The rules as plain objects.
        """

@final
class ComplaintTally:
    """
    Complaints counted over a window: mergeable, and asked for figures.

    Adding the tallies of two stretches that follow each other, or of two teams, with ``merge``
    equals counting all at once. Made by ``complaint_figures`` and by ``CaseLog.figures``.

    >>> import floorwalker as fw
    >>> log = fw.read_cases({"number": ["7", "8"], "opened": ["2026-05-04 09:00", "2026-05-05 09:00"],
    ...                      "closed": ["2026-05-06 09:00", None]},
    ...                     {"shape": "cases", "case": "number", "opened": "opened", "closed": "closed",
    ...                      "time": {"format": "%Y-%m-%d %H:%M", "zone": "Europe/Rome"}})
    >>> tally = log.figures(window=("2026-05-01", "2026-06-01"), calendar=fw.Calendar.always_open("Europe/Rome"))
    >>> print(tally.figure("complaints_open"), tally.figure("complaints_received"))
    1 2
    >>> [row for row in tally.ageing().to_dicts() if row["count"]][0]["from"].days
    15
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def ageing(self, /) -> Table:
        """
        How old the open ones are: one row for each class of age, the last without an end.
        """
    def causes(self, /) -> Table:
        """
        Why they happened, the most frequent first, with running shares (Pareto).
        """
    @property
    def disordered(self, /) -> int:
        """
        How many ended before they began, and count as received only.
        """
    def figure(self, name: str, /) -> Figure:
        """
        One indicator; ``complaint_kpis()`` lists the names.
        """
    def figures(self, /) -> list[Figure]:
        """
        All figures: the indicators, the standards, the steps, the indemnities.
        """
    @staticmethod
    def from_json(record: Record, /) -> ComplaintTally:
        """
        A tally from plain objects or from their text in JSON.
        """
    def merge(self, other: ComplaintTally, /) -> ComplaintTally:
        """
        Both together; a ``MergeError`` if they were counted by different settings.
        """
    @property
    def outside(self, /) -> int:
        """
        How many were left out, because they were neither received, open nor closed in the window.
        """
    def overdue_ageing(self, /) -> Table:
        """
        How long a standard has been missed by those that are open.
        """
    def per_thousand_contacts(self, contacts: SupportsIndex, /) -> Figure:
        """
        How many came in for each thousand of so many contacts.
        """
    @property
    def standards(self, /) -> list[str]:
        """
        The names of the standards that were counted.
        """
    def step_mean(self, step: str, /) -> Figure:
        """
        The mean business time of a step.
        """
    def step_percentile(self, step: str, percent: SupportsIndex, /) -> Figure:
        """
        The business time within which so many percent of a step were done, by the nearest
        rank, such as ``step_percentile("to_close", 90)``.
        """
    @property
    def steps(self, /) -> list[str]:
        """
        The names of the steps that were measured.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The counts as plain objects: what merging needs, and nothing about a single person
        except the pseudonyms of customers.
        """
    def topics(self, /) -> Table:
        """
        What complaints are about, the most frequent first, with running shares (Pareto).
        """
    def within_standard(self, standard: str, /) -> Figure:
        """
        The share that kept a standard; waived ones are not counted.
        """

@final
class Figure:
    """
    A figure with everything that made it: numerator, denominator, rule, window.

    Undefined is ``None``, never 0 or 1: the service level of no calls is not known.

    >>> import floorwalker as fw
    >>> level = fw.Figure("service_level", "ratio", 236, 329,
    ...                   window=("2025-10-24T22:00Z", "2025-10-25T22:00Z"))
    >>> print(level)
    236/329 = 71.7 %
    >>> level.exact, level.rounded(4)
    (Fraction(236, 329), Decimal('0.7173'))
    >>> level.value > 0.7
    True
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, name: str, unit: str, numerator: SupportsIndex, denominator: SupportsIndex, *, window: Instants, rule: Rule | None = None) -> Figure:
        """
        A figure from its parts.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str, str, int, int, tuple[str, str], ServiceLevel | None]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def _from_parts(name: str, unit: str, numerator: SupportsIndex, denominator: SupportsIndex, window: Instants, rule: Rule | None) -> Figure:
        """
        What pickle calls.
        """
    def _repr_html_(self, /) -> str: ...
    @property
    def denominator(self, /) -> int:
        """
        The lower number: contacts, or milliseconds. 0 where the figure is undefined.
        """
    @property
    def exact(self, /) -> Fraction | None:
        """
        The exact value in its unit as a ``fractions.Fraction``; ``None`` where it is undefined.
        """
    @property
    def name(self, /) -> str:
        """
        The name of the indicator.
        """
    @property
    def numerator(self, /) -> int:
        """
        The upper number: contacts, or milliseconds.
        """
    def rounded(self, places: SupportsIndex, /) -> Decimal | None:
        """
        The value as a ``decimal.Decimal`` with ``places`` digits after the point (at most 12),
        a half rounded to the even digit; ``None`` where it is undefined.
        """
    @property
    def rule(self, /) -> ServiceLevel | None:
        """
        The service-level rule, if the figure is a service level.
        """
    @property
    def unit(self, /) -> str:
        """
        What it is measured in: ``count``, ``ratio``, ``milliseconds``, ``erlangs``,
        ``per_hour`` or ``heads``.
        """
    @property
    def value(self, /) -> float | None:
        """
        The value as the nearest float; ``None`` where it is undefined.
        """
    @property
    def window(self, /) -> tuple[datetime, datetime]:
        """
        The time it is about, in UTC; the second instant is not part of it.
        """

@final
class Holidays:
    """
    Days on which a place is closed: single dates, and rules for every year.

    ``dates`` is a list of dates or a dict from dates to names; the holidays of the package of
    that name on the package index are such a dict.

    >>> import floorwalker as fw
    >>> milan = fw.Holidays.italy(patron="Milano") | fw.Holidays({"2026-12-24": "half the team is off"})
    >>> milan.name_on("2026-12-07"), "2026-12-24" in milan, "2026-12-23" in milan
    ("Sant'Ambrogio", True, False)
    """
    def __contains__(self, date: Day, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, dates: HolidaysLike, /) -> Holidays: ...
    def __or__(self, other: object, /) -> Holidays: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __ror__(self, other: object, /) -> Holidays: ...
    def between(self, /, first: Day, last: Day) -> list[tuple[date, str]]:
        """
        All holidays from one date to another, both included, each with its name.
        """
    @staticmethod
    def from_ical(text: str, years: tuple[SupportsIndex, SupportsIndex]) -> Holidays:
        """
        The all-day events of a text in the iCalendar format, in the years of the pair
        ``years``, both included. What is not understood is a warning with its line.
        """
    @staticmethod
    def italy(*, patron: str | None = None, easter: bool = False) -> Holidays:
        """
        The national holidays of Italy in every year, from 2026 on with 4 October.

        ``patron`` is a town whose own holiday is added, ``easter`` adds Easter Sunday.
        """
    def name_on(self, date: Day, /) -> str | None:
        """
        The name of the holiday on a date, ``None`` if it is none.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The set as plain objects, as JSON has them.
        """

@final
class IntervalTally:
    """
    Counts of contacts by queue and interval, from which figures are asked.

    It is made by ``service_levels``. It is a table of the service levels for every library
    with the Arrow interface, and gives more figures with ``table``. Tallies of parts merge
    into the tally of the whole, however the contacts were split and in whatever order.

    >>> import floorwalker as fw
    >>> from datetime import datetime, timedelta, timezone
    >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
    >>> legs = {"queue": ["sales"] * 3, "arrived": [nine] * 3, "wait_s": [12, 20, 21]}
    >>> tally = fw.service_levels(legs, every="30m", zone="Europe/Rome", rules="offered(20s)")
    >>> print(tally.figure("service_level"))
    2/3 = 66.7 %
    >>> print(tally.figure("asa", queue="sales", at="2026-03-02T09:10+01:00"))
    17.7 s
    >>> tally.merge(tally).figure("offered").value
    6.0
    """
    def __arrow_c_stream__(self, /, requested_schema: Any | None = None) -> object:
        """
        The Arrow interface: a stream of the table of service levels.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[Table, str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_state(state: IntoTable, by: Literal["queue", "all"]) -> IntervalTally:
        """
        What pickle calls.
        """
    def _repr_html_(self, /) -> str: ...
    @property
    def attribution(self, /) -> str:
        """
        Which instant of a contact decided its interval.
        """
    @property
    def every(self, /) -> str:
        """
        The length of the intervals.
        """
    def figure(self, name: str, /, *, queue: Names | None = None, at: Instant | None = None, window: Window | None = None) -> Figure:
        """
        One figure: an indicator by its name, of some queues and some time.

        ``queue`` is a name or a list of names, all queues without it. ``at`` is an instant of
        the interval that is meant; ``window`` a pair of instants or dates, of which the whole
        intervals inside are taken; everything without either.
        """
    @staticmethod
    def from_state(state: IntoTable, /, *, by: Literal["queue", "all"] = ...) -> IntervalTally:
        """
        The tally of a state, or of several in one table or a list of tables: merged.

        >>> import floorwalker as fw
        >>> from datetime import datetime, timezone
        >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
        >>> legs = {"queue": ["sales"], "arrived": [nine], "wait_s": [12]}
        >>> part = fw.service_levels(legs, every="day", zone="UTC", rules="offered(20s)")
        >>> whole = fw.IntervalTally.from_state([part.state(), part.state()])
        >>> whole == part.merge(part)
        True
        """
    @property
    def left_out(self, /) -> dict[str, int]:
        """
        How many contacts belong to no interval: ``outside_window``, and ``without_instant``,
        which have not reached the instant that the attribution asks for.
        """
    def merge(self, /, other: IntervalTally) -> IntervalTally:
        """
        The tally of both parts together. Both must have been made with the same settings.
        """
    def plot(self, /, figure: str = ..., *, by: Literal["queue", "all"] | None = None, target: SupportsFloat | SupportsIndex | None = None) -> Chart:
        """
        A figure over time as a chart: of Altair where it is installed, else plain HTML.

        ``figure`` is the name of a figure as for ``table``; ``target`` draws a line.
        """
    @property
    def queues(self, /) -> list[str]:
        """
        The queues, in alphabetical order.
        """
    @property
    def rules(self, /) -> list[ServiceLevel]:
        """
        The rules that were counted for; the first is the main one.
        """
    def service_level(self, rule: Rule, /, *, queue: Names | None = None, at: Instant | None = None, window: Window | None = None) -> Figure:
        """
        The service level by ``rule``, of some queues and some time (see ``figure``).

        The rule must be one that was counted for, or have the same threshold as one.
        """
    def service_level_bounds(self, rule: Rule, /, *, queue: Names | None = None, at: Instant | None = None, window: Window | None = None) -> tuple[Figure, Figure]:
        """
        The service level by a rule that was not counted for, from the waits that were kept:
        the lowest and the highest figure it can be. They are equal where waits were kept
        exactly, or where the threshold is an edge of the histogram.
        """
    def state(self, /) -> Table:
        """
        The state as a table: to be stored, sent to another machine, or written to Parquet.

        Tables of several states may be appended, cut and shuffled by rows; ``from_state``
        makes one tally of them.
        """
    def table(self, /, figures: Figures | None = None, *, by: Literal["queue", "all"] | None = None) -> Table:
        """
        Figures as a long table: one row for each queue, interval and figure.

        ``figures`` are names of indicators such as ``"asa"`` (``kpis()`` lists all), percentiles
        of the waits of answered contacts such as ``"wait_p90"``, rules such as
        ``"offered(20s)"``, or ``"service_level"`` for every rule that was counted for. Without
        it, the table has the service levels. ``by`` is ``"queue"`` or ``"all"`` (all queues
        pooled); without it, as given to ``service_levels``.

        Intervals without contacts are rows too; a figure that is not defined there is null.
        To pool rows, add the numerators and the denominators: a mean of means is wrong.
        """
    def to_arrow(self, /) -> _ArrowTable:
        """
        The table of service levels as a ``pyarrow.Table``.
        """
    def to_pandas(self, /) -> _PandasTable:
        """
        The table of service levels as a ``pandas.DataFrame``.
        """
    def to_polars(self, /) -> _PolarsTable:
        """
        The table of service levels as a ``polars.DataFrame``.
        """
    def wait_percentile(self, percent: SupportsFloat | SupportsIndex, /, *, of: Literal["answered", "abandoned", "callback", "flow_out"] = ..., linear: bool = False, queue: Names | None = None, at: Instant | None = None, window: Window | None = None) -> Figure:
        """
        A percentile of the waits, of some queues and some time (see ``figure``).

        ``percent`` is above 0 and at most 100. ``of`` is ``"answered"``, ``"abandoned"``,
        ``"callback"`` or ``"flow_out"``. By nearest rank, or interpolated with ``linear``.
        """
    @property
    def window(self, /) -> tuple[datetime, datetime] | None:
        """
        From the start of the first interval to the end of the last, in UTC; ``None`` without
        intervals.
        """
    @property
    def zone(self, /) -> str:
        """
        The time zone of the intervals.
        """

@final
class Limit:
    """
    A duration that waits are compared with, the same for all queues but the named ones.

    >>> import floorwalker as fw
    >>> limit = fw.Limit("20s", {"care": "30s"})
    >>> limit.of("sales"), limit.of("care")
    (datetime.timedelta(seconds=20), datetime.timedelta(seconds=30))
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, default: Duration, by_queue: ByQueue | None = None, /) -> Limit: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str, dict[str, str]]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def by_queue(self, /) -> dict[str, timedelta]:
        """
        The exceptions, by queue.
        """
    @property
    def default(self, /) -> timedelta:
        """
        The limit of the queues that are not named.
        """
    def of(self, /, queue: str) -> timedelta:
        """
        The limit of a queue.
        """

@final
class Measure:
    """
    A measured share: its numerator and denominator, and why there is no number if there is
    none. It bears the name of its rule, because the trade has several for the same word.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def denominator(self, /) -> int:
        """
        The lower number, in milliseconds.
        """
    @property
    def exact(self, /) -> Fraction | None:
        """
        The exact share; ``None`` where it is undefined or without bound.
        """
    @property
    def name(self, /) -> str:
        """
        The name of the rule, such as ``exception_based``.
        """
    @property
    def numerator(self, /) -> int:
        """
        The upper number, in milliseconds.
        """
    def percent(self, places: SupportsIndex = 2, /) -> Decimal | None:
        """
        The share in percent as a ``decimal.Decimal``; ``None`` where there is no number.
        """
    @property
    def value(self, /) -> float | None:
        """
        The share as the nearest float, ``inf`` without bound, ``None`` where it is undefined.
        """
    @property
    def why(self, /) -> str | None:
        """
        Why there is no number, such as ``no_actual_data``; ``None`` if there is one.
        """

@final
class Opening:
    """
    Whether the lines may open at an instant. Made by ``open_lines``.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def at(self, /) -> datetime:
        """
        For when.
        """
    def candidates(self, policy: AccessPolicy, /) -> Table:
        """
        Who could fill each line that has fewer operators than it is to have, the easiest way
        first: ``seat``, ``other_line``, ``unplanned``, ``other_activity``, ``lower_level``,
        ``on_break``, ``late``, ``starts_later``, ``off_today``. Nobody who is absent is on the
        list. Needs a policy that permits looking at single people.
        """
    def checks(self, /) -> Table:
        """
        The checklist: one row for each line and what was looked at (``hours``, ``leader``,
        ``crew``, ``positions``), with how many there are and how many there must be; for hours,
        when the line opens next. Outside of its hours nothing else is looked at.
        """
    def crew(self, policy: AccessPolicy, /) -> Table:
        """
        Who serves each line, where they sit and until when they are planned to take contacts.
        Needs a policy that permits looking at single people.
        """
    def in_charge(self, policy: AccessPolicy, /) -> dict[str, str]:
        """
        Who leads, by the queues of the lines that are led. Needs a policy that permits looking
        at single people.
        """
    @property
    def is_ready(self, /) -> bool:
        """
        Whether all lines may open whose hours allow it.
        """
    def lines(self, /) -> Table:
        """
        One row for each line: whether it may open, how many operators serve it, how many fewer
        that is than it is to have, and how many could fill it.
        """

@final
class Personal:
    """
    Personal data of a complaint, such as the text of a letter.

    The events of a case hold only a checksum of it, made with ``salt``; the data lie beside them
    and can be erased without breaking the chain. Give it wherever an act has a text or a person.
    Without a ``salt`` sixteen random bytes are taken.

    >>> import floorwalker as fw
    >>> letter = fw.Personal("R-1/letter", "My bill is wrong", salt="sixteen random bytes")
    >>> letter.key, letter.text, sorted(letter.seal())
    ('R-1/letter', 'My bill is wrong', ['digest', 'key'])
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, key: str, text: str, *, salt: str | None = None) -> Personal: ...
    def __repr__(self, /) -> str: ...
    @property
    def key(self, /) -> str:
        """
        Its name, by which it is erased.
        """
    def seal(self, /) -> JsonObject:
        """
        What the events of a case hold of it.
        """
    @property
    def text(self, /) -> str:
        """
        What it says.
        """

@final
class Placement:
    """
    Who sits where and does what over a shift. Made by ``place_operators``.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def duties(self, policy: AccessPolicy, /) -> Table:
        """
        One row for each operator and stretch of time: the position, whether they work away from
        the site, the activity, and the line they serve. Absences are gaps. Needs a policy that
        permits looking at single people.
        """
    def gaps(self, /) -> Table:
        """
        Where and when lines have too few operators: how many are missing of those without which
        a line does not open, and of those it is to have.
        """
    @property
    def headcount(self, /) -> int:
        """
        How many operators are placed.
        """
    @property
    def unseated(self, /) -> int:
        """
        How many need a position and have none.
        """

@final
class PolicyBook:
    """
    Policies of complaints and service: rules of laws and regulators with their dates, sources
    and how sure they are. ``floorwalker.policies`` are those of this package.

    Nothing here is legal advice. Many were written down from secondary sources: look at their
    ``certainty`` before relying on one. ``a | b`` are the policies of both; a name that both have
    is taken from the second.

    >>> import floorwalker as fw
    >>> fw.policies.get("it.arera.tiqv.complaint", "2026-03-04")["answer"]["limit"]["amount"]
    30
    >>> answer = fw.policies.answer("it.arera.tiqv.complaint", received="2026-03-04", today="2026-05-05",
    ...                             answered="2026-05-05")
    >>> answer["deadline"], answer["standing"], answer["indemnity"]["amount"], answer["next"]["kind"]
    ('2026-04-03', 'late', '60', 'pay_indemnity')
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __new__(cls, policies: Record, /) -> PolicyBook:
        """
        Policies of your own: a list of plain objects, or its text in JSON.
        """
    def __or__(self, other: object, /) -> PolicyBook: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __ror__(self, other: object, /) -> PolicyBook: ...
    def answer(self, /, id: str, *, received: Day, today: Day, calendar: Calendar | None = None, acknowledged: Day | None = None, holding: Day | None = None, answered: Day | None = None, facts: Record | None = None, cause: str | None = None, paid: bool = False) -> JsonObject:
        """
        What a policy asks for in a case: when the reply is due, whether that is kept, what
        indemnity has become due, and what to do next.

        All days are those of the policy's zone. ``answered``, ``acknowledged`` and ``holding``
        are the days on which a reply, an acknowledgement and a holding reply were sent;
        ``facts`` are what variants of the rule depend on; ``cause`` is what kept the company
        from replying in time, if anything outside it did: ``force_majeure``, ``customer``,
        ``third_party`` or ``legal_hold``. ``calendar`` has the business days, for policies that
        count them.
        """
    def applying(self, /, country: str, sector: str, subject: str, on: Day) -> Table:
        """
        The policies of a country and a sector about a subject that apply to what was received
        on a date.
        """
    @staticmethod
    def built_in() -> PolicyBook:
        """
        The policies of this package.
        """
    def certainty_of(self, id: str, on: Day, field: str, /) -> str:
        """
        How sure a part of a policy is, such as ``"indemnity"``: ``high``, ``medium`` and so on.
        """
    def get(self, id: str, on: Day, /) -> JsonObject:
        """
        The version of a policy that applies to what was received on a date.

        An unknown name is an ``UnknownNameError`` that lists the nearest; so is a date on which
        no version holds.
        """
    def sources(self, /) -> Table:
        """
        Where the policies were read: one row for each source.
        """
    def table(self, /) -> Table:
        """
        All policies and versions: what they are, from when to when, and how sure.
        """
    def to_dicts(self, /) -> list[JsonObject]:
        """
        The policies as plain objects.
        """
    def versions(self, id: str, /) -> list[JsonObject]:
        """
        All versions of a policy, oldest first.
        """

@final
class PresenceBoard:
    """
    Who is here this minute. Made by ``who_is_here``.
    """
    def counts(self, policy: AccessPolicy, /) -> dict[str, int]:
        """
        How many stand where, and how many are ``here``; the group must be large enough for the
        policy.
        """
    def rows(self, /, policy: AccessPolicy, *, absence_kinds: str | None = None) -> Table:
        """
        One row for each operator: where they stand (``working``, ``late``, ``missing``,
        ``authorised`` ..), what is planned, what they do, since when, and whether they are
        ``here``. Needs a policy that permits looking at single people; for ``absence_kinds`` see ``Attendance.days``.
        """

@final
class PseudonymSource:
    """
    Numbers instead of names: others for each export, so that the rows of two exports cannot be
    joined by them.

    ``secret`` is a whole number of up to 128 bits that the host draws at random
    (``secrets.randbits(128)``) and keeps from those who read the exports; after a restart give
    it again with ``exports``, how many there were. It is not shown, compared or pickled.

    >>> import floorwalker as fw
    >>> source = fw.PseudonymSource(0x5eed_0f00_d001)
    >>> monday = source.numbers(["anna", "bruno", "carla"])
    >>> sorted(monday), sorted(monday.values()), source.exports
    (['anna', 'bruno', 'carla'], [1, 2, 3], 1)
    """
    def __new__(cls, /, secret: SupportsIndex, *, exports: SupportsIndex = 0) -> PseudonymSource: ...
    def __repr__(self, /) -> str: ...
    @property
    def exports(self, /) -> int:
        """
        How many exports there were.
        """
    def numbers(self, names: Record, /) -> dict[str, int]:
        """
        The numbers of some operators for the next export, from 1, by their names.
        """

@final
class QueueLog:
    """
    What a log of a telephone system tells, as tables.

    It stands for its table ``legs`` wherever a table of contacts is asked for.
    """
    def __arrow_c_stream__(self, /, requested_schema: Any | None = None) -> object:
        """
        The Arrow interface: a stream of the table ``legs``.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[dict[str, Table], str, str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_parts(tables: dict[str, Table], counts: str, zone: str) -> QueueLog:
        """
        What pickle calls.
        """
    @property
    def finding_counts(self, /) -> dict[str, int]:
        """
        How many findings of each kind there were.
        """
    @property
    def findings(self, /) -> Table:
        """
        What was odd: ``kind``, ``source``, ``line``, ``detail``, ``assumption``; of each kind
        the first hundred. ``finding_counts`` has all.
        """
    @property
    def last_stamp(self, /) -> datetime | None:
        """
        The latest stamp of the log, in UTC: when what has no end was last seen.
        """
    @property
    def legs(self, /) -> Table:
        """
        One row for each visit to a queue: a table of contacts as ``service_levels`` takes it,
        with ``callid``, ``conversation``, ``caller``, ``called`` and what else the log tells.
        """
    @property
    def other_events(self, /) -> dict[str, int]:
        """
        Events that are not interpreted, and how often each came.
        """
    @property
    def pauses(self, /) -> Table:
        """
        Pauses of operators: ``agent``, ``from``, ``to``, ``reason``.
        """
    @property
    def rings(self, /) -> Table:
        """
        Rings at operators who did not take the call: ``queue``, ``agent``, ``at``, ``rang_ms``,
        ``canceled``.
        """
    @property
    def sessions(self, /) -> Table:
        """
        Sessions of operators: ``agent``, ``from``, ``to``.
        """
    @property
    def states(self, /) -> Table:
        """
        What operators did: ``agent``, ``state``, ``from``, ``to``, ``reason``. The stretches of
        one operator do not overlap.
        """
    @property
    def zone(self, /) -> str:
        """
        The zone on whose clock the tables show instants.
        """

@final
class Reading:
    """
    What a clock shows at an instant. Made by ``Clock.reading``.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def due(self, /) -> datetime | None:
        """
        When the target runs out; ``None`` while an open pause holds it, or if the place does not
        open for long enough. It is for showing: ``is_over`` tells whether it is over.
        """
    @property
    def due_reopen(self, /) -> datetime | None:
        """
        Until when the promise is kept: later than ``due`` where that is a closing.
        """
    @property
    def elapsed(self, /) -> timedelta:
        """
        The business time used, without pauses.
        """
    def is_at_risk(self, threshold: Ratio, /) -> bool:
        """
        Whether it still runs or is held, and at least this part of the target is used.
        """
    @property
    def is_over(self, /) -> bool:
        """
        Whether more than the target is used. A waived clock may be over, too.
        """
    @property
    def ratio(self, /) -> Fraction | None:
        """
        The part of the target that is used, exactly; ``None`` for a target of nothing.
        """
    @property
    def remaining(self, /) -> timedelta:
        """
        The business time that is left; negative when over the target.
        """
    @property
    def state(self, /) -> str:
        """
        ``running``, ``paused``, ``met``, ``breached`` or ``waived``.
        """
    @property
    def target(self, /) -> timedelta:
        """
        The business time that may be used.
        """

@final
class Roster:
    """
    The shifts of operators: who does what from when to when.

    ``rows`` has a row for each piece of a shift, as dicts or in a table: ``operator``,
    ``start``, ``end`` and, if known, ``activity`` (``phone`` without it), ``layer``
    (``productive``, ``auxiliary`` for what lies over it such as a break, ``time_off``) and
    ``work_day`` (without it, the local day of the first start). Pieces of an operator on one
    work day are one shift. ``activities`` says what the activities are: ``contact``,
    ``back_office``, ``meeting``, ``training``, ``meal``, ``rest``, ``screen_break``,
    ``on_call``, ``time_off`` and so on.

    >>> import floorwalker as fw
    >>> roster = fw.Roster([{"operator": "anna", "start": "2026-05-04T22:00+02:00", "end": "2026-05-05T06:00+02:00"}],
    ...                    zone="Europe/Rome")
    >>> [(row["work_day"], row["activity"]) for row in roster.table().to_dicts()]
    [('2026-05-04', 'phone')]
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __new__(cls, /, rows: Records, *, zone: Zone, activities: Record | None = None) -> Roster: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def coverage(self, /, staff: Record, required: Records, *, zone: Zone, window: Window, every: str = ...) -> Table:
        """
        How many operators are on the floor and how many are needed, one row for each interval
        and skill.

        ``staff`` has the operators with their skills; ``required`` has a row for each interval
        of ``every`` in which somebody is needed: ``at``, ``required`` and, if it matters,
        ``skill``.
        """
    @staticmethod
    def from_json(record: Record, /) -> Roster:
        """
        A roster from plain objects or from their text in JSON, as ``to_dict`` makes them.
        """
    def table(self, /, *, zone: Zone | None = None) -> Table:
        """
        What operators do, one row for each stretch: upper layers cover lower ones.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The roster as plain objects.
        """
    def with_changes(self, changes: Records, /) -> Roster:
        """
        The roster after changes: dicts such as ``{"remove": {"operator": .., "start": ..}}``,
        ``{"reassign": {"operator": .., "start": .., "to": ..}}``, ``{"add": shift}``,
        ``{"replace": {"operator": .., "start": .., "with": shift}}``, with a shift as in
        ``to_dict``.
        """

@final
class RosterReport:
    """
    What the rules found in a roster. Made by ``check_roster``.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def award(self, open: Records, bids: Records, /, *, now: Instant, ranking: str = ...) -> tuple[Roster, list[JsonObject]]:
        """
        Gives open shifts to those who bid for them, as ``settle`` does: the best bid first, by
        ``points``, ``seniority`` or ``first_come``.

        An open shift is a shift as in ``to_dict`` with an ``id`` and without an operator. A bid
        has ``operator``, ``shift`` (that id), ``points`` and ``at``.
        """
    def findings(self, /) -> Table:
        """
        One row for each finding: which rule, how bad, who, when, what was measured, the limit,
        its source and how sure that is, whether a derogation covers it, and what would help.
        """
    def fixes(self, row: SupportsIndex, /) -> list[tuple[JsonObject, timedelta]]:
        """
        Changes that would solve a finding without breaking another rule, least disturbing
        first: pairs of a change, as for ``Roster.with_changes``, and how much work it moves.
        """
    @property
    def is_lawful(self, /) -> bool:
        """
        Whether no rule of law or contract is broken: no finding of the severity ``breach`` or
        worse, derogated ones aside.
        """
    def lines(self, /) -> list[str]:
        """
        The findings in words, one line each.
        """
    def not_judged(self, /) -> Table:
        """
        What could not be judged and why: the past is not known, a number is blank, nobody
        published the shift.
        """
    def owed(self, /) -> Table:
        """
        Rest that is owed because a derogation was used.
        """
    def settle(self, proposals: Records, /, *, now: Instant, most: SupportsIndex | None = None) -> tuple[Roster, list[JsonObject]]:
        """
        Judges proposals one after the other, each on the roster as those accepted before leave
        it, until ``most`` are accepted: the new roster, and for each proposal whether it is
        ``accepted``, and all ``refusals``: who has not agreed, which rule would be broken or
        broken worse. A rule that is broken already refuses nothing.

        A proposal has a ``kind`` with what it needs: ``swap`` with ``shifts`` (each gets the next
        one's operator, the last the first's), ``time_off`` with ``shift``, ``start`` and ``end``,
        ``overtime`` or ``bid`` with a whole ``shift`` as in ``to_dict``, ``edit`` with
        ``changes``. It may say who has ``agreed``, when it ``expires``, and a ``group`` of which
        one is accepted. A shift that exists is named by ``operator`` and ``start``.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The whole answer as plain objects.
        """
    def what_if(self, changes: Records, /) -> dict[str, Table]:
        """
        What changes would do to the findings, without making them: tables of the findings that
        are ``new``, ``worse``, ``solved`` and ``kept``. Only those concerned are looked at.
        """

@final
class ServiceLevel:
    """
    A service-level rule: which contacts count for it, which against it, which are left out.

    There is no single "service level". More than ten formulas are in use, which differ by
    tens of points on the same calls; each is a method here. With A answered, B abandoned,
    S short abandons, N offered, and a trailing i for "within the threshold":

    ================================ ===========================
    ``answered_only``                Ai / A
    ``offered``                      Ai / N
    ``ignore_within``                Ai / (N - Bi)
    ``positive``                     (Ai + Bi) / N
    ``ignore_all``                   Ai / (N - B)
    ``excl_short``                   Ai / (N - S)
    ``answered_abandoned``           Ai / (A + B)
    ``answered_abandoned_excl_short`` Ai / (A + B - S)
    ``removed_from_queue``           (Ai + Bi + Ci) / N
    ``dequeued_excluded``            Ai / (N - flow-outs)
    ``no_threshold``                 A / N
    ================================ ===========================

    Rules of products bear the name of the product. A rule is also made from its text:

    >>> import floorwalker as fw
    >>> fw.ServiceLevel("excl_short(20s, 5s)")
    ServiceLevel('excl_short(20s, 5s)')
    >>> print(fw.ServiceLevel.offered("20s").with_flow_outs("ignored"))
    offered(20s) with flow-outs ignored
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, text: str, /) -> ServiceLevel:
        """
        Reads a rule from its text, such as ``offered(20s)`` or ``excl_short(20s, 5s)``.
        """
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def agcom_255_24() -> ServiceLevel:
        """
        The share within 20 s of Italian telecom regulation (AGCOM 255/24/CONS), from the
        choice of an operator in the menu. Uncertain: read through summaries.
        """
    @staticmethod
    def altigen_tsl(within: LimitLike) -> ServiceLevel:
        """
        AltiGen TSL: (Ai + Bi + Oi) / N, overflow within the threshold counting too.
        """
    @staticmethod
    def amazon_connect(within: LimitLike) -> ServiceLevel:
        """
        Amazon Connect: as ``removed_from_queue``. The product lets one choose whether a wait
        equal to the threshold is within; see ``strictly``.
        """
    @staticmethod
    def answered_abandoned(within: LimitLike) -> ServiceLevel:
        """
        Ai / (A + B): flow-outs, call-backs and waiting ones are left out.
        """
    @staticmethod
    def answered_abandoned_excl_short(within: LimitLike, short: LimitLike) -> ServiceLevel:
        """
        Ai / (A + B - S): the same without abandons within ``short``.
        """
    @staticmethod
    def answered_only(within: LimitLike) -> ServiceLevel:
        """
        Ai / A: of the answered, how many in time. Abandons are invisible to it.
        """
    @staticmethod
    def arera_tiqv() -> ServiceLevel:
        """
        The level of service of Italian energy regulation (ARERA TIQV): of those who asked for
        an operator, how many spoke to one. Uncertain: from general knowledge.
        """
    @staticmethod
    def avaya_bcms(within: LimitLike) -> ServiceLevel:
        """
        Avaya BCMS, by VDN: Ai over everything that called, busy ones included.
        """
    @staticmethod
    def dequeued_excluded(within: LimitLike, abandons: Literal["ignored", "negative", "positive"]) -> ServiceLevel:
        """
        Ai / (N - D), D being the contacts that routing took out of the queue.

        ``abandons`` is ``"ignored"`` (within the threshold), ``"negative"`` or ``"positive"``.
        """
    @staticmethod
    def excl_short(within: LimitLike, short: LimitLike) -> ServiceLevel:
        """
        Ai / (N - S): abandons within ``short`` are left out.
        """
    def for_queue(self, /, queue: str, within: Duration) -> ServiceLevel:
        """
        The same rule with another threshold for ``queue``.

        >>> import floorwalker as fw
        >>> print(fw.ServiceLevel.offered("20s").for_queue("care", "30s"))
        offered(20s; care=30s)
        """
    @staticmethod
    def from_json(text: str) -> ServiceLevel:
        """
        The rule of a JSON text that ``to_json`` made.
        """
    @staticmethod
    def genesys_cloud(within: LimitLike, *, flow_outs: bool = False, without_short: bool = False, abandons: bool = True, short: Duration | None = None) -> ServiceLevel:
        """
        Genesys Cloud: Ai / (A + B) as delivered. The switches of its setting count flow-outs
        against, leave out abandons within ``short``, or leave out all abandons.
        """
    @staticmethod
    def ignore_all(within: LimitLike) -> ServiceLevel:
        """
        Ai / (N - B): no abandon counts.
        """
    @staticmethod
    def ignore_within(within: LimitLike) -> ServiceLevel:
        """
        Ai / (N - Bi): who gave up within the threshold is left out.
        """
    @property
    def name(self, /) -> str:
        """
        The name of the rule it started from, such as ``offered``.
        """
    @staticmethod
    def no_threshold() -> ServiceLevel:
        """
        A / N: answered at all, however long it took.
        """
    @staticmethod
    def offered(within: LimitLike) -> ServiceLevel:
        """
        Ai / N: of all offered, how many were answered in time.
        """
    @staticmethod
    def positive(within: LimitLike) -> ServiceLevel:
        """
        (Ai + Bi) / N: who gave up within the threshold counts as served.
        """
    @staticmethod
    def removed_from_queue(within: LimitLike) -> ServiceLevel:
        """
        (Ai + Bi + Ci) / N: whoever left the queue in time by an answer, by giving up or by
        asking for a call-back.
        """
    @property
    def short(self, /) -> Limit | None:
        """
        The limit for short abandons, if the rule has one.
        """
    def strictly(self, /) -> ServiceLevel:
        """
        The same rule with a wait equal to the threshold taken as late.
        """
    @staticmethod
    def talkdesk(within: LimitLike, short: Duration | None = None) -> ServiceLevel:
        """
        Talkdesk: Ai / N, or Ai / (N - S) where ``short`` is given.
        """
    def to_json(self, /) -> str:
        """
        The rule as JSON, the same in every language.
        """
    @staticmethod
    def ucce(within: LimitLike, abandons: Literal["ignored", "negative", "positive"]) -> ServiceLevel:
        """
        Cisco UCCE call types; ``abandons`` is ``"ignored"`` (within the threshold),
        ``"negative"`` or ``"positive"``, as the product is set up.
        """
    @staticmethod
    def uccx_only_handled(within: LimitLike) -> ServiceLevel:
        """
        Cisco UCCX, "only handled": as ``answered_only``.
        """
    def with_abandons(self, /, treatment: Literal["negative", "ignored", "ignored_within", "ignored_short", "positive", "positive_if_done"]) -> ServiceLevel:
        """
        The same rule with another treatment of abandoned contacts: ``"negative"``,
        ``"ignored"``, ``"ignored_within"``, ``"ignored_short"`` or ``"positive"``.
        """
    def with_blocked(self, /, treatment: Literal["negative", "ignored", "ignored_within", "ignored_short", "positive", "positive_if_done"]) -> ServiceLevel:
        """
        The same rule with another treatment of blocked contacts: ``"negative"`` or ``"ignored"``.
        """
    def with_callbacks(self, /, treatment: Literal["negative", "ignored", "ignored_within", "ignored_short", "positive", "positive_if_done"]) -> ServiceLevel:
        """
        The same rule with another treatment of requested call-backs: ``"negative"``,
        ``"ignored"``, ``"ignored_within"``, ``"positive"`` or ``"positive_if_done"``.
        """
    def with_clock(self, /, clock: Literal["queue_entry", "centre_entry", "operator_choice"]) -> ServiceLevel:
        """
        The same rule with waits measured from another instant: ``"queue_entry"``,
        ``"centre_entry"`` or ``"operator_choice"``.
        """
    def with_closed(self, /, treatment: Literal["negative", "ignored", "ignored_within", "ignored_short", "positive", "positive_if_done"]) -> ServiceLevel:
        """
        The same rule with another treatment of contacts outside opening hours:
        ``"negative"`` or ``"ignored"``.
        """
    def with_flow_outs(self, /, treatment: Literal["negative", "ignored", "ignored_within", "ignored_short", "positive", "positive_if_done"]) -> ServiceLevel:
        """
        The same rule with another treatment of contacts that routing took away:
        ``"negative"``, ``"ignored"``, ``"ignored_within"`` or ``"positive"``.
        """
    def with_short(self, /, short: LimitLike) -> ServiceLevel:
        """
        The same rule with a limit for short abandons.
        """
    def with_unfinished(self, /, treatment: Literal["negative", "ignored", "ignored_within", "ignored_short", "positive", "positive_if_done"]) -> ServiceLevel:
        """
        The same rule with another treatment of contacts that are still waiting:
        ``"negative"`` or ``"ignored"``.
        """
    def with_within(self, /, within: LimitLike) -> ServiceLevel:
        """
        The same rule with other thresholds.
        """
    @property
    def within(self, /) -> Limit:
        """
        The threshold.
        """
    def without_transfers_in(self, /) -> ServiceLevel:
        """
        The same rule over contacts that came from outside only.
        """

@final
class ServiceReport:
    """
    A service-level report: what to look at first, by day, queue, interval and hour of the week,
    how long contacts waited, and what other definitions would say.

    In a notebook it shows itself as a page. It is made by ``service_report``.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @property
    def figures(self, /) -> Table:
        """
        The figures of the whole, of each queue and of each day, as a long table.

        Columns: ``about`` (``total``, ``queue`` or ``day``), ``queue``, ``day``, ``figure``,
        ``unit``, ``numerator``, ``denominator``, ``value``.
        """
    @staticmethod
    def from_json(text: str) -> ServiceReport:
        """
        The report of a JSON text that ``to_json`` made.
        """
    def to_csv(self, /, folder: Path | None = None) -> dict[str, str]:
        """
        The report as CSV: texts by the names of files. With ``folder`` they are written there
        too. Texts that a spreadsheet would run as a formula get an apostrophe in front.
        """
    def to_dict(self, /) -> JsonObject:
        """
        The report as plain Python objects, with the names of its JSON.
        """
    def to_html(self, /, path: Path | None = None, *, language: Literal["en", "it"] = ...) -> str:
        """
        The page as HTML: self-contained, for a browser, a screen reader or paper. With ``path``
        it is written there too. ``language`` is ``"en"`` or ``"it"``.
        """
    def to_json(self, /, path: Path | None = None) -> str:
        """
        The report as JSON: the data itself, in no language. With ``path`` it is written there too.
        """
    def to_text(self, /, *, width: SupportsIndex = 100, language: Literal["en", "it"] = ...) -> str:
        """
        The report as text for a terminal or a mail, ``width`` characters wide.
        """
    def without_operators(self, /) -> ServiceReport:
        """
        The same report without a word about operators, to be passed on to others.
        """

@final
class ShrinkageTree:
    """
    The shares of paid time for which people are not there, inside and outside the office,
    planned and not, each with what it is a share of.

    ``parts`` are records with ``kind``, ``planned`` and ``share``: shares ``of_paid`` time add,
    shares ``of_rest`` are of what the others leave. They are exact decimals, never floats.

    >>> import floorwalker as fw
    >>> from decimal import Decimal
    >>> tree = fw.ShrinkageTree([
    ...     {"kind": "holiday", "planned": True, "share": {"of_paid": Decimal("0.10")}},
    ...     {"kind": "sickness", "planned": False, "share": {"of_paid": Decimal("0.05")}}])
    >>> tree.total, tree.gross_up(23)
    (Decimal('0.15'), (Decimal('27.06'), 28))
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, parts: Records, /) -> ShrinkageTree: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def gross_up(self, net: Record, /) -> tuple[Decimal, int]:
        """
        How many to plan so that ``net`` are there: rounded to two digits, and the next whole
        number.
        """
    @property
    def total(self, /) -> Decimal:
        """
        The share of paid time that is lost in all.
        """
    def tree(self, /) -> JsonObject:
        """
        The shares of paid time from the whole down to the parts, as plain objects.
        """
    def without(self, kind: str, /) -> ShrinkageTree:
        """
        The tree without the parts of a kind.
        """

@final
class Survival:
    """
    How long past cases took, in business time, counting open cases for what they show: the
    survival curve of Kaplan and Meier.

    ``ended`` are the durations of cases that ended, ``open`` the ages of those that have not;
    leaving these out would make every backlog look faster than it is. Both are columns or lists.
    Curves of parts are merged exactly.

    >>> import floorwalker as fw
    >>> curve = fw.Survival(["1h", "2h", "4h"], ["3h"])
    >>> curve.beyond("2h")
    0.5
    >>> risk = curve.breach_risk(waited="1h", left="1h")
    >>> round(risk["probability"], 3), risk["at_risk"]
    (0.667, 3)
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __new__(cls, /, ended: DurationOrColumn, open: DurationOrColumn | None = None) -> Survival: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def beyond(self, duration: Duration, /) -> float | None:
        """
        The estimated part of cases that take longer; ``None`` without cases.
        """
    def breach_risk(self, /, *, waited: Duration, left: Duration) -> JsonObject | None:
        """
        How likely a case that has ``waited`` so long takes longer than the time that is ``left``:
        a dict with ``probability``, its ``standard_error``, how many past cases were ``at_risk``,
        and whether it ``is_upper_bound`` because the target lies beyond all that was seen.
        ``None`` if no past case lasted so long.
        """
    @property
    def cases(self, /) -> int:
        """
        How many cases there are, ended and open.
        """
    @staticmethod
    def from_json(record: Record, /) -> Survival:
        """
        A curve from plain objects or from their text in JSON: triples of milliseconds, cases that
        ended then, and cases last seen then.
        """
    def merge(self, other: Survival, /) -> Survival:
        """
        The curve over the cases of both.
        """

@final
class Table:
    """
    A table of results, in columns.

    It is a table for every library with the Arrow interface: give it to ``polars.DataFrame``,
    ``pyarrow.table`` or a query of duckdb as it is, or turn it with one of its methods.

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> ten = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)
    >>> legs = {"queue": ["sales"], "arrived": [ten], "wait_s": [12]}
    >>> table = fw.service_levels(legs, every="day", zone="UTC", rules="offered(20s)").table()
    >>> len(table), table.column_names[:3]
    (1, ['queue', 'start', 'end'])
    >>> table.to_dicts()[0]["value"]
    1.0
    """
    def __arrow_c_schema__(self, /) -> object:
        """
        The Arrow interface: the schema.
        """
    def __arrow_c_stream__(self, /, requested_schema: Any | None = None) -> object:
        """
        The Arrow interface: a stream of batches. ``requested_schema`` is ignored.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_bytes(data: bytes) -> Table:
        """
        What pickle calls.
        """
    def _repr_html_(self, /) -> str: ...
    @property
    def column_names(self, /) -> list[str]:
        """
        The names of the columns.
        """
    def to_arrow(self, /) -> _ArrowTable:
        """
        The table as a ``pyarrow.Table``.
        """
    def to_dicts(self, /, limit: SupportsIndex | None = None) -> list[JsonObject]:
        """
        The rows as dicts of plain Python objects, at most ``limit`` of them.

        Instants are datetimes on the clock that the column is shown on.
        """
    def to_pandas(self, /) -> _PandasTable:
        """
        The table as a ``pandas.DataFrame``.
        """
    def to_polars(self, /) -> _PolarsTable:
        """
        The table as a ``polars.DataFrame``.
        """

def accuracy(actual: NumberOrColumn, forecast: NumberOrColumn, *, lag: SupportsIndex = 1) -> dict[str, float | None]:
    """
    How good a forecast was: ``wape``, ``bias``, ``mape``, ``mae``, ``rmse``, ``smape``, ``mase``
    over two columns, and how many intervals there were; ``None`` where nothing is defined.

    ``lag`` is how many intervals before the naive forecast of the MASE lies.

    >>> import floorwalker as fw
    >>> figures = fw.forecast.accuracy([10, 20, 0], [12, 15, 1])
    >>> round(figures["wape"], 4), round(figures["bias"], 4), figures["count"]
    (0.2667, -0.0667, 3.0)
    """

def adherence(shifts: Records, states: IntoTable, *, zone: Zone, window: Window, every: str = ..., absences: Records | None = None, changes: Records | None = None, rules: Record | None = None, as_of: Instant | None = None) -> AdherenceTally:
    """
    Compares what was planned with what the telephone system saw, on raw times.

    * ``shifts``, ``states``, ``absences``: as for ``presence``
    * ``window``: a pair of instants or dates; the second is not part of it
    * ``changes``: records with ``agent``, ``start``, ``end``, ``effective`` and, unless the
      time is off, ``activity``: they replace the plan from when they took effect
    * ``rules``: which state keeps which activity (``map``), ``grace_after_secs`` and
      ``grace_before_secs``, as far as they differ from the usual

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> nine = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
    >>> shifts = [{"agent": "anna", "start": nine, "end": nine.replace(hour=10)}]
    >>> states = {"agent": ["anna"], "state": ["contact"], "from": [nine.replace(minute=10)],
    ...           "to": [nine.replace(hour=10, minute=10)]}
    >>> tally = fw.adherence(shifts, states, zone="UTC", window=(nine, nine.replace(hour=11)))
    >>> policy = fw.AccessPolicy("coaching", "agreement of 12 May 2026", "person")
    >>> tally.adherence("exception_based", policy, agent="anna").percent()
    Decimal('83.33')
    >>> tally.adherence("exception_based_outside_work", policy, agent="anna").percent()
    Decimal('71.43')
    >>> tally.conformance("total", policy, agent="anna").percent()
    Decimal('100.00')
    """

def agent_figures(legs: IntoTable | None = None, states: IntoTable | None = None, *, zone: Zone, every: str = ..., policy: AccessPolicy | None = None, figures: Names | None = None, window: Window | None = None, as_of: Instant | None = None, columns: Columns | None = None, state_columns: Columns | None = None, naive: Zone | None = None) -> Table:
    """
    What operators handled and how their time went, as a long table: one row for each operator,
    interval and figure.

    ``legs`` is a table of contacts as for ``service_levels``, with a column ``agent``;
    contacts count in the interval of their answer. ``states`` is a table with the columns
    ``agent``, ``state`` (``ready``, ``contact``, ``break``, ``lunch``, ``training``,
    ``meeting`` or ``aux``), ``from``, ``to`` (null while it lasts) and, if known,
    ``reason``; time is clipped to the intervals. One of the two may be left out.

    Figures about people need a ``policy``. One with the granularity ``"team"`` gives all
    operators as one group, without a column ``agent``. Without a policy only states can be
    shown, and only of all operators together: what staffing is about.

    * ``figures``: names such as ``"handled"``, ``"aht"``, ``"occupancy"``, ``"logged_in"``
      (``agent_kpis()`` lists all), or the time in one state such as ``"in_lunch"``; without it,
      all that the given tables can tell
    * ``as_of``: until when states without an end last; without it, the end of the window
    * ``columns`` and ``state_columns``: other names of columns of the two tables
    * ``zone``, ``every``, ``window``, ``naive``: as for ``service_levels``

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> nine = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
    >>> states = {"agent": ["Anna", "Anna"], "state": ["ready", "contact"],
    ...           "from": [nine, nine.replace(minute=20)], "to": [nine.replace(minute=20), nine.replace(minute=30)]}
    >>> table = fw.agent_figures(states=states, zone="UTC", every="30m", figures="occupancy",
    ...                          window=(nine, nine.replace(minute=30)))
    >>> [(row["interval"], row["numerator"], row["denominator"]) for row in table.to_dicts()]
    [('2026-03-02T09:00:00+00:00', 600000, 1800000)]
    """

def agent_kpis() -> list[str]:
    """
    The names of the figures of operators.

    >>> import floorwalker as fw
    >>> "occupancy" in fw.agent_kpis(), "in_ready" in fw.agent_kpis()
    (True, True)
    """

def agents_required(calls: NumberOrColumn, aht: DurationOrColumn, *, interval: DurationOrColumn, patience: DurationOrColumn | None = None, redials: NumberOrColumn | None = None, target: str | None = None, rule: Rule | None = None, asa: DurationOrColumn | None = None, abandonment: NumberOrColumn | None = None, waiting: NumberOrColumn | None = None, occupancy: NumberOrColumn | None = None) -> Any:
    """
    The least number of operators with which a queue meets all its goals.

    Numbers in, a number out; a column in (of numpy, polars, pandas, pyarrow, or a list), a column
    of the same kind out, with single numbers holding for all rows. Each interval is taken for
    itself and in its steady state: Erlang C, or Erlang A with a ``patience``.

    * ``calls``: how many come in an interval, ``aht``: their mean handling time,
      ``interval``: its length; durations are text such as ``"3m"``, timedeltas, or seconds
    * ``patience``: the mean time after which callers give up, ``redials``: the part of these
      who call again
    * ``target``: such as ``"80/20"``, by a ``rule`` such as ``"answered_only"`` (without it,
      ``"offered"``); ``asa``, ``abandonment``, ``waiting``, ``occupancy``: the most that may be.
      At least one of these is needed; all that are given hold at once

    >>> import floorwalker as fw
    >>> fw.staffing.agents_required(100, "3m", interval="30m", target="80/20")
    14
    >>> fw.staffing.agents_required([40, 100, 0], 180, interval="30m", target="80/20", occupancy=0.7)
    [7, 15, 0]
    """

def attainment(calls: NumberOrColumn, aht: DurationOrColumn, agents: NumberOrColumn, *, interval: DurationOrColumn, target: str, rule: Rule | None = None, patience: DurationOrColumn | None = None, day_error: Ratio | None = None, interval_error: Ratio | None = None) -> tuple[Table, float]:
    """
    How likely the measured service level reaches its target when the forecast may be off: a
    table with ``expected_level`` and ``probability`` of each interval, and the probability of
    the day as a whole.

    ``day_error`` and ``interval_error`` are coefficients of variation: that of the day as a
    whole, and that of an interval beside it. In a busy centre the true probabilities are nearer
    to a half, as calls in one queue are not independent.

    >>> import floorwalker as fw
    >>> table, day = fw.staffing.attainment([100] * 20, "3m", 13, interval="30m", patience="2m", target="80/20",
    ...                                     day_error=0.15, interval_error=0.05)
    >>> len(table), 0.5 < day < 0.95
    (20, True)
    """

def backtest(history: Records, horizon: SupportsIndex, *, zone: Zone, every: str = ..., holidays: HolidaysLike | None = None, times: SupportsIndex = 3) -> dict[str, float | None] | None:
    """
    How good forecasts of ``horizon`` days would have been, made ``times`` times from the days
    before alone: the figures of ``accuracy``, or ``None`` with fewer than twice the horizon of
    days. The history is told as for ``predict``; the usual settings are taken.

    >>> import floorwalker as fw
    >>> history = [{"at": f"2026-03-{day:02}T{hour:02}:00:00Z", "calls": hour} for day in range(1, 29) for hour in (9, 10)]
    >>> fw.forecast.backtest(history, 7, zone="UTC", every="1h")["wape"] < 1e-9
    True
    """

def board_events(log: QueueLog, *, window: Window | None = None) -> Table:
    """
    What a telephone system would have told a live board while a log was written, one row for
    each event and in order: ``at``, ``number``, ``what`` (``entered``, ``answered``, ``left``,
    ``released``, ``state``), ``leg``, ``queue``, ``kind``, ``agent``, ``outcome``, ``state``.

    With a ``window``, contacts that entered in it, with all that became of them, and states that
    lasted in it; one that began earlier is told at its start. The table names operators: read it only where that is
    permitted.

    >>> import floorwalker as fw
    >>> log = fw.read_queue_log("examples/data/sample.queue_log.gz", zone="Europe/Rome")
    >>> events = fw.board_events(log, window=("2026-03-16", "2026-03-17"))
    >>> sorted({row["what"] for row in events.to_dicts()})
    ['answered', 'entered', 'left', 'released', 'state']
    """

def busy_times(states: IntoTable | None = None, *, window: Window, handling: Stretches | None = None, off_phone: Duration | None = None, paid: Duration | None = None) -> dict[str, Measure]:
    """
    How busy one operator was: ``occupancy`` (handling / (handling + waiting)) and
    ``utilisation`` (productive / paid time).

    ``handling`` are pairs of instants of contacts, such as chats at the same time, which count
    once; ``states`` is a table as for ``agent_figures``, of one operator. ``off_phone`` is
    other productive work, ``paid`` the paid time.

    >>> import floorwalker as fw
    >>> nine, ten = "2026-03-02T09:00Z", "2026-03-02T10:00Z"
    >>> busy = fw.busy_times(window=(nine, ten), handling=[(nine, "2026-03-02T09:40Z"), ("2026-03-02T09:20Z", "2026-03-02T09:45Z")],
    ...                      paid="1h")
    >>> busy["occupancy"].percent(), busy["utilisation"].percent()
    (Decimal('100.00'), Decimal('75.00'))
    """

def carry_over(calls: NumberOrColumn, aht: DurationOrColumn, agents: NumberOrColumn, *, interval: DurationOrColumn, rule: Rule, patience: DurationOrColumn | None = None) -> Table:
    """
    A queue over a day with what each interval leaves to the next, one row for each interval,
    from empty at the start: ``waiting_probability``, ``abandonment``, ``service_level`` by
    ``rule``, ``mean_queue``, ``mean_busy``, ``abandons``, ``in_system_at_end``.

    Computed exactly for exponential times; when operators leave, calls beyond those who stay go
    back to the head of the queue. Single numbers hold for all intervals.

    >>> import floorwalker as fw
    >>> course = fw.staffing.carry_over([150, 80], "3m", 12, interval="30m", patience="5m", rule="offered(20s)")
    >>> [round(row["in_system_at_end"], 1) for row in course.to_dicts()][0] > 14
    True
    """

def case_clocks(policy: Record, events: Record, calendar: Calendar, as_of: Instant, *, calendars: Calendars | None = None) -> Table:
    """
    The clocks of one case as a table, one row for each metric and cycle, from its events.

    ``policy`` and ``events`` are plain objects. A policy has ``metrics``, each with its
    ``target``; the states that pause (``pause_states``); and what ``on_reopen``
    (``continue``, ``restart``, ``ignore``) and ``on_priority_change`` (``retroactive``,
    ``restart``, ``keep``) do. An event has ``at`` and ``what``: ``{"created": {}}``,
    ``"customer_message"``, ``"agent_reply"``, ``"resolved"``, ``"reopened"``, ``{"state": ..}``,
    ``{"priority": ..}``, ``{"calendar": ..}`` with a name of ``calendars``. Events after
    ``as_of`` do not count.

    >>> import floorwalker as fw
    >>> from datetime import datetime, timedelta, timezone
    >>> office = fw.Calendar("UTC", {"mon-fri": "09:00-17:00"})
    >>> nine = datetime(2026, 6, 5, 9, tzinfo=timezone.utc)
    >>> policy = {"metrics": {"first_response": {"same_ms": timedelta(hours=1)}}}
    >>> events = [{"at": nine, "what": {"created": {"state": None, "priority": None}}},
    ...           {"at": nine.replace(minute=40), "what": "agent_reply"}]
    >>> row = fw.case_clocks(policy, events, office, nine.replace(hour=12)).to_dicts()[0]
    >>> row["metric"], row["elapsed"], row["state"]
    ('first_response', datetime.timedelta(seconds=2400), 'met')
    """

def check_roster(roster: Roster, staff: Record, window: tuple[Any, Any], *, known_from: Day | None = None, packs: Records | None = None, absences: Records | None = None, holidays: HolidaysLike | None = None, openings: Record | None = None, derogations: Records | None = None, basis: Literal["plan", "actuals"] = ...) -> RosterReport:
    """
    Judges a roster by the working-time rules of its operators' contracts.

    * ``staff``: plain objects with ``contracts`` (each with ``id``, ``rule_pack``,
      ``week_minutes`` ..) and ``operators`` (``id``, ``zone``, ``contracts`` ..)
    * ``window``: a pair of dates; the second is not part of it
    * ``known_from``: since when the roster is complete, for rules that look back
    * ``packs``: packs of your own beside those of ``rule_packs``, such as a company agreement
    * ``absences``: records with ``operator``, ``kind``, ``start``, ``end``, ``status``
    * ``holidays``: as for ``Calendar``
    * ``openings``: what happened earlier in the year, by operator; ``derogations``: records
    * ``basis``: whether the roster is a ``plan`` or what was worked (``actuals``)

    Nothing here is legal advice; each rule says where it was read and how sure it is.

    >>> import floorwalker as fw
    >>> staff = {"contracts": [{"id": "full", "rule_pack": "eu", "week_minutes": 2400}],
    ...          "operators": [{"id": "anna", "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}]}
    >>> roster = fw.Roster([
    ...     {"operator": "anna", "start": "2026-05-04T14:00+02:00", "end": "2026-05-04T22:00+02:00"},
    ...     {"operator": "anna", "start": "2026-05-05T06:00+02:00", "end": "2026-05-05T12:00+02:00"}], zone="Europe/Rome")
    >>> report = fw.check_roster(roster, staff, ("2026-05-04", "2026-05-11"))
    >>> [(row["rule"], row["measured"] // 3_600_000, row["limit"] // 3_600_000) for row in report.findings().to_dicts()][:1]
    [('eu.daily_rest', 8, 11)]
    """

def complaint_figures(complaints: Complaints, *, calendar: Calendar, window: Window, ages: Ages | None = None, repeat_days: SupportsIndex | None = None) -> ComplaintTally:
    """
    Complaints counted over a window, as they stand at its end.

    * ``calendar``: by whose hours steps are measured
    * ``window``: a pair of instants or dates; the second is not part of it
    * ``ages``: where classes of age end, such as ``["7d", "30d"]``
    * ``repeat_days``: within how many days the same customer and topic count as a repetition

    >>> import floorwalker as fw
    >>> office = fw.Calendar.always_open("Europe/Rome")
    >>> rules = fw.ComplaintRules({"office": office})
    >>> complaint = fw.Complaint.open(rules, "R-1", {"channel": "web", "text": fw.Personal("R-1", "..")},
    ...                               at="2026-05-04T10:00+02:00", actor="desk")
    >>> tally = fw.complaint_figures([complaint], calendar=office, window=("2026-05-01", "2026-06-01"))
    >>> print(tally.figure("complaints_received"))
    1
    """

def complaint_kpis() -> list[str]:
    """
    The indicators of complaints by name.

    >>> import floorwalker as fw
    >>> fw.complaint_kpis()[:2]
    ['complaints_received', 'complaints_closed']
    """

def deadline(received: Day, amount: SupportsIndex, unit: Literal["calendar_day", "business_day", "week", "month"], calendar: Calendar, *, roll: Literal["none", "following", "preceding"] = ...) -> date:
    """
    The last day on which acting is in time, as laws set it. The day of receipt is not counted.

    ``unit`` is ``calendar_day``, ``business_day``, ``week`` or ``month``; ``roll`` says where a
    last day goes that is no business day of the calendar: ``none`` (it stays), ``following`` or
    ``preceding``. Texts of regulators rarely say.

    >>> import floorwalker as fw
    >>> office = fw.Calendar("Europe/Rome", {"mon-fri": "09:00-17:00"}, holidays="IT")
    >>> fw.deadline("2026-01-31", 30, "calendar_day", office)
    datetime.date(2026, 3, 2)
    >>> fw.deadline("2026-05-29", 1, "business_day", office), fw.deadline("2026-01-31", 1, "month", office, roll="following")
    (datetime.date(2026, 6, 1), datetime.date(2026, 3, 2))
    """

def erlang_b(servers: NumberOrColumn, load_erlangs: NumberOrColumn) -> Any:
    """
    The part of calls that find all servers busy and are lost: Erlang B, also between whole
    numbers of servers.

    >>> import floorwalker as fw
    >>> fw.staffing.erlang_b(2, 1.0)
    0.2
    """

def explain(tally: IntervalTally, *, queue: Names | None = None, at: Instant | None = None, window: Window | None = None, rule: Rule | None = None) -> Explanation:
    """
    How a service level came about: which contacts counted for it and against it, and which
    were left out and why.

    ``queue`` is a name or a list of names, all queues without it; ``at`` an instant of the
    interval that is meant, ``window`` a pair of instants or dates, everything without either.
    ``rule`` is one of those that were counted for; without it, the main one.

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
    >>> legs = {"queue": ["sales"] * 3, "arrived": [nine] * 3, "wait_s": [12, 4, 45],
    ...         "outcome": ["answered", "abandoned", "answered"]}
    >>> tally = fw.service_levels(legs, every="30m", zone="Europe/Rome", rules="excl_short(20s, 5s)")
    >>> print(fw.explain(tally, queue="sales", at="2026-03-02T09:00+01:00"))
    service_level 1/2 = 50.0 % by excl_short(20s, short 5s)
      queues sales, from 2026-03-02T08:00:00Z to 2026-03-02T08:30:00Z
      for           1  answered within the threshold
      against       1  answered after the threshold
      left out      1  abandoned at once (short) within the threshold
    """

def gross_up(net: Record, shrinkage: Record, /) -> tuple[Decimal, int]:
    """
    How many to plan so that ``net`` are there, when a share of paid time is lost: ``net / (1 -
    shrinkage)``, rounded to two digits, and the next whole number.

    Both are exact: whole numbers, Decimals or texts, never floats.

    >>> import floorwalker as fw
    >>> fw.gross_up(23, "0.30")
    (Decimal('32.86'), 33)
    """

def kpis() -> dict[str, str]:
    """
    The indicators of queues: their formulas by their names.

    >>> import floorwalker as fw
    >>> fw.kpis()["asa"]
    'wait of answered legs / answered legs'
    """

def ledger_balance(entries: Records, agent: str, kind: str, at: Day, policy: AccessPolicy, *, absence_kinds: str | None = None) -> JsonObject:
    """
    How many minutes an operator has left on a ledger on a date: granted, used, expired,
    left, and what expires next.

    ``entries`` are records with ``agent``, ``kind``, ``date``, ``minutes`` (grants are
    positive, uses negative) and, if known, ``expires`` and ``cause``. What expires first is used
    first. For ``absence_kinds``, which confidential ledgers need, see ``Attendance.days``.

    >>> import floorwalker as fw
    >>> entries = [{"agent": "anna", "kind": "holiday", "date": "2026-01-01", "minutes": 9600},
    ...            {"agent": "anna", "kind": "holiday", "date": "2026-08-03", "minutes": -2400}]
    >>> policy = fw.AccessPolicy("payroll", "contract of work", "person")
    >>> fw.ledger_balance(entries, "anna", "holiday", "2026-09-01", policy)["left"]
    7200
    """

def lines_required(calls: NumberOrColumn, aht: DurationOrColumn, agents: NumberOrColumn, *, interval: DurationOrColumn, blocking: NumberOrColumn, patience: DurationOrColumn | None = None, redials: NumberOrColumn | None = None) -> Any:
    """
    How many telephone lines are needed so that at most the part ``blocking`` of callers hears a
    busy tone: lines hold those who talk and those who wait.

    >>> import floorwalker as fw
    >>> fw.staffing.lines_required(100, "3m", 14, interval="30m", blocking=0.01)
    18
    """

def most_calls(agents: NumberOrColumn, aht: DurationOrColumn, *, interval: DurationOrColumn, patience: DurationOrColumn | None = None, redials: NumberOrColumn | None = None, target: str | None = None, rule: Rule | None = None, asa: DurationOrColumn | None = None, abandonment: NumberOrColumn | None = None, waiting: NumberOrColumn | None = None, occupancy: NumberOrColumn | None = None) -> Any:
    """
    The most calls per interval with which so many operators meet all goals.

    The arguments are those of ``agents_required``, with ``agents`` for ``calls``.

    >>> import floorwalker as fw
    >>> round(fw.staffing.most_calls(14, "3m", interval="30m", target="80/20"))
    109
    """

def open_lines(lines: Record, at: Instant, *, zone: Zone, staff: Record, roster: Roster, here: Record, absences: Records | None = None, out_of_order: Record | None = None) -> Opening:
    """
    Looks whether the lines may open: the calendar, who leads, operators with the skill who are
    here and planned to take contacts, positions that suit them.

    * ``lines``: plain objects in the order of their importance, each with ``queue``,
      ``min_operators``, ``wanted_operators`` and, if it matters, ``hours`` (a ``Calendar``),
      ``skill``, ``level``, ``equipment``, ``led_by``
    * ``staff``: plain objects with ``contracts``, ``operators``, ``groups``, ``positions``
    * ``here``: names of the operators who are here, as ``PresenceBoard.rows`` tells them
    * ``absences``: records with ``operator``, ``kind``, ``start``, ``end``, ``status``
    * ``out_of_order``: names of positions that cannot be used

    Each operator is counted once: first those are shared out without whom a line does not open.

    >>> import floorwalker as fw
    >>> staff = {"contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
    ...          "operators": [{"id": name, "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}
    ...                        for name in ("anna", "leo")],
    ...          "positions": [{"id": "A1"}, {"id": "A2"}]}
    >>> roster = fw.Roster([{"operator": name, "start": "2026-03-02T09:00+01:00", "end": "2026-03-02T17:00+01:00"}
    ...                     for name in ("anna", "leo")], zone="Europe/Rome")
    >>> opening = fw.open_lines([{"queue": "sales", "min_operators": 2, "wanted_operators": 2}],
    ...                         "2026-03-02T09:00+01:00", zone="Europe/Rome", staff=staff, roster=roster, here=["anna"])
    >>> [(row["check"], row["passed"], row["have"], row["need"]) for row in opening.checks().to_dicts()][-2:]
    [('crew', False, 1, 2), ('positions', False, 1, 2)]
    >>> policy = fw.AccessPolicy("opening the lines", "L. 300/1970 art. 4 c. 2", "person")
    >>> [(row["operator"], row["by"]) for row in opening.candidates(policy).to_dicts()]
    [('leo', 'late')]
    """

def performance(calls: NumberOrColumn, aht: DurationOrColumn, agents: NumberOrColumn, *, interval: DurationOrColumn, rule: Rule, patience: DurationOrColumn | None = None, redials: NumberOrColumn | None = None) -> Any:
    """
    What a queue achieves with so many operators, who need not be a whole number.

    Numbers in, a dict out; with a column among them, a table with one row for each. ``None`` is
    what grows without end or has no meaning. The service level is that of ``rule``, such as
    ``"offered(20s)"``. The work is told as for ``agents_required``.

    >>> import floorwalker as fw
    >>> figures = fw.staffing.performance(100, "3m", 14, interval="30m", rule="offered(20s)")
    >>> round(figures["service_level"], 4), round(figures["occupancy"], 4), round(figures["asa_secs"], 2)
    (0.8884, 0.7143, 7.84)
    """

def place_operators(lines: Record, window: Window, *, zone: Zone, staff: Record, roster: Roster, absences: Records | None = None, out_of_order: Record | None = None, kept: Record | None = None) -> Placement:
    """
    Places the operators of a roster: who sits where and serves which line, from when to when.

    Whoever served a line keeps it as long as nobody is needed more elsewhere, and everybody
    keeps one position for all their time.

    * ``lines``, ``staff``, ``absences``, ``out_of_order``: as for ``open_lines``
    * ``window``: from when to when
    * ``kept``: positions that operators have had, by operator, which they keep if they can

    >>> import floorwalker as fw
    >>> staff = {"contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
    ...          "operators": [{"id": name, "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}
    ...                        for name in ("anna", "leo")],
    ...          "positions": [{"id": "A1"}, {"id": "A2"}]}
    >>> roster = fw.Roster([{"operator": name, "start": "2026-03-02T09:00+01:00", "end": "2026-03-02T17:00+01:00"}
    ...                     for name in ("anna", "leo")], zone="Europe/Rome")
    >>> placement = fw.place_operators([{"queue": "sales", "min_operators": 1, "wanted_operators": 3}],
    ...                                ("2026-03-02T09:00+01:00", "2026-03-02T13:00+01:00"), zone="Europe/Rome",
    ...                                staff=staff, roster=roster, kept={"anna": "A2"})
    >>> policy = fw.AccessPolicy("placing operators", "L. 300/1970 art. 4 c. 2", "person")
    >>> [(row["operator"], row["position"], row["line"]) for row in placement.duties(policy).to_dicts()]
    [('anna', 'A2', 'sales'), ('leo', 'A1', 'sales')]
    >>> [(row["queue"], row["to_wanted"]) for row in placement.gaps().to_dicts()]
    [('sales', 1)]
    """

def predict(history: Records, days: tuple[Any, Any], *, zone: Zone, every: str = ..., holidays: HolidaysLike | None = None, probability: Ratio | None = None) -> Table:
    """
    Calls and handling times of coming days by interval, from what past days brought.

    One row for each interval: ``start``, ``end``, expected ``calls``, the ``low`` and ``high``
    between which they lie with the ``probability`` that was asked for, the mean handling time
    ``aht_s`` if it is known, and whether days of this kind ``were_seen`` in the history.

    * ``history``: a row for each past interval with ``at``, ``calls`` and, if known,
      ``handling_s``, the seconds of handling of all its calls; an interval without a row brought
      no calls, a day without one is left out
    * ``days``: a pair of dates; the second is not part of it
    * ``holidays``: as for ``Calendar``; they are compared with each other only
    * settings of the model that do best on the history are taken, by a backtest over as many
      days as are forecast

    >>> import floorwalker as fw
    >>> history = [{"at": f"2026-03-{day:02}T{hour:02}:00:00Z", "calls": 20 if hour == 9 else 10}
    ...            for day in range(2, 30) for hour in (9, 10)]
    >>> table = fw.forecast.predict(history, ("2026-03-30", "2026-03-31"), zone="UTC", every="1h")
    >>> [(row["start"].hour, round(row["calls"])) for row in table.to_dicts() if row["calls"] > 1]
    [(9, 20), (10, 10)]
    """

def presence(punches: Records, shifts: Records, *, zone: Zone, as_of: Instant, states: IntoTable | None = None, absences: Records | None = None, corrections: Records | None = None, rules: Record | None = None) -> Attendance:
    """
    How the shifts of operators were kept: from punches, states of the telephone system and
    the plan, in a fixed order - pair, match, mend, classify with grace on raw time, round for
    pay, deduct breaks.

    * ``punches``: records with ``agent``, ``at`` and ``kind`` (``in``, ``out``,
      ``break_start``, ``break_end``, ``unknown``)
    * ``shifts``: rows with ``agent``, ``start``, ``end`` and, if it is not work, ``activity``
    * ``states``: a table as for ``agent_figures``; ``absences``: records with ``operator``,
      ``kind``, ``start``, ``end``, ``status``; ``corrections``: records
    * ``rules``: what differs from the usual rules, as plain objects

    >>> import floorwalker as fw
    >>> shifts = [{"agent": "anna", "start": "2026-05-04T09:00:00+02:00", "end": "2026-05-04T13:00:00+02:00"}]
    >>> punches = [{"agent": "anna", "at": "2026-05-04T09:20:00+02:00", "kind": "in"},
    ...            {"agent": "anna", "at": "2026-05-04T13:00:00+02:00", "kind": "out"}]
    >>> book = fw.presence(punches, shifts, zone="Europe/Rome", as_of="2026-05-05T00:00+02:00")
    >>> policy = fw.AccessPolicy("payroll", "contract of work", "person")
    >>> row = book.days(policy).to_dicts()[0]
    >>> row["class"], row["late"], row["worked"]
    ('late', datetime.timedelta(seconds=1200), datetime.timedelta(seconds=13200))
    """

def procedure_faults(procedure: Record, /) -> list[tuple[str, str]]:
    """
    Every fault that makes a procedure impossible, as pairs of its kind and its description.

    >>> import floorwalker as fw
    >>> fw.procedure_faults(fw.ComplaintRules({"office": fw.Calendar.always_open("UTC")}).procedure)
    []
    """

def read_cases(log: IntoTable, map: Record) -> CaseLog:
    """
    Reads a log of tickets, incidents or complaints that another system has written.

    ``log`` is a CSV file with a header, or a table as for ``service_levels`` whose columns hold
    text, numbers or timestamps. ``map`` says what its columns mean, as a plain object or in
    JSON: the ``shape`` (``events``, one row for each change of a case, or ``cases``, one row for
    each case); the columns ``case``, ``at``, ``word``, ``opened``, ``closed``, ``actor``,
    ``priority``, ``topic``, ``customer``, ``reopen_count``, as far as there are such; the
    ``standard`` with its ``column``, ``name`` and the words for ``met`` and ``breached``;
    ``time`` with ``format`` (not needed for timestamps) and ``zone``; what stands for
    ``missing``; and the ``meanings`` of the system's words.

    What cannot be used is a finding with its line; nothing is left out in silence.

    >>> import floorwalker as fw
    >>> events = {"nr": ["1", "1", "1"], "when": ["04/05/2026 09:00", "04/05/2026 10:00", "05/05/2026 11:00"],
    ...           "status": ["Opened", "Waiting", "Closed"]}
    >>> log = fw.read_cases(events, {"shape": "events", "case": "nr", "at": "when", "word": "status",
    ...     "time": {"format": "%d/%m/%Y %H:%M", "zone": "Europe/Rome"},
    ...     "meanings": {"Opened": "working", "Waiting": "waiting_customer", "Closed": "closed"}})
    >>> [(row["case"], str(row["closed"])) for row in log.table().to_dicts()]
    [('1', '2026-05-05 11:00:00+02:00')]
    """

def read_queue_log(paths: Paths, *, zone: Zone, aliases: Aliases | None = None, wrap_up: LimitLike | None = None, give_up_after: Duration = ..., restarts: Literal["end_calls", "ignore"] = ..., agents: bool = True, progress: Any | None = None) -> QueueLog:
    """
    Reads logs of Asterisk: what happened to every call in every queue, what operators did, and
    what was odd.

    ``paths`` is a file, a pattern such as ``"queue_log*"``, or a list of these. Files may be
    packed (gzip), rotated and given in any order; what is in two of them counts once. Files
    that end in ``.csv`` are tables exported from a database.

    Nothing is dropped in silence: whatever was odd is a finding, with what was assumed.

    * ``zone``: on whose clock instants are shown, and the zone of tables whose stamps have none
    * ``aliases``: names of operators for what the log calls them, such as
      ``{"SIP/201": "Anna"}``
    * ``wrap_up``: the work after each call that the system grants, which the log does not
      tell: a duration, or a ``Limit`` with exceptions by queue
    * ``give_up_after``: calls without an event for so long are over; a day without it
    * ``restarts``: ``"end_calls"``, or ``"ignore"`` where several systems write one log
    * ``agents``: whether to follow what operators did
    * ``progress``: ``True`` or ``False`` for a bar, or a class like ``tqdm``; without it, a bar
      where somebody is looking and tqdm is installed

    Reading can be interrupted, and does not hold up other threads.

    >>> import floorwalker as fw
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "queue_log")
    >>> _ = path.write_text("1772442000|a.1|sales|NONE|ENTERQUEUE||0611|1\\n"
    ...                     "1772442012|a.1|sales|SIP/201|CONNECT|12|a.2|3\\n"
    ...                     "1772442072|a.1|sales|SIP/201|COMPLETECALLER|12|60|1\\n")
    >>> log = fw.read_queue_log(path, zone="Europe/Rome", aliases={"SIP/201": "Anna"})
    >>> [(leg["queue"], leg["agent"], leg["outcome"]) for leg in log.legs.to_dicts()]
    [('sales', 'Anna', 'answered')]
    >>> print(fw.service_level(log, rule="offered(20s)"))
    1/1 = 100.0 %
    """

def replay(legs: IntoTable, *, seed: SupportsIndex, more: Window | None = None, fewer: Window | None = None, operators: SupportsIndex = 1, gap: Duration | None = None, idle_limit: Duration | None = None) -> Table:
    """
    A real stretch of calls played again, with operators more or fewer: a table of contacts, as
    ``service_levels`` takes it.

    Arrivals, handling times and the patience of those who gave up are kept; what the log does not
    say is drawn, as ``seed`` decides. When operators were present is read from their calls: up
    to ``gap`` between two calls they were, and nobody is taken to be idle for more than
    ``idle_limit``. Play it unchanged first: the gap between that and the log is what this
    reconstruction costs, and a change should be read against it. It names operators ``sim-0``
    and so on.

    * ``legs``: a ``QueueLog``, or a table with ``queue``, ``arrived``, ``outcome``,
      ``left_queue``, ``answered``, ``released``, ``wrapped_up``, ``agent``
    * ``more``: a stretch of time in which ``operators`` more serve every queue
    * ``fewer``: one in which so many are missing of those who were there longest

    >>> import floorwalker as fw
    >>> from datetime import datetime, timedelta, timezone
    >>> nine = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
    >>> answered = [nine + timedelta(seconds=90 * n + 1) for n in range(10)]
    >>> released = [at + timedelta(seconds=89) for at in answered]
    >>> legs = {"queue": ["sales"] * 10, "arrived": [nine + timedelta(minutes=n) for n in range(10)],
    ...         "outcome": ["answered"] * 10, "left_queue": answered, "answered": answered, "released": released,
    ...         "wrapped_up": released, "agent": ["ann"] * 10}
    >>> as_it_was = fw.staffing.replay(legs, seed=1)
    >>> one_more = fw.staffing.replay(legs, seed=1, more=(nine, nine + timedelta(hours=1)))
    >>> [str(fw.service_level(played, rule="offered(20s)")) for played in (as_it_was, one_more)]
    ['1/10 = 10.0 %', '10/10 = 100.0 %']
    """

def rule_packs() -> Table:
    """
    The rules of the packs of this package, one row for each: pack, rule, what it says, how
    bad a breach is, where it was read and how sure that is.

    >>> import floorwalker as fw
    >>> sorted({row["pack"] for row in fw.rule_packs().to_dicts()})[:3]
    ['ccnl_tlc', 'de', 'eu']
    """

def scheduled_agents(agents: NumberOrColumn, shrinkage: Ratio) -> Any:
    """
    How many must be planned so that ``agents`` are there when the part ``shrinkage`` of paid time
    is lost: agents / (1 - shrinkage), rounded up in exact decimals.

    A float is taken for the shortest decimal that reads the same.

    >>> import floorwalker as fw
    >>> fw.staffing.scheduled_agents(21, "0.3"), fw.staffing.scheduled_agents([14, 42], 0.3)
    (30, [20, 60])
    """

def service_level(legs: IntoTable, *, rule: Rule, within: LimitLike | None = None, short: LimitLike | None = None, columns: Columns | None = None, naive: Zone | None = None) -> Figure:
    """
    One service level of a whole table of contacts.

    ``rule`` is the name of a definition with ``within`` as its threshold, or a whole rule
    without ``within``. ``short`` is the limit of short abandons, where the definition needs
    one. For ``legs``, ``columns`` and ``naive`` see ``service_levels``; a table without a
    column ``queue`` is one queue.

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
    >>> calls = {"start": [nine] * 4, "wait_s": [3, 12, 20, 45], "outcome": ["abandoned"] + ["answered"] * 3}
    >>> print(fw.service_level(calls, within="20s", rule="offered", columns={"arrived": "start"}))
    2/4 = 50.0 %
    >>> print(fw.service_level(calls, rule="excl_short(20s, 5s)", columns={"arrived": "start"}))
    2/3 = 66.7 %
    """

def service_level_names() -> list[str]:
    """
    The names of the definitions of the service level.

    >>> import floorwalker as fw
    >>> fw.service_level_names()[:3]
    ['answered_only', 'offered', 'ignore_within']
    """

def service_levels(legs: IntoTable, *, zone: Zone, rules: Rules, every: str = ..., by: Literal["queue", "all"] = ..., attribution: Literal["arrival", "queue_exit", "answer", "service_level_event", "release", "wrap_up_end", "disconnect"] = ..., waits: Literal["histogram", "exact", "nothing"] = ..., short_abandons: LimitLike | None = None, short_answers: Duration | None = None, window: Window | None = None, as_of: Instant | None = None, columns: Columns | None = None, naive: Zone | None = None) -> IntervalTally:
    """
    Counts contacts by queue and interval, and answers for their service levels.

    ``legs`` is any table with the Arrow interface (of polars, pandas, pyarrow, duckdb, ...), a
    list of such tables, Parquet files, a dict of columns, or what ``read_queue_log`` gave. One
    row is one visit to a queue. Columns are found by name, and only the first two are needed:

    * ``queue``: its name
    * ``arrived``: the instant it entered the queue
    * ``wait`` or ``left_queue``: how long it waited, or the instant it stopped waiting; null
      while it waits
    * ``answered``: the instant an operator was connected; without it, ``left_queue`` counts
    * ``outcome``: ``answered``, ``abandoned``, ``callback_requested``, ``overflowed``,
      ``timed_out``, ``left_by_key``, ``left_empty``, ``withdrawn``, ``failed``, ``lost``,
      ``open``, ``blocked``, ``closed`` or ``no_answer``; without it, answered where there is an
      answer or, lacking that column too, where the contact left the queue
    * ``kind``: ``inbound`` (assumed), ``transfer``, ``overflow``, ``callback`` or ``outbound``
    * ``talk`` or ``released``, ``hold``, ``wrap_up`` or ``wrapped_up``: for handling times
    * ``transferred_out``, ``callback_done``, ``ring_no_answers``, ``reached``, ``asked``

    Instants are timestamps with a zone, or numbers since 1970 in a column whose name ends in
    ``_s``, ``_ms``, ``_us`` or ``_ns``. Durations are durations, floats in seconds, or whole
    numbers in a column with such an end, such as ``wait_ms``. Numbers and dictionaries are
    not copied.

    Parameters:

    * ``zone``: the time zone of the centre, such as ``"Europe/Rome"``. Intervals begin at
      local midnight; a day has 23, 24 or 25 hours.
    * ``rules``: one service-level rule or several, such as ``ServiceLevel.offered("20s")`` or
      ``"offered(20s)"``. The first decides ``answered_in`` and its like.
    * ``every``: ``"5m"``, ``"10m"``, ``"15m"``, ``"30m"``, ``"1h"``, ``"day"``, ``"week"`` or
      ``"month"``
    * ``by``: ``"queue"``, or ``"all"`` for tables of all queues pooled
    * ``attribution``: the instant that decides the interval: ``"arrival"``, ``"queue_exit"``,
      ``"answer"``, ``"service_level_event"``, ``"release"``, ``"wrap_up_end"`` or
      ``"disconnect"``
    * ``waits``: what is kept of them: ``"histogram"`` (exact at whole seconds up to two
      minutes, within 1/60 above), ``"exact"`` or ``"nothing"``
    * ``short_abandons``: the limit of short abandons, for rules that bring none
    * ``short_answers``: answered contacts with less talk than this are short calls
    * ``window``: a pair of instants or local dates; without it, the local days of the data
    * ``as_of``: when the data was extracted; conversations that were not over then keep
      their operator busy until then
    * ``columns``: other names of columns, such as ``{"arrived": "start", "wait_s": "secs"}``;
      ``None`` as a name says that a column is not to be read
    * ``naive``: the zone of timestamps that have none

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
    >>> legs = {
    ...     "queue": ["sales", "sales", "care"],
    ...     "arrived": [nine, nine, nine],
    ...     "wait": [12.0, 4.0, 45.5],
    ...     "outcome": ["answered", "abandoned", "answered"],
    ... }
    >>> tally = fw.service_levels(
    ...     legs, every="30m", zone="Europe/Rome", window=("2026-03-02T08:00Z", "2026-03-02T08:30Z"),
    ...     rules=["offered(20s)", fw.ServiceLevel.excl_short("20s", "5s")],
    ... )
    >>> for row in tally.table().to_dicts():
    ...     print(row["queue"], row["interval"], row["rule"], row["value"])
    care 2026-03-02T09:00:00+01:00 offered(20s) 0.0
    care 2026-03-02T09:00:00+01:00 excl_short(20s, short 5s) 0.0
    sales 2026-03-02T09:00:00+01:00 offered(20s) 0.5
    sales 2026-03-02T09:00:00+01:00 excl_short(20s, short 5s) 1.0
    """

def service_report(legs: IntoTable, *, zone: Zone, target: str, every: str = ..., rules: Rules | None = None, queues: Names | None = None, window: Window | None = None, short_abandons: LimitLike | None = None, min_contacts: SupportsIndex = 10, policy: AccessPolicy | None = None, states: IntoTable | None = None, teams: Aliases | None = None, columns: Columns | None = None, state_columns: Columns | None = None, naive: Zone | None = None) -> ServiceReport:
    """
    Makes the service-level report on a table of contacts.

    ``legs`` is what ``read_queue_log`` gave, or a table of contacts as for
    ``service_levels``. ``target`` is what was promised, such as ``"80/20"``: 80 % within 20
    seconds. ``rules`` are the definitions of the service level; the first judges, the others
    are shown beside it. Without rules it is ``offered`` with the time of the target; the
    report says so.

    * ``zone``, ``every``, ``window``, ``columns``, ``naive``, ``short_abandons``: as for
      ``service_levels``; ``state_columns`` as for ``agent_figures``
    * ``queues``: a name or a list of names; without it, all
    * ``policy``: under which operators are shown; without it they are not. Their states come
      from the log, or from a table ``states`` as for ``agent_figures``. The numbers of
      pseudonyms are drawn anew for every report
    * ``teams``: the team of each operator, for a policy that shows teams
    * ``min_contacts``: fewer counted contacts are not judged

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> nine = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)
    >>> legs = {"queue": ["sales"] * 3, "arrived": [nine] * 3, "wait_s": [12, 20, 21]}
    >>> report = fw.service_report(legs, zone="Europe/Rome", target="80/20")
    >>> total = report.to_dict()["total"]
    >>> total["figures"]["service_level"]["numerator"], total["missing"]
    (2, 1)
    >>> "<html" in report.to_html(language="it")
    True
    """

def sessions(punches: Records, *, rules: Record | None = None, corrections: Records | None = None) -> tuple[Table, Table]:
    """
    Punches as sessions: a table of sessions and a table of what was mended.

    ``rules`` are plain objects that differ from the usual: ``pairing`` (``strict`` or
    ``alternating``), ``duplicates``, ``second_in``, ``duplicate_within_secs``,
    ``max_shift_minutes`` and so on. Read it for single people only where a basis permits it.

    >>> import floorwalker as fw
    >>> punches = [{"agent": "anna", "at": "2026-05-04T09:00:00Z", "kind": "in"},
    ...            {"agent": "anna", "at": "2026-05-04T13:00:00Z", "kind": "out"},
    ...            {"agent": "anna", "at": "2026-05-04T13:00:20Z", "kind": "out"}]
    >>> sessions, repairs = fw.sessions(punches)
    >>> [row["worked"].seconds // 3600 for row in sessions.to_dicts()], [row["rule"] for row in repairs.to_dicts()]
    ([4], ['duplicate_dropped'])
    """

def tzdb_version() -> str:
    """
    The release of the time zone data that is built in, such as ``2026f``.

    >>> import floorwalker as fw
    >>> fw.tzdb_version() >= "2026f"
    True
    """

def waiting(legs: IntoTable, *, zone: Zone, every: str = ..., by: Literal["queue", "all"] = ..., window: Window | None = None, columns: Columns | None = None, naive: Zone | None = None) -> Table:
    """
    How many contacts were waiting, as a long table: ``waiting_at_start`` of each interval, and
    ``waiting_max``, the most at its start or right after any arrival in it.

    The arguments are those of ``service_levels``.

    >>> import floorwalker as fw
    >>> from datetime import datetime, timezone
    >>> nine = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
    >>> legs = {"queue": ["sales"] * 2, "arrived": [nine, nine.replace(minute=29)], "wait_s": [60, 120]}
    >>> table = fw.waiting(legs, zone="UTC", every="30m", window=("2026-03-02T09:30Z", "2026-03-02T10:00Z"))
    >>> [(row["figure"], row["numerator"]) for row in table.to_dicts()]
    [('waiting_at_start', 1), ('waiting_max', 1)]
    """

def who_is_here(now: Instant, shifts: Records, punches: Records | None = None, states: IntoTable | None = None, *, zone: Zone, absences: Records | None = None, corrections: Records | None = None, rules: Record | None = None) -> PresenceBoard:
    """
    Where everybody stands at an instant: who works, who is late or missing, who is excused.

    The arguments are those of ``presence``.

    >>> import floorwalker as fw
    >>> shifts = [{"agent": name, "start": "2026-05-04T09:00:00+02:00", "end": "2026-05-04T13:00:00+02:00"}
    ...           for name in ("anna", "bruno")]
    >>> punches = [{"agent": "anna", "at": "2026-05-04T08:58:00+02:00", "kind": "in"}]
    >>> board = fw.who_is_here("2026-05-04T09:20+02:00", shifts, punches, zone="Europe/Rome")
    >>> policy = fw.AccessPolicy("the floor this minute", "works agreement", "person", min_group=2)
    >>> {row["agent"]: row["standing"] for row in board.rows(policy).to_dicts()}
    {'anna': 'working', 'bruno': 'missing'}
    >>> board.counts(policy)["here"]
    1
    """
