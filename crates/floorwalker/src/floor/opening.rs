//! Opening the lines: may each open, with whom, what is missing, who could fill it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::hands::{Crew, Moment, on_duty};
use super::line::{Line, check};
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::id::{AgentId, GroupId, PositionId, QueueId};
use crate::roster::Roster;
use crate::team::{AbsenceCalendar, AccessPolicy, Group, Staff};
use crate::terms::terms;
use crate::time::Span;
use crate::time::business::Timeline;

/// What is known when the lines are to open.
#[derive(Clone, Copy, Debug)]
pub struct OpeningInput<'a> {
    /// The staff, with skills and positions.
    pub staff: &'a Staff,
    /// Who is planned to do what.
    pub roster: &'a Roster,
    /// Who is away.
    pub absences: &'a AbsenceCalendar,
    /// Who is here, as the presence board has it.
    pub here: &'a BTreeSet<AgentId>,
    /// Positions that cannot be used.
    pub out_of_order: &'a BTreeSet<PositionId>,
}

terms! {
    /// What is looked at before a line opens, in this order.
    CheckKind ("check") {
        /// The calendar allows it now.
        Hours = "hours",
        /// Somebody is there who leads.
        Leader = "leader",
        /// Enough operators with the skill are here and planned to take contacts.
        Crew = "crew",
        /// Enough of them have a position that suits them.
        Positions = "positions",
    }
}

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckItem {
    /// What was looked at.
    pub kind: CheckKind,
    /// Whether it is as it must be.
    pub passed: bool,
    /// How many there are.
    pub have: u32,
    /// How many there must be.
    pub need: u32,
    /// For hours, when it opens next if it may not be open now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<DateTime<Utc>>,
}

/// An operator who serves a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrewMember {
    /// Who.
    pub operator: AgentId,
    /// Where they sit; none if they work away from the site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// Until when they are planned to take contacts.
    pub until: DateTime<Utc>,
}

terms! {
    /// How somebody could fill a line, the easiest way first.
    FillBy ("way to fill a line") {
        /// They are here for it, but no position suits them.
        Seat = "seat",
        /// They serve another line that has more than it needs.
        OtherLine = "other_line",
        /// They are here without a shift now.
        Unplanned = "unplanned",
        /// They are here and planned to do something else that could wait.
        OtherActivity = "other_activity",
        /// They are here with a level below the one that is asked for.
        LowerLevel = "lower_level",
        /// They are here and in a pause.
        OnBreak = "on_break",
        /// They are planned to take contacts now, and not here.
        Late = "late",
        /// Their shift begins later on the day.
        StartsLater = "starts_later",
        /// They have no shift on the day. Whether the law and they allow one is to be
        /// judged as a proposal.
        OffToday = "off_today",
    }
}

/// Somebody who could fill a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// How.
    pub by: FillBy,
    /// From when; none for those who would have to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// Who.
    pub operator: AgentId,
}

/// Whether one line may open.
///
/// Invariant: it may open if and only if all checks have passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOpening {
    queue: QueueId,
    checks: Vec<CheckItem>,
    wanted: u32,
    in_charge: Option<AgentId>,
    crew: Vec<CrewMember>,
    candidates: Vec<Candidate>,
}

impl LineOpening {
    /// The queue.
    #[must_use]
    pub fn queue(&self) -> &QueueId {
        &self.queue
    }

    /// Whether it may open.
    #[must_use]
    pub fn may_open(&self) -> bool {
        self.checks.iter().all(|item| item.passed)
    }

    /// The checklist. Outside of its hours nothing else is looked at.
    #[must_use]
    pub fn checks(&self) -> &[CheckItem] {
        &self.checks
    }

    /// What has not passed.
    pub fn missing(&self) -> impl Iterator<Item = &CheckItem> {
        self.checks.iter().filter(|item| !item.passed)
    }

    /// How many operators serve it.
    #[must_use]
    pub fn crew_count(&self) -> usize {
        self.crew.len()
    }

    /// How many operators fewer than it is to have.
    #[must_use]
    pub fn short(&self) -> u32 {
        let have = u32::try_from(self.crew.len()).unwrap_or(u32::MAX);
        self.wanted.saturating_sub(have)
    }

    /// How many could fill it.
    #[must_use]
    pub fn candidate_count(&self) -> usize {
        self.candidates.len()
    }

    /// Who leads.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn in_charge(&self, policy: &AccessPolicy) -> Result<Option<&AgentId>> {
        policy.check_names()?;
        Ok(self.in_charge.as_ref())
    }

    /// Who serves it, by name.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn crew(&self, policy: &AccessPolicy) -> Result<&[CrewMember]> {
        policy.check_names()?;
        Ok(&self.crew)
    }

    /// Who could fill it, the easiest way first, as long as it has fewer operators than it
    /// is to have. Nobody is on the list who is absent, and nobody's absence is told.
    ///
    /// # Errors
    /// `policy.refused` unless the policy shows each person by name.
    pub fn candidates(&self, policy: &AccessPolicy) -> Result<&[Candidate]> {
        policy.check_names()?;
        Ok(&self.candidates)
    }
}

/// May the lines open (apertura delle linee)?
///
/// Lines are in the order of their importance. Each operator is counted once: first the
/// operators are shared out that the lines need to open, then those they are to have;
/// who is left helps where there are fewest.
///
/// ```
/// use floorwalker::floor::{CheckKind, FillBy, Line, Opening, OpeningInput};
/// use floorwalker::roster::Roster;
/// use floorwalker::team::{AbsenceCalendar, AccessPolicy, Granularity, Staff};
///
/// let staff: Staff = serde_json::from_str(r#"{
///     "contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
///     "operators": [{"id": "anna", "zone": "UTC", "contracts": [{"contract": "full"}]},
///                   {"id": "leo", "zone": "UTC", "contracts": [{"contract": "full"}]}],
///     "positions": [{"id": "A1"}, {"id": "A2"}]
/// }"#).unwrap();
/// let roster: Roster = serde_json::from_str(r#"{
///     "activities": [{"id": "phone", "kind": "contact"}],
///     "assignments": [
///         {"operator": "anna", "work_day": "2026-03-02", "pieces": [{"activity": "phone", "layer": "productive",
///          "span": {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T17:00:00Z"}}]},
///         {"operator": "leo", "work_day": "2026-03-02", "pieces": [{"activity": "phone", "layer": "productive",
///          "span": {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T17:00:00Z"}}]}]
/// }"#).unwrap();
/// let here = ["anna".parse()?].into();
/// let input = OpeningInput {
///     staff: &staff, roster: &roster, absences: &AbsenceCalendar::default(), here: &here, out_of_order: &[].into(),
/// };
/// let nine = "2026-03-02T09:00:00Z".parse().unwrap();
/// let opening = Opening::check(&[Line::new("sales".parse()?, 2)?], input, nine)?;
///
/// let sales = &opening.lines()[0];
/// assert!(!sales.may_open());
/// assert_eq!(sales.missing().next().unwrap().kind, CheckKind::Crew);
/// let policy = AccessPolicy::new("opening the lines", "L. 300/1970 art. 4 c. 2", Granularity::Person)?;
/// assert_eq!(sales.crew(&policy)?[0].operator.as_str(), "anna");
/// assert_eq!(sales.candidates(&policy)?[0].by, FillBy::Late);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    at: DateTime<Utc>,
    lines: Vec<LineOpening>,
}

impl Opening {
    /// Looks whether the lines may open at an instant, mostly now or the next opening.
    ///
    /// # Errors
    /// `value.out_of_range` for more than 64 lines; `options.conflict` if two are for one
    /// queue; `name.unknown` if a line is led by a group that does not exist.
    pub fn check(lines: &[Line], input: OpeningInput<'_>, at: DateTime<Utc>) -> Result<Self> {
        check(lines)?;
        let moment = Moment::of(lines, input, at)?;
        let crew = moment.crew();
        let of_line = |(number, line): (usize, &Line)| -> Result<LineOpening> {
            let leader = line.record().led_by.as_ref();
            let leader = leader.map(|group| found(input.staff, group)).transpose()?;
            Ok(open(line, number, (&moment, &crew), leader))
        };
        let lines = lines
            .iter()
            .enumerate()
            .map(of_line)
            .collect::<Result<_>>()?;
        Ok(Self { at, lines })
    }

    /// For when.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// Each line, in their order.
    #[must_use]
    pub fn lines(&self) -> &[LineOpening] {
        &self.lines
    }

    /// Whether all may open whose hours allow it.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let closed = |line: &LineOpening| line.checks.len() == 1 && !line.may_open();
        self.lines
            .iter()
            .all(|line| line.may_open() || closed(line))
    }
}

fn found<'a>(staff: &'a Staff, group: &GroupId) -> Result<&'a Group> {
    staff.group(group).ok_or_else(|| {
        let known = staff.groups().iter().map(|one| one.id.as_str());
        Error::from(ErrorKind::Unknown {
            what: "group",
            given: group.to_string(),
            nearest: nearest(group.as_str(), known),
        })
    })
}

/// Whether a line may be open, and if not when it may be next.
pub(super) fn hours(line: &Line, at: DateTime<Utc>) -> (bool, Option<DateTime<Utc>>) {
    let Some(hours) = &line.record().hours else {
        return (true, None);
    };
    let at_ms = at.timestamp_millis();
    // A week to each side is compiled; beyond it the timeline helps itself.
    let week = 7 * 86_400_000;
    let home = Span::from_millis(at_ms.saturating_sub(week), at_ms.saturating_add(week));
    let timeline = match home {
        Ok(home) => Timeline::over(hours.clone(), home),
        Err(_) => Timeline::new(hours.clone()),
    };
    if timeline.is_open(at) {
        (true, None)
    } else {
        (false, timeline.next_open(at))
    }
}

fn count(kind: CheckKind, have: usize, need: u32) -> CheckItem {
    let have = u32::try_from(have).unwrap_or(u32::MAX);
    CheckItem {
        kind,
        passed: have >= need,
        have,
        need,
        next: None,
    }
}

fn open(
    line: &Line,
    number: usize,
    (moment, crew): (&Moment<'_>, &Crew),
    leader: Option<&Group>,
) -> LineOpening {
    let record = line.record();
    let (is_open, next) = moment.hours[number];
    let item = count(CheckKind::Hours, is_open.into(), 1);
    let mut opening = LineOpening {
        queue: record.queue.clone(),
        checks: vec![CheckItem { next, ..item }],
        wanted: record.wanted_operators,
        in_charge: None,
        crew: Vec::new(),
        candidates: Vec::new(),
    };
    if !is_open {
        opening.wanted = 0;
        return opening;
    }
    if let Some(group) = leader {
        let in_charge = group.in_charge(|who| moment.input.here.contains(who));
        let item = count(CheckKind::Leader, in_charge.iter().count(), 1);
        opening.checks.push(item);
        opening.in_charge = in_charge.cloned();
    }
    opening.crew = crew.of_line(moment, number);
    let (able, seated) = (crew.able(number), opening.crew.len());
    let need = record.min_operators;
    opening.checks.push(count(CheckKind::Crew, able, need));
    opening
        .checks
        .push(count(CheckKind::Positions, seated, need));
    if opening.short() > 0 {
        opening.candidates = candidates(line, number, moment, crew);
    }
    opening
}

/// Who could fill a line.
fn candidates(line: &Line, number: usize, moment: &Moment<'_>, crew: &Crew) -> Vec<Candidate> {
    let people = moment.people.iter().enumerate();
    let could = people.filter_map(|(place, person)| {
        let level = person.level(line);
        let (by, from) = if crew.serves(place, number) {
            if crew.is_seated(place) {
                return None;
            }
            (FillBy::Seat, Some(moment.at))
        } else if level.is_none() {
            return None;
        } else if level == Some(false) {
            let is_free = person.is_on_duty() && !crew.is_busy(place);
            is_free.then_some((FillBy::LowerLevel, Some(moment.at)))?
        } else {
            moment.way(place, person, crew)?
        };
        let operator = person.operator.id().clone();
        Some(Candidate { by, from, operator })
    });
    let mut could: Vec<Candidate> = could.collect();
    could.sort();
    could
}

impl Moment<'_> {
    /// How somebody with the skill could come to another line.
    fn way(
        &self,
        place: usize,
        person: &super::hands::Person<'_>,
        crew: &Crew,
    ) -> Option<(FillBy, Option<DateTime<Utc>>)> {
        let now = Some(self.at);
        if let Some(other) = crew.line_of(place) {
            let spare = crew.count(other) > self.needs[other].min as usize;
            return spare.then_some((FillBy::OtherLine, now));
        }
        let Some(segment) = person.segment else {
            return match (person.is_here, person.next_start) {
                (true, _) => Some((FillBy::Unplanned, now)),
                (false, Some(start)) => Some((FillBy::StartsLater, Some(start))),
                (false, None) if person.has_shift_today => None,
                (false, None) => Some((FillBy::OffToday, None)),
            };
        };
        let activity = &segment.activity;
        if !person.is_here {
            return on_duty(activity).then_some((FillBy::Late, now));
        }
        if activity.is_break() || !activity.is_work() {
            return Some((FillBy::OnBreak, Some(segment.span.end())));
        }
        Some((FillBy::OtherActivity, now))
    }
}
