//! Business time: when a place is open, and how much open time lies between two
//! instants.
//!
//! # The model
//!
//! - A [`Calendar`] says when one place is open: the windows of a normal week
//!   ([`WeekHours`], several a day, also over midnight), [`Holidays`], dates with other
//!   windows, breaks. It belongs to a [`Zone`](super::Zone).
//! - [`Hours`] are one calendar, its versions over time, or what several have in common
//!   or in union.
//! - A [`Timeline`] is hours compiled for questions: is it open, when does it open
//!   next, how much open time lies between two instants, when have eight hours of it
//!   passed, which windows are there, which date is the tenth business day.
//!
//! # Conventions
//!
//! - Elapsed time is real time. A day that is open all around counts 23, 24 or 25
//!   hours.
//! - Where an amount runs out exactly at closing there are two answers, and [`Due`] has
//!   both: the closing, and the next opening. No more open time has passed before the
//!   latter, so a promise is broken only after it.
//! - The ends of windows on the night of a clock change are the caller's choice
//!   ([`Boundaries`]), and so is what a holiday does to a night shift
//!   ([`HolidayScope`]).
//! - Business days are counted strictly after the first date; the date itself is never
//!   counted, business day or not.
//!
//! # Three hours across a weekend
//!
//! ```
//! use floorwalker::time::Zone;
//! use floorwalker::time::business::{Calendar, DayWindow, Timeline, WeekHours};
//!
//! let office = WeekHours::monday_to_friday(&[DayWindow::new("09:00", "17:00")?])?;
//! let timeline = Timeline::new(Calendar::new(Zone::utc(), office)?);
//! let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
//!
//! let friday_at_three = at("2026-06-05T15:00:00Z");
//! let due = timeline.add_ms(friday_at_three, 3 * 3_600_000)?;
//! assert_eq!(due.at_ms, at("2026-06-08T10:00:00Z"));
//!
//! // Two hours end with the day; more time passes only after Monday's opening.
//! let due = timeline.add_ms(friday_at_three, 2 * 3_600_000)?;
//! assert_eq!(due.at_ms, at("2026-06-05T17:00:00Z"));
//! assert_eq!(due.reopen_ms, Some(at("2026-06-08T09:00:00Z")));
//! # Ok::<(), floorwalker::Error>(())
//! ```

mod boundary;
mod business_days;
mod calendar;
mod columns;
mod combine;
mod compile;
mod day_runs;
mod day_targets;
mod easter;
mod holidays;
mod hours;
pub mod ical;
mod ical_rule;
pub mod italy;
mod lookup;
mod offsets;
mod patron_saints;
mod pattern;
mod pieces;
mod questions;
#[cfg(test)]
mod tests;
mod tiers;
mod timeline;
mod week;
mod window;

pub use boundary::{Boundaries, HolidayScope};
pub use calendar::Calendar;
pub use columns::NULL_MS;
pub use easter::easter_sunday;
pub use holidays::{HolidayDay, HolidayRule, Holidays, MAX_DATES, MAX_RULES};
pub use hours::{Hours, MAX_DEPTH, MAX_PARTS};
pub use timeline::{Due, Timeline};
pub use week::{MAX_WINDOWS, WeekHours};
pub use window::DayWindow;
