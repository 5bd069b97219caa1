//! Complaints, counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ageing::{AgeBucket, Ages};
use super::compliance::Compliance;
use super::kpi::ComplaintKpi;
use super::pareto::Pareto;
use super::repeats::Repeats;
use super::settings::ComplaintSettings;
use super::spread::Spread;
use super::summary::CaseSummary;
use crate::error::{Error, ErrorKind, Result};
use crate::id::Label;
use crate::service::{Figure, Percentile, Unit};

/// Complaints of a window, counted: a mergeable state of whole numbers.
///
/// Invariant: adding the complaints of two parts and merging equals adding all, in any
/// order. Complaints that end before they were received are counted as
/// [`disordered`](Self::disordered), and none of their durations is used.
///
/// ```
/// use floorwalker::complaint::{CaseSummary, ComplaintKpi, ComplaintSettings, ComplaintTally};
/// use floorwalker::time::Span;
///
/// let day = 86_400_000;
/// let june = Span::from_millis(0, 30 * day)?;
/// let mut tally = ComplaintTally::empty(ComplaintSettings::new(june));
/// tally.add(&CaseSummary { closed_ms: Some(5 * day), upheld: Some(true), ..CaseSummary::received(day) });
/// tally.add(&CaseSummary::received(20 * day));
/// assert_eq!(tally.figure(ComplaintKpi::Received).to_string(), "2");
/// assert_eq!(tally.figure(ComplaintKpi::UpheldRate).to_string(), "1/1 = 100.0 %");
/// let old = tally.ageing().into_iter().find(|bucket| bucket.count > 0).unwrap();
/// assert_eq!((old.from_ms, old.until_ms), (7 * day, Some(15 * day)));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct ComplaintTally(Record);

/// The counts in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "ComplaintTally", deny_unknown_fields)]
struct Record {
    settings: ComplaintSettings,
    counts: Counts,
    ages: Ages,
    overdue: Ages,
    steps: BTreeMap<Label, Spread>,
    standards: BTreeMap<Label, Compliance>,
    topics: BTreeMap<Label, u64>,
    causes: BTreeMap<Label, u64>,
    accrued_cents: BTreeMap<String, i64>,
    paid_cents: BTreeMap<String, i64>,
    repeats: Repeats,
}

/// Plain counts and sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    received: u64,
    closed: u64,
    open: u64,
    open_overdue: u64,
    disordered: u64,
    outside: u64,
    reopened: u64,
    ended: u64,
    contested: u64,
    escalated: u64,
    referred: u64,
    decided: u64,
    upheld: u64,
    first_contact: u64,
    waiting_ms: i64,
    handling_ms: i64,
}

impl Counts {
    fn merge(&mut self, other: &Self) {
        let pairs = [
            (&mut self.received, other.received),
            (&mut self.closed, other.closed),
            (&mut self.open, other.open),
            (&mut self.open_overdue, other.open_overdue),
            (&mut self.disordered, other.disordered),
            (&mut self.outside, other.outside),
            (&mut self.reopened, other.reopened),
            (&mut self.ended, other.ended),
            (&mut self.contested, other.contested),
            (&mut self.escalated, other.escalated),
            (&mut self.referred, other.referred),
            (&mut self.decided, other.decided),
            (&mut self.upheld, other.upheld),
            (&mut self.first_contact, other.first_contact),
        ];
        pairs.into_iter().for_each(|(mine, theirs)| *mine += theirs);
        self.waiting_ms += other.waiting_ms;
        self.handling_ms += other.handling_ms;
    }
}

impl ComplaintTally {
    /// No complaints.
    #[must_use]
    pub fn empty(settings: ComplaintSettings) -> Self {
        let ages = Ages::new(settings.age_edges_ms().len());
        Self(Record {
            settings,
            counts: Counts::default(),
            overdue: ages.clone(),
            ages,
            steps: BTreeMap::new(),
            standards: BTreeMap::new(),
            topics: BTreeMap::new(),
            causes: BTreeMap::new(),
            accrued_cents: BTreeMap::new(),
            paid_cents: BTreeMap::new(),
            repeats: Repeats::default(),
        })
    }

    /// All complaints of a list.
    #[must_use]
    pub fn of<'a>(
        settings: ComplaintSettings,
        summaries: impl IntoIterator<Item = &'a CaseSummary>,
    ) -> Self {
        let mut tally = Self::empty(settings);
        summaries.into_iter().for_each(|summary| tally.add(summary));
        tally
    }

    /// Counts a complaint. One that was neither received nor closed in the window, nor is
    /// open at its end, is left out and only counted as [`outside`](Self::outside).
    pub fn add(&mut self, summary: &CaseSummary) {
        let window = self.0.settings.window();
        let received = window.contains_ms(summary.received_ms);
        let closed = summary
            .closed_ms
            .is_some_and(|closed_ms| window.contains_ms(closed_ms));
        let began = summary.received_ms < window.end_ms();
        let open = began
            && summary
                .closed_ms
                .is_none_or(|closed_ms| closed_ms >= window.end_ms());
        if !(received || closed || open) {
            self.0.counts.outside += 1;
            return;
        }
        let disordered = summary
            .closed_ms
            .is_some_and(|closed_ms| closed_ms < summary.received_ms);
        let counts = &mut self.0.counts;
        counts.received += u64::from(received);
        counts.closed += u64::from(closed);
        counts.open += u64::from(open);
        counts.disordered += u64::from(disordered);
        if open {
            self.add_open(summary);
        }
        self.add_kind(summary, received, closed);
        if !disordered {
            self.add_durations(summary);
        }
    }

    fn add_open(&mut self, summary: &CaseSummary) {
        let Record {
            settings,
            counts,
            ages,
            overdue,
            ..
        } = &mut self.0;
        ages.add(
            settings.window().end_ms() - summary.received_ms,
            settings.age_edges_ms(),
        );
        if let Some(overdue_ms) = summary.overdue_ms {
            counts.open_overdue += 1;
            overdue.add(overdue_ms, settings.age_edges_ms());
        }
    }

    /// What kind of complaint it is, and what became of it. Rates over received ones
    /// leave out what came before the window.
    fn add_kind(&mut self, summary: &CaseSummary, received: bool, closed: bool) {
        let record = &mut self.0;
        let counts = &mut record.counts;
        counts.ended += u64::from(closed || summary.reopened > 0);
        counts.reopened += u64::from(summary.reopened > 0);
        counts.decided += u64::from(summary.upheld.is_some());
        counts.upheld += u64::from(summary.upheld == Some(true));
        counts.first_contact += u64::from(closed && summary.at_first_contact);
        if received {
            counts.contested += u64::from(summary.contested > 0);
            counts.escalated += u64::from(summary.levels > 0);
            counts.referred += u64::from(summary.referred);
            for topic in &summary.topics {
                *record.topics.entry(topic.clone()).or_default() += 1;
                if let Some(customer) = &summary.customer {
                    record.repeats.add(customer, topic, summary.received_ms);
                }
            }
        }
        if let Some(cause) = &summary.cause {
            *record.causes.entry(cause.clone()).or_default() += 1;
        }
        for (sums, amounts) in [
            (&mut record.accrued_cents, &summary.accrued),
            (&mut record.paid_cents, &summary.paid),
        ] {
            for amount in amounts {
                *sums.entry(amount.currency().to_owned()).or_default() += amount.cents();
            }
        }
        for (name, state) in &summary.standards {
            record
                .standards
                .entry(name.clone())
                .or_default()
                .add(*state);
        }
    }

    fn add_durations(&mut self, summary: &CaseSummary) {
        let record = &mut self.0;
        for (step, duration_ms) in &summary.steps {
            if let Ok(duration_ms) = u64::try_from(*duration_ms) {
                record
                    .steps
                    .entry(step.clone())
                    .or_default()
                    .add(duration_ms);
            }
        }
        let end_ms = summary
            .closed_ms
            .unwrap_or(record.settings.window().end_ms());
        record.counts.waiting_ms += summary.waiting_ms;
        record.counts.handling_ms += end_ms - summary.received_ms;
    }

    /// The counts of both parts together.
    ///
    /// # Errors
    /// `merge.mismatch` if they were counted by different settings.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        if self.0.settings != other.0.settings {
            let (left, right) = (
                format!("{:?}", self.0.settings),
                format!("{:?}", other.0.settings),
            );
            return Err(ErrorKind::MergeMismatch {
                what: "settings",
                left,
                right,
            }
            .into());
        }
        let (mine, theirs) = (&mut self.0, &other.0);
        mine.counts.merge(&theirs.counts);
        mine.ages.merge(&theirs.ages);
        mine.overdue.merge(&theirs.overdue);
        mine.repeats.merge(&theirs.repeats);
        for (step, spread) in &theirs.steps {
            mine.steps.entry(step.clone()).or_default().merge(spread);
        }
        for (name, compliance) in &theirs.standards {
            mine.standards
                .entry(name.clone())
                .or_default()
                .merge(compliance);
        }
        add_all(&mut mine.topics, &theirs.topics);
        add_all(&mut mine.causes, &theirs.causes);
        add_all(&mut mine.accrued_cents, &theirs.accrued_cents);
        add_all(&mut mine.paid_cents, &theirs.paid_cents);
        Ok(self)
    }

    /// By what complaints were counted.
    #[must_use]
    pub fn settings(&self) -> &ComplaintSettings {
        &self.0.settings
    }

    /// How many complaints end before they were received: a fault of the data. Their
    /// durations are left out.
    #[must_use]
    pub fn disordered(&self) -> u64 {
        self.0.counts.disordered
    }

    /// How many complaints were left out because the window does not concern them.
    #[must_use]
    pub fn outside(&self) -> u64 {
        self.0.counts.outside
    }

    /// The figure of an indicator.
    #[must_use]
    pub fn figure(&self, kpi: ComplaintKpi) -> Figure {
        let counts = &self.0.counts;
        let (repeats, known) = self.0.repeats.count(self.0.settings.repeat_ms());
        let (numerator, denominator) = match kpi {
            ComplaintKpi::Received => (counts.received, 1),
            ComplaintKpi::Closed => (counts.closed, 1),
            ComplaintKpi::Open => (counts.open, 1),
            ComplaintKpi::OpenOverdue => (counts.open_overdue, 1),
            ComplaintKpi::ReopenRate => (counts.reopened, counts.ended),
            ComplaintKpi::ContestRate => (counts.contested, counts.received),
            ComplaintKpi::RepeatRate => (repeats, known),
            ComplaintKpi::UpheldRate => (counts.upheld, counts.decided),
            ComplaintKpi::FirstContactRate => (counts.first_contact, counts.closed),
            ComplaintKpi::EscalationRate => (counts.escalated, counts.received),
            ComplaintKpi::ReferralRate => (counts.referred, counts.received),
            ComplaintKpi::WaitingShare => (
                counts.waiting_ms.unsigned_abs(),
                counts.handling_ms.unsigned_abs(),
            ),
        };
        Figure::new(
            kpi.name(),
            kpi.unit(),
            numerator.into(),
            denominator,
            self.0.settings.window(),
        )
    }

    /// Complaints for each thousand contacts of the same window.
    #[must_use]
    pub fn per_thousand_contacts(&self, contacts: u64) -> Figure {
        let received = self.0.counts.received.into();
        Figure::new(
            "complaints_per_thousand_contacts",
            Unit::PerThousand,
            received,
            contacts,
            self.0.settings.window(),
        )
    }

    /// The share within a standard, by its name: the clock of the procedure, or the
    /// clock of a policy. Undefined for a name that does not occur.
    #[must_use]
    pub fn within_standard(&self, name: &str) -> Figure {
        let compliance = self.0.standards.get(name).copied().unwrap_or_default();
        compliance.share(name, self.0.settings.window())
    }

    /// How the complaints stand that each standard is about.
    pub fn standards(&self) -> impl Iterator<Item = (&Label, &Compliance)> {
        self.0.standards.iter()
    }

    /// The mean business time of a step. Undefined for a step that does not occur.
    #[must_use]
    pub fn step_mean(&self, step: &str) -> Figure {
        let spread = self.0.steps.get(step).cloned().unwrap_or_default();
        spread.mean(step, self.0.settings.window())
    }

    /// A percentile of the business time of a step. Undefined for a step that does not
    /// occur.
    #[must_use]
    pub fn step_percentile(&self, step: &str, percentile: Percentile) -> Figure {
        let spread = self.0.steps.get(step).cloned().unwrap_or_default();
        spread.percentile(step, percentile, self.0.settings.window())
    }

    /// How long each step took.
    pub fn steps(&self) -> impl Iterator<Item = (&Label, &Spread)> {
        self.0.steps.iter()
    }

    /// Complaints open at the end of the window by age, youngest first.
    #[must_use]
    pub fn ageing(&self) -> Vec<AgeBucket> {
        self.0.ages.buckets(self.0.settings.age_edges_ms())
    }

    /// Open complaints that miss a standard, by how long it has been missed.
    #[must_use]
    pub fn overdue_ageing(&self) -> Vec<AgeBucket> {
        self.0.overdue.buckets(self.0.settings.age_edges_ms())
    }

    /// The root causes, most frequent first.
    #[must_use]
    pub fn causes(&self) -> Pareto {
        Pareto::of(&self.0.causes)
    }

    /// The topics of received complaints, most frequent first.
    #[must_use]
    pub fn topics(&self) -> Pareto {
        Pareto::of(&self.0.topics)
    }

    /// The indemnities that have become due, for each currency.
    #[must_use]
    pub fn indemnity_accrued(&self) -> Vec<Figure> {
        self.money("indemnity_accrued", &self.0.accrued_cents)
    }

    /// The indemnities that were paid, for each currency.
    #[must_use]
    pub fn indemnity_paid(&self) -> Vec<Figure> {
        self.money("indemnity_paid", &self.0.paid_cents)
    }

    fn money(&self, name: &str, sums: &BTreeMap<String, i64>) -> Vec<Figure> {
        let figure = |(currency, &cents): (&String, &i64)| {
            let name = format!("{name}_{}", currency.to_lowercase());
            Figure::new(
                name,
                Unit::Money,
                cents.into(),
                100,
                self.0.settings.window(),
            )
        };
        sums.iter().map(figure).collect()
    }
}

fn add_all<K: Ord + Clone, V: Copy + Default + std::ops::AddAssign>(
    mine: &mut BTreeMap<K, V>,
    theirs: &BTreeMap<K, V>,
) {
    for (key, value) in theirs {
        *mine.entry(key.clone()).or_default() += *value;
    }
}

impl TryFrom<Record> for ComplaintTally {
    type Error = Error;
    fn try_from(record: Record) -> Result<Self> {
        let edges = record.settings.age_edges_ms();
        if record.ages.fits(edges) && record.overdue.fits(edges) {
            return Ok(Self(record));
        }
        let why = "the classes of ages do not fit the edges of the settings".to_owned();
        Err(ErrorKind::Conflict {
            what: "parts of counted complaints",
            why,
        }
        .into())
    }
}

impl From<ComplaintTally> for Record {
    fn from(tally: ComplaintTally) -> Self {
        tally.0
    }
}
