//! Breaks of a work day.

use serde::{Deserialize, Serialize};

use super::{Judge, ms};
use crate::roster::ActivityKind;
use crate::roster::check::{Bit, Bound, Breach, Facts, Out, WorkDay};

/// Breaks of a work day (pausa).
///
/// A work day with more working time than `over_minutes` holds breaks of `total_minutes`
/// altogether, each of at least `part_minutes`. A break is a meal, a rest, a pause from
/// the screen, time off, or the time between the parts of a split shift; breaks that
/// touch become one. It lies between the first and the last duty of the day: time at
/// the edges is no break.
///
/// Measured: the longest break where one of the whole length is asked for, otherwise
/// the sum of those that are long enough; if that is kept, the longest duty without
/// such a break, or when the first begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakInDay {
    /// Asked for on days with more working time than this.
    pub over_minutes: u32,
    /// Whether a day with exactly that time is meant, too.
    #[serde(default)]
    pub or_equal: bool,
    /// How much altogether.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_minutes: Option<u32>,
    /// How long each is at least.
    pub part_minutes: u32,
    /// How long duty may last without such a break, if that is limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_duty_minutes: Option<u32>,
    /// How long after the first duty the first break begins at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_start_minutes: Option<u32>,
    /// Only meals count.
    #[serde(default)]
    pub meal: bool,
    /// Only paid breaks count.
    #[serde(default)]
    pub paid: bool,
    /// Only for contracts with rotating shifts.
    #[serde(default)]
    pub rotating: bool,
}

impl BreakInDay {
    fn counts(&self, bit: &Bit) -> bool {
        let is_break = if self.meal {
            bit.kind == ActivityKind::Meal
        } else {
            bit.kind.is_break() || bit.kind == ActivityKind::TimeOff
        };
        is_break && (bit.paid || !self.paid)
    }

    /// The breaks between the first and the last duty, and those two instants.
    fn breaks(&self, bits: &[Bit]) -> Option<Breaks> {
        let start = bits.iter().find(|bit| bit.duty)?.start;
        let end = bits
            .iter()
            .filter(|bit| bit.duty)
            .map(|bit| bit.end)
            .max()?;
        let mut found: Vec<(i64, i64)> = Vec::new();
        let mut add = |from: i64, until: i64| match found.last_mut() {
            Some(last) if last.1 == from => last.1 = until,
            _ => found.push((from, until)),
        };
        let mut reached = start;
        for bit in bits
            .iter()
            .filter(|bit| bit.start >= start && bit.end <= end)
        {
            if bit.start > reached && !self.paid && !self.meal {
                add(reached, bit.start);
            }
            if self.counts(bit) {
                add(bit.start, bit.end);
            }
            reached = reached.max(bit.end);
        }
        let part = ms(self.part_minutes);
        let longest = found.iter().map(|(from, until)| until - from).max();
        found.retain(|(from, until)| until - from >= part);
        Some(Breaks {
            start,
            end,
            longest: longest.unwrap_or(0),
            kept: found,
        })
    }

    fn applies(&self, day: &WorkDay, facts: &Facts<'_>) -> bool {
        let over = ms(self.over_minutes);
        let is_long = day.work_ms > over || (self.or_equal && day.work_ms == over);
        is_long && (facts.contract.record().rotating || !self.rotating)
    }

    fn judge_day(&self, day: &WorkDay, total: i64, breaks: &Breaks) -> Option<Breach> {
        let span = (day.start, day.end);
        let sum: i64 = breaks.kept.iter().map(|(from, until)| until - from).sum();
        if sum < total {
            let in_one = ms(self.part_minutes) >= total;
            let measured = if in_one { breaks.longest } else { sum };
            return Some(Breach::time(day.day, span, measured, total, Bound::AtLeast));
        }
        if let Some(max) = self.max_duty_minutes.map(ms) {
            let duty = breaks.longest_duty();
            if duty > max {
                return Some(Breach::time(day.day, span, duty, max, Bound::AtMost));
            }
        }
        let latest = ms(self.latest_start_minutes?);
        let first = breaks.kept.first().map_or(breaks.end, |first| first.0) - breaks.start;
        (first > latest).then(|| Breach::time(day.day, span, first, latest, Bound::AtMost))
    }
}

struct Breaks {
    start: i64,
    end: i64,
    longest: i64,
    kept: Vec<(i64, i64)>,
}

impl Breaks {
    fn longest_duty(&self) -> i64 {
        let mut longest = 0;
        let mut since = self.start;
        for &(from, until) in &self.kept {
            longest = longest.max(from - since);
            since = until;
        }
        longest.max(self.end - since)
    }
}

impl Judge for BreakInDay {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let Some(total) = out.filled(self.total_minutes, "total_minutes").map(ms) else {
            return;
        };
        for day in facts.checked_work_days() {
            if self.applies(day, facts) {
                let breaks = self.breaks(facts.bits(day));
                let breach = breaks.and_then(|breaks| self.judge_day(day, total, &breaks));
                breach.into_iter().for_each(|breach| out.breach(breach));
            }
        }
    }
}

/// Short rests in proportion to the hours: for each `per_minutes` of working time, or
/// the greater part of it, a paid rest of `minutes`.
///
/// Measured: how many rests of that length there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestPerHours {
    /// One rest for each so much working time.
    pub per_minutes: u32,
    /// How long a rest is.
    pub minutes: u32,
    /// Days with less working time need none.
    #[serde(default)]
    pub from_minutes: u32,
}

impl Judge for RestPerHours {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let per = ms(self.per_minutes).max(1);
        for day in facts.checked_work_days() {
            let begun = day.work_ms % per > per / 2;
            let due = day.work_ms / per + i64::from(begun);
            if day.work_ms < ms(self.from_minutes) || due == 0 {
                continue;
            }
            let is_rest = |bit: &&Bit| {
                let kind = matches!(bit.kind, ActivityKind::Rest | ActivityKind::ScreenBreak);
                kind && bit.paid && bit.millis() >= ms(self.minutes)
            };
            let given = facts.bits(day).iter().filter(is_rest).count() as i64;
            if given < due {
                let span = (day.start, day.end);
                let breach = Breach::time(day.day, span, given, due, Bound::AtLeast);
                out.breach(breach.with_unit(crate::roster::Unit::Count));
            }
        }
    }
}

/// Breaks of between `min_minutes` and `max_minutes` that are not paid, though short
/// breaks are working time.
///
/// Measured: the break; only a longer one may go unpaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaidShortBreak {
    /// Shorter pauses are nobody's matter.
    pub min_minutes: u32,
    /// Longer breaks need not be paid.
    pub max_minutes: u32,
}

impl Judge for PaidShortBreak {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        let (min, max) = (ms(self.min_minutes), ms(self.max_minutes));
        for day in facts.checked_work_days() {
            let breaks = facts.bits(day).iter().filter(|bit| bit.kind.is_break());
            for bit in breaks.filter(|bit| !bit.paid && (min..=max).contains(&bit.millis())) {
                let span = (bit.start, bit.end);
                let measured = bit.millis();
                out.breach(Breach::time(day.day, span, measured, max, Bound::AtLeast));
            }
        }
    }
}
