//! [`Zone`] as a time zone of the crate chrono.

use std::fmt;

use chrono::{FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};

use super::rules::Mapped;
use super::zone::{Zone, fixed_offset};

/// The offset that holds in a [`Zone`] at some instant, such as `+02:00`.
///
/// Invariant: smaller than a day in either direction.
///
/// It is the offset of a `chrono::DateTime<Zone>`; it remembers its zone.
#[derive(Clone, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Zone,
    fixed: FixedOffset,
}

impl ZoneOffset {
    /// The zone in which it holds.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fixed)
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fixed, f)
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone.clone()
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        let offset = |secs| ZoneOffset {
            zone: self.clone(),
            fixed: fixed_offset(secs),
        };
        match self.rules().map(local.and_utc().timestamp()) {
            Mapped::Once(secs) => MappedLocalTime::Single(offset(secs)),
            Mapped::Twice { first, last } => {
                MappedLocalTime::Ambiguous(offset(first), offset(last))
            }
            Mapped::Never { .. } => MappedLocalTime::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        let secs = self.rules().offset(utc.and_utc().timestamp());
        ZoneOffset {
            zone: self.clone(),
            fixed: fixed_offset(secs.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    #[test]
    fn dates_of_chrono_can_live_in_a_zone() {
        let rome = Zone::get("Europe/Rome").unwrap();
        let at: DateTime<Utc> = "2026-10-25T00:30:00Z".parse().unwrap();
        let local = at.with_timezone(&rome);
        assert_eq!(local.to_rfc3339(), "2026-10-25T02:30:00+02:00");
        assert_eq!(local.timezone(), rome);
        assert_eq!(local.offset().zone().name(), "Europe/Rome");
        let twice = rome.with_ymd_and_hms(2026, 10, 25, 2, 30, 0);
        assert_eq!(twice.clone().earliest(), Some(local.clone()));
        assert_eq!(twice.latest().unwrap() - local, chrono::TimeDelta::hours(1));
        assert!(
            rome.with_ymd_and_hms(2026, 3, 29, 2, 30, 0)
                .earliest()
                .is_none()
        );
    }

    #[test]
    fn the_ends_of_the_calendar_of_chrono_do_no_harm() {
        for name in ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/Rome"] {
            let zone = Zone::get(name).unwrap();
            for local in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
                let offset = zone.offset_from_utc_datetime(&local);
                assert_ne!(offset.fix().local_minus_utc(), 0, "{name}");
                assert!(zone.offset_from_local_datetime(&local).earliest().is_some());
            }
        }
    }
}
