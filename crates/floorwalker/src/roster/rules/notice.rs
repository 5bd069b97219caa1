//! How long before a shift the operator is told of it.

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::Judge;
use crate::roster::check::{Bound, Breach, Facts, Out, Shift, Unit};
use crate::roster::{Origin, Reason};

/// How long before a shift the operator is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeLength {
    /// Hours of elapsed time before the start.
    Hours(u32),
    /// Calendar days: told on a day that lies so many before the day of the start.
    Days(u32),
    /// Working days, Monday to Friday without holidays, in the same way.
    WorkingDays(u32),
}

/// Who has to be told in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoIsTold {
    /// Everybody.
    #[default]
    All,
    /// Operators with a part-time contract.
    PartTime,
    /// Operators whose contract says that their times are unpredictable.
    OnCall,
}

/// How long before a shift the operator is told of it (preavviso).
///
/// A shift that was changed later is in order if its
/// [`agreed_by`](crate::roster::Details::agreed_by) says who agreed. What was worked is
/// not judged, nor is a shift that was never said to be published.
///
/// Measured: the days, or for hours the milliseconds, between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<NoticeLength>,
    /// Who has to be told.
    #[serde(default)]
    pub who: WhoIsTold,
}

const HOUR_MS: i64 = 3_600_000;

/// What was given and what was due, in the unit of the notice.
struct Given {
    measured: i64,
    limit: i64,
    unit: Unit,
}

fn given(facts: &Facts<'_>, shift: &Shift<'_>, length: NoticeLength, at: DateTime<Utc>) -> Given {
    let told_ms = at.timestamp_millis();
    let told = facts.operator.zone().day_of_ms(told_ms);
    let start = facts.days.date_of(facts.days.of_ms(shift.start));
    match length {
        NoticeLength::Hours(hours) => Given {
            measured: shift.start - told_ms,
            limit: i64::from(hours) * HOUR_MS,
            unit: Unit::Milliseconds,
        },
        NoticeLength::Days(days) => Given {
            measured: (start - told).num_days(),
            limit: days.into(),
            unit: Unit::Days,
        },
        NoticeLength::WorkingDays(days) => Given {
            measured: working_days(facts, told, start, days),
            limit: days.into(),
            unit: Unit::Days,
        },
    }
}

/// The working days from `told` up to, but without, `start`; counted back from the
/// start, and no further than is asked.
fn working_days(facts: &Facts<'_>, told: NaiveDate, start: NaiveDate, enough: u32) -> i64 {
    let mut counted = 0;
    let mut day = start;
    while day > told && counted < i64::from(enough) {
        let Some(before) = day.pred_opt() else { break };
        day = before;
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        counted += i64::from(!is_weekend && !facts.holidays.contains(&day));
    }
    counted
}

/// Whether the operator was told in time; `None` if nobody says when.
pub(super) fn is_told_in_time(
    facts: &Facts<'_>,
    shift: &Shift<'_>,
    length: NoticeLength,
) -> Option<bool> {
    let details = shift.assignment.details();
    if details.agreed_by.is_some() {
        return Some(true);
    }
    let given = given(facts, shift, length, details.published_at?);
    Some(given.measured >= given.limit)
}

impl Notice {
    fn is_for(&self, facts: &Facts<'_>) -> bool {
        match self.who {
            WhoIsTold::All => true,
            WhoIsTold::PartTime => facts.contract.is_part_time(),
            WhoIsTold::OnCall => facts.contract.record().on_call,
        }
    }
}

impl Judge for Notice {
    fn judge(&self, facts: &Facts<'_>, out: &mut Out) {
        if !self.is_for(facts) {
            return;
        }
        let Some(length) = out.filled(self.at_least, "at_least") else {
            return;
        };
        let checked = facts.days.window();
        let shifts = facts
            .shifts()
            .iter()
            .filter(|shift| checked.contains(&shift.day));
        for shift in shifts {
            let details = shift.assignment.details();
            if details.origin == Origin::Observed || details.agreed_by.is_some() {
                continue;
            }
            let Some(at) = details.published_at else {
                out.not_judged(Reason::NotPublished);
                continue;
            };
            let given = given(facts, shift, length, at);
            if given.measured < given.limit {
                let span = (shift.start, shift.end);
                let breach =
                    Breach::time(shift.day, span, given.measured, given.limit, Bound::AtLeast);
                out.breach(breach.with_unit(given.unit));
            }
        }
    }
}
