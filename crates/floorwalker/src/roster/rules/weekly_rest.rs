//! Weekly rest.

use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};

use super::{Judge, ms};
use crate::roster::check::{Bound, Breach, DAY_MS, Facts, Out, Unit};

/// Which windows a weekly rest must lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowStep {
    /// In every row of so many local days: the strict reading.
    Rolling,
    /// In the windows that begin on a Monday: the rest may then lie anywhere in each
    /// week (Court of Justice, C-306/16).
    IsoWeeks,
}

/// The rest of a week, or its average (riposo settimanale).
///
/// In each window of `window_days` local days there are `rests` rests of
/// `rest_minutes` besides a daily rest of `daily_rest_minutes` (Court of Justice,
/// C-477/21: the daily rest comes on top). A longer time off counts as several: 59 hours
/// are 24 + 24 + 11, two rests of 24 hours. A rest that reaches over the edge of a
/// window belongs to it if `rest_minutes` of it lie inside.
///
/// Measured: the rests in the window. Windows that reach before the first known day or
/// behind the end are not judged; time before the first and after the last known shift
/// counts as rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeeklyRest {
    /// The length of one rest.
    pub rest_minutes: u32,
    /// The daily rest that comes on top of each time off.
    #[serde(default)]
    pub daily_rest_minutes: u32,
    /// The length of a window in local days.
    pub window_days: NonZeroU16,
    /// How many rests a window must hold.
    pub rests: u16,
    /// Which windows.
    pub windows: WindowStep,
}

/// Longer than any window: for a time off whose end is not known.
const FAR: i64 = 4_000 * DAY_MS;

impl WeeklyRest {
    /// How many rests the time off `(start, end)` gives to a window.
    fn worth(&self, off: (i64, i64), window: (i64, i64)) -> i64 {
        let rest = ms(self.rest_minutes).max(1);
        let inside = off.1.min(window.1) - off.0.max(window.0);
        let whole = off.1 - off.0 - ms(self.daily_rest_minutes);
        (whole / rest).min(inside / rest).max(0)
    }

    /// The windows, as numbers of their first day.
    fn starts(&self, facts: &Facts<'_>) -> Vec<usize> {
        let (checked, length) = (facts.days.window(), usize::from(self.window_days.get()));
        let is_known = |start: &usize| start + length <= checked.end;
        match self.windows {
            WindowStep::Rolling => {
                let first = (checked.start + 1).saturating_sub(length);
                (first..checked.end).take_while(is_known).collect()
            }
            WindowStep::IsoWeeks => {
                let back = i64::from(self.window_days.get()) - 1;
                let earliest = i64::try_from(checked.start).unwrap_or(i64::MAX) - back;
                let mondays = facts.days.mondays(0, checked.end);
                mondays
                    .filter(|&monday| monday >= earliest.max(0))
                    .filter_map(|monday| usize::try_from(monday).ok())
                    .take_while(is_known)
                    .collect()
            }
        }
    }
}

/// The times off between shifts, those before the first and after the last included.
fn times_off(facts: &Facts<'_>, at_least: i64) -> Vec<(i64, i64)> {
    let shifts = facts.shifts();
    let mut last_end = facts.days.start(0) - FAR;
    let mut found = Vec::new();
    for shift in shifts {
        if shift.start - last_end >= at_least {
            found.push((last_end, shift.start));
        }
        last_end = last_end.max(shift.end);
    }
    found.push((last_end, last_end + 2 * FAR));
    found
}

impl Judge for WeeklyRest {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let off = times_off(facts, ms(self.rest_minutes) + ms(self.daily_rest_minutes));
        let length = usize::from(self.window_days.get());
        let limit = i64::from(self.rests);
        let starts = self.starts(facts);
        if starts.is_empty() {
            return out.not_judged(crate::roster::Reason::HistoryTooShort);
        }
        let mut first = 0;
        let broken = starts.into_iter().filter_map(|start| {
            let window = (facts.days.start(start), facts.days.start(start + length));
            while off[first].1 <= window.0 {
                first += 1;
            }
            let inside = off[first..].iter().take_while(|off| off.0 < window.1);
            let measured: i64 = inside.map(|&off| self.worth(off, window)).sum();
            let day = start + length - 1;
            let breach = Breach::time(day, window, measured, limit, Bound::AtLeast);
            (measured < limit).then(|| breach.with_unit(Unit::Count))
        });
        out.breach_runs(broken);
    }
}
