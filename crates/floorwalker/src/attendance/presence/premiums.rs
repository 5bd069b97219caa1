//! Time that is paid better: at night, on Sundays, on public holidays.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use crate::attendance::planned::PLANNED_TIMES;
use crate::attendance::spans::{SpanSet, between};
use crate::attendance::work_day::parts;
use crate::time::Zone;
use crate::time::business::Holidays;

/// The local time that counts as night; over midnight where it ends before it
/// begins.
///
/// By default 22:00 to 06:00, as many Italian contracts have it. The law only
/// asks for at least seven hours with those from midnight to five in them
/// (D.Lgs. 66/2003 art. 1); which hours earn a premium is for the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NightWindow {
    /// First local time of the night.
    pub from: NaiveTime,
    /// First local time after the night.
    pub to: NaiveTime,
}

impl Default for NightWindow {
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a full hour exists");
        Self {
            from: at(22),
            to: at(6),
        }
    }
}

impl NightWindow {
    /// The part of `worked` that lies in the night, in elapsed milliseconds: a
    /// night on which the clock is put forward has an hour less.
    pub(super) fn millis(self, worked: &SpanSet, zone: &Zone) -> u64 {
        let Some(hull) = worked.hull() else {
            return 0;
        };
        let first = zone.local_date_of_ms(hull.start_ms()) - TimeDelta::days(1);
        let last = zone.local_date_of_ms(hull.end_ms());
        let nights = first
            .iter_days()
            .take_while(|date| *date <= last)
            .filter_map(|date| self.on(date, zone));
        let nights: Vec<(i64, i64)> = nights.collect();
        let nights = SpanSet::of(
            nights
                .into_iter()
                .filter_map(|(from, to)| between(from, to)),
        );
        worked.and(&nights).millis()
    }

    /// The night that begins on a date.
    fn on(self, date: NaiveDate, zone: &Zone) -> Option<(i64, i64)> {
        let end = if self.to > self.from {
            date
        } else {
            date.succ_opt()?
        };
        let at = |date: NaiveDate, time| zone.resolve(date.and_time(time), PLANNED_TIMES).ok();
        let (from, to) = (at(date, self.from)?, at(end, self.to)?);
        Some((from.timestamp_millis(), to.timestamp_millis()))
    }
}

/// The parts of `worked` on Sundays and on public holidays in milliseconds. A
/// holiday that falls on a Sunday counts as both.
pub(super) fn rest_day_millis(worked: &SpanSet, zone: &Zone, holidays: &Holidays) -> (u64, u64) {
    let days = worked.spans().flat_map(|span| parts(span, zone));
    days.fold((0, 0), |(sundays, feasts), (date, part)| {
        let ms = part.millis().unsigned_abs();
        let is_sunday = date.weekday() == Weekday::Sun;
        let is_feast = holidays.contains(date);
        (
            sundays + u64::from(is_sunday) * ms,
            feasts + u64::from(is_feast) * ms,
        )
    })
}
