//! Where a rule writes down what it found.

use serde::Serialize;

use crate::terms::terms;

terms! {
    /// What a measured value counts.
    Unit ("unit") {
        /// Elapsed milliseconds.
        Milliseconds = "ms",
        /// Days.
        Days = "days",
        /// Hundredths of a whole.
        Percent = "percent",
        /// How many there are.
        Count = "count",
    }
}

terms! {
    /// On which side of a limit a value is allowed.
    Bound ("bound") {
        /// The value must not be below the limit.
        AtLeast = "at_least",
        /// The value must not be above the limit.
        AtMost = "at_most",
    }
}

/// Why a rule could not be judged, or not fully.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
#[non_exhaustive]
pub enum Reason {
    /// The rule pack leaves this number for an agreement to fill in.
    Blank {
        /// Its name.
        parameter: &'static str,
    },
    /// The past is known for too short a time; what is known keeps the rule.
    HistoryTooShort,
    /// It is not said when the shifts were published.
    NotPublished,
    /// The contract states no hours.
    NoHoursAgreed,
    /// The days that decide lie after the end of the window.
    StillOpen,
    /// The operator is not among the staff.
    UnknownOperator,
    /// The operator has no contract in the window.
    NoContract,
}

/// A rule broken once, in plain numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    /// The number of the day on which it comes to it.
    pub(crate) day: usize,
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) measured: i64,
    pub(crate) limit: i64,
    pub(crate) unit: Unit,
    pub(crate) bound: Bound,
}

impl Breach {
    /// A breach by elapsed time.
    pub(crate) fn time(
        day: usize,
        span: (i64, i64),
        measured: i64,
        limit: i64,
        bound: Bound,
    ) -> Self {
        Self {
            day,
            start: span.0,
            end: span.1,
            measured,
            limit,
            unit: Unit::Milliseconds,
            bound,
        }
    }

    pub(crate) fn with_unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    /// By how much the limit is missed.
    pub(crate) fn excess(&self) -> i64 {
        match self.bound {
            Bound::AtLeast => self.limit - self.measured,
            Bound::AtMost => self.measured - self.limit,
        }
    }
}

/// What one rule found about one operator.
#[derive(Debug, Default)]
pub(crate) struct Out {
    pub(super) breaches: Vec<Breach>,
    pub(super) reasons: Vec<Reason>,
}

impl Out {
    /// The rule is broken.
    pub(crate) fn breach(&mut self, breach: Breach) {
        self.breaches.push(breach);
    }

    /// The rule could not be judged.
    pub(crate) fn not_judged(&mut self, reason: Reason) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    /// The number, or a note that it is blank.
    pub(crate) fn filled<T: Copy>(
        &mut self,
        value: Option<T>,
        parameter: &'static str,
    ) -> Option<T> {
        if value.is_none() {
            self.not_judged(Reason::Blank { parameter });
        }
        value
    }

    /// Of windows that overlap one finding is enough: keeps the worst of each run of
    /// neighbours.
    pub(crate) fn breach_runs(&mut self, windows: impl IntoIterator<Item = Breach>) {
        let mut run: Option<(usize, Breach)> = None;
        for next in windows {
            match &mut run {
                Some((last, worst)) if *last + 1 == next.day => {
                    *last = next.day;
                    if next.excess() > worst.excess() {
                        *worst = next;
                    }
                }
                _ => {
                    self.breaches.extend(run.map(|(_, worst)| worst));
                    run = Some((next.day, next));
                }
            }
        }
        self.breaches.extend(run.map(|(_, worst)| worst));
    }
}
