"""Supervising a contact centre: service levels, time, complaints, rosters, presence, reports.

* ``read_queue_log`` reads logs of Asterisk
* ``service_levels`` counts any table of contacts by queue and interval; ``service_level``
  gives one figure, ``explain`` says how a figure came about
* ``agent_figures`` and ``waiting`` tell about operators and waiting lines
* ``service_report`` makes the report for a supervisor
* ``Calendar`` knows business time, of instants and of columns; ``Clock`` how much of a promise
  is used; ``deadline`` and ``policies`` what law and regulators ask for
* ``Complaint`` is a case with all its events; ``read_cases`` reads logs of other systems
* ``Roster`` and ``check_roster`` tell whether shifts are lawful; ``presence``, ``who_is_here``
  and ``adherence`` how they were kept; ``gross_up`` how many to plan
* ``open_lines`` and ``place_operators`` begin the day; ``Board`` is the floor this minute
* ``staffing`` says how many operators a workload needs, and what so many achieve;
  ``forecast`` what coming days will bring

There is no single "service level": ``ServiceLevel`` has the definitions by name, and every
figure carries its own. Results are tables of the Arrow format; ``to_polars()``,
``to_pandas()`` and ``to_arrow()`` turn them. Every error is a ``FloorwalkerError`` with a
stable ``code``.
"""

from __future__ import annotations

from . import forecast as forecast, staffing as staffing
from ._errors import (
    ArgumentTypeError as ArgumentTypeError,
    CalendarError as CalendarError,
    ColumnError as ColumnError,
    ColumnTypeError as ColumnTypeError,
    ConflictError as ConflictError,
    DataError as DataError,
    FloorwalkerError as FloorwalkerError,
    InvalidNameError as InvalidNameError,
    LocalTimeError as LocalTimeError,
    MergeError as MergeError,
    MissingColumnError as MissingColumnError,
    MissingLibraryError as MissingLibraryError,
    OutOfOrderError as OutOfOrderError,
    OutOfRangeError as OutOfRangeError,
    PolicyError as PolicyError,
    ReadError as ReadError,
    RefusedError as RefusedError,
    StateError as StateError,
    UnknownNameError as UnknownNameError,
)
from ._explain import (
    Explanation as Explanation,
    ExplanationLine as ExplanationLine,
)
from ._floorwalker import (
    AccessAudit as AccessAudit,
    AccessPolicy as AccessPolicy,
    AdherenceTally as AdherenceTally,
    Attendance as Attendance,
    Board as Board,
    Calendar as Calendar,
    CaseLog as CaseLog,
    Clock as Clock,
    Complaint as Complaint,
    ComplaintRules as ComplaintRules,
    ComplaintTally as ComplaintTally,
    Figure as Figure,
    Holidays as Holidays,
    IntervalTally as IntervalTally,
    Limit as Limit,
    Measure as Measure,
    Opening as Opening,
    Personal as Personal,
    Placement as Placement,
    PolicyBook as PolicyBook,
    PresenceBoard as PresenceBoard,
    PseudonymSource as PseudonymSource,
    QueueLog as QueueLog,
    Reading as Reading,
    Roster as Roster,
    RosterReport as RosterReport,
    ServiceLevel as ServiceLevel,
    ServiceReport as ServiceReport,
    ShrinkageTree as ShrinkageTree,
    Survival as Survival,
    Table as Table,
    adherence as adherence,
    agent_figures as agent_figures,
    agent_kpis as agent_kpis,
    board_events as board_events,
    busy_times as busy_times,
    case_clocks as case_clocks,
    check_roster as check_roster,
    complaint_figures as complaint_figures,
    complaint_kpis as complaint_kpis,
    deadline as deadline,
    explain as explain,
    gross_up as gross_up,
    kpis as kpis,
    ledger_balance as ledger_balance,
    open_lines as open_lines,
    place_operators as place_operators,
    presence as presence,
    procedure_faults as procedure_faults,
    read_cases as read_cases,
    read_queue_log as read_queue_log,
    rule_packs as rule_packs,
    service_level as service_level,
    service_level_names as service_level_names,
    service_levels as service_levels,
    service_report as service_report,
    sessions as sessions,
    tzdb_version as tzdb_version,
    waiting as waiting,
    who_is_here as who_is_here,
)

policies = PolicyBook.built_in()
