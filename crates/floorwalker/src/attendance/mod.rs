//! Attendance: who is there, who should be, and how well the plan was kept.
//!
//! | question | look at |
//! |---|---|
//! | how do punches become sessions? | [`pair`], [`PunchRules`], [`Repair`] |
//! | how was each shift kept, and what is paid? | [`AttendanceBook`], [`AttendanceRules`] |
//! | who is here this minute? | [`PresenceBoard`] |
//! | was the plan followed minute by minute? | [`AdherenceTally`], [`AdherenceConvention`] |
//! | was the planned amount worked? | [`ConformanceRule`] |
//! | how much of their time were people busy? | [`BusyTimes`] |
//! | how many must be planned so that enough are there? | [`ShrinkageTree`], [`gross_up`] |
//! | how many hours of holiday are left? | [`LedgerBook`] |
//!
//! # The order of steps
//!
//! Punches are paired first. Then each session is matched to a shift and missing
//! ends are mended, the shift is classified with grace on raw time, times are
//! rounded for pay, and minimum breaks are deducted. Every repair leaves a
//! record; time for which nothing but a rule speaks is kept apart and not paid
//! unless a rule says so. Adherence knows raw time only.
//!
//! # Time
//!
//! Durations are elapsed milliseconds: a night shift from 22:00 to 06:00 has
//! seven hours when the clock is put forward and nine when it is put back. Night,
//! Sundays and holidays are those of the local clock. "Adherence" has several
//! definitions in the trade; each is asked for by name.
//!
//! # People
//!
//! Figures about one operator need an [`AccessPolicy`](crate::team::AccessPolicy),
//! and figures about a group a large enough one. Why somebody is absent is
//! hidden from whoever has no basis of their own for it ([`AttendanceAccess`]).

mod access;
mod activity;
mod adherence;
mod ledger;
mod measure;
mod occupancy;
mod planned;
mod presence;
mod punch;
mod shrinkage;
mod spans;
mod work_day;

pub use access::{AbsenceView, AttendanceAccess, ShownAbsence};
pub use activity::Activity;
pub use adherence::{
    AdherenceConvention, AdherenceMap, AdherencePlan, AdherenceRules, AdherenceSettings,
    AdherenceTally, AdherenceTimes, ConformanceRule, Silence, StaffingTimes, Verdict,
};
pub use ledger::{
    LedgerBalance, LedgerBook, LedgerEntry, LedgerEntryRecord, LedgerKind, breastfeeding_minutes,
};
pub use measure::{Measure, Measured, Undefined};
pub use occupancy::BusyTimes;
pub use planned::{PLANNED_TIMES, PlanChange, PlannedSegment, PlannedShift, PlannedShiftRecord};
pub use presence::{
    AttendanceBook, AttendanceCounts, AttendanceDay, AttendanceInput, AttendanceRules,
    BreakDeduction, Flag, Grace, KimaiMode, MatchWindow, Mending, NightWindow, PayRounding,
    PresenceBoard, PresenceClass, PresenceNow, PresenceSource, Rounding, RoundingKind,
    RoundingRecord, Standing, StandingCounts, WorkingHours, WorkingHoursRecord,
};
pub use punch::{
    Confidence, Correction, Duplicates, Edge, HoursMode, Origin, PairedPunches, Pairing, Punch,
    PunchDay, PunchKind, PunchMark, PunchRecord, PunchRules, Repair, RepairRule, SecondIn, Session,
    pair,
};
pub use shrinkage::{
    GrossUp, PartShare, Share, ShrinkageKind, ShrinkageNode, ShrinkagePart, ShrinkageRule,
    ShrinkageSide, ShrinkageTimes, ShrinkageTree, gross_up,
};
pub use work_day::WorkDayMode;

use crate::error::{Error, ErrorKind, nearest};
use crate::id::AgentId;

/// The error about an operator who does not occur.
fn unknown<'a>(agent: &AgentId, known: impl IntoIterator<Item = &'a AgentId>) -> Error {
    ErrorKind::Unknown {
        what: "operator",
        given: agent.to_string(),
        nearest: nearest(agent.as_str(), known.into_iter().map(AgentId::as_str)),
    }
    .into()
}
