//! What a tally is told before it counts.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::attribution::Attribution;
use crate::error::{Error, ErrorKind};
use crate::id::QueueId;
use crate::service::rule::{ClockStart, Comparison, Limit, ServiceLevel};
use crate::time::{Grid, Span};

/// What is kept of the waits, beside their sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepWaits {
    /// Nothing: no percentiles, no other thresholds afterwards. The smallest state.
    Nothing,
    /// A histogram: exact at whole seconds up to two minutes, within 1/60 above
    /// (see [`Waits`](super::Waits)).
    Histogram,
    /// Every wait to the millisecond: exact percentiles and thresholds.
    Exact,
}

/// A threshold with everything that decides the category of a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) within: Limit,
    pub(crate) strict: bool,
    pub(crate) short: Option<Limit>,
    pub(crate) clock: ClockStart,
    pub(crate) transfers_in: bool,
}

impl Cut {
    pub(in crate::service) fn of(rule: &ServiceLevel, short: Option<&Limit>) -> Self {
        Self {
            within: rule.within().clone(),
            strict: rule.comparison() == Comparison::Below,
            short: rule.short().or(short).cloned(),
            clock: rule.clock(),
            transfers_in: rule.counts_transfers_in(),
        }
    }

    /// Threshold and short limit of `queue` in milliseconds, as [`Category::of`](crate::service::Category) wants them.
    pub(crate) fn limits_of(&self, queue: &QueueId) -> (i64, i64) {
        let short = self.short.as_ref().map_or(-1, |short| short.ms_of(queue));
        (self.within.ms_of(queue) - i64::from(self.strict), short)
    }

    /// Whether the counts of this cut answer for `rule`.
    fn serves(&self, rule: &ServiceLevel) -> bool {
        let same_threshold = rule.comparison() == Comparison::Any
            || (*rule.within() == self.within
                && (rule.comparison() == Comparison::Below) == self.strict);
        let same_short = rule.short().is_none() || rule.short() == self.short.as_ref();
        same_threshold
            && same_short
            && rule.clock() == self.clock
            && rule.counts_transfers_in() == self.transfers_in
    }
}

/// What a tally is told before it counts: intervals, rules, attribution.
///
/// Invariant: there is at least one rule. The first is the *main* rule: its
/// threshold decides `answered_in` and its like.
///
/// ```
/// use chrono::TimeDelta;
/// use floorwalker::service::{Attribution, ServiceLevel, TallySettings};
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes30);
/// let settings = TallySettings::new(grid, ServiceLevel::offered(TimeDelta::seconds(20))?)
///     .with_rule(ServiceLevel::positive(TimeDelta::seconds(20))?)
///     .with_attribution(Attribution::QueueExit);
/// assert_eq!(settings.rules().len(), 2);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "SettingsRecord", into = "SettingsRecord")]
pub struct TallySettings {
    record: SettingsRecord,
    cuts: Vec<Cut>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsRecord {
    grid: Grid,
    rules: Vec<ServiceLevel>,
    attribution: Attribution,
    keep_waits: KeepWaits,
    short_abandons: Option<Limit>,
    short_answers_ms: Option<i64>,
    window: Option<Span>,
    as_of: Option<DateTime<Utc>>,
}

impl TallySettings {
    /// Counts by arrival under `rule`, with a histogram of waits, over whatever the data covers.
    #[must_use]
    pub fn new(grid: Grid, rule: ServiceLevel) -> Self {
        Self::from_record(SettingsRecord {
            grid,
            rules: vec![rule],
            attribution: Attribution::Arrival,
            keep_waits: KeepWaits::Histogram,
            short_abandons: None,
            short_answers_ms: None,
            window: None,
            as_of: None,
        })
    }

    fn from_record(record: SettingsRecord) -> Self {
        let cuts = cuts_of(&record.rules, record.short_abandons.as_ref());
        Self { record, cuts }
    }

    fn changed(mut self, change: impl FnOnce(&mut SettingsRecord)) -> Self {
        change(&mut self.record);
        Self::from_record(self.record)
    }

    /// The same, counting for one more rule.
    #[must_use]
    pub fn with_rule(self, rule: ServiceLevel) -> Self {
        self.changed(|record| {
            if !record.rules.contains(&rule) {
                record.rules.push(rule);
            }
        })
    }

    /// The same with legs counted by another of their instants.
    #[must_use]
    pub fn with_attribution(self, attribution: Attribution) -> Self {
        self.changed(|record| record.attribution = attribution)
    }

    /// The same with more or less kept of the waits.
    #[must_use]
    pub fn with_waits(self, keep: KeepWaits) -> Self {
        self.changed(|record| record.keep_waits = keep)
    }

    /// The same with a limit for short abandons, for rules that bring none.
    #[must_use]
    pub fn with_short_abandons(self, short: Limit) -> Self {
        self.changed(|record| record.short_abandons = Some(short))
    }

    /// The same, counting answered legs with less talk than this as short calls.
    ///
    /// # Errors
    /// `value.out_of_range` if it is negative.
    pub fn with_short_answers(self, below: TimeDelta) -> Result<Self, Error> {
        if below < TimeDelta::zero() {
            return Err(Error::range(
                "limit of short calls",
                "0 s",
                "any length",
                below,
            ));
        }
        Ok(self.changed(|record| record.short_answers_ms = Some(below.num_milliseconds())))
    }

    /// The same over the intervals that touch `window`, empty ones included.
    ///
    /// Without a window, a tally covers the local days from the first arrival to
    /// the last milestone of its legs.
    #[must_use]
    pub fn with_window(self, window: Span) -> Self {
        self.changed(|record| record.window = Some(window))
    }

    /// The same for data extracted at `as_of`: conversations that were not over
    /// then keep their operator busy until then. Without it their time is not counted.
    #[must_use]
    pub fn with_as_of(self, as_of: DateTime<Utc>) -> Self {
        self.changed(|record| record.as_of = Some(as_of))
    }

    /// The intervals counted in.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.record.grid
    }

    /// The rules counted for; the first is the main one.
    #[must_use]
    pub fn rules(&self) -> &[ServiceLevel] {
        &self.record.rules
    }

    /// The rule whose threshold decides `answered_in` and its like.
    #[must_use]
    pub fn main_rule(&self) -> &ServiceLevel {
        &self.record.rules[0]
    }

    /// Which instant of a leg decides its interval.
    #[must_use]
    pub fn attribution(&self) -> Attribution {
        self.record.attribution
    }

    /// What is kept of the waits.
    #[must_use]
    pub fn keep_waits(&self) -> KeepWaits {
        self.record.keep_waits
    }

    /// The limit of short abandons in use for the main threshold.
    #[must_use]
    pub fn short_abandons(&self) -> Option<&Limit> {
        self.cuts[0].short.as_ref()
    }

    /// Below which talk an answered leg is a short call.
    #[must_use]
    pub fn short_answers(&self) -> Option<TimeDelta> {
        self.record.short_answers_ms.map(TimeDelta::milliseconds)
    }

    /// The window asked for.
    #[must_use]
    pub fn window(&self) -> Option<Span> {
        self.record.window
    }

    /// When the data was extracted.
    #[must_use]
    pub fn as_of(&self) -> Option<DateTime<Utc>> {
        self.record.as_of
    }

    /// Below which talk an answered leg is a short call, 0 for none.
    pub(super) fn short_answers_ms(&self) -> i64 {
        self.record.short_answers_ms.unwrap_or(0)
    }

    pub(crate) fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// The cut whose counts answer for `rule`.
    pub(crate) fn cut_of(&self, rule: &ServiceLevel) -> Option<usize> {
        self.cuts.iter().position(|cut| cut.serves(rule))
    }

    /// Refuses to merge states that count differently.
    pub(crate) fn check_same(&self, other: &Self) -> Result<(), Error> {
        let rules = |settings: &Self| {
            let names: Vec<String> = settings.rules().iter().map(ToString::to_string).collect();
            names.join(", ")
        };
        let (a, b) = (&self.record, &other.record);
        let differs = |what, left: String, right: String| {
            Err(ErrorKind::MergeMismatch { what, left, right }.into())
        };
        if a.grid != b.grid {
            return differs("the grid", format!("{:?}", a.grid), format!("{:?}", b.grid));
        }
        if a.rules != b.rules {
            return differs("the rules", rules(self), rules(other));
        }
        if a.attribution != b.attribution {
            return differs(
                "the attribution",
                a.attribution.to_string(),
                b.attribution.to_string(),
            );
        }
        if a != b {
            return differs("a setting", format!("{a:?}"), format!("{b:?}"));
        }
        Ok(())
    }
}

/// The fewest cuts that answer for all rules. The first has the main rule's
/// threshold, but counts every leg from its queue entry, for the plain counts.
fn cuts_of(rules: &[ServiceLevel], short: Option<&Limit>) -> Vec<Cut> {
    let plain = Cut {
        clock: ClockStart::QueueEntry,
        transfers_in: true,
        ..Cut::of(&rules[0], short)
    };
    let mut cuts = vec![plain];
    for rule in rules {
        if cuts.iter().any(|cut| cut.serves(rule)) {
            continue;
        }
        let new = Cut::of(rule, short);
        // A cut that lacks only the short limit takes it over.
        let fits = |cut: &&mut Cut| {
            let with_short = Cut {
                short: new.short.clone(),
                ..(**cut).clone()
            };
            cut.short.is_none() && with_short == new
        };
        match cuts.iter_mut().find(fits) {
            Some(cut) => *cut = new,
            None => cuts.push(new),
        }
    }
    cuts
}

impl TryFrom<SettingsRecord> for TallySettings {
    type Error = Error;
    fn try_from(record: SettingsRecord) -> Result<Self, Error> {
        if record.rules.is_empty() {
            return Err(Error::range("number of rules", 1, "any number", 0));
        }
        Ok(Self::from_record(record))
    }
}

impl From<TallySettings> for SettingsRecord {
    fn from(settings: TallySettings) -> Self {
        settings.record
    }
}
