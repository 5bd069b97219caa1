//! The average week.

use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};

use super::{Judge, ms};
use crate::roster::Reason;
use crate::roster::check::{Bound, Breach, Facts, Out};

/// Over how long hours are averaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// So many weeks of seven days.
    Weeks(NonZeroU16),
    /// So many calendar months.
    Months(NonZeroU16),
}

/// The average week over a longer time, overtime included (durata media settimanale).
///
/// For each reference time that ends on a checked day: the hours worked, over the weeks
/// less those of leave and sickness. Days before the first known one count as free; the
/// rule is then named as judged on too short a past, unless it is broken all the same.
///
/// Measured: the average week in milliseconds, rounded down. Of reference times that
/// follow each other the worst is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AverageWeek {
    /// The most on average.
    pub max_minutes: u32,
    /// Over how long; the contract may say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Reference>,
    /// Whether an operator may waive it by contract.
    #[serde(default)]
    pub opt_out: bool,
}

impl AverageWeek {
    /// The first day of the reference time that ends with `day`.
    fn first_day(over: Reference, facts: &Facts<'_>, day: i64) -> i64 {
        match over {
            Reference::Weeks(weeks) => day + 1 - 7 * i64::from(weeks.get()),
            Reference::Months(months) => {
                let after = facts.days.date(day + 1);
                let first = after.checked_sub_months(chrono::Months::new(months.get().into()));
                (first.unwrap_or(after) - facts.days.date(0)).num_days()
            }
        }
    }
}

impl Judge for AverageWeek {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if self.opt_out && facts.contract.record().average_opt_out {
            return;
        }
        let agreed = facts.contract.record().average_weeks;
        let agreed = agreed.and_then(|weeks| u16::try_from(weeks).ok());
        let agreed = agreed.and_then(NonZeroU16::new).map(Reference::Weeks);
        let Some(over) = out.filled(agreed.or(self.over), "over") else {
            return;
        };
        let max = ms(self.max_minutes);
        let away = days_left_out(facts);
        let sums = running_sums(facts.work_by_day());
        let window = facts.days.window();
        let mut worst_is_known = true;
        let broken: Vec<Breach> = window
            .filter_map(|day| {
                let first = Self::first_day(over, facts, day as i64);
                worst_is_known &= first >= 0;
                let known = usize::try_from(first.max(0)).unwrap_or(0).min(day);
                let worked = sums[day + 1] - sums[known];
                let days = day as i64 + 1 - first - (away[day + 1] - away[known]);
                let measured = worked * 7 / days.max(1);
                let span = (facts.days.start(known), facts.days.start(day + 1));
                let breach = Breach::time(day, span, measured, max, Bound::AtMost);
                (worked * 7 > max * days.max(0)).then_some(breach)
            })
            .collect();
        if broken.is_empty() && !worst_is_known {
            out.not_judged(Reason::HistoryTooShort);
        }
        out.breach_runs(broken);
    }
}

/// How many of the first `n` known days are left out of averages, for each `n`.
fn days_left_out(facts: &Facts<'_>) -> Vec<i64> {
    let mut left_out = vec![0; facts.days.window().end];
    let counted = facts.absences.iter().filter(|one| one.holds());
    for absence in counted.filter(|one| one.kind().is_left_out_of_averages()) {
        let span = absence.span();
        let first = facts.days.of_ms(span.start_ms());
        let last = facts.days.of_ms(span.end_ms());
        for (day, flag) in left_out.iter_mut().enumerate().take(last + 1).skip(first) {
            let starts_in_time = span.start_ms() <= facts.days.start(day);
            if starts_in_time && facts.days.start(day + 1) <= span.end_ms() {
                *flag = 1;
            }
        }
    }
    running_sums(&left_out)
}

/// The sums of the first 0, 1, 2, ... numbers.
pub(super) fn running_sums(numbers: &[i64]) -> Vec<i64> {
    let mut sums = Vec::with_capacity(numbers.len() + 1);
    let mut sum = 0;
    sums.push(0);
    for number in numbers {
        sum += number;
        sums.push(sum);
    }
    sums
}
