//! What a report is about.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::QueueId;
use crate::report::{LocalSpan, Target};
use crate::service::{Attribution, IntervalTally};
use crate::time::{Every, Span, Zone};

/// What a report is about: which time, which place, which queues, counted how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Subject {
    /// The period; empty if there was nothing to count.
    pub period: LocalSpan,
    /// The first local day.
    pub first_day: NaiveDate,
    /// The last local day.
    pub last_day: NaiveDate,
    /// The zone whose days and hours these are.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub zone: Zone,
    /// The release of the tz database that knew the zone's rules.
    pub tzdb: String,
    /// The length of the intervals.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub every: Every,
    /// The queues, pooled where a table does not name one.
    #[cfg_attr(feature = "schemars", schemars(with = "Vec<String>"))]
    pub queues: Vec<QueueId>,
    /// Whether these are all the queues in the data.
    pub all_queues: bool,
    /// Which instant of a contact decides its interval.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub attribution: Attribution,
    /// When the data was extracted, where it is known.
    pub as_of: Option<DateTime<Utc>>,
    /// What was promised.
    pub target: Target,
}

impl Subject {
    pub(super) fn new(
        tally: &IntervalTally,
        period: Span,
        queues: Vec<QueueId>,
        target: &Target,
    ) -> Self {
        let settings = tally.settings();
        let zone = settings.grid().zone();
        let last_ms = (period.end_ms() - 1).max(period.start_ms());
        Self {
            period: LocalSpan::new(period, zone),
            first_day: zone.day_of_ms(period.start_ms()),
            last_day: zone.day_of_ms(last_ms),
            zone: zone.clone(),
            tzdb: Zone::tzdb_version().to_owned(),
            every: settings.grid().every(),
            all_queues: queues.len() == tally.queues().len(),
            queues,
            attribution: settings.attribution(),
            as_of: settings.as_of(),
            target: target.clone(),
        }
    }

    /// The period in UTC.
    pub(super) fn span(&self) -> Result<Span, Error> {
        Span::new(self.period.start.to_utc(), self.period.end.to_utc())
    }

    /// How many local days it covers.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.last_day - self.first_day).num_days() + 1
    }
}
