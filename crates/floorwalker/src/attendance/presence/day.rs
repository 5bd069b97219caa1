//! One work day of one operator, as it is shown.

use chrono::NaiveDate;
use serde::Serialize;

use super::class::{Flag, PresenceClass};
use crate::attendance::access::ShownAbsence;
use crate::id::AgentId;
use crate::time::Span;

/// One planned shift and how it was kept, or work without one.
///
/// All times are elapsed milliseconds. Raw times are as punched; rounded times
/// are what pay is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttendanceDay {
    /// Who.
    pub agent: AgentId,
    /// The day it counts to.
    pub work_day: NaiveDate,
    /// The shift, if one was planned.
    pub planned: Option<Span>,
    /// How long the shift is, pauses included, without the gaps of a split shift.
    pub planned_ms: u64,
    /// How it was kept.
    pub class: PresenceClass,
    /// What is shown of the absence that excuses it or a part of it.
    pub absence: Option<ShownAbsence>,
    /// What else is to be known, in the order of the list of flags.
    pub flags: Vec<Flag>,
    /// From the first coming to the last going, as punched or mended.
    pub raw: Option<Span>,
    /// The same, rounded for pay.
    pub rounded: Option<Span>,
    /// From the start that was asked to the first coming.
    pub late_ms: u64,
    /// From the last going to the end that was asked.
    pub early_ms: u64,
    /// Absences in between that are longer than the grace.
    pub gaps: Vec<Span>,
    /// Raw time without breaks, as far as something speaks for it.
    pub worked_ms: u64,
    /// Raw time for which nothing but a rule speaks: not in `worked_ms`.
    pub assumed_ms: u64,
    /// Rounded time without breaks, after deductions, with paid breaks.
    pub paid_ms: u64,
    /// What was deducted because too little break was taken.
    pub deducted_ms: u64,
    /// The part of the rounded time in the night.
    pub night_ms: u64,
    /// The part of the rounded time on a Sunday.
    pub sunday_ms: u64,
    /// The part of the rounded time on a public holiday.
    pub holiday_ms: u64,
    /// The part of the paid time beyond full time.
    pub overtime_ms: u64,
    /// The part of the paid time beyond part time.
    pub supplementary_ms: u64,
    /// From the last going of the work day before; `None` if none is known.
    pub rest_before_ms: Option<u64>,
}
