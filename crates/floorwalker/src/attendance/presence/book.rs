//! The attendance book: every shift of every operator, and how it was kept.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::counts::AttendanceCounts;
use super::day::AttendanceDay;
use super::gather::{AttendanceInput, gather};
use super::person::{BookRow, days_of};
use super::rules::AttendanceRules;
use crate::attendance::access::AttendanceAccess;
use crate::attendance::punch::Repair;
use crate::attendance::unknown;
use crate::error::Error;
use crate::id::AgentId;
use crate::team::AccessPolicy;

/// Every shift of every operator and how it was kept, and work without a shift.
///
/// What comes out about a person needs an access policy; why somebody is absent
/// needs more than that ([`AttendanceAccess`]).
///
/// ```
/// use floorwalker::attendance::{
///     AttendanceBook, AttendanceInput, AttendanceRules, PlannedShift, PresenceClass, Punch, PunchKind,
/// };
/// use floorwalker::id::AgentId;
/// use floorwalker::team::{AccessPolicy, Granularity};
/// use floorwalker::time::Zone;
///
/// let (rome, anna) = (Zone::get("Europe/Rome")?, AgentId::new("Anna")?);
/// let from_to = ("09:00:00".parse().unwrap(), "13:00:00".parse().unwrap());
/// let shift = PlannedShift::local(anna.clone(), &rome, "2026-03-02".parse().unwrap(), from_to)?;
/// let punch = |at: &str, kind| Punch::new(anna.clone(), kind, at.parse().unwrap());
/// let punches = [
///     punch("2026-03-02T09:12:00+01:00", PunchKind::In)?,
///     punch("2026-03-02T13:01:00+01:00", PunchKind::Out)?,
/// ];
/// let input = AttendanceInput { shifts: &[shift], punches: &punches, ..AttendanceInput::default() };
/// let evening = "2026-03-02T20:00:00Z".parse().unwrap();
/// let book = AttendanceBook::build(input, &AttendanceRules::new(rome), evening)?;
///
/// let policy = AccessPolicy::new("attendance", "L. 300/1970 art. 4 c. 2", Granularity::Person)?;
/// let day = &book.days_of(&anna, &policy.into())?[0];
/// assert_eq!((day.class, day.late_ms), (PresenceClass::Late, 12 * 60_000));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceBook {
    people: BTreeMap<AgentId, Person>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Person {
    rows: Vec<BookRow>,
    repairs: Vec<Repair>,
}

impl AttendanceBook {
    /// Matches, mends, classifies, rounds and pays, in this order, with what was
    /// known at `as_of`: later punches and states do not exist yet.
    ///
    /// # Errors
    /// `options.conflict` if two shifts of an operator overlap.
    pub fn build(
        input: AttendanceInput<'_>,
        rules: &AttendanceRules,
        as_of: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let gathered = gather(input, rules, as_of)?;
        let mut people: BTreeMap<AgentId, Person> = BTreeMap::new();
        for repair in gathered.repairs {
            let person = people.entry(repair.agent.clone()).or_default();
            person.repairs.push(repair);
        }
        for (agent, person) in gathered.people {
            let (rows, repairs) = days_of(agent, person, rules, as_of.timestamp_millis());
            let person = people.entry(agent.clone()).or_default();
            person.rows = rows;
            person.repairs.extend(repairs);
        }
        Ok(Self { people })
    }

    /// How many operators occur.
    #[must_use]
    pub fn headcount(&self) -> usize {
        self.people.len()
    }

    /// The operators who occur, by name.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn agents(&self, policy: &AccessPolicy) -> Result<Vec<AgentId>, Error> {
        policy.check_names()?;
        Ok(self.people.keys().cloned().collect())
    }

    /// The days of one operator in order of time.
    ///
    /// # Errors
    /// `policy.refused` if the policy shows teams only; `name.unknown` if the
    /// operator does not occur.
    pub fn days_of(
        &self,
        agent: &AgentId,
        access: &AttendanceAccess,
    ) -> Result<Vec<AttendanceDay>, Error> {
        let shown = |row: &BookRow| AttendanceDay {
            absence: row.absence.map(|kind| access.shown(kind)),
            ..row.day.clone()
        };
        Ok(self
            .person(agent, access.policy())?
            .rows
            .iter()
            .map(shown)
            .collect())
    }

    /// What was repaired about the punches of one operator: first while reading
    /// them, then while mending what was missing.
    ///
    /// # Errors
    /// As for [`days_of`](Self::days_of).
    pub fn repairs_of(&self, agent: &AgentId, policy: &AccessPolicy) -> Result<&[Repair], Error> {
        Ok(&self.person(agent, policy)?.repairs)
    }

    /// The work days from `first` to `last` of all operators together.
    ///
    /// # Errors
    /// `policy.refused` if fewer people have a work day there than the smallest
    /// group of the policy.
    pub fn team(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        policy: &AccessPolicy,
    ) -> Result<AttendanceCounts, Error> {
        let mut counts = AttendanceCounts::default();
        let mut people = 0;
        for person in self.people.values() {
            let rows = person.rows.iter();
            let days = rows.filter(|row| (first..=last).contains(&row.day.work_day));
            let days: Vec<_> = days.map(|row| AttendanceCounts::of(&row.day)).collect();
            people += usize::from(!days.is_empty());
            days.iter().for_each(|day| counts.add(day));
        }
        policy.check_group(people)?;
        Ok(counts)
    }

    fn person(&self, agent: &AgentId, policy: &AccessPolicy) -> Result<&Person, Error> {
        policy.check_persons()?;
        self.people
            .get(agent)
            .ok_or_else(|| unknown(agent, self.people.keys()))
    }
}
