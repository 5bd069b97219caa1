//! Hours of a weekday that miss the target week after week.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Timelike};

use super::figures::Figures;
use super::finding::{Finding, WeeklySlot};
use super::options::Limits;
use super::rows::Results;
use crate::id::QueueId;
use crate::report::{Quotient, Standing};
use crate::time::Interval;

/// With fewer weeks than this nothing is said to recur.
const MIN_DAYS: u64 = 3;

/// The figures of a queue by weekday, hour and date.
#[derive(Debug, Default)]
pub(super) struct Weekly(BTreeMap<(u8, u8), BTreeMap<NaiveDate, Figures>>);

impl Weekly {
    /// Adds what happened in an interval.
    pub(super) fn add(&mut self, interval: &Interval, figures: &Figures) {
        if !figures.service_level.is_defined() {
            return;
        }
        let date = interval.local_date();
        let hour = u8::try_from(interval.local_start().hour()).unwrap_or(0);
        let days = self.0.entry((weekday_of(date), hour)).or_default();
        days.entry(date).or_default().then(figures);
    }

    /// The runs of hours that missed the target on at least two days of three, as findings.
    pub(super) fn findings(
        &self,
        queue: &QueueId,
        share: Quotient,
        limits: &Limits,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for weekday in 1..=7 {
            let mut from = 0;
            while from < 24 {
                let bad = |hour| self.is_bad(weekday, hour..hour + 1, share, limits);
                if !bad(from) {
                    from += 1;
                    continue;
                }
                let to = (from + 1..24).find(|&hour| !bad(hour)).unwrap_or(24);
                findings.extend(self.finding(queue, (weekday, from, to), share, limits));
                from = to;
            }
        }
        findings
    }

    /// The figures of some hours of a weekday on each date.
    fn by_date(&self, weekday: u8, hours: std::ops::Range<u8>) -> BTreeMap<NaiveDate, Figures> {
        let mut by_date: BTreeMap<NaiveDate, Figures> = BTreeMap::new();
        for hour in hours {
            for (&date, figures) in self.0.get(&(weekday, hour)).into_iter().flatten() {
                by_date.entry(date).or_default().then(figures);
            }
        }
        by_date
    }

    fn is_bad(
        &self,
        weekday: u8,
        hours: std::ops::Range<u8>,
        share: Quotient,
        limits: &Limits,
    ) -> bool {
        let by_date = self.by_date(weekday, hours);
        let (missed, days) = missed_days(&by_date, share);
        let results = Results::new(Figures::sum(by_date.values()), share, limits);
        days >= MIN_DAYS && missed * 3 >= days * 2 && results.standing == Standing::Missed
    }

    fn finding(
        &self,
        queue: &QueueId,
        (weekday, from_hour, to_hour): (u8, u8, u8),
        share: Quotient,
        limits: &Limits,
    ) -> Option<Finding> {
        let by_date = self.by_date(weekday, from_hour..to_hour);
        let (missed_days, days) = missed_days(&by_date, share);
        let results = Results::new(Figures::sum(by_date.values()), share, limits);
        let slot = WeeklySlot {
            weekday,
            from_hour,
            to_hour,
            missed_days,
            days,
        };
        Some(Finding::recurring(queue, slot, results))
            .filter(|finding| finding.results.is_some_and(|found| found.missing > Some(0)))
    }
}

fn missed_days(by_date: &BTreeMap<NaiveDate, Figures>, share: Quotient) -> (u64, u64) {
    let below = |figures: &&Figures| figures.service_level.is_below(share) == Some(true);
    let missed = by_date.values().filter(below).count();
    (missed as u64, by_date.len() as u64)
}

/// 1 for Monday to 7 for Sunday.
pub(super) fn weekday_of(date: NaiveDate) -> u8 {
    u8::try_from(date.weekday().number_from_monday()).unwrap_or(7)
}
