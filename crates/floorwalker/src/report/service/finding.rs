//! What a supervisor should look at first.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::rows::Results;
use super::stretch::Stretch;
use crate::id::QueueId;
use crate::report::{LocalSpan, Quotient, Standing};

/// What kind of thing a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingKind {
    /// A stretch missed the target.
    BelowTarget,
    /// The same hours of the same weekday miss it week after week.
    Recurring,
    /// More contacts than usual were abandoned in a stretch that met the target or was near it.
    Abandonment,
    /// Contacts came and none was answered.
    Unanswered,
    /// Somebody waited very long.
    LongWait,
    /// Contacts were refused for lack of a trunk or of queue space.
    Blocked,
    /// Contacts came outside opening hours.
    Closed,
    /// Contacts were forgotten in a restart of the telephone system.
    Lost,
    /// The source does not say how long some contacts waited, so the rule leaves them out.
    UnknownWaits,
    /// Contacts are in none of the figures.
    NotCounted,
    /// The reader of the source noticed something: the source notes of what was not counted say what.
    Source,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Low,
    /// Worth a look.
    Medium,
    /// Look at this first.
    High,
}

/// Hours of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct WeeklySlot {
    /// The weekday, 1 for Monday to 7 for Sunday.
    pub weekday: u8,
    /// From this hour on the local clock.
    pub from_hour: u8,
    /// Up to this hour, 24 for midnight.
    pub to_hour: u8,
    /// On how many days it missed the target.
    pub missed_days: u64,
    /// Of how many days with contacts.
    pub days: u64,
}

/// One thing to look at, as data; a renderer makes the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// How many contacts it cost: missing to the target, abandoned above the usual share, or refused.
    /// Findings are ordered by it. Costs of findings that overlap in time are not to be added up.
    pub cost: u64,
    /// How many things it is about: contacts, or notes of the reader.
    pub count: u64,
    /// The queues concerned; all selected ones if there are none here.
    #[cfg_attr(feature = "schemars", schemars(with = "Vec<String>"))]
    pub queues: Vec<QueueId>,
    /// When; `None` for the whole period.
    pub when: Option<LocalSpan>,
    /// Which hours of the week, for what recurs.
    pub slot: Option<WeeklySlot>,
    /// The figures of that time.
    pub results: Option<Results>,
}

/// This far below the target is far, as a share of 1.
const FAR: Quotient = Quotient::new(20, 100);

impl Finding {
    pub(super) fn new(kind: FindingKind, severity: Severity, cost: u64, count: u64) -> Self {
        Self {
            kind,
            severity,
            cost,
            count,
            queues: Vec::new(),
            when: None,
            slot: None,
            results: None,
        }
    }

    /// A stretch that missed the target.
    pub(super) fn below_target(stretch: &Stretch, min_contacts: u64) -> Self {
        let missing = stretch.results.missing.unwrap_or(0);
        let severity = severity_below(&stretch.results, min_contacts);
        Self::new(FindingKind::BelowTarget, severity, missing, missing).at(stretch)
    }

    /// Hours of a weekday that miss it again and again.
    pub(super) fn recurring(queue: &QueueId, slot: WeeklySlot, results: Results) -> Self {
        let missing = results.missing.unwrap_or(0);
        Self {
            queues: vec![queue.clone()],
            slot: Some(slot),
            results: Some(results),
            ..Self::new(FindingKind::Recurring, Severity::High, missing, missing)
        }
    }

    /// A stretch with more abandoned contacts than `usual`.
    pub(super) fn abandonment(stretch: &Stretch, usual: Quotient) -> Self {
        let figures = stretch.results.figures;
        let allowed = u128::from(figures.offered) * u128::from(usual.numerator())
            / u128::from(usual.denominator().max(1));
        let above = u128::from(figures.abandoned).saturating_sub(allowed);
        let above = u64::try_from(above).unwrap_or(u64::MAX);
        Self::new(
            FindingKind::Abandonment,
            Severity::Medium,
            above,
            figures.abandoned,
        )
        .at(stretch)
    }

    /// A stretch without an answer.
    pub(super) fn unanswered(stretch: &Stretch, min_contacts: u64) -> Self {
        let offered = stretch.results.figures.offered;
        let severity = if offered >= min_contacts {
            Severity::High
        } else {
            Severity::Medium
        };
        Self::new(FindingKind::Unanswered, severity, offered, offered).at(stretch)
    }

    /// The longest wait, where it is very long.
    pub(super) fn long_wait(stretch: &Stretch) -> Self {
        Self::new(FindingKind::LongWait, Severity::Low, 0, 1).at(stretch)
    }

    fn at(mut self, stretch: &Stretch) -> Self {
        self.queues = stretch.queue.iter().cloned().collect();
        self.when = Some(stretch.when);
        self.results = Some(stretch.results);
        self
    }

    /// The order of findings: what cost most, what matters most, what came first.
    pub(super) fn sort(findings: &mut [Self]) {
        findings.sort_by(|a, b| {
            let key = |one: &Self| {
                (
                    Reverse(one.cost),
                    Reverse(one.severity),
                    one.kind,
                    Reverse(one.count),
                )
            };
            let start = |one: &Self| one.when.map(|when| when.start);
            key(a)
                .cmp(&key(b))
                .then_with(|| start(a).cmp(&start(b)))
                .then_with(|| a.queues.cmp(&b.queues))
        });
    }
}

fn severity_below(results: &Results, min_contacts: u64) -> Severity {
    let level = results.figures.service_level;
    let is_far = Standing::of(level, results.target, FAR, 1) == Standing::Missed;
    if is_far && results.missing.unwrap_or(0) >= min_contacts {
        Severity::High
    } else {
        Severity::Medium
    }
}
