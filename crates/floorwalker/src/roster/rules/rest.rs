//! Daily rest.

use serde::{Deserialize, Serialize};

use super::{Judge, ms};
use crate::roster::check::{Bound, Breach, Facts, Out};

/// Rest between two work days (riposo giornaliero), in elapsed time.
///
/// From the last working instant of a work day to the first of the next lie at least
/// `min_minutes`; and since that rest is due in each 24 hours, a work day spans at most
/// 24 hours less the rest: 13 hours for a rest of 11. A gap within a split shift is no
/// rest unless it is as long as one. A shift that was cut at midnight is one shift, and
/// so are two shifts that follow each other without a gap.
///
/// Measured: the rest; for a work day that spans too long, 24 hours less its span.
///
/// On the night the clock is put forward, 20:00 to 07:00 is a rest of 10 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DailyRest {
    /// The least rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_minutes: Option<u32>,
}

const DAY_MINUTES: u32 = 24 * 60;

impl Judge for DailyRest {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(min) = out.filled(self.min_minutes, "min_minutes") else {
            return;
        };
        let (min, day) = (ms(min), ms(DAY_MINUTES));
        let span_kept = |(start, end, number): (i64, i64, usize), out: &mut Out| {
            if end - start > day - min {
                let rest = (day - (end - start)).max(0);
                out.breach(Breach::time(
                    number,
                    (start, end),
                    rest,
                    min,
                    Bound::AtLeast,
                ));
            }
        };
        let mut open: Option<(i64, i64, usize)> = None;
        for shift in facts.shifts() {
            let Some(period) = open else {
                open = Some((shift.start, shift.end, shift.day));
                continue;
            };
            let gap = shift.start - period.1;
            let is_next_day = shift.day != period.2 && gap > 0;
            if gap < min && !is_next_day {
                open = Some((period.0, period.1.max(shift.end), shift.day));
                continue;
            }
            if gap < min {
                let between = (period.1, shift.start);
                out.breach(Breach::time(shift.day, between, gap, min, Bound::AtLeast));
            }
            span_kept(period, out);
            open = Some((shift.start, shift.end, shift.day));
        }
        if let Some(period) = open {
            span_kept(period, out);
        }
    }
}
