//! What a service-level report is told.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::QueueId;
use crate::report::{Quotient, Target};
use crate::time::Span;

/// What a service-level report is told: target, selection, and when something is worth a line.
///
/// The limits are conventions of this report, printed with it; no norm sets them.
///
/// ```
/// use floorwalker::report::ReportOptions;
///
/// let options = ReportOptions::new("80/20".parse()?).with_min_contacts(20);
/// assert_eq!(options.limits().min_contacts, 20);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOptions {
    pub(super) target: Target,
    pub(super) period: Option<Span>,
    pub(super) queues: Option<Vec<QueueId>>,
    pub(super) limits: Limits,
    pub(super) notes: Vec<SourceNote>,
}

/// From when on something is worth a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Limits {
    /// Fewer counted contacts than this are not judged, and make no finding. 10 unless told otherwise.
    pub min_contacts: u64,
    /// How far below the target still counts as near it, as a share of 1. 5 points unless told otherwise.
    pub tolerance: Quotient,
    /// Above this share of abandoned contacts a stretch is an exception. A tenth unless told otherwise.
    pub abandon_rate: Quotient,
    /// From this wait on, in milliseconds, the longest wait is a finding. Ten minutes unless told otherwise.
    pub long_wait_ms: u64,
    /// This many contacts in a row without one answer make a finding. 3 unless told otherwise.
    pub min_unanswered: u64,
    /// How many findings are listed. 10 unless told otherwise.
    pub findings: usize,
    /// How many rows each list of exceptions has at most. 50 unless told otherwise.
    pub exceptions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            min_contacts: 10,
            tolerance: Quotient::new(5, 100),
            abandon_rate: Quotient::new(10, 100),
            long_wait_ms: 600_000,
            min_unanswered: 3,
            findings: 10,
            exceptions: 50,
        }
    }
}

/// Something that the reader of the source noticed, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// What, by the reader's own name for it.
    pub kind: String,
    /// How often.
    pub count: u64,
    /// What it assumed, in its own words.
    #[serde(default)]
    pub assumption: Option<String>,
}

impl SourceNote {
    /// `count` times something that the reader calls `kind`.
    #[must_use]
    pub fn new(kind: impl Into<String>, count: u64) -> Self {
        Self {
            kind: kind.into(),
            count,
            assumption: None,
        }
    }

    /// The same with what the reader assumed.
    #[must_use]
    pub fn assuming(mut self, assumption: impl Into<String>) -> Self {
        self.assumption = Some(assumption.into());
        self
    }
}

impl ReportOptions {
    /// A report on all queues over all the data, judged by `target`.
    #[must_use]
    pub fn new(target: Target) -> Self {
        Self {
            target,
            period: None,
            queues: None,
            limits: Limits::default(),
            notes: Vec::new(),
        }
    }

    /// The same over the intervals inside `period`. Where the tally covers less,
    /// the report says so by the period it states.
    #[must_use]
    pub fn with_period(mut self, period: Span) -> Self {
        self.period = Some(period);
        self
    }

    /// The same on some queues, in alphabetical order whatever the order given.
    #[must_use]
    pub fn with_queues(mut self, queues: impl IntoIterator<Item = QueueId>) -> Self {
        let mut queues: Vec<QueueId> = queues.into_iter().collect();
        queues.sort_unstable();
        queues.dedup();
        self.queues = Some(queues);
        self
    }

    /// The same with another minimum of contacts for a judgement.
    #[must_use]
    pub fn with_min_contacts(mut self, min_contacts: u64) -> Self {
        self.limits.min_contacts = min_contacts;
        self
    }

    /// The same with another tolerance below the target.
    ///
    /// # Errors
    /// `value.out_of_range` unless it is between 0 and 1.
    pub fn with_tolerance(mut self, tolerance: Quotient) -> Result<Self, Error> {
        self.limits.tolerance = share("tolerance", tolerance)?;
        Ok(self)
    }

    /// The same with another share of abandoned contacts that is still usual.
    ///
    /// # Errors
    /// `value.out_of_range` unless it is between 0 and 1.
    pub fn with_abandon_rate(mut self, limit: Quotient) -> Result<Self, Error> {
        self.limits.abandon_rate = share("limit of the abandon rate", limit)?;
        Ok(self)
    }

    /// The same with at most so many findings.
    #[must_use]
    pub fn with_findings(mut self, findings: usize) -> Self {
        self.limits.findings = findings;
        self
    }

    /// The same with what the reader of the source noticed.
    #[must_use]
    pub fn with_source_notes(mut self, notes: impl IntoIterator<Item = SourceNote>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// What was promised.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// From when on something is worth a line.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }
}

fn share(what: &'static str, given: Quotient) -> Result<Quotient, Error> {
    if given.is_defined() && given.numerator() <= given.denominator() {
        return Ok(given);
    }
    let given = format!("{}/{}", given.numerator(), given.denominator());
    Err(Error::range(what, 0, 1, given))
}
