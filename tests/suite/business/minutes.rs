//! A week and a bit of a plan, minute by minute.

use chrono::{NaiveDate, TimeDelta};
use floorwalker::time::Span;

use super::plan::{MINUTE, Plain, Plan};

/// Each minute of a week and a bit, open or not.
pub(super) struct Minutes {
    pub(super) start: i64,
    pub(super) open: Vec<bool>,
    /// Open minutes before each minute and, last, of all.
    pub(super) before: Vec<i64>,
}

impl Minutes {
    pub(super) fn of(plan: &Plan) -> Self {
        let day = |days: i64| plan.middle + TimeDelta::days(days);
        let plain: Plain = plan.plain(day(-8), day(12));
        let start = midnight(day(-4));
        let open: Vec<bool> = (0..10 * 24 * 60)
            .map(|minute| plain.is_open(start + minute * MINUTE))
            .collect();
        let mut before = vec![0];
        for &open in &open {
            before.push(before[before.len() - 1] + i64::from(open));
        }
        Self {
            start,
            open,
            before,
        }
    }

    pub(super) fn at(&self, minute: usize) -> i64 {
        self.start + minute as i64 * MINUTE
    }

    pub(super) fn span(&self) -> Span {
        Span::from_millis(self.start, self.at(self.open.len())).unwrap()
    }

    /// Joined windows, as pairs of minutes.
    pub(super) fn windows(&self) -> Vec<(i64, i64)> {
        let mut windows: Vec<(i64, i64)> = Vec::new();
        for minute in (0..self.open.len()).filter(|&minute| self.open[minute]) {
            let (start, end) = (self.at(minute), self.at(minute + 1));
            match windows.last_mut() {
                Some(last) if last.1 == start => last.1 = end,
                _ => windows.push((start, end)),
            }
        }
        windows
    }
}

fn midnight(date: NaiveDate) -> i64 {
    date.and_time(chrono::NaiveTime::MIN)
        .and_utc()
        .timestamp_millis()
}
