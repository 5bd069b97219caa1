//! The service-level distribution: how many waits fall into each band.

use chrono::TimeDelta;

use crate::service::tally::{Tally, WaitClass, WithinBounds};

/// The band ends that Cisco UCCE delivers, in seconds.
pub const UCCE_BANDS: [i64; 9] = [8, 30, 60, 90, 120, 180, 300, 600, 1200];

/// Waits above the end of the band before it, up to and including the end of this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitBand {
    /// The longest wait in the band; `None` in the last, which is open.
    pub up_to: Option<TimeDelta>,
    /// Answered legs.
    pub answered: u64,
    /// Abandoned legs.
    pub abandoned: u64,
}

impl Tally {
    /// How many answered and abandoned legs fall into each band of waits, with
    /// one more band for the longer ones.
    ///
    /// Exact at the edges of the histogram (whole seconds up to two minutes, and
    /// the usual longer thresholds); a band end between two edges takes the
    /// legs of the bucket it cuts through as longer. Empty if no waits were kept.
    ///
    /// ```
    /// # use chrono::{TimeDelta, TimeZone, Utc};
    /// # use floorwalker::contact::{ContactTable, LegRecord};
    /// # use floorwalker::id::QueueId;
    /// # use floorwalker::service::{IntervalTally, ServiceLevel, TallySettings, UCCE_BANDS};
    /// # use floorwalker::time::{Every, Grid, Zone};
    /// # let nine = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
    /// # let leg = LegRecord::waiting(QueueId::new("sales")?, nine)
    /// #     .answered(None, nine + TimeDelta::seconds(12))
    /// #     .check()?;
    /// # let settings = TallySettings::new(
    /// #     Grid::new(Zone::utc(), Every::Day),
    /// #     ServiceLevel::offered(TimeDelta::seconds(20))?,
    /// # );
    /// # let tally = IntervalTally::count(&ContactTable::from_iter([&leg]).columns(), settings)?;
    /// // One call, answered after 12 s: in the second band, (8 s, 30 s].
    /// let bands = tally.total().wait_bands(UCCE_BANDS.map(TimeDelta::seconds));
    /// assert_eq!((bands.len(), bands[0].answered, bands[1].answered), (10, 0, 1));
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn wait_bands(&self, ends: impl IntoIterator<Item = TimeDelta>) -> Vec<WaitBand> {
        let mut ends: Vec<TimeDelta> = ends.into_iter().collect();
        ends.sort_unstable();
        ends.dedup();
        let up_to = |class, end: Option<TimeDelta>| match end {
            None => self.waits().count(class),
            Some(end) => {
                let WithinBounds { at_least, .. } =
                    self.waits().within(class, end.num_milliseconds());
                at_least
            }
        };
        let mut below = (0, 0);
        let bands = ends.into_iter().map(Some).chain([None]).map(|end| {
            let total = (
                up_to(WaitClass::Answered, end),
                up_to(WaitClass::Abandoned, end),
            );
            let band = WaitBand {
                up_to: end,
                answered: total.0 - below.0,
                abandoned: total.1 - below.1,
            };
            below = total;
            band
        });
        bands.collect()
    }
}
