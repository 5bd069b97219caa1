//! Times in tables.

use chrono::{DateTime, NaiveDateTime};
use floorwalker::time::{Double, LocalTimePolicy, Missing, Zone};

use crate::queue_log::stamp_ms;

/// A time that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) ms: i64,
    /// Whether its local time exists twice, and the order of rows said which was meant.
    pub(super) by_order: bool,
}

/// Reads times of one table, row after row.
#[derive(Debug)]
pub(crate) struct Times {
    zone: Zone,
    policy: LocalTimePolicy,
    last: i64,
}

impl Times {
    pub(crate) fn new(zone: Zone, policy: LocalTimePolicy) -> Self {
        Self {
            zone,
            policy,
            last: i64::MIN,
        }
    }

    /// Seconds since 1970, a time with an offset, or a local time.
    pub(super) fn read(&mut self, cell: &str) -> Result<Stamp, String> {
        let cell = cell.trim();
        let plain = |ms| Stamp {
            ms,
            by_order: false,
        };
        if let Some(ms) = stamp_ms(cell.as_bytes()) {
            return Ok(plain(ms));
        }
        let iso = cell.replacen(' ', "T", 1);
        if let Ok(at) = DateTime::parse_from_rfc3339(&iso) {
            return in_range(at.timestamp_millis()).map(plain);
        }
        let local: NaiveDateTime = iso.parse().map_err(|_| format!("{cell:?} is no time"))?;
        let stamp = self.resolve(local)?;
        self.last = stamp.ms;
        Ok(stamp)
    }

    /// A time with an offset or local, from year 1 to 9999 and in no order.
    pub(crate) fn read_any(&self, cell: &str) -> Result<i64, String> {
        let iso = cell.trim().replacen(' ', "T", 1);
        if let Ok(at) = DateTime::parse_from_rfc3339(&iso) {
            return Ok(at.timestamp_millis());
        }
        if let Some(ms) = stamp_ms(iso.as_bytes()) {
            return Ok(ms);
        }
        let local: NaiveDateTime = iso.parse().map_err(|_| format!("{cell:?} is no time"))?;
        let at = self.zone.resolve(local, self.policy);
        at.map(|at| at.timestamp_millis())
            .map_err(|error| error.to_string())
    }

    fn resolve(&self, local: NaiveDateTime) -> Result<Stamp, String> {
        let at = |policy| match self.zone.resolve(local, policy) {
            Ok(at) => in_range(at.timestamp_millis()),
            Err(error) => Err(error.to_string()),
        };
        let first = at(self.policy)?;
        let stamp = |ms, by_order| Stamp { ms, by_order };
        if self.policy.double != Double::Earlier || first + LATE >= self.last {
            return Ok(stamp(first, false));
        }
        // Time went back: if the local time exists twice, the later one is meant.
        let later = at(LocalTimePolicy {
            missing: Missing::Refuse,
            double: Double::Later,
        });
        match later {
            Ok(later) if later > first && later + LATE >= self.last => Ok(stamp(later, true)),
            _ => Ok(stamp(first, false)),
        }
    }
}

/// Rows may be this much out of order, in milliseconds.
const LATE: i64 = 2000;

fn in_range(ms: i64) -> Result<i64, String> {
    if (0..=4_102_444_799_999).contains(&ms) {
        Ok(ms)
    } else {
        Err("it is not between 1970 and 2099".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rome() -> Times {
        Times::new(Zone::get("Europe/Rome").unwrap(), LocalTimePolicy::EARLIER)
    }

    #[test]
    fn times_of_all_shapes() {
        let read = |cell: &str| rome().read(cell).map(|stamp| stamp.ms);
        assert_eq!(read("1709629200"), Ok(1_709_629_200_000));
        assert_eq!(read("2024-03-05 10:00:00.000100"), Ok(1_709_629_200_000));
        assert_eq!(read("2024-03-05T10:00:00.25"), Ok(1_709_629_200_250));
        assert_eq!(read("2024-03-05T09:00:00Z"), Ok(1_709_629_200_000));
        assert_eq!(read("2024-03-05 10:00:00+01:00"), Ok(1_709_629_200_000));
        assert!(read("yesterday").is_err() && read("").is_err());
        assert!(read("1969-03-05 10:00:00").is_err());
    }

    #[test]
    fn in_the_double_hour_the_order_of_rows_decides() {
        let mut times = rome();
        let cells = ["02:10:00", "02:50:00", "02:05:00", "02:06:00", "03:00:00"];
        let read: Vec<Stamp> = cells
            .iter()
            .map(|cell| times.read(&format!("2026-10-25 {cell}")).unwrap())
            .collect();
        let start = 1_792_886_400_000; // 02:00 in summer time
        let minutes: Vec<i64> = read.iter().map(|one| (one.ms - start) / 60_000).collect();
        assert_eq!(minutes, [10, 50, 65, 66, 120]);
        assert_eq!(read.iter().filter(|one| one.by_order).count(), 2);
    }

    #[test]
    fn what_is_refused_is_no_time() {
        let zone = Zone::get("Europe/Rome").unwrap();
        let mut times = Times::new(zone, LocalTimePolicy::REFUSE);
        assert!(times.read("2026-10-25 02:10:00").is_err());
        assert!(times.read("2026-03-29 02:10:00").is_err());
    }
}
