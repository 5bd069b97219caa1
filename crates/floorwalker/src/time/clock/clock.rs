//! The clock of one promise on one case.

use serde::{Deserialize, Serialize};

use super::pauses::Pauses;
use super::reading::{ClockState, Reading};
use super::waiver::Waiver;
use crate::error::{Error, ErrorKind, Result};
use crate::time::business::{Due, Timeline};
use crate::time::instant::{checked, text};
use crate::units::Fraction;

/// The longest target: a thousand years, in milliseconds.
pub const MAX_TARGET_MS: i64 = 1_000 * 366 * 86_400_000;

/// A promise on one case: from its start a target of business time may pass, not
/// counting pauses, until it is stopped.
///
/// Invariant: the target lies between 0 and [`MAX_TARGET_MS`]; instants lie within
/// years 1 to 9999; the stop does not come before the start.
///
/// A clock holds what happened, never a running total: it is read against a
/// [`Timeline`] whenever it is asked, so a change of calendar, target or pause is
/// applied by asking again. It reads all pauses that it is given, also later ones.
///
/// ```
/// use floorwalker::time::Zone;
/// use floorwalker::time::business::{Calendar, DayWindow, Timeline, WeekHours};
/// use floorwalker::time::clock::{Clock, ClockState, Pauses};
///
/// let office = WeekHours::monday_to_friday(&[DayWindow::new("09:00", "17:00")?])?;
/// let hours = Timeline::new(Calendar::new(Zone::utc(), office)?);
/// let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
///
/// // Friday 15:00, four hours; held from 16:00 until Monday 10:00.
/// let pauses = Pauses::new([(at("2026-06-05T16:00:00Z"), Some(at("2026-06-08T10:00:00Z")))])?;
/// let clock = Clock::new(at("2026-06-05T15:00:00Z"), 4 * 3_600_000)?.with_pauses(pauses);
/// assert_eq!(clock.due(&hours)?.at_ms, at("2026-06-08T13:00:00Z"));
///
/// let reading = clock.reading(&hours, at("2026-06-08T13:00:01Z"));
/// assert_eq!(reading.state(), ClockState::Breached);
/// assert_eq!(reading.remaining_ms(), -1000);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Text")]
pub struct Clock {
    start_ms: i64,
    target_ms: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop_ms: Option<i64>,
    pauses: Pauses,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<Waiver>,
}

impl Clock {
    /// A clock that starts at `start_ms` and allows `target_ms` of business time.
    ///
    /// # Errors
    /// `value.out_of_range` if the start lies outside years 1 to 9999, or the target is
    /// negative or above [`MAX_TARGET_MS`].
    pub fn new(start_ms: i64, target_ms: i64) -> Result<Self> {
        checked("start of a clock", start_ms)?;
        if !(0..=MAX_TARGET_MS).contains(&target_ms) {
            return Err(Error::range(
                "target in milliseconds",
                0,
                MAX_TARGET_MS,
                target_ms,
            ));
        }
        Ok(Self {
            start_ms,
            target_ms,
            stop_ms: None,
            pauses: Pauses::none(),
            waiver: None,
        })
    }

    /// The same clock, held during `pauses` only.
    #[must_use]
    pub fn with_pauses(self, pauses: Pauses) -> Self {
        Self { pauses, ..self }
    }

    /// The same clock, stopped at an instant.
    ///
    /// # Errors
    /// `time.out_of_order` if it comes before the start; `value.out_of_range` if it
    /// lies after year 9999.
    pub fn with_stop(self, stop_ms: i64) -> Result<Self> {
        checked("stop of a clock", stop_ms)?;
        if stop_ms < self.start_ms {
            let given = format!("{} and {}", text(self.start_ms), text(stop_ms));
            let (what, earlier, later) = ("clock", "its start", "its stop");
            return Err(ErrorKind::Order {
                what,
                earlier,
                later,
                given,
            }
            .into());
        }
        Ok(Self {
            stop_ms: Some(stop_ms),
            ..self
        })
    }

    /// The same clock, not counted from the waiver on.
    #[must_use]
    pub fn with_waiver(self, waiver: Waiver) -> Self {
        Self {
            waiver: Some(waiver),
            ..self
        }
    }

    /// When it starts, in milliseconds since 1970.
    #[must_use]
    pub fn start_ms(&self) -> i64 {
        self.start_ms
    }

    /// The business time that may pass, in milliseconds.
    #[must_use]
    pub fn target_ms(&self) -> i64 {
        self.target_ms
    }

    /// When it was stopped.
    #[must_use]
    pub fn stop_ms(&self) -> Option<i64> {
        self.stop_ms
    }

    /// When it is held.
    #[must_use]
    pub fn pauses(&self) -> &Pauses {
        &self.pauses
    }

    /// Why it is not counted.
    #[must_use]
    pub fn waiver(&self) -> Option<&Waiver> {
        self.waiver.as_ref()
    }

    /// What it shows at an instant: elapsed and remaining time, when it is due, how it
    /// stands. Before its start it shows 0.
    #[must_use]
    pub fn reading(&self, hours: &Timeline, as_of_ms: i64) -> Reading {
        let elapsed_ms = self.elapsed_ms(hours, as_of_ms);
        Reading {
            target_ms: self.target_ms,
            elapsed_ms,
            due: self.due(hours).ok(),
            state: self.state(elapsed_ms, as_of_ms),
        }
    }

    /// The business time used until an instant or the stop, without pauses.
    #[must_use]
    pub fn elapsed_ms(&self, hours: &Timeline, as_of_ms: i64) -> i64 {
        let end_ms = self.stop_ms.map_or(as_of_ms, |stop| stop.min(as_of_ms));
        let stretches = self.running().take_while(|&(from_ms, _)| from_ms < end_ms);
        stretches
            .map(|(from_ms, to_ms)| hours.elapsed_ms(from_ms, to_ms.unwrap_or(end_ms).min(end_ms)))
            .sum()
    }

    /// When the target runs out, with all its pauses. The stop plays no part.
    ///
    /// # Errors
    /// `clock.open_pause` if a pause without an end comes first;
    /// `calendar.never_opens` if the hours do not open for long enough.
    pub fn due(&self, hours: &Timeline) -> Result<Due> {
        self.after(hours, self.target_ms)
    }

    /// The earliest instant at which the part `ratio` of the target is used: where a
    /// host sets its timers, so that it need not poll. Above 1 it is a time after the
    /// target has run out.
    ///
    /// # Errors
    /// As for [`due`](Self::due); `value.out_of_range` if `ratio` is negative or above
    /// 1000.
    pub fn time_at(&self, hours: &Timeline, ratio: Fraction) -> Result<i64> {
        let largest = Fraction::new(1000, 1).expect("1 is not 0");
        let none = Fraction::new(0, 1).expect("1 is not 0");
        if !(none..=largest).contains(&ratio) {
            return Err(Error::range("part of a target", 0, 1000, ratio));
        }
        let (numerator, denominator) = (ratio.numerator(), i128::from(ratio.denominator()));
        let product = numerator.checked_mul(self.target_ms.into());
        let used = product.map(|product| (product + denominator - 1).div_euclid(denominator));
        let used = used.and_then(|used| i64::try_from(used).ok());
        let used = used.ok_or_else(|| Error::range("part of a target", 0, 1000, ratio))?;
        self.after(hours, used).map(|due| due.at_ms)
    }

    /// When `amount_ms` of business time have passed.
    fn after(&self, hours: &Timeline, amount_ms: i64) -> Result<Due> {
        let mut left_ms = amount_ms;
        let mut at_ms = (amount_ms == 0).then_some(self.start_ms);
        for (from_ms, to_ms) in self.running() {
            let open_ms = to_ms.map(|to_ms| hours.elapsed_ms(from_ms, to_ms));
            if let (Some(at_ms), Some(open_ms)) = (at_ms, open_ms) {
                // All is used; the clock goes on at the next opening that is not paused.
                if open_ms > 0 {
                    return Ok(Due {
                        at_ms,
                        reopen_ms: hours.next_open_ms(from_ms),
                    });
                }
                continue;
            }
            if let Some(at_ms) = at_ms {
                return Ok(Due {
                    at_ms,
                    reopen_ms: hours.next_open_ms(from_ms),
                });
            }
            match open_ms {
                Some(open_ms) if open_ms < left_ms => left_ms -= open_ms,
                Some(open_ms) if open_ms == left_ms => {
                    at_ms = Some(hours.add_ms(from_ms, left_ms)?.at_ms);
                }
                _ => return hours.add_ms(from_ms, left_ms),
            }
        }
        match at_ms {
            Some(at_ms) => Ok(Due {
                at_ms,
                reopen_ms: None,
            }),
            None => {
                let since = self.pauses.open_since_ms().unwrap_or(self.start_ms);
                Err(ErrorKind::OpenPause { since: text(since) }.into())
            }
        }
    }

    /// The stretches from the start on that are not paused; the last has no end unless
    /// a pause has none. Some may be empty.
    fn running(&self) -> impl Iterator<Item = (i64, Option<i64>)> {
        let spans = self.pauses.spans();
        let first = spans.partition_point(|span| span.end_ms() <= self.start_ms);
        let pauses = &spans[first..];
        let ends = pauses.iter().map(|span| Some(span.start_ms()));
        let last = [self.pauses.open_since_ms()];
        let starts = std::iter::once(self.start_ms);
        starts
            .chain(pauses.iter().map(|span| span.end_ms()))
            .zip(ends.chain(last))
            .filter(|&(from_ms, to_ms)| to_ms.is_none_or(|to_ms| from_ms < to_ms))
    }

    fn state(&self, elapsed_ms: i64, as_of_ms: i64) -> ClockState {
        let waived = self
            .waiver
            .as_ref()
            .is_some_and(|waiver| waiver.at_ms() <= as_of_ms);
        let stopped = self.stop_ms.is_some_and(|stop| stop <= as_of_ms);
        match (waived, elapsed_ms > self.target_ms, stopped) {
            (true, ..) => ClockState::Waived,
            (_, true, _) => ClockState::Breached,
            (.., true) => ClockState::Met,
            _ if self.pauses.contains_ms(as_of_ms) => ClockState::Paused,
            _ => ClockState::Running,
        }
    }
}

/// A clock as it is read from JSON.
#[derive(Deserialize)]
#[serde(rename = "Clock", deny_unknown_fields)]
struct Text {
    start_ms: i64,
    target_ms: i64,
    #[serde(default)]
    stop_ms: Option<i64>,
    #[serde(default)]
    pauses: Pauses,
    #[serde(default)]
    waiver: Option<Waiver>,
}

impl TryFrom<Text> for Clock {
    type Error = Error;
    fn try_from(text: Text) -> Result<Self> {
        let clock = Self::new(text.start_ms, text.target_ms)?.with_pauses(text.pauses);
        let clock = match text.stop_ms {
            Some(stop_ms) => clock.with_stop(stop_ms)?,
            None => clock,
        };
        Ok(Self {
            waiver: text.waiver,
            ..clock
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::WaiverCause;
    use super::*;
    use crate::time::Zone;
    use crate::time::business::Calendar;

    const HOUR: i64 = 3_600_000;

    fn always() -> Timeline {
        Timeline::new(Calendar::always_open(Zone::utc()))
    }

    fn never() -> Timeline {
        Timeline::new(Calendar::closed(Zone::utc()))
    }

    fn clock(pauses: &[(i64, Option<i64>)]) -> Clock {
        let pauses = Pauses::new(pauses.iter().copied()).unwrap();
        Clock::new(0, 4 * HOUR).unwrap().with_pauses(pauses)
    }

    fn fraction(numerator: i64, denominator: u64) -> Fraction {
        Fraction::new(numerator, denominator).unwrap()
    }

    #[test]
    fn what_is_no_clock_is_refused() {
        assert!(Clock::new(0, -1).unwrap_err().is_range());
        assert!(Clock::new(0, MAX_TARGET_MS + 1).unwrap_err().is_range());
        assert!(Clock::new(i64::MAX, 1).unwrap_err().is_range());
        let early = Clock::new(10, 1).unwrap().with_stop(9);
        assert_eq!(early.unwrap_err().code(), "time.out_of_order");
    }

    #[test]
    fn an_open_pause_holds_the_target_only_if_it_comes_first() {
        let held = clock(&[(HOUR, None)]);
        let error = held.due(&always()).unwrap_err();
        assert_eq!(error.code(), "clock.open_pause");
        assert_eq!(held.reading(&always(), 9 * HOUR).due(), None);
        assert_eq!(
            held.reading(&always(), 9 * HOUR).state(),
            ClockState::Paused
        );

        let ran_out = clock(&[(5 * HOUR, None)]).due(&always()).unwrap();
        assert_eq!(
            ran_out,
            Due {
                at_ms: 4 * HOUR,
                reopen_ms: Some(4 * HOUR)
            }
        );
        let exactly = clock(&[(4 * HOUR, None)]).due(&always()).unwrap();
        assert_eq!(
            exactly,
            Due {
                at_ms: 4 * HOUR,
                reopen_ms: None
            }
        );
        let then_goes_on = clock(&[(4 * HOUR, Some(6 * HOUR))]).due(&always()).unwrap();
        assert_eq!(then_goes_on.reopen_ms, Some(6 * HOUR));
    }

    #[test]
    fn hours_that_never_open_use_nothing() {
        let reading = clock(&[]).reading(&never(), 100 * HOUR);
        assert_eq!((reading.elapsed_ms(), reading.due()), (0, None));
        assert_eq!(
            clock(&[]).due(&never()).unwrap_err().code(),
            "calendar.never_opens"
        );
        let nothing = Clock::new(5, 0).unwrap();
        assert_eq!(
            nothing.due(&never()).unwrap(),
            Due {
                at_ms: 5,
                reopen_ms: None
            }
        );
    }

    #[test]
    fn before_its_start_a_clock_shows_nothing_used() {
        let reading = Clock::new(HOUR, HOUR).unwrap().reading(&always(), 0);
        assert_eq!(
            (reading.elapsed_ms(), reading.state()),
            (0, ClockState::Running)
        );
    }

    #[test]
    fn parts_of_a_target_are_reached_when_all_of_them_is_used() {
        let clock = clock(&[(HOUR, Some(2 * HOUR))]);
        let at = |ratio| clock.time_at(&always(), ratio).unwrap();
        assert_eq!(at(fraction(0, 1)), 0);
        assert_eq!(at(fraction(1, 2)), 3 * HOUR);
        assert_eq!(at(fraction(1, 3)), 2 * HOUR + 1_200_000);
        assert_eq!(at(fraction(3, 2)), 7 * HOUR);
        // A third of a millisecond more is a whole one.
        assert_eq!(at(fraction(1, 7)), 2_057_143);
        for wrong in [fraction(-1, 2), fraction(1001, 1)] {
            assert!(clock.time_at(&always(), wrong).unwrap_err().is_range());
        }
    }

    #[test]
    fn json_goes_through_the_checks() {
        let waiver = Waiver::new(7, WaiverCause::Customer, "no answer to three letters").unwrap();
        let clock = clock(&[(HOUR, None)])
            .with_stop(2 * HOUR)
            .unwrap()
            .with_waiver(waiver);
        let json = serde_json::to_string(&clock).unwrap();
        assert_eq!(serde_json::from_str::<Clock>(&json).unwrap(), clock);
        for wrong in [
            r#"{"start_ms":0,"target_ms":-1}"#,
            r#"{"start_ms":5,"target_ms":1,"stop_ms":4}"#,
            r#"{"start_ms":5,"target_ms":1,"pauses":[[3,1]]}"#,
            r#"{"start_ms":5,"target_ms":1,"due_ms":9}"#,
        ] {
            assert!(serde_json::from_str::<Clock>(wrong).is_err(), "{wrong}");
        }
    }
}
