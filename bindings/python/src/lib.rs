//! The Python package floorwalker: thin wrappers that convert, call and convert.
//!
//! The interpreter's lock is released while the library works ([`errors::compute`]), errors
//! become exceptions with a stable code, and tables come and go by the Arrow interface
//! ([`capsule`]). There is no formula here.

mod agents;
mod attendance;
mod calendar;
mod capsule;
mod cases;
mod clock;
mod column;
mod columns;
mod complaint;
mod errors;
mod figure;
mod floor;
mod forecast;
mod given;
mod holidays;
mod input;
mod log;
mod numbers;
mod output;
mod policy;
mod record;
mod records;
mod report;
mod roster;
mod rule;
mod service;
mod staffing;
mod table;
mod tally;
mod team;
mod waiting;
mod watch;

use pyo3::prelude::*;

/// The library itself; the package `floorwalker` exports it.
#[pymodule(gil_used = false)]
mod _floorwalker {
    #[pymodule_export]
    use super::agents::{PyAccessPolicy, agent_figures, agent_kpis};
    #[pymodule_export]
    use super::attendance::adherence::{PyAdherenceTally, adherence, busy_times};
    #[pymodule_export]
    use super::attendance::presence::{
        PyAttendance, PyPresenceBoard, presence, sessions, who_is_here,
    };
    #[pymodule_export]
    use super::attendance::{PyMeasure, PyShrinkageTree, gross_up, ledger_balance};
    #[pymodule_export]
    use super::calendar::PyCalendar;
    #[pymodule_export]
    use super::cases::{PyCaseLog, read_cases};
    #[pymodule_export]
    use super::clock::{PyClock, PyReading, PySurvival, case_clocks, deadline};
    #[pymodule_export]
    use super::complaint::{
        PyComplaint, PyComplaintRules, PyComplaintTally, PyPersonal, complaint_figures,
        complaint_kpis, procedure_faults,
    };
    #[pymodule_export]
    use super::figure::PyFigure;
    #[pymodule_export]
    use super::floor::{
        PyBoard, PyOpening, PyPlacement, board_events, open_lines, place_operators,
    };
    #[pymodule_export]
    use super::forecast::{accuracy, backtest, predict};
    #[pymodule_export]
    use super::holidays::PyHolidays;
    #[pymodule_export]
    use super::log::{PyQueueLog, read_queue_log};
    #[pymodule_export]
    use super::policy::PyPolicyBook;
    #[pymodule_export]
    use super::report::{PyServiceReport, service_report};
    #[pymodule_export]
    use super::roster::{PyRoster, PyRosterReport, check_roster, rule_packs};
    #[pymodule_export]
    use super::rule::{PyLimit, PyServiceLevel};
    #[pymodule_export]
    use super::service::{
        explain, kpis, service_level, service_level_names, service_levels, tzdb_version,
    };
    #[pymodule_export]
    use super::staffing::{
        agents_required, attainment, carry_over, erlang_b, lines_required, most_calls, performance,
        replay, scheduled_agents,
    };
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::tally::PyIntervalTally;
    #[pymodule_export]
    use super::team::{PyAccessAudit, PyPseudonymSource};
    #[pymodule_export]
    use super::waiting::waiting;
}
