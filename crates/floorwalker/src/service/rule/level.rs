//! A service-level rule: which legs count for, which against, which are left out.

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::category::{Category, Class, Timing};
use super::limit::Limit;
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;

/// What a rule does with legs that were not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Treatment {
    /// They count against the service level, however long they waited.
    Negative,
    /// They are left out.
    Ignored,
    /// They are left out if they ended within the threshold, and count against it otherwise.
    IgnoredWithin,
    /// They are left out if they were short, and count against it otherwise. Abandons only.
    IgnoredShort,
    /// They count for the service level if they ended within the threshold, and against it otherwise.
    Positive,
    /// They count for it if the call-back was later answered, and against it otherwise. Call-backs only.
    PositiveIfDone,
}

/// How a wait is compared with the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// A wait equal to the threshold is within it.
    AtMost,
    /// A wait equal to the threshold is late.
    Below,
    /// There is no threshold: whoever was answered was answered in time.
    Any,
}

/// From which instant a wait is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStart {
    /// Entry into the queue.
    QueueEntry,
    /// The contact reached the centre, before menus and routing.
    CentreEntry,
    /// The customer chose to speak to an operator.
    OperatorChoice,
}

/// Whether a leg counts for a service level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// In the numerator and in the denominator.
    For,
    /// In the denominator only.
    Against,
    /// In neither.
    LeftOut,
}

/// A service-level rule (regola del livello di servizio).
///
/// There is no single "service level": products and contracts use more than
/// ten formulas, which differ by tens of points on the same calls. Each is a
/// constructor here, and every figure carries its rule. With A answered,
/// B abandoned, S short abandons, N offered, and a trailing i for "within the
/// threshold":
///
/// | rule | formula |
/// |---|---|
/// | [`answered_only`](Self::answered_only) | Ai / A |
/// | [`offered`](Self::offered) | Ai / N |
/// | [`ignore_within`](Self::ignore_within) | Ai / (N - Bi) |
/// | [`positive`](Self::positive) | (Ai + Bi) / N |
/// | [`ignore_all`](Self::ignore_all) | Ai / (N - B) |
/// | [`excl_short`](Self::excl_short) | Ai / (N - S) |
/// | [`answered_abandoned`](Self::answered_abandoned) | Ai / (A + B) |
/// | [`answered_abandoned_excl_short`](Self::answered_abandoned_excl_short) | Ai / (A + B - S) |
/// | [`removed_from_queue`](Self::removed_from_queue) | (Ai + Bi + Ci) / N |
/// | [`dequeued_excluded`](Self::dequeued_excluded) | Ai / (N - flow-outs) |
/// | [`no_threshold`](Self::no_threshold) | A / N |
///
/// Others are made by the `with_` methods. Vendors' presets are named after the
/// vendor.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::service::{ServiceLevel, Treatment};
///
/// let rule = ServiceLevel::offered(TimeDelta::seconds(20))?.with_flow_outs(Treatment::Ignored)?;
/// assert_eq!(rule.to_string(), "offered(20s) with flow-outs ignored");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "LevelRecord", into = "LevelRecord")]
pub struct ServiceLevel(LevelRecord);

/// The plain fields of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelRecord {
    pub(super) name: String,
    pub(super) within: Limit,
    pub(super) comparison: Comparison,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) short: Option<Limit>,
    pub(super) abandons: Treatment,
    pub(super) flow_outs: Treatment,
    pub(super) callbacks: Treatment,
    pub(super) unfinished: Treatment,
    pub(super) blocked: Treatment,
    pub(super) closed: Treatment,
    pub(super) transfers_in: bool,
    pub(super) clock: ClockStart,
}

impl LevelRecord {
    /// Every treatment with what it is about.
    fn treatments(&self) -> [(&'static str, Treatment); 6] {
        [
            ("abandons", self.abandons),
            ("flow-outs", self.flow_outs),
            ("call-backs", self.callbacks),
            ("unfinished", self.unfinished),
            ("blocked", self.blocked),
            ("closed", self.closed),
        ]
    }

    fn check(self) -> Result<ServiceLevel, Error> {
        use Treatment as T;
        for (what, treatment) in self.treatments() {
            let fits = match treatment {
                T::Negative | T::Ignored => true,
                T::IgnoredWithin | T::Positive => {
                    matches!(what, "abandons" | "flow-outs" | "call-backs")
                }
                T::IgnoredShort => what == "abandons" && self.short.is_some(),
                T::PositiveIfDone => what == "call-backs",
            };
            if !fits {
                let why = format!(
                    "{what} cannot be {treatment}, or the limit for short abandons is missing"
                );
                return Err(ErrorKind::Conflict {
                    what: "service-level options",
                    why,
                }
                .into());
            }
        }
        Ok(ServiceLevel(self))
    }
}

impl TryFrom<LevelRecord> for ServiceLevel {
    type Error = Error;
    fn try_from(record: LevelRecord) -> Result<Self, Error> {
        record.check()
    }
}

impl From<ServiceLevel> for LevelRecord {
    fn from(level: ServiceLevel) -> Self {
        level.0
    }
}

impl ServiceLevel {
    /// Ai / N with the given name: the rule that all others are changed from.
    pub(super) fn base(name: &str, within: TimeDelta) -> Result<Self, Error> {
        Ok(Self(LevelRecord {
            name: name.to_owned(),
            within: Limit::new(within)?,
            comparison: Comparison::AtMost,
            short: None,
            abandons: Treatment::Negative,
            flow_outs: Treatment::Negative,
            callbacks: Treatment::Negative,
            unfinished: Treatment::Negative,
            blocked: Treatment::Ignored,
            closed: Treatment::Ignored,
            transfers_in: true,
            clock: ClockStart::QueueEntry,
        }))
    }

    pub(super) fn changed(mut self, change: impl FnOnce(&mut LevelRecord)) -> Self {
        change(&mut self.0);
        self
    }

    /// The name of the rule it started from, such as `offered`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The threshold T.
    #[must_use]
    pub fn within(&self) -> &Limit {
        &self.0.within
    }

    /// The limit for short abandons, if the rule has one.
    #[must_use]
    pub fn short(&self) -> Option<&Limit> {
        self.0.short.as_ref()
    }

    /// How a wait is compared with the threshold.
    #[must_use]
    pub fn comparison(&self) -> Comparison {
        self.0.comparison
    }

    /// From which instant a wait is measured.
    #[must_use]
    pub fn clock(&self) -> ClockStart {
        self.0.clock
    }

    /// Whether legs that came from another queue count, by transfer or overflow.
    #[must_use]
    pub fn counts_transfers_in(&self) -> bool {
        self.0.transfers_in
    }

    /// The same rule with another threshold for `queue`.
    ///
    /// # Errors
    /// `value.out_of_range` if it is negative or above 400 days.
    pub fn for_queue(self, queue: QueueId, within: TimeDelta) -> Result<Self, Error> {
        let limit = self.0.within.clone().for_queue(queue, within)?;
        Ok(self.changed(|rule| rule.within = limit))
    }

    /// The same rule with other thresholds.
    #[must_use]
    pub fn with_within(self, within: Limit) -> Self {
        self.changed(|rule| rule.within = within)
    }

    /// The same rule with a limit for short abandons.
    #[must_use]
    pub fn with_short(self, short: Limit) -> Self {
        self.changed(|rule| rule.short = Some(short))
    }

    /// The same rule with a wait equal to the threshold taken as late.
    #[must_use]
    pub fn strictly(self) -> Self {
        self.changed(|rule| rule.comparison = Comparison::Below)
    }

    /// The same rule with waits measured from another instant. A leg without
    /// that instant has an unknown wait.
    #[must_use]
    pub fn with_clock(self, clock: ClockStart) -> Self {
        self.changed(|rule| rule.clock = clock)
    }

    /// The same rule over contacts that came from outside only.
    #[must_use]
    pub fn without_transfers_in(self) -> Self {
        self.changed(|rule| rule.transfers_in = false)
    }

    /// The same rule with another treatment of abandoned legs.
    ///
    /// # Errors
    /// `options.conflict` if the treatment makes no sense here, or needs a limit
    /// for short abandons that the rule does not have.
    pub fn with_abandons(self, treatment: Treatment) -> Result<Self, Error> {
        self.changed(|rule| rule.abandons = treatment).0.check()
    }

    /// The same rule with another treatment of legs that routing took away.
    ///
    /// # Errors
    /// `options.conflict` if the treatment makes no sense here.
    pub fn with_flow_outs(self, treatment: Treatment) -> Result<Self, Error> {
        self.changed(|rule| rule.flow_outs = treatment).0.check()
    }

    /// The same rule with another treatment of requested call-backs.
    ///
    /// # Errors
    /// `options.conflict` if the treatment makes no sense here.
    pub fn with_callbacks(self, treatment: Treatment) -> Result<Self, Error> {
        self.changed(|rule| rule.callbacks = treatment).0.check()
    }

    /// The same rule with another treatment of legs that are still waiting.
    ///
    /// # Errors
    /// `options.conflict` unless it is negative or ignored.
    pub fn with_unfinished(self, treatment: Treatment) -> Result<Self, Error> {
        self.changed(|rule| rule.unfinished = treatment).0.check()
    }

    /// The same rule with another treatment of blocked contacts.
    ///
    /// # Errors
    /// `options.conflict` unless it is negative or ignored.
    pub fn with_blocked(self, treatment: Treatment) -> Result<Self, Error> {
        self.changed(|rule| rule.blocked = treatment).0.check()
    }

    /// The same rule with another treatment of contacts outside opening hours.
    ///
    /// # Errors
    /// `options.conflict` unless it is negative or ignored.
    pub fn with_closed(self, treatment: Treatment) -> Result<Self, Error> {
        self.changed(|rule| rule.closed = treatment).0.check()
    }

    /// Whether legs of `category` count for, against, or not at all.
    ///
    /// A leg with an unknown wait counts where its wait does not matter, and is
    /// left out where it does.
    #[must_use]
    pub fn judge(&self, category: Category) -> Verdict {
        let rule = &self.0;
        let treatment = match category.class() {
            Class::Answered if rule.comparison == Comparison::Any => return Verdict::For,
            Class::Answered => Treatment::Positive,
            Class::AbandonedShort if rule.abandons == Treatment::IgnoredShort => {
                return Verdict::LeftOut;
            }
            Class::AbandonedShort | Class::Abandoned => rule.abandons,
            Class::CallbackDone if rule.callbacks == Treatment::PositiveIfDone => {
                return Verdict::For;
            }
            Class::Callback | Class::CallbackDone => rule.callbacks,
            Class::FlowOut => rule.flow_outs,
            Class::Unfinished => rule.unfinished,
            Class::Blocked => rule.blocked,
            Class::Closed => rule.closed,
        };
        match (treatment, category.timing()) {
            (Treatment::Ignored, _) => Verdict::LeftOut,
            (Treatment::Negative | Treatment::PositiveIfDone, _) => Verdict::Against,
            (Treatment::IgnoredShort, Some(Timing::Unknown)) => Verdict::LeftOut,
            (Treatment::IgnoredShort, _) => Verdict::Against,
            (_, Some(Timing::Unknown)) => Verdict::LeftOut,
            (Treatment::Positive, Some(Timing::Within)) => Verdict::For,
            (Treatment::IgnoredWithin, Some(Timing::Within)) => Verdict::LeftOut,
            (Treatment::Positive | Treatment::IgnoredWithin, _) => Verdict::Against,
        }
    }
}

impl fmt::Display for Treatment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negative => "negative",
            Self::Ignored => "ignored",
            Self::IgnoredWithin => "ignored within the threshold",
            Self::IgnoredShort => "ignored if short",
            Self::Positive => "positive within the threshold",
            Self::PositiveIfDone => "positive if done",
        })
    }
}

impl fmt::Display for ServiceLevel {
    /// The name with its limits, and how it differs from the rule of that name:
    /// `excl_short(20s, short 5s) with flow-outs ignored`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = &self.0;
        f.write_str(&rule.name)?;
        match (rule.comparison, &rule.short) {
            (Comparison::Any, _) => {}
            (comparison, short) => {
                let sign = if comparison == Comparison::Below {
                    "<"
                } else {
                    ""
                };
                write!(f, "({sign}{}", rule.within)?;
                if let Some(short) = short {
                    write!(f, ", short {short}")?;
                }
                f.write_str(")")?;
            }
        }
        for difference in self.differences() {
            f.write_str(&difference)?;
        }
        Ok(())
    }
}

impl ServiceLevel {
    /// In words, how the rule differs from the one whose name it bears.
    fn differences(&self) -> Vec<String> {
        let Some(model) =
            super::presets::by_name(&self.0.name, self.0.within.clone(), self.0.short.clone())
        else {
            return Vec::new();
        };
        let mut differences = Vec::new();
        let pairs = self.0.treatments().into_iter().zip(model.0.treatments());
        for ((what, given), (_, usual)) in pairs {
            if given != usual {
                differences.push(format!(" with {what} {given}"));
            }
        }
        if self.0.transfers_in != model.0.transfers_in {
            differences.push(" without transfers in".to_owned());
        }
        if self.0.clock != model.0.clock {
            let from = match self.0.clock {
                ClockStart::QueueEntry => "queue entry",
                ClockStart::CentreEntry => "centre entry",
                ClockStart::OperatorChoice => "the choice of an operator",
            };
            differences.push(format!(" from {from}"));
        }
        differences
    }
}
