//! The state of a complaint: what its events add up to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::act::{PolicyRef, ProcedureRef};
use super::parts::{CauseState, Held, Issue, Mark, Paid, Remedy, RemedyState, RootCause};
use super::stage::Stage;
use super::step::{Step, StepSet};
use crate::complaint::money::Money;
use crate::complaint::words::{Channel, Complexity, Outcome, Party, Severity};
use crate::id::{ActorId, CaseId, CustomerId, Label};
use crate::time::clock::Waiver;

/// The state of a complaint (fascicolo del reclamo), in five regions that go on beside
/// each other: handling, clocks, escalation, remedy and root cause.
///
/// Invariant: it is what its events add up to, in the order in which they happened; it
/// is in one state of handling. It does not depend on when events were recorded.
///
/// Clocks have no running totals: they are read from [`marks`](Self::marks) by
/// [`Rules::obligations`](super::Rules::obligations).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub(super) id: CaseId,
    pub(super) procedure: ProcedureRef,
    pub(super) state: Label,
    pub(super) stage: Stage,
    #[serde(deserialize_with = "super::snapshot::read_marks")]
    pub(super) marks: Vec<Mark>,
    pub(super) done: StepSet,
    pub(super) channel: Channel,
    pub(super) identified: bool,
    pub(super) customer: Option<CustomerId>,
    pub(super) customers: u32,
    pub(super) subject: Option<ActorId>,
    pub(super) issues: Vec<Issue>,
    pub(super) severities: Vec<(i64, Severity)>,
    pub(super) complexity: Option<Complexity>,
    pub(super) safety: bool,
    pub(super) facts: Vec<Label>,
    pub(super) policies: Vec<PolicyRef>,
    pub(super) assignee: Option<ActorId>,
    pub(super) author: Option<ActorId>,
    pub(super) approver: Option<ActorId>,
    pub(super) documents: u32,
    pub(super) held: Option<Held>,
    pub(super) level: u8,
    pub(super) levels_taken: u32,
    pub(super) remedy: Remedy,
    pub(super) cause: RootCause,
    pub(super) waivers: BTreeMap<Label, Waiver>,
    pub(super) paid: Vec<Paid>,
    pub(super) referred_to: Option<Label>,
    pub(super) merged_into: Option<CaseId>,
    pub(super) responded_ms: Option<i64>,
    pub(super) closed_ms: Option<i64>,
    pub(super) reopened: u32,
    pub(super) contested: u32,
    pub(super) cycle_started_ms: i64,
}

impl Case {
    /// Its number.
    #[must_use]
    pub fn id(&self) -> &CaseId {
        &self.id
    }

    /// The procedure by which it is handled.
    #[must_use]
    pub fn procedure(&self) -> &ProcedureRef {
        &self.procedure
    }

    /// When it was received, in milliseconds since 1970.
    #[must_use]
    pub fn received_ms(&self) -> i64 {
        self.marks[0].at_ms
    }

    /// When something last happened to it.
    #[must_use]
    pub fn last_ms(&self) -> i64 {
        self.marks[self.marks.len() - 1].at_ms
    }

    /// The state of handling, by the procedure's name.
    #[must_use]
    pub fn state(&self) -> &Label {
        &self.state
    }

    /// The stage of handling.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Every step that was taken, in the order in which they happened.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Whether a step was taken at some time.
    #[must_use]
    pub fn has_done(&self, step: Step) -> bool {
        self.done.contains(step)
    }

    /// By which way it came in.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// The customer, if known.
    #[must_use]
    pub fn customer(&self) -> Option<&CustomerId> {
        self.customer.as_ref()
    }

    /// How many customers signed it.
    #[must_use]
    pub fn customers(&self) -> u32 {
        self.customers
    }

    /// The person complained about, if it is one.
    #[must_use]
    pub fn subject(&self) -> Option<&ActorId> {
        self.subject.as_ref()
    }

    /// Its issues with their outcomes.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Whether it is upheld for at least one issue; `None` while no issue has an outcome.
    #[must_use]
    pub fn is_upheld(&self) -> Option<bool> {
        let outcomes: Vec<Outcome> = self
            .issues
            .iter()
            .filter_map(|issue| issue.outcome)
            .collect();
        (!outcomes.is_empty()).then(|| outcomes.into_iter().any(Outcome::is_upheld))
    }

    /// How bad it is, by the newest judgement.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.severities.last().map(|&(_, severity)| severity)
    }

    /// How hard it is.
    #[must_use]
    pub fn complexity(&self) -> Option<Complexity> {
        self.complexity
    }

    /// Whether somebody's safety is at stake.
    #[must_use]
    pub fn is_about_safety(&self) -> bool {
        self.safety
    }

    /// Facts on which variants of policies depend.
    #[must_use]
    pub fn facts(&self) -> &[Label] {
        &self.facts
    }

    /// The policies that were bound, in their versions.
    #[must_use]
    pub fn policies(&self) -> &[PolicyRef] {
        &self.policies
    }

    /// Who works on it.
    #[must_use]
    pub fn assignee(&self) -> Option<&ActorId> {
        self.assignee.as_ref()
    }

    /// The level of escalation in the present cycle; 0 is the operator.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// How many levels were taken in all cycles.
    #[must_use]
    pub fn levels_taken(&self) -> u32 {
        self.levels_taken
    }

    /// The state of the remedy.
    #[must_use]
    pub fn remedy(&self) -> RemedyState {
        self.remedy.state
    }

    /// The amount of the remedy, if it has one.
    #[must_use]
    pub fn remedy_amount(&self) -> Option<Money> {
        self.remedy.amount
    }

    /// The state of the root cause.
    #[must_use]
    pub fn cause(&self) -> CauseState {
        self.cause.state
    }

    /// The root cause and on whose side it lies, once named.
    #[must_use]
    pub fn cause_code(&self) -> Option<(&Label, Party)> {
        self.cause.code.as_ref().zip(self.cause.party)
    }

    /// By when the action against the cause is to be done.
    #[must_use]
    pub fn action_due(&self) -> Option<NaiveDate> {
        self.cause.action_due
    }

    /// The waiver of a clock.
    #[must_use]
    pub fn waiver(&self, clock: &str) -> Option<&Waiver> {
        self.waivers.get(clock)
    }

    /// When a holding reply was sent, and until when the reply was promised.
    #[must_use]
    pub fn holding_reply(&self) -> Option<(i64, NaiveDate)> {
        self.held.map(|held| (held.at_ms, held.until))
    }

    /// The payments of indemnities: by which policy, and how much.
    pub fn payments(&self) -> impl Iterator<Item = (&Label, Money)> {
        self.paid.iter().map(|paid| (&paid.policy, paid.amount))
    }

    /// The body outside that has it, or had it last.
    #[must_use]
    pub fn referred_to(&self) -> Option<&Label> {
        self.referred_to.as_ref()
    }

    /// The complaint in which it goes on.
    #[must_use]
    pub fn merged_into(&self) -> Option<&CaseId> {
        self.merged_into.as_ref()
    }

    /// When the last reply was sent.
    #[must_use]
    pub fn responded_ms(&self) -> Option<i64> {
        self.responded_ms
    }

    /// When handling ended; `None` while it is open.
    #[must_use]
    pub fn closed_ms(&self) -> Option<i64> {
        self.closed_ms
    }

    /// How often it was opened again.
    #[must_use]
    pub fn times_reopened(&self) -> u32 {
        self.reopened
    }

    /// How often a reply was contested.
    #[must_use]
    pub fn times_contested(&self) -> u32 {
        self.contested
    }
}
