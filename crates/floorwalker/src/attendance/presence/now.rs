//! Who is here this minute.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::gather::{AttendanceInput, Person, gather};
use super::rules::AttendanceRules;
use crate::attendance::access::{AttendanceAccess, ShownAbsence};
use crate::attendance::activity::Activity;
use crate::attendance::planned::PlannedShift;
use crate::attendance::punch::Edge;
use crate::contact::StateKind;
use crate::error::Error;
use crate::id::AgentId;
use crate::team::{Absence, AccessPolicy};
use crate::terms::terms;
use crate::time::instant;

terms! {
    /// Where somebody stands this minute.
    Standing ("standing") {
        /// Here, as planned or during a planned pause not taken.
        Working = "working",
        /// Here or nearby, in a pause.
        OnBreak = "on_break",
        /// Here before the shift begins.
        Early = "early",
        /// Here after the shift has ended.
        StillHere = "still_here",
        /// Here without a shift, or in spite of an absence.
        Unplanned = "unplanned",
        /// Was here during the shift, is to be here, and is not.
        Away = "away",
        /// Is to be here and has not come, within the limit for a no-show.
        Late = "late",
        /// Is to be here and has not come.
        Missing = "missing",
        /// Excused.
        Authorised = "authorised",
        /// The shift begins later.
        NotYetDue = "not_yet_due",
        /// The shift is over and they have gone.
        Gone = "gone",
        /// No shift now, and not here.
        OffDuty = "off_duty",
    }
}

impl Standing {
    /// Whether the person is here.
    #[must_use]
    pub fn is_here(self) -> bool {
        matches!(
            self,
            Self::Working | Self::OnBreak | Self::Early | Self::StillHere | Self::Unplanned
        )
    }
}

/// One operator this minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PresenceNow {
    /// Who.
    pub agent: AgentId,
    /// Where they stand.
    pub standing: Standing,
    /// What is planned for this minute, absences taken out.
    pub planned: Option<Activity>,
    /// What the telephone system says.
    pub actual: Option<StateKind>,
    /// Since when they are here; for who is not, since when they are due or gone.
    pub since: Option<DateTime<Utc>>,
    /// What is shown of the absence that excuses them.
    pub absence: Option<ShownAbsence>,
}

/// How many people stand where: a mergeable count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingCounts([u64; Standing::ALL.len()]);

impl StandingCounts {
    /// How many stand there.
    #[must_use]
    pub fn of(&self, standing: Standing) -> u64 {
        self.0[standing as usize]
    }

    /// How many are here.
    #[must_use]
    pub fn here(&self) -> u64 {
        let here = Standing::ALL.iter().filter(|one| one.is_here());
        here.map(|&one| self.of(one)).sum()
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(mine, theirs)| *mine += theirs);
    }
}

/// Everybody who is here or should be, at one instant.
///
/// Invariant: one row for each operator, by name.
///
/// It keeps this one instant and no history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceBoard {
    rows: Vec<(PresenceNow, Option<Absence>)>,
}

impl PresenceBoard {
    /// The board at `now`, from the same input as the attendance book.
    ///
    /// # Errors
    /// `options.conflict` if two shifts of an operator overlap.
    pub fn at(
        now: DateTime<Utc>,
        input: AttendanceInput<'_>,
        rules: &AttendanceRules,
    ) -> Result<Self, Error> {
        let people = gather(input, rules, now)?.people;
        let rows = people.into_iter().map(|(agent, person)| {
            let excuse = person.absences.iter().find(|one| one.span().contains(now));
            let here = here_since(&person, now.timestamp_millis(), rules);
            let (standing, planned, since) = stand(&person, now, (excuse.is_some(), here), rules);
            let row = PresenceNow {
                agent: agent.clone(),
                standing,
                planned,
                actual: actual(&person),
                since: since.and_then(instant),
                absence: None,
            };
            (row, excuse.map(|excuse| (*excuse).clone()))
        });
        Ok(Self {
            rows: rows.collect(),
        })
    }

    /// Each operator, by name.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn rows(&self, access: &AttendanceAccess) -> Result<Vec<PresenceNow>, Error> {
        access.policy().check_names()?;
        let shown = |(row, excuse): &(PresenceNow, Option<Absence>)| PresenceNow {
            absence: excuse.as_ref().map(|excuse| access.shown(excuse.kind())),
            ..row.clone()
        };
        Ok(self.rows.iter().map(shown).collect())
    }

    /// How many stand where.
    ///
    /// # Errors
    /// `policy.refused` if there are fewer people than the smallest group of the policy.
    pub fn counts(&self, policy: &AccessPolicy) -> Result<StandingCounts, Error> {
        policy.check_group(self.rows.len())?;
        let mut counts = StandingCounts::default();
        for (row, _) in &self.rows {
            counts.0[row.standing as usize] += 1;
        }
        Ok(counts)
    }
}

/// What the telephone system says about somebody now.
fn actual(person: &Person<'_>) -> Option<StateKind> {
    person
        .stretches
        .iter()
        .rev()
        .find(|one| one.open)
        .map(|one| one.state)
}

/// Since when somebody is here, by an open session or an open state, and
/// whether they are in a break.
fn here_since(person: &Person<'_>, now_ms: i64, rules: &AttendanceRules) -> Option<(i64, bool)> {
    let longest = i64::from(rules.punches.max_shift_minutes) * 60_000;
    let session = person.days.last().and_then(|day| day.sessions.last());
    let open = session
        .filter(|session| session.to.is_none())
        .and_then(|session| {
            let from = session.from?.at_ms();
            (now_ms - from <= longest).then_some((from, session.open_break.is_some()))
        });
    let pause = matches!(actual(person), Some(StateKind::Break | StateKind::Lunch));
    let state = person.stretches.iter().rev().find(|one| one.open);
    match (open, state) {
        (Some((from, on_break)), _) => Some((from, on_break || pause)),
        (None, Some(state)) if rules.source != super::rules::PresenceSource::Punches => {
            Some((state.span.start_ms(), pause))
        }
        (None, _) => None,
    }
}

type Stand = (Standing, Option<Activity>, Option<i64>);

/// Where somebody stands, what is planned, and since when.
fn stand(
    person: &Person<'_>,
    now: DateTime<Utc>,
    (excused, here): (bool, Option<(i64, bool)>),
    rules: &AttendanceRules,
) -> Stand {
    let now_ms = now.timestamp_millis();
    let shift = person
        .windows
        .holding(now_ms)
        .map(|at| person.windows.shifts()[at]);
    let planned = shift
        .and_then(|shift| planned_at(shift, now))
        .filter(|_| !excused);
    match (here, shift) {
        (Some((since, _)), None) => (Standing::Unplanned, None, Some(since)),
        (Some((since, on_break)), Some(shift)) => {
            let standing = if now_ms < shift.span().start_ms() {
                Standing::Early
            } else if now_ms >= shift.span().end_ms() {
                Standing::StillHere
            } else if planned.is_none() {
                Standing::Unplanned
            } else if on_break {
                Standing::OnBreak
            } else {
                Standing::Working
            };
            (standing, planned, Some(since))
        }
        (None, _) if excused => (Standing::Authorised, None, None),
        (None, Some(shift)) => {
            let (standing, since) = not_here(person, shift, (now_ms, planned), rules);
            (standing, planned, since)
        }
        (None, None) => {
            let next = person
                .windows
                .shifts()
                .iter()
                .map(|one| one.span().start_ms());
            let next = next.filter(|&start| start > now_ms).min();
            let standing = next.map_or(Standing::OffDuty, |_| Standing::NotYetDue);
            (standing, None, next)
        }
    }
}

/// Where somebody stands who is not here, around their shift.
fn not_here(
    person: &Person<'_>,
    shift: &PlannedShift,
    (now_ms, planned): (i64, Option<Activity>),
    rules: &AttendanceRules,
) -> (Standing, Option<i64>) {
    let (start, end) = (shift.span().start_ms(), shift.span().end_ms());
    let window_start = start - i64::from(rules.window.before_minutes) * 60_000;
    let sessions = person.days.iter().flat_map(|day| &day.sessions);
    let left = sessions
        .filter_map(|one| one.to)
        .map(Edge::at_ms)
        .filter(|&at| at > window_start)
        .max();
    let limit = start + i64::from(rules.grace.no_show_after_minutes) * 60_000;
    match left {
        _ if now_ms < start => (Standing::NotYetDue, Some(start)),
        _ if now_ms >= end => (Standing::Gone, left.or(Some(end))),
        Some(at) if planned.is_some_and(Activity::is_pause) => (Standing::OnBreak, Some(at)),
        Some(at) => (Standing::Away, Some(at)),
        None if now_ms < limit => (Standing::Late, Some(start)),
        None => (Standing::Missing, Some(start)),
    }
}

fn planned_at(shift: &PlannedShift, now: DateTime<Utc>) -> Option<Activity> {
    let segment = shift.segments().iter().find(|one| one.span.contains(now))?;
    Some(segment.activity)
}
