//! Rounding for pay: by side, on the local clock.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::terms::terms;
use crate::time::Zone;

/// A day in milliseconds, and a minute.
const MINUTE: i64 = 60_000;

terms! {
    /// How a time is rounded to a multiple of the unit.
    RoundingKind ("rounding") {
        /// Not at all.
        Exact = "exact",
        /// To the multiple before.
        Down = "down",
        /// To the multiple after.
        Up = "up",
        /// To the nearest; half-way goes up. TimeTrex calls it average.
        Nearest = "nearest",
        /// To the nearest; half-way goes down. Kimai calls it closest.
        NearestHalfDown = "nearest_half_down",
        /// Parts of a minute are cut off, then to the nearest.
        NearestMinuteDown = "nearest_minute_down",
        /// A begun minute counts whole, then to the nearest.
        NearestMinuteUp = "nearest_minute_up",
    }
}

/// The plain fields of a [`Rounding`], before they are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundingRecord {
    /// How.
    pub kind: RoundingKind,
    /// To multiples of so many minutes.
    pub unit_minutes: u16,
}

/// How one kind of time is rounded.
///
/// Invariant: the unit divides a day.
///
/// ```
/// use floorwalker::attendance::{Rounding, RoundingKind};
///
/// let seven_59 = 7 * 60_000 + 59_000;
/// let rounded = |kind| Ok::<_, floorwalker::Error>(Rounding::new(kind, 15)?.round_ms(seven_59));
/// assert_eq!(rounded(RoundingKind::NearestMinuteDown)?, 0);
/// assert_eq!(rounded(RoundingKind::Nearest)?, 15 * 60_000);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RoundingRecord", into = "RoundingRecord")]
pub struct Rounding(RoundingRecord);

impl Rounding {
    /// Not at all.
    pub const EXACT: Self = Self(RoundingRecord {
        kind: RoundingKind::Exact,
        unit_minutes: 1,
    });

    /// To multiples of `unit_minutes`, which must divide a day.
    ///
    /// # Errors
    /// `options.conflict` if it does not.
    pub fn new(kind: RoundingKind, unit_minutes: u16) -> Result<Self, Error> {
        RoundingRecord { kind, unit_minutes }.try_into()
    }

    /// Rounds a duration, or a time of day, in milliseconds; not below 0.
    #[must_use]
    pub fn round_ms(self, ms: i64) -> i64 {
        use RoundingKind as K;
        let unit = i64::from(self.0.unit_minutes) * MINUTE;
        let ms = match self.0.kind {
            K::Exact => return ms,
            K::NearestMinuteDown => ms - ms.rem_euclid(MINUTE),
            K::NearestMinuteUp => ms + (-ms).rem_euclid(MINUTE),
            K::Down | K::Up | K::Nearest | K::NearestHalfDown => ms,
        };
        let (down, rest) = (ms - ms.rem_euclid(unit), ms.rem_euclid(unit));
        let goes_up = match self.0.kind {
            K::Exact | K::Down => false,
            K::Up => rest > 0,
            K::NearestHalfDown => 2 * rest > unit,
            K::Nearest | K::NearestMinuteDown | K::NearestMinuteUp => 2 * rest >= unit,
        };
        if goes_up { down + unit } else { down }
    }

    /// Rounds an instant on the local clock. It never jumps over a change of
    /// the clock: there it stops.
    #[must_use]
    pub fn round_local_ms(self, at_ms: i64, zone: &Zone) -> i64 {
        let offset = |ms| zone.offset_secs_at_ms(ms);
        let local = at_ms + i64::from(offset(at_ms)) * 1000;
        let rounded = at_ms + self.round_ms(local) - local;
        if offset(rounded) == offset(at_ms) {
            return rounded;
        }
        // Somewhere between the two the clock changes: find the first instant after that.
        let (mut low, mut high) = (at_ms.min(rounded), at_ms.max(rounded));
        let wanted = offset(high);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if offset(middle) == wanted {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

impl Default for Rounding {
    fn default() -> Self {
        Self::EXACT
    }
}

impl TryFrom<RoundingRecord> for Rounding {
    type Error = Error;
    fn try_from(record: RoundingRecord) -> Result<Self, Error> {
        let unit = record.unit_minutes;
        if unit == 0 || 1440 % unit != 0 {
            let why = format!("{unit} minutes do not divide a day");
            return Err(ErrorKind::Conflict {
                what: "unit of rounding",
                why,
            }
            .into());
        }
        Ok(Self(record))
    }
}

impl From<Rounding> for RoundingRecord {
    fn from(rounding: Rounding) -> Self {
        rounding.0
    }
}

/// How the times of a work day are rounded for pay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PayRounding {
    /// Coming.
    pub come: Rounding,
    /// Going.
    pub go: Rounding,
    /// Leaving for a break.
    pub break_start: Rounding,
    /// Back from a break.
    pub break_end: Rounding,
    /// The hours of the day, after all of these.
    pub total: Rounding,
    /// A first coming or a last going at most so many minutes from the planned
    /// edge is moved onto it, before any rounding; 0 for never.
    pub toward_schedule_minutes: u32,
}

terms! {
    /// The rounding modes of the time tracker Kimai.
    KimaiMode ("Kimai rounding mode") {
        /// Coming down, going up, the total up.
        Default = "default",
        /// All down.
        Floor = "floor",
        /// All up.
        Ceil = "ceil",
        /// All to the nearest, half-way down.
        Closest = "closest",
    }
}

impl PayRounding {
    /// A mode of Kimai with one unit for all times. Breaks are not rounded:
    /// Kimai has none.
    ///
    /// # Errors
    /// `options.conflict` if the unit does not divide a day.
    pub fn kimai(mode: KimaiMode, unit_minutes: u16) -> Result<Self, Error> {
        use RoundingKind as K;
        let (come, go, total) = match mode {
            KimaiMode::Default => (K::Down, K::Up, K::Up),
            KimaiMode::Floor => (K::Down, K::Down, K::Down),
            KimaiMode::Ceil => (K::Up, K::Up, K::Up),
            KimaiMode::Closest => (K::NearestHalfDown, K::NearestHalfDown, K::NearestHalfDown),
        };
        let rounding = |kind| Rounding::new(kind, unit_minutes);
        Ok(Self {
            come: rounding(come)?,
            go: rounding(go)?,
            total: rounding(total)?,
            ..Self::default()
        })
    }

    /// A first coming or a last going near its planned edge, moved onto it.
    pub(super) fn toward(&self, at_ms: i64, planned: Option<i64>) -> i64 {
        let near = i64::from(self.toward_schedule_minutes) * MINUTE;
        planned
            .filter(|planned| (at_ms - planned).abs() <= near)
            .unwrap_or(at_ms)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rounding(kind: RoundingKind, unit: u16) -> Rounding {
        Rounding::new(kind, unit).unwrap()
    }

    fn local(at: &str, kind: RoundingKind, unit: u16) -> String {
        let rome = Zone::get("Europe/Rome").unwrap();
        let at = chrono::DateTime::parse_from_rfc3339(at).unwrap();
        let rounded = rounding(kind, unit).round_local_ms(at.timestamp_millis(), &rome);
        rome.at_ms(rounded).to_rfc3339()
    }

    #[test]
    fn a_unit_divides_a_day() {
        for unit in [0, 7, 1441] {
            let error = Rounding::new(RoundingKind::Up, unit).unwrap_err();
            assert_eq!(error.code(), "options.conflict");
        }
    }

    #[test]
    fn rounding_stops_at_a_change_of_the_clock() {
        // 02:00 does not exist: two minutes on is 03:00.
        let up = local("2026-03-29T01:58:00+01:00", RoundingKind::Up, 15);
        assert_eq!(up, "2026-03-29T03:00:00+02:00");
        // Even hours: down from 03:07 would be 02:00, which does not exist.
        let down = local("2026-03-29T03:07:00+02:00", RoundingKind::Down, 120);
        assert_eq!(down, "2026-03-29T03:00:00+02:00");
        // The clock is put back at 03:00: two minutes on, not sixty-two.
        let up = local("2026-10-25T02:58:00+02:00", RoundingKind::Up, 15);
        assert_eq!(up, "2026-10-25T02:00:00+01:00");
        let down = local("2026-10-25T02:07:00+01:00", RoundingKind::Down, 15);
        assert_eq!(down, "2026-10-25T02:00:00+01:00");
    }

    #[test]
    fn the_local_clock_is_rounded_and_not_utc() {
        let kolkata = Zone::get("Asia/Kolkata").unwrap();
        let at = chrono::DateTime::parse_from_rfc3339("2026-03-02T09:20:00+05:30").unwrap();
        let down = rounding(RoundingKind::Down, 60).round_local_ms(at.timestamp_millis(), &kolkata);
        assert_eq!(
            kolkata.at_ms(down).to_rfc3339(),
            "2026-03-02T09:00:00+05:30"
        );
    }

    proptest! {
        #[test]
        fn a_rounded_time_is_a_multiple_within_one_unit(ms in 0i64..86_400_000, kind in 1usize..7, unit in prop::sample::select(vec![1u16, 5, 6, 10, 15, 30, 60])) {
            let rounding = rounding(RoundingKind::ALL[kind], unit);
            let (rounded, unit_ms) = (rounding.round_ms(ms), i64::from(unit) * 60_000);
            prop_assert_eq!(rounded % unit_ms, 0);
            prop_assert!((rounded - ms).abs() < unit_ms + 60_000);
            prop_assert_eq!(rounding.round_ms(rounded), rounded);
        }

        #[test]
        fn any_instant_moves_less_than_a_unit(hours in 0i64..20_000, ms in 0i64..3_600_000, kind in 1usize..7) {
            let rome = Zone::get("Europe/Rome").unwrap();
            let at = 1_700_000_000_000 + hours * 3_600_000 + ms;
            let rounded = rounding(RoundingKind::ALL[kind], 15).round_local_ms(at, &rome);
            prop_assert!((rounded - at).abs() < 16 * 60_000);
        }
    }
}
