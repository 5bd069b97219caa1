//! Choices that a calendar must make on odd days.

use serde::{Deserialize, Serialize};

/// What the ends of windows mean on the night of a clock change.
///
/// The two differ only when the end of a window lies inside the hour that is skipped
/// or repeated. A window 01:30 to 02:30 in Rome, where on 2026-10-25 the hour from
/// 02:00 comes twice, is open for
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boundaries {
    /// one hour, from 01:30 to the first 02:30. Each end is turned into an instant: in
    /// the skipped hour as much later as the clock was put forward, in the repeated
    /// hour the first time (RFC 5545; "compatible" in the Temporal standard). A window
    /// that is empty then is left out.
    #[default]
    Compatible,
    /// an hour and a half, in two pieces. It is open whenever the clock on the wall
    /// reads a time inside the window.
    WallClock,
}

/// What a holiday takes away where shifts run over midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayScope {
    /// The local date from 00:00 to 24:00: the shift of the evening before ends at
    /// midnight, and a shift that begins on the holiday starts at midnight.
    #[default]
    CalendarDay,
    /// The shifts that begin on that date, whole, and nothing else.
    OpeningDay,
}
