//! Break rules: how many breaks a shift has, and where they may lie.

use serde::{Deserialize, Serialize};

use super::Activity;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Span;

/// The breaks that a shift of some length has (regola delle pause).
///
/// A house rule that places breaks. Whether the law is kept is for the check to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakRule {
    /// What the break is: a meal, a rest, a pause from the screen.
    pub activity: Activity,
    /// Only for shifts longer than this, in minutes.
    #[serde(default)]
    pub over_minutes: u32,
    /// How many breaks.
    pub count: u32,
    /// How long each is, in minutes.
    pub minutes: u32,
    /// The first starts at the earliest this long after the shift, in minutes.
    #[serde(default)]
    pub after_start_minutes: u32,
    /// The last ends at the latest this long before the end of the shift, in minutes.
    #[serde(default)]
    pub before_end_minutes: u32,
    /// At least this much time between two breaks, in minutes.
    #[serde(default)]
    pub gap_minutes: u32,
}

/// Breaks start on whole steps of this many minutes from the start of the shift.
const STEP_MINUTES: i64 = 5;
/// The most breaks that one rule may ask for.
const MAX_COUNT: u32 = 48;

impl BreakRule {
    /// Places the breaks of this rule in `shift`, beside those already `taken`: spread
    /// evenly over the allowed time, each at the nearest free step.
    ///
    /// Nothing is placed in a shift that is not longer than the rule asks for.
    ///
    /// # Errors
    /// `options.conflict` if they do not fit; `value.out_of_range` if there are more
    /// than 48.
    pub fn spread(&self, shift: Span, taken: &[Span]) -> Result<Vec<Span>> {
        if self.count > MAX_COUNT {
            return Err(Error::range("breaks of a shift", 0, MAX_COUNT, self.count));
        }
        if shift.millis() <= ms(self.over_minutes) || self.count == 0 {
            return Ok(Vec::new());
        }
        let length = ms(self.minutes);
        let from = shift.start_ms() + ms(self.after_start_minutes);
        let until = shift.end_ms() - ms(self.before_end_minutes);
        let spare = (until - from - length * i64::from(self.count)).max(0);
        let pause = spare / (i64::from(self.count) + 1);
        let mut placed: Vec<Span> = Vec::new();
        for number in 0..i64::from(self.count) {
            let wanted = from + pause * (number + 1) + length * number;
            let is_free = |start: i64| self.is_free(start, taken, &placed);
            let found = steps(shift.start_ms(), from, until - length)
                .filter(|&start| is_free(start))
                .min_by_key(|start| (start.abs_diff(wanted), *start));
            let Some(start) = found else {
                let activity = self.activity.id();
                let why = format!("break {} of {activity} in {shift}", number + 1);
                let what = "breaks that do not fit";
                return Err(ErrorKind::Conflict { what, why }.into());
            };
            placed.push(Span::from_millis(start, start + length)?);
        }
        placed.sort_unstable();
        Ok(placed)
    }

    fn is_free(&self, start: i64, taken: &[Span], placed: &[Span]) -> bool {
        let (gap, length) = (ms(self.gap_minutes), ms(self.minutes));
        let clear = |other: &Span, gap: i64| {
            start + length + gap <= other.start_ms() || other.end_ms() + gap <= start
        };
        taken.iter().chain(placed).all(|other| clear(other, gap))
    }
}

fn ms(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}

/// The steps of `origin` between `from` and `until`, both inside.
fn steps(origin: i64, from: i64, until: i64) -> impl Iterator<Item = i64> {
    let step = STEP_MINUTES * 60_000;
    let first = origin + (from - origin).div_euclid(step) * step;
    let first = if first < from { first + step } else { first };
    (0..)
        .map(move |number| first + number * step)
        .take_while(move |&start| start <= until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::ActivityKind;

    const HOUR: i64 = 3_600_000;

    fn rule(count: u32, minutes: u32) -> BreakRule {
        BreakRule {
            activity: Activity::new("rest".parse().unwrap(), ActivityKind::Rest),
            over_minutes: 360,
            count,
            minutes,
            after_start_minutes: 60,
            before_end_minutes: 60,
            gap_minutes: 45,
        }
    }

    fn shift(hours: i64) -> Span {
        Span::from_millis(0, hours * HOUR).unwrap()
    }

    fn minutes(spans: &[Span]) -> Vec<i64> {
        spans.iter().map(|span| span.start_ms() / 60_000).collect()
    }

    #[test]
    fn breaks_are_spread_evenly() {
        // Between 60 and 420 minutes: 360 - 2 x 15 = 330 minutes in three parts of 110.
        let placed = rule(2, 15).spread(shift(8), &[]).unwrap();
        assert_eq!(minutes(&placed), [170, 295]);
        assert_eq!(rule(2, 15).spread(shift(6), &[]).unwrap(), []);
    }

    #[test]
    fn breaks_keep_away_from_others() {
        let meal = Span::from_millis(4 * HOUR, 4 * HOUR + HOUR / 2).unwrap();
        let placed = rule(1, 15).spread(shift(8), &[meal]).unwrap();
        assert_eq!(minutes(&placed), [180]);
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let error = rule(8, 15).spread(shift(8), &[]).unwrap_err();
        assert_eq!(error.code(), "options.conflict");
        assert!(rule(49, 1).spread(shift(8), &[]).unwrap_err().is_range());
    }
}
