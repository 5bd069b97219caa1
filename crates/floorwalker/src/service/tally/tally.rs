//! One pooled count, wide enough for years, from which figures are asked.

use std::sync::Arc;

use super::counts::{Counts, Sums};
use super::page::Pages;
use super::settings::TallySettings;
use super::wait_log::WaitGathering;
use super::waits::Waits;
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::service::rule::{CATEGORIES, Category, Class, ServiceLevel, Timing};
use crate::time::Span;

/// What a count is about: which queues, over which time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    queues: Vec<QueueId>,
    window: Span,
}

impl Scope {
    pub(super) fn new(queues: Vec<QueueId>, window: Span) -> Self {
        Self { queues, window }
    }

    /// The queues, pooled.
    #[must_use]
    pub fn queues(&self) -> &[QueueId] {
        &self.queues
    }

    /// The time.
    #[must_use]
    pub fn window(&self) -> Span {
        self.window
    }
}

/// The counts of one or more queues over one or more intervals, pooled.
///
/// Questions about it are in [`figure`](Self::figure), [`service_level`](Self::service_level),
/// [`percentile`](Self::percentile) and [`explain`](Self::explain); the plain
/// counts are here.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    settings: Arc<TallySettings>,
    scope: Scope,
    counts: Counts<u64>,
    sums: Sums,
    cuts: Vec<[u64; CATEGORIES]>,
    waits: Waits,
}

impl Tally {
    pub(super) fn new(settings: Arc<TallySettings>, scope: Scope) -> Self {
        let cuts = vec![[0; CATEGORIES]; settings.cuts().len()];
        let waits = Waits::new(settings.keep_waits());
        Self {
            settings,
            scope,
            counts: Counts::default(),
            sums: Sums::default(),
            cuts,
            waits,
        }
    }

    /// Adds one slot but for its waits, which [`with_waits`](Self::with_waits) takes.
    pub(super) fn add_cell(&mut self, pages: &Pages, slot: usize) {
        self.counts.add(&pages.counts(slot));
        self.sums.add(&pages.sums(slot));
        for (total, more) in self.cuts.iter_mut().zip(pages.cuts_of(slot)) {
            total
                .iter_mut()
                .zip(more)
                .for_each(|(total, more)| *total = total.saturating_add(more));
        }
    }

    pub(super) fn with_waits(self, waits: WaitGathering) -> Self {
        Self {
            waits: waits.finish(),
            ..self
        }
    }

    /// The two counts together, over the hull of their windows.
    ///
    /// # Errors
    /// `merge.mismatch` if the settings differ.
    pub fn merge(mut self, other: &Self) -> Result<Self, Error> {
        self.settings.check_same(&other.settings)?;
        self.scope.window = self.scope.window.hull(other.scope.window);
        self.scope.queues.extend(other.scope.queues.iter().cloned());
        self.scope.queues.sort_unstable();
        self.scope.queues.dedup();
        self.counts.add(&other.counts);
        self.sums.add(&other.sums);
        for (total, more) in self.cuts.iter_mut().zip(&other.cuts) {
            total
                .iter_mut()
                .zip(more)
                .for_each(|(total, &more)| *total = total.saturating_add(more));
        }
        self.waits.add(&other.waits);
        Ok(self)
    }

    /// What it was told before it counted.
    #[must_use]
    pub fn settings(&self) -> &TallySettings {
        &self.settings
    }

    /// Which queues and which time it is about.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The rarer counts.
    #[must_use]
    pub fn counts(&self) -> &Counts<u64> {
        &self.counts
    }

    /// The sums of time.
    #[must_use]
    pub fn sums(&self) -> &Sums {
        &self.sums
    }

    /// The distribution of waits, as far as it was kept.
    #[must_use]
    pub fn waits(&self) -> &Waits {
        &self.waits
    }

    /// Legs of `class` with `timing`, under the main rule's threshold. Classes
    /// without a wait ignore the timing.
    #[must_use]
    pub fn legs(&self, class: Class, timing: Timing) -> u64 {
        self.cuts[0][Category::timed(class, timing).index()]
    }

    fn class(&self, class: Class) -> u64 {
        match class {
            Class::Unfinished | Class::Blocked | Class::Closed => self.legs(class, Timing::Within),
            _ => [Timing::Within, Timing::Late, Timing::Unknown]
                .map(|timing| self.legs(class, timing))
                .iter()
                .sum(),
        }
    }

    /// Legs that entered the queue: every outcome but blocked and closed, no dials.
    #[must_use]
    pub fn offered(&self) -> u64 {
        let flows = self.answered() + self.abandoned() + self.callback_requested();
        flows + self.class(Class::FlowOut) + self.class(Class::Unfinished)
    }

    /// Connected to an operator.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.class(Class::Answered)
    }

    /// Left by the customer while waiting, short ones included.
    #[must_use]
    pub fn abandoned(&self) -> u64 {
        self.class(Class::Abandoned) + self.short_abandoned()
    }

    /// Abandoned within the limit for short abandons.
    #[must_use]
    pub fn short_abandoned(&self) -> u64 {
        self.class(Class::AbandonedShort)
    }

    /// Left asking for a call-back.
    #[must_use]
    pub fn callback_requested(&self) -> u64 {
        self.class(Class::Callback) + self.class(Class::CallbackDone)
    }

    /// Left asking for a call-back that was later answered.
    #[must_use]
    pub fn callback_done(&self) -> u64 {
        self.class(Class::CallbackDone)
    }

    /// Left by routing, time-out, key, command, empty queue or fault.
    #[must_use]
    pub fn flow_outs(&self) -> u64 {
        self.class(Class::FlowOut)
    }

    /// Moved elsewhere by routing alone.
    #[must_use]
    pub fn overflowed(&self) -> u64 {
        let Counts {
            timed_out,
            left_by_key,
            left_empty,
            withdrawn,
            failed,
            ..
        } = self.counts;
        self.flow_outs()
            .saturating_sub(timed_out + left_by_key + left_empty + withdrawn + failed)
    }

    /// Still waiting when the data ends.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.class(Class::Unfinished)
            .saturating_sub(self.counts.lost)
    }

    /// Refused for lack of a trunk or of queue space.
    #[must_use]
    pub fn blocked(&self) -> u64 {
        self.class(Class::Blocked)
    }

    /// Arrived outside opening hours.
    #[must_use]
    pub fn closed(&self) -> u64 {
        self.class(Class::Closed)
    }

    /// Legs with a known wait among the answered.
    pub(crate) fn answered_with_wait(&self) -> u64 {
        self.answered() - self.legs(Class::Answered, Timing::Unknown)
    }

    /// Legs with a known wait among the abandoned.
    pub(crate) fn abandoned_with_wait(&self) -> u64 {
        self.abandoned() - self.legs(Class::Abandoned, Timing::Unknown)
    }

    /// The counts by category that answer for `rule`.
    ///
    /// # Errors
    /// `options.conflict` if the tally did not count for the rule's threshold.
    pub(crate) fn cut_for(&self, rule: &ServiceLevel) -> Result<&[u64; CATEGORIES], Error> {
        let cut = self.settings.cut_of(rule).ok_or_else(|| {
            let counted: Vec<String> = self.settings.rules().iter().map(ToString::to_string).collect();
            Error::from(ErrorKind::Conflict {
                what: "rule and tally",
                why: format!(
                    "{rule} was not counted for (only {}): add the rule before counting, or ask service_level_at",
                    counted.join(", ")
                ),
            })
        })?;
        Ok(&self.cuts[cut])
    }
}
