//! Time: instants, the local clock of a centre, and intervals to count by.
//!
//! # The model
//!
//! - An **instant** is a number of milliseconds since 1970-01-01T00:00:00Z
//!   ([`instant`]), within years 1 to 9999. All columns and all calculations use
//!   instants; leap seconds do not exist.
//! - A **span** ([`Span`]) is half-open: its start belongs to it, its end does not.
//! - A **zone** ([`Zone`]) is the clock of a place. It turns instants into local
//!   times, which always works, and local times into instants, which does not: on
//!   the night the clock is put forward some local times are missing, on the night
//!   it is put back some come twice. The caller says what to do then
//!   ([`LocalTimePolicy`]); there is no default.
//! - A **local day** ([`Zone::day`]) runs from the first instant of its date to the
//!   first instant of the next date that exists. It may have 23 or 25 hours; it may
//!   begin at 01:00, where the clock is put forward at midnight. Local days follow
//!   each other without gap or overlap.
//! - A **grid** ([`Grid`]) cuts local days into [`Intervals`]. Half-hours step in
//!   real time, so a day has 46, 48 or 50 of them, and every instant lies in
//!   exactly one.
//!
//! # A window in half-hours
//!
//! ```
//! use floorwalker::time::{Every, Grid, Zone};
//!
//! let rome = Zone::get("Europe/Rome")?;
//! let grid = Grid::new(rome, Every::Minutes30);
//! let (first, last) = ("2026-03-28".parse().unwrap(), "2026-03-29".parse().unwrap());
//! let intervals = grid.days(first, last)?;
//! assert_eq!(intervals.len(), 48 + 46);
//!
//! // The clock jumps from 02:00 to 03:00.
//! let labels: Vec<_> = intervals.iter().map(|interval| interval.label()).collect();
//! assert_eq!(labels[51..53], ["2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00"]);
//! # Ok::<(), floorwalker::Error>(())
//! ```
//!
//! # A local time that comes twice
//!
//! ```
//! use floorwalker::time::{LocalTimePolicy, Zone};
//!
//! let rome = Zone::get("Europe/Rome")?;
//! let call_back_at = "2026-10-25T02:15:00".parse().unwrap();
//! let error = rome.resolve(call_back_at, LocalTimePolicy::REFUSE).unwrap_err();
//! assert_eq!(error.code(), "local_time.ambiguous");
//! let at = rome.resolve(call_back_at, LocalTimePolicy::EARLIER)?;
//! assert_eq!(at.to_rfc3339(), "2026-10-25T00:15:00+00:00");
//! # Ok::<(), floorwalker::Error>(())
//! ```

mod buckets;
pub mod business;
pub mod clock;
mod every;
mod grid;
mod instant;
mod interval;
mod intervals;
mod local;
pub(crate) mod ranges;
mod rules;
mod span;
mod zone;
mod zone_offset;

#[cfg(test)]
mod tests;

pub use every::Every;
pub use grid::{Grid, MAX_INTERVALS};
pub use instant::{MAX_MS, MIN_MS, instant};
pub use interval::Interval;
pub use intervals::Intervals;
pub use local::{Double, LocalTimePolicy, Missing};
pub use span::Span;
pub use zone::Zone;
pub use zone_offset::ZoneOffset;
