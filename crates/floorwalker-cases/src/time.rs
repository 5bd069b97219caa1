//! Reading instants.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use floorwalker::time::{Double, LocalTimePolicy, Missing, Zone};

use crate::error::ReadError;
use crate::map::TimeFormat;

/// A way of writing instants, ready to read.
pub(crate) struct Times<'a> {
    format: &'a str,
    zone: Zone,
    has_offset: bool,
}

/// A local time that comes twice is the first; one that does not exist is the next that
/// does.
const FORGIVING: LocalTimePolicy = LocalTimePolicy {
    missing: Missing::NextValid,
    double: Double::Earlier,
};

/// What was read.
pub(crate) enum Read {
    At(i64),
    /// The local time does not exist; it was moved on to the next that does.
    Moved(i64),
    Not,
}

impl<'a> Times<'a> {
    pub(crate) fn new(format: &'a TimeFormat) -> Result<Self, ReadError> {
        let has_offset = format.format.contains("%z") || format.format.contains("%:z");
        Ok(Self {
            format: &format.format,
            zone: Zone::get(&format.zone)?,
            has_offset,
        })
    }

    pub(crate) fn read(&self, text: &str) -> Read {
        if self.has_offset {
            let at = DateTime::parse_from_str(text, self.format);
            return at.map_or(Read::Not, |at| Read::At(at.timestamp_millis()));
        }
        let date = || {
            NaiveDate::parse_from_str(text, self.format)
                .ok()?
                .and_hms_opt(0, 0, 0)
        };
        let local = NaiveDateTime::parse_from_str(text, self.format)
            .ok()
            .or_else(date);
        let Some(local) = local else { return Read::Not };
        match self.zone.resolve(local, LocalTimePolicy::REFUSE) {
            Ok(at) => Read::At(at.timestamp_millis()),
            Err(error) => {
                let at = self.zone.resolve(local, FORGIVING);
                let at_ms = at.map(|at| at.timestamp_millis());
                match at_ms {
                    Ok(at_ms) if error.code() == "local_time.missing" => Read::Moved(at_ms),
                    Ok(at_ms) => Read::At(at_ms),
                    Err(_) => Read::Not,
                }
            }
        }
    }
}
