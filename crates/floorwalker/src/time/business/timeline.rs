//! Business hours compiled for fast questions.

use std::fmt;
use std::sync::Arc;

use super::hours::Hours;
use super::tiers::Tiers;
use crate::error::{Error, ErrorKind, Result};
use crate::time::instant::text;
use crate::time::{MAX_MS, MIN_MS, Span};

/// 1996-01-01 and 2060-01-01 in milliseconds since 1970.
const HOME: (i64, i64) = (820_454_400_000, 2_840_140_800_000);

/// When an amount of business time runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Due {
    /// The earliest instant by which the amount has passed, in milliseconds since
    /// 1970. Where it runs out exactly at closing this is the closing.
    pub at_ms: i64,
    /// The latest such instant: the next opening where it runs out exactly at closing,
    /// otherwise the same. More business time passes only after it. `None` if the
    /// hours never open again.
    pub reopen_ms: Option<i64>,
}

/// Business hours ([`Hours`]) compiled so that each question takes some tens of
/// nanoseconds, whatever the distance.
///
/// Instants are milliseconds since 1970, or `DateTime<Utc>` in the methods without
/// `_ms`. One outside years 1 to 9999 is answered for the nearest instant within.
/// Elapsed time is real time, so a day that is open all around counts 23, 24 or 25
/// hours.
///
/// Cheap to clone. The years of its home span are compiled when it is made, in some
/// microseconds a year. A question beyond it compiles two centuries to each side, and
/// a question beyond those all years (some tenths of a second), once.
///
/// ```
/// use floorwalker::time::Zone;
/// use floorwalker::time::business::{Calendar, DayWindow, Timeline, WeekHours, italy};
///
/// let office = [DayWindow::new("09:00", "13:00")?, DayWindow::new("14:00", "18:00")?];
/// let calendar = Calendar::new(Zone::get("Europe/Rome")?, WeekHours::monday_to_friday(&office)?)?
///     .with_holidays(italy::national());
/// let timeline = Timeline::new(calendar);
/// let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
///
/// // Monday 1 June 2026, 17:00 in Rome, and eight hours: Tuesday is Republic Day.
/// let due = timeline.add(at("2026-06-01T15:00:00Z"), chrono::TimeDelta::hours(8))?;
/// assert_eq!(due, at("2026-06-03T15:00:00Z"));
/// assert_eq!(timeline.elapsed(at("2026-06-01T15:00:00Z"), due), chrono::TimeDelta::hours(8));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone)]
pub struct Timeline(pub(super) Arc<Tiers>);

impl Timeline {
    /// Compiles `hours`, ready for 1996 to 2059.
    #[must_use]
    pub fn new(hours: impl Into<Hours>) -> Self {
        let home = Span::from_millis(HOME.0, HOME.1).expect("1996 comes before 2060");
        Self::over(hours, home)
    }

    /// Compiles `hours`, ready for the instants of `home`.
    #[must_use]
    pub fn over(hours: impl Into<Hours>, home: Span) -> Self {
        Self(Arc::new(Tiers::new(hours.into(), home)))
    }

    /// The hours that were compiled.
    #[must_use]
    pub fn hours(&self) -> &Hours {
        self.0.hours()
    }

    /// Whether it is open at an instant.
    #[must_use]
    pub fn is_open_ms(&self, at_ms: i64) -> bool {
        let at = clamped(at_ms).min(MAX_MS - 1);
        self.0.covering(at, at + 1).is_open(at)
    }

    /// The earliest open instant at or after `at_ms`; `None` if it never opens again.
    #[must_use]
    pub fn next_open_ms(&self, at_ms: i64) -> Option<i64> {
        let at = clamped(at_ms);
        let mut tiers = self.0.from(at, at).map(|tier| &tier.pieces);
        tiers.find_map(|pieces| {
            let amount = pieces.open_before(at);
            (amount < pieces.total()).then(|| pieces.last_with(amount))
        })
    }

    /// The latest instant at or before `at_ms` that open time runs up to: `at_ms`
    /// itself while open, otherwise the last closing. `None` if it was never open
    /// before.
    #[must_use]
    pub fn prev_open_ms(&self, at_ms: i64) -> Option<i64> {
        let at = clamped(at_ms);
        let mut tiers = self.0.from(at, at).map(|tier| &tier.pieces);
        tiers.find_map(|pieces| {
            let amount = pieces.open_before(at);
            (amount > 0).then(|| pieces.first_with(amount))
        })
    }

    /// The end of the first window that ends after `at_ms`; windows that touch count as
    /// one. `None` if there is none, because it never opens again or never closes.
    #[must_use]
    pub fn next_close_ms(&self, at_ms: i64) -> Option<i64> {
        let open = self.next_open_ms(at_ms)?;
        let mut tiers = self.0.from(open, open + 1).map(|tier| &tier.pieces);
        tiers.find_map(|pieces| pieces.open_until(open))
    }

    /// The open time from one instant to another in milliseconds; negative if `to_ms`
    /// lies before `from_ms`. Additive: from a to c is from a to b and from b to c.
    #[inline]
    #[must_use]
    pub fn elapsed_ms(&self, from_ms: i64, to_ms: i64) -> i64 {
        let (from, to) = (clamped(from_ms), clamped(to_ms));
        let pieces = self.0.covering(from.min(to), from.max(to));
        pieces.open_before(to) - pieces.open_before(from)
    }

    /// When `amount_ms` of open time from `from_ms` on have passed. No time has passed
    /// at once, open or not.
    ///
    /// # Errors
    /// `calendar.never_opens` if not that much open time is left before the end of year
    /// 9999; `value.out_of_range` for a negative amount.
    #[inline]
    pub fn add_ms(&self, from_ms: i64, amount_ms: i64) -> Result<Due> {
        let from = clamped(from_ms);
        if amount_ms > 0
            && let Some((at_ms, reopen)) = self.0.covering(from, from).after(from, amount_ms)
        {
            return Ok(Due {
                at_ms,
                reopen_ms: Some(reopen),
            });
        }
        self.add_beyond(from, amount_ms)
    }

    /// [`add_ms`](Self::add_ms) where the first compiled range does not reach.
    #[cold]
    fn add_beyond(&self, from: i64, amount: i64) -> Result<Due> {
        check_amount(amount)?;
        if amount == 0 {
            let reopen_ms = self.next_open_ms(from);
            return Ok(Due {
                at_ms: from,
                reopen_ms,
            });
        }
        for pieces in self.0.from(from, from).map(|tier| &tier.pieces) {
            if let Some((at_ms, reopen)) = pieces.after(from, amount) {
                return Ok(Due {
                    at_ms,
                    reopen_ms: Some(reopen),
                });
            }
        }
        let pieces = self.0.covering(MIN_MS, MAX_MS);
        if pieces.open_before(from).checked_add(amount) == Some(pieces.total()) {
            let at_ms = pieces.first_with(pieces.total());
            return Ok(Due {
                at_ms,
                reopen_ms: None,
            });
        }
        let when = format!("for {amount} ms after {}", text(from));
        Err(ErrorKind::NeverOpens { when }.into())
    }

    /// The latest instant from which `amount_ms` of open time pass until `from_ms`; for
    /// none, `from_ms` itself.
    ///
    /// # Errors
    /// `calendar.never_opens` if not that much open time lies after the beginning of
    /// year 1; `value.out_of_range` for a negative amount.
    pub fn sub_ms(&self, from_ms: i64, amount_ms: i64) -> Result<i64> {
        let from = clamped(from_ms);
        check_amount(amount_ms)?;
        if amount_ms == 0 {
            return Ok(from);
        }
        for pieces in self.0.from(from, from).map(|tier| &tier.pieces) {
            let before = pieces.open_before(from) - amount_ms.min(pieces.total() + 1);
            if before >= 0 {
                return Ok(pieces.last_with(before));
            }
        }
        let when = format!("for {amount_ms} ms before {}", text(from));
        Err(ErrorKind::NeverOpens { when }.into())
    }
}

impl fmt::Debug for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timeline({:?})", self.hours())
    }
}

#[inline]
pub(super) fn clamped(ms: i64) -> i64 {
    ms.clamp(MIN_MS, MAX_MS)
}

fn check_amount(amount_ms: i64) -> Result<()> {
    if amount_ms < 0 {
        return Err(Error::range(
            "amount of business time",
            0,
            "any",
            format!("{amount_ms} ms"),
        ));
    }
    Ok(())
}
