//! Business time: when a place is open, and how much open time lies between two
//! instants.

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
