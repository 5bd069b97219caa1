//! What to do with a local time that the clock never showed, or showed twice.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::instant::checked;
use super::rules::Mapped;
use super::zone::Zone;
use crate::error::{ErrorKind, Result};

/// How a local time becomes an instant on the days of a clock change.
///
/// There is no default, because none is right for everyone: a roster may want the
/// shift that starts at 02:30 to start at 03:00, an import should refuse. One of
/// the constants mostly fits.
///
/// ```
/// use floorwalker::time::{Double, LocalTimePolicy, Missing, Zone};
///
/// let rome = Zone::get("Europe/Rome")?;
/// let missing = "2026-03-29T02:30:00".parse().unwrap();
/// assert!(rome.resolve(missing, LocalTimePolicy::REFUSE).is_err());
///
/// let roster = LocalTimePolicy { missing: Missing::NextValid, double: Double::Earlier };
/// let start = rome.resolve(missing, roster)?;
/// assert_eq!(rome.at_ms(start.timestamp_millis()).to_rfc3339(), "2026-03-29T03:00:00+02:00");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LocalTimePolicy {
    /// For a local time that the clock jumped over.
    pub missing: Missing,
    /// For a local time that the clock showed twice.
    pub double: Double,
}

/// What a local time stands for that the clock jumped over when it was put forward.
///
/// The answers for 02:30 in Rome on 2026-03-29, when 02:00 became 03:00:
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// An error.
    Refuse,
    /// As much later as the clock was put forward: 03:30.
    ShiftForward,
    /// As much earlier as the clock was put forward: 01:30.
    ShiftBack,
    /// The first local time after the jump: 03:00.
    NextValid,
}

/// Which of two instants a local time stands for that came twice because the clock
/// was put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Double {
    /// Neither: an error.
    Refuse,
    /// The earlier one, before the clock was put back.
    Earlier,
    /// The later one, after the clock was put back.
    Later,
}

impl LocalTimePolicy {
    /// An error for both: for imports, where a wrong guess would go unseen.
    pub const REFUSE: Self = Self {
        missing: Missing::Refuse,
        double: Double::Refuse,
    };
    /// The earlier of the instants that could be meant: never later than intended.
    pub const EARLIER: Self = Self {
        missing: Missing::ShiftBack,
        double: Double::Earlier,
    };
    /// The later of the instants that could be meant: never earlier than intended.
    pub const LATER: Self = Self {
        missing: Missing::ShiftForward,
        double: Double::Later,
    };
}

impl Zone {
    /// The instant at which the clock of this zone shows `local`.
    ///
    /// # Errors
    /// `local_time.missing` or `local_time.ambiguous` where `policy` refuses;
    /// `value.out_of_range` if the instant lies outside years 1 to 9999.
    pub fn resolve(&self, local: NaiveDateTime, policy: LocalTimePolicy) -> Result<DateTime<Utc>> {
        let at = |offset| {
            let utc = local
                .and_utc()
                .checked_sub_signed(TimeDelta::seconds(offset));
            let utc = utc.unwrap_or(local.and_utc());
            checked("local time", utc.timestamp_millis()).map(|_| utc)
        };
        match self.rules().map(local.and_utc().timestamp()) {
            Mapped::Once(offset) => at(offset),
            Mapped::Twice { first, last } => match policy.double {
                Double::Earlier => at(first),
                Double::Later => at(last),
                Double::Refuse => {
                    let (given, zone) = (local.to_string(), self.name().to_owned());
                    Err(ErrorKind::LocalTwice { given, zone }.into())
                }
            },
            Mapped::Never {
                before,
                after,
                at: change,
            } => match policy.missing {
                Missing::ShiftForward => at(before),
                Missing::ShiftBack => at(after),
                Missing::NextValid => checked("local time", change * 1000),
                Missing::Refuse => {
                    let (given, zone) = (local.to_string(), self.name().to_owned());
                    Err(ErrorKind::LocalMissing { given, zone }.into())
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(zone: &str, local: &str, policy: LocalTimePolicy) -> String {
        let zone = Zone::get(zone).unwrap();
        match zone.resolve(local.parse().unwrap(), policy) {
            Ok(at) => zone.at_ms(at.timestamp_millis()).to_rfc3339(),
            Err(error) => error.code().to_owned(),
        }
    }

    fn missing(missing: Missing) -> LocalTimePolicy {
        LocalTimePolicy {
            missing,
            double: Double::Refuse,
        }
    }

    #[test]
    fn a_time_that_comes_once_needs_no_policy() {
        for policy in [
            LocalTimePolicy::REFUSE,
            LocalTimePolicy::EARLIER,
            LocalTimePolicy::LATER,
        ] {
            let at = resolved("Europe/Rome", "2026-03-29T03:00:00", policy);
            assert_eq!(at, "2026-03-29T03:00:00+02:00");
        }
    }

    #[test]
    fn a_missing_time_follows_the_policy() {
        let rome = |policy| resolved("Europe/Rome", "2026-03-29T02:30:00", policy);
        assert_eq!(rome(missing(Missing::Refuse)), "local_time.missing");
        assert_eq!(
            rome(missing(Missing::ShiftForward)),
            "2026-03-29T03:30:00+02:00"
        );
        assert_eq!(
            rome(missing(Missing::ShiftBack)),
            "2026-03-29T01:30:00+01:00"
        );
        assert_eq!(
            rome(missing(Missing::NextValid)),
            "2026-03-29T03:00:00+02:00"
        );
    }

    #[test]
    fn a_missing_day_follows_the_policy() {
        let apia = |policy| resolved("Pacific/Apia", "2011-12-30T10:00:00", policy);
        assert_eq!(apia(LocalTimePolicy::LATER), "2011-12-31T10:00:00+14:00");
        assert_eq!(apia(LocalTimePolicy::EARLIER), "2011-12-29T10:00:00-10:00");
        assert_eq!(
            apia(missing(Missing::NextValid)),
            "2011-12-31T00:00:00+14:00"
        );
    }

    #[test]
    fn a_double_time_follows_the_policy() {
        let rome = |policy| resolved("Europe/Rome", "2026-10-25T02:00:00", policy);
        assert_eq!(rome(LocalTimePolicy::REFUSE), "local_time.ambiguous");
        assert_eq!(rome(LocalTimePolicy::EARLIER), "2026-10-25T02:00:00+02:00");
        assert_eq!(rome(LocalTimePolicy::LATER), "2026-10-25T02:00:00+01:00");
    }

    #[test]
    fn parts_of_a_second_are_kept() {
        let rome = Zone::get("Europe/Rome").unwrap();
        let local = "2026-10-25T02:59:59.999999".parse().unwrap();
        let at = rome.resolve(local, LocalTimePolicy::EARLIER).unwrap();
        assert_eq!(
            at,
            "2026-10-25T00:59:59.999999Z"
                .parse::<DateTime<Utc>>()
                .unwrap()
        );
    }

    #[test]
    fn far_years_are_refused() {
        let utc = Zone::utc();
        for local in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            assert!(
                utc.resolve(local, LocalTimePolicy::REFUSE)
                    .unwrap_err()
                    .is_range()
            );
        }
        let west = Zone::get("-12:00").unwrap();
        let local = "9999-12-31T12:00:00".parse().unwrap();
        assert!(
            west.resolve(local, LocalTimePolicy::REFUSE)
                .unwrap_err()
                .is_range()
        );
    }
}
