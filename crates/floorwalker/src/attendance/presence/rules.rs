//! The rules of attendance, in the order in which they are applied.

use std::collections::BTreeMap;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::overtime::WorkingHours;
use super::pay::BreakDeduction;
use super::premiums::NightWindow;
use super::rounding::PayRounding;
use crate::attendance::punch::PunchRules;
use crate::attendance::work_day::WorkDayMode;
use crate::id::AgentId;
use crate::terms::terms;
use crate::time::Zone;
use crate::time::business::Holidays;

/// How far from a shift a punch still belongs to it.
///
/// Between two shifts of the same person the windows end half-way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MatchWindow {
    /// Minutes before the start. 60 by default.
    pub before_minutes: u32,
    /// Minutes after the end. 60 by default.
    pub after_minutes: u32,
}

impl Default for MatchWindow {
    fn default() -> Self {
        Self {
            before_minutes: 60,
            after_minutes: 60,
        }
    }
}

/// How missing punches are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mending {
    /// The planned end replaces a missing one if the telephone system was used
    /// until so many minutes before or after it. 60 by default.
    pub planned_end_within_minutes: u32,
    /// Where nothing tells, a session ends so many minutes after the planned
    /// end, and is incomplete. 60 by default.
    pub limit_minutes: u32,
    /// Whether time for which nothing but a rule speaks is paid. No by default.
    pub pay_assumed: bool,
    /// Being logged out for so many minutes is staying, where presence is read
    /// from the telephone system. 5 by default.
    pub relogin_minutes: u32,
}

impl Default for Mending {
    fn default() -> Self {
        Self {
            planned_end_within_minutes: 60,
            limit_minutes: 60,
            pay_assumed: false,
            relogin_minutes: 5,
        }
    }
}

/// How much is forgiven. Measured on raw time, before any rounding; whatever
/// exceeds its grace counts in full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grace {
    /// Seconds of lateness.
    pub late_secs: u32,
    /// Seconds of leaving early.
    pub early_secs: u32,
    /// Seconds of each absence in between.
    pub gap_secs: u32,
    /// Minutes after the start before somebody who never came is a no-show.
    pub no_show_after_minutes: u32,
}

terms! {
    /// Where presence is read from.
    PresenceSource ("presence source") {
        /// Punches; the telephone system only helps to mend.
        Punches = "punches",
        /// The telephone system, for teams that do not punch.
        States = "states",
        /// Punches, and the telephone system for those who have none at all.
        PunchesOrStates = "punches_or_states",
    }
}

/// Everything that turns punches, states, shifts and absences into presence.
///
/// The order is fixed: match to a shift, mend, classify with grace on raw time,
/// round for pay, deduct minimum breaks. Adherence is never computed from
/// rounded times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRules {
    /// The clock of the site.
    pub zone: Zone,
    /// How punches become sessions.
    #[serde(default)]
    pub punches: PunchRules,
    /// Where presence is read from.
    #[serde(default = "PresenceSource::usual")]
    pub source: PresenceSource,
    /// How far from a shift a punch still belongs to it.
    #[serde(default)]
    pub window: MatchWindow,
    /// How missing punches are replaced.
    #[serde(default)]
    pub mending: Mending,
    /// How much is forgiven.
    #[serde(default)]
    pub grace: Grace,
    /// How times are rounded for pay.
    #[serde(default)]
    pub rounding: PayRounding,
    /// Breaks that are deducted even if nobody punched them.
    #[serde(default)]
    pub deductions: Vec<BreakDeduction>,
    /// Minutes of breaks a day that are paid.
    #[serde(default)]
    pub paid_break_minutes: u32,
    /// What is night.
    #[serde(default)]
    pub night: NightWindow,
    /// The public holidays.
    #[serde(default)]
    pub holidays: Holidays,
    /// The weekly rest days, for work without a shift.
    #[serde(default = "sunday")]
    pub rest_days: Vec<Weekday>,
    /// To which day work without a shift over midnight counts.
    #[serde(default = "WorkDayMode::usual")]
    pub work_day: WorkDayMode,
    /// Ordinary working time of those who have no entry of their own.
    #[serde(default)]
    pub hours: WorkingHours,
    /// Ordinary working time of single operators.
    #[serde(default)]
    pub hours_of: BTreeMap<AgentId, WorkingHours>,
}

impl AttendanceRules {
    /// The usual rules on the clock of a site: nothing forgiven, nothing
    /// rounded, nothing deducted.
    #[must_use]
    pub fn new(zone: Zone) -> Self {
        Self {
            zone,
            punches: PunchRules::default(),
            source: PresenceSource::usual(),
            window: MatchWindow::default(),
            mending: Mending::default(),
            grace: Grace::default(),
            rounding: PayRounding::default(),
            deductions: Vec::new(),
            paid_break_minutes: 0,
            night: NightWindow::default(),
            holidays: Holidays::none(),
            rest_days: sunday(),
            work_day: WorkDayMode::usual(),
            hours: WorkingHours::default(),
            hours_of: BTreeMap::new(),
        }
    }

    pub(super) fn hours_for(&self, agent: &AgentId) -> WorkingHours {
        self.hours_of.get(agent).copied().unwrap_or(self.hours)
    }
}

impl PresenceSource {
    fn usual() -> Self {
        Self::PunchesOrStates
    }
}

impl WorkDayMode {
    fn usual() -> Self {
        Self::StartDay
    }
}

fn sunday() -> Vec<Weekday> {
    vec![Weekday::Sun]
}
