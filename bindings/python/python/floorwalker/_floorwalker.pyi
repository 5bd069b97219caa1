"""
The library itself; the package `floorwalker` exports it.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from floorwalker._charts import Chart
from floorwalker._explain import Explanation
from floorwalker._types import Aliases, ByQueue, Columns, Duration, Figures, Instant, Instants, IntoTable, JsonObject, LimitLike, Names, Path, Paths, Rule, Rules, Window, Zone, _ArrowTable, _PandasTable, _PolarsTable
from fractions import Fraction
from typing import Any, Literal, SupportsFloat, SupportsIndex, final

__all__ = ["AccessPolicy", "Figure", "IntervalTally", "Limit", "QueueLog", "ServiceLevel", "ServiceReport", "Table", "agent_figures", "agent_kpis", "explain", "kpis", "read_queue_log", "service_level", "service_level_names", "service_levels", "service_report", "tzdb_version", "waiting"]

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

def kpis() -> dict[str, str]:
    """
    The indicators of queues: their formulas by their names.

    >>> import floorwalker as fw
    >>> fw.kpis()["asa"]
    'wait of answered legs / answered legs'
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
