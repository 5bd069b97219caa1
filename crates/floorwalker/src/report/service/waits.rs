//! How long contacts waited: bands and percentiles.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::service::{KeepWaits, Percentile, ServiceLevel, Tally, WaitClass};

/// One band of waits: longer than `over_ms`, at most `to_ms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct WaitBandRow {
    /// Longer than this, in milliseconds; `None` for the first band, which holds no wait at all too.
    pub over_ms: Option<u64>,
    /// At most this, in milliseconds; `None` for the last band.
    pub to_ms: Option<u64>,
    /// Answered contacts.
    pub answered: u64,
    /// Abandoned contacts.
    pub abandoned: u64,
    /// Contacts that left otherwise: call-back requests and flow-outs.
    pub otherwise: u64,
}

/// A percentile of the waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct WaitPercentile {
    /// Which, in percent.
    pub percent: u8,
    /// So many percent of the answered contacts waited at most this long, in milliseconds.
    pub answered_ms: Option<u64>,
    /// The same of the abandoned contacts.
    pub abandoned_ms: Option<u64>,
}

/// The distribution of the waits, as far as the tally kept them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct WaitTable {
    /// The bands, from the shortest.
    pub bands: Vec<WaitBandRow>,
    /// Percentiles by nearest rank; from a histogram, the end of its bucket, at most 1 s or 1/60 above.
    pub percentiles: Vec<WaitPercentile>,
    /// Answered and abandoned contacts whose wait is not known, and who are in no band.
    pub unknown: u64,
}

/// Ends of bands in seconds. Edges of the histogram, so that bands are exact.
const ENDS: [i64; 13] = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200];
const PERCENTS: [u8; 4] = [50, 80, 90, 95];

impl WaitTable {
    /// The distribution, or `None` if no waits were kept.
    pub(super) fn of(tally: &Tally) -> Option<Self> {
        if tally.settings().keep_waits() == KeepWaits::Nothing {
            return None;
        }
        let known = tally.answered_with_wait() + tally.abandoned_with_wait();
        Some(Self {
            bands: bands(tally),
            percentiles: PERCENTS.map(|percent| percentile(tally, percent)).into(),
            unknown: (tally.answered() + tally.abandoned()).saturating_sub(known),
        })
    }
}

const CLASSES: [WaitClass; 4] = [
    WaitClass::Answered,
    WaitClass::Abandoned,
    WaitClass::Callback,
    WaitClass::FlowOut,
];

/// The usual ends and the thresholds of the rules, as far as they cut no bucket in two.
fn ends(tally: &Tally) -> Vec<i64> {
    let thresholds = |rule: &ServiceLevel| {
        let within = rule.within();
        let others: Vec<TimeDelta> = within.exceptions().map(|(_, limit)| limit).collect();
        std::iter::once(within.default_limit()).chain(others)
    };
    let rules = tally.settings().rules().iter().flat_map(thresholds);
    let mut ends: Vec<i64> = ENDS.iter().map(|&seconds| seconds * 1000).collect();
    ends.extend(rules.map(|limit| limit.num_milliseconds()));
    ends.sort_unstable();
    ends.dedup();
    ends.retain(|&end| {
        let is_edge = |class| {
            let within = tally.waits().within(class, end);
            within.at_least == within.at_most
        };
        end > 0 && CLASSES.into_iter().all(is_edge)
    });
    ends
}

fn bands(tally: &Tally) -> Vec<WaitBandRow> {
    let waits = tally.waits();
    let mut bands = Vec::new();
    let mut before = [0; 4];
    let mut over_ms = None;
    for end in ends(tally) {
        let until = CLASSES.map(|class| waits.within(class, end).at_least);
        let end = end.unsigned_abs();
        bands.push(band(over_ms, Some(end), before, until));
        (over_ms, before) = (Some(end), until);
    }
    let all = CLASSES.map(|class| waits.count(class));
    bands.push(band(over_ms, None, before, all));
    bands
}

fn band(
    over_ms: Option<u64>,
    to_ms: Option<u64>,
    before: [u64; 4],
    until: [u64; 4],
) -> WaitBandRow {
    let inside = |class: usize| until[class] - before[class];
    WaitBandRow {
        over_ms,
        to_ms,
        answered: inside(0),
        abandoned: inside(1),
        otherwise: inside(2) + inside(3),
    }
}

fn percentile(tally: &Tally, percent: u8) -> WaitPercentile {
    let rank = Percentile::nearest_rank(percent.into()).expect("between 1 and 100");
    let wait = |class| {
        let figure = tally.percentile(class, rank);
        let value = figure.exact()?;
        u64::try_from(value.numerator()).ok()
    };
    WaitPercentile {
        percent,
        answered_ms: wait(WaitClass::Answered),
        abandoned_ms: wait(WaitClass::Abandoned),
    }
}
