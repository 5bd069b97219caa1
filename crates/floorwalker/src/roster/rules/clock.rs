//! Hours of the local clock, as instants of one day.

use chrono::NaiveTime;

use crate::roster::check::{Days, Facts, WorkDay};
use crate::team::Band;

const DAY_SECS: u32 = 86_400;

/// The parts of `bands` that lie on a local day, as instants, in order and apart. A
/// band over midnight has a part on either day.
pub(super) fn parts_of_day(days: &Days, day: usize, bands: &[Band]) -> Vec<(i64, i64)> {
    let today = days.weekday(day);
    let mut parts: Vec<(i64, i64)> = Vec::with_capacity(2 * bands.len());
    for band in bands {
        if let Some((_, until)) = band.clock_secs(today.pred())
            && until > DAY_SECS
        {
            parts.push((days.start(day), days.clock(day, until - DAY_SECS)));
        }
        if let Some((from, until)) = band.clock_secs(today) {
            let end = if until >= DAY_SECS {
                days.start(day + 1)
            } else {
                days.clock(day, until)
            };
            parts.push((days.clock(day, from), end));
        }
    }
    parts.sort_unstable();
    let mut apart: Vec<(i64, i64)> = Vec::with_capacity(parts.len());
    for part in parts {
        match apart.last_mut() {
            Some(last) if part.0 <= last.1 => last.1 = last.1.max(part.1),
            _ => apart.push(part),
        }
    }
    apart
}

/// A period of every night, such as 22:00 to 05:00.
#[derive(Clone, Copy, Debug)]
pub(super) struct Night {
    pub(super) from: NaiveTime,
    pub(super) until: NaiveTime,
}

impl Night {
    /// The work of `day` that lies in the night, in milliseconds.
    pub(super) fn work_ms(self, facts: &Facts<'_>, day: &WorkDay) -> i64 {
        let days = facts.days;
        let mut night = 0;
        for number in days.of_ms(day.start)..=days.of_ms(day.end - 1) {
            for (from, until) in self.parts(days, number) {
                let bits = facts.bits(day).iter().filter(|bit| bit.work);
                night += bits.map(|bit| bit.overlap_ms(from, until)).sum::<i64>();
            }
        }
        night
    }

    /// The night on one local day: its end in the morning, its start in the evening.
    fn parts(self, days: &Days, day: usize) -> [(i64, i64); 2] {
        use chrono::Timelike;
        let clock = |time: NaiveTime| days.clock(day, time.num_seconds_from_midnight());
        let (from, until) = (clock(self.from), clock(self.until));
        if self.from < self.until {
            [(from, until), (until, until)]
        } else {
            [(days.start(day), until), (from, days.start(day + 1))]
        }
    }
}
