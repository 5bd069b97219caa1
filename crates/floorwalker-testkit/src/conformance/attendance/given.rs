//! What a case gives, as the library's own types.
//!
//! Instants are RFC 3339, or local times of the case's `zone` without an offset.
//! Lists are short: a punch is `[at, kind]`, a state `[state, from, to]`, a shift
//! `[date, from, to]`, an absence `[kind, from, to, status]`; each may end with the
//! name of the operator, which is "A" otherwise.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use floorwalker::attendance::{PlannedSegment, PlannedShift, PlannedShiftRecord, Punch};
use floorwalker::contact::AgentState;
use floorwalker::id::AgentId;
use floorwalker::team::{Absence, AbsenceStatus};
use floorwalker::time::{LocalTimePolicy, Span, Zone};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Failure;

/// The operator of a case that names none.
pub(super) const ANYBODY: &str = "A";

/// A case's `given`, with the clock it is written in.
pub(super) struct Given<'a> {
    value: &'a Value,
    pub(super) zone: Zone,
}

impl<'a> Given<'a> {
    pub(super) fn new(value: &'a Value) -> Result<Self, Failure> {
        let zone = value["zone"].as_str().unwrap_or("Europe/Rome");
        Ok(Self {
            value,
            zone: Zone::get(zone)?,
        })
    }

    /// A field read by serde; its default if it is absent.
    pub(super) fn read<T: DeserializeOwned + Default>(&self, key: &str) -> Result<T, Failure> {
        match self.value.get(key) {
            Some(value) => Ok(serde_json::from_value(value.clone())?),
            None => Ok(T::default()),
        }
    }

    /// A field that must be there.
    pub(super) fn needed<T: DeserializeOwned>(&self, key: &str) -> Result<T, Failure> {
        Ok(serde_json::from_value(self.value[key].clone())?)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// The rows of a list.
    pub(super) fn rows(&self, key: &str) -> Result<Vec<Fields<'_>>, Failure> {
        let rows = self.value[key].as_array().map_or(&[][..], Vec::as_slice);
        rows.iter()
            .map(|row| {
                let fields = row.as_array().ok_or(format!("{row} is no list"))?;
                Ok(Fields {
                    given: self,
                    fields,
                })
            })
            .collect()
    }

    pub(super) fn instant(&self, text: &str) -> Result<DateTime<Utc>, Failure> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(at.to_utc());
        }
        let local: NaiveDateTime = parse(text)?;
        Ok(self.zone.resolve(local, LocalTimePolicy::REFUSE)?)
    }

    pub(super) fn at(&self, key: &str) -> Result<DateTime<Utc>, Failure> {
        self.instant(&self.needed::<String>(key)?)
    }

    pub(super) fn punches(&self) -> Result<Vec<Punch>, Failure> {
        let punch = |row: &Fields<'_>| {
            let at = row.instant(0)?.timestamp_millis();
            Ok(Punch::new(
                row.agent(2)?,
                row.term(1)?,
                self.zone.at_ms(at),
            )?)
        };
        self.rows("punches")?.iter().map(punch).collect()
    }

    pub(super) fn states(&self) -> Result<Vec<AgentState>, Failure> {
        let state = |row: &Fields<'_>| {
            let to = row
                .text(2)
                .ok()
                .map(|text| self.instant(text))
                .transpose()?;
            Ok(AgentState::new(
                row.agent(3)?,
                row.term(0)?,
                row.instant(1)?,
                to,
            )?)
        };
        self.rows("states")?.iter().map(state).collect()
    }

    pub(super) fn absences(&self) -> Result<Vec<Absence>, Failure> {
        let absence = |row: &Fields<'_>| {
            let status = row.term(3).unwrap_or(AbsenceStatus::Approved);
            Ok(Absence::new(
                row.agent(4)?,
                row.term(0)?,
                row.span(1)?,
                status,
            ))
        };
        self.rows("absences")?.iter().map(absence).collect()
    }

    /// Shifts by local times, with the activities of `plan` laid over them.
    pub(super) fn shifts(&self) -> Result<Vec<PlannedShift>, Failure> {
        let plan = self.segments()?;
        let remote: bool = self.read("remote")?;
        let shift = |row: &Fields<'_>| {
            let date: NaiveDate = parse(row.text(0)?)?;
            let times: (NaiveTime, NaiveTime) = (parse(row.text(1)?)?, parse(row.text(2)?)?);
            let shift = PlannedShift::local(row.agent(3)?, &self.zone, date, times)?;
            let lay =
                |shift: PlannedShift, one: &PlannedSegment| shift.with(one.activity, one.span);
            let shift = plan.iter().try_fold(shift, lay)?;
            Ok(if remote { shift.remote() } else { shift })
        };
        self.rows("shifts")?.iter().map(shift).collect()
    }

    /// Planned segments `[activity, from, to]`.
    pub(super) fn segments(&self) -> Result<Vec<PlannedSegment>, Failure> {
        let segment = |row: &Fields<'_>| {
            Ok(PlannedSegment {
                activity: row.term(0)?,
                span: row.span(1)?,
            })
        };
        self.rows("plan")?.iter().map(segment).collect()
    }

    /// All segments of the plan as one shift.
    pub(super) fn plan_as_shift(&self) -> Result<Vec<PlannedShift>, Failure> {
        let segments = self.segments()?;
        let Some(first) = segments.iter().map(|one| one.span.start_ms()).min() else {
            return Ok(Vec::new());
        };
        let record = PlannedShiftRecord {
            agent: AgentId::new(ANYBODY)?,
            work_day: self.zone.day_of_ms(first),
            segments,
            remote: false,
        };
        Ok(vec![record.try_into()?])
    }
}

/// One row of a list.
pub(super) struct Fields<'a> {
    given: &'a Given<'a>,
    fields: &'a [Value],
}

impl<'a> Fields<'a> {
    pub(super) fn text(&self, at: usize) -> Result<&'a str, Failure> {
        let field = self.fields.get(at).and_then(Value::as_str);
        field.ok_or_else(|| Failure::BadCase(format!("field {at} of {:?} is no text", self.fields)))
    }

    pub(super) fn instant(&self, at: usize) -> Result<DateTime<Utc>, Failure> {
        self.given.instant(self.text(at)?)
    }

    pub(super) fn span(&self, at: usize) -> Result<Span, Failure> {
        Ok(Span::new(self.instant(at)?, self.instant(at + 1)?)?)
    }

    pub(super) fn term<T: DeserializeOwned>(&self, at: usize) -> Result<T, Failure> {
        Ok(serde_json::from_value(self.text(at)?.into())?)
    }

    pub(super) fn agent(&self, at: usize) -> Result<AgentId, Failure> {
        Ok(AgentId::new(self.text(at).unwrap_or(ANYBODY))?)
    }
}

pub(super) fn parse<T: std::str::FromStr>(text: &str) -> Result<T, Failure>
where
    T::Err: std::fmt::Display,
{
    text.parse()
        .map_err(|error| Failure::BadCase(format!("{text:?}: {error}")))
}
