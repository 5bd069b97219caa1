//! Coverage: whether the roster puts enough operators on the floor.

use serde::Serialize;

use super::allot::{Group, share_out};
use super::{Assignment, Requirement, Roster};
use crate::id::SkillId;
use crate::team::{Operator, Staff};
use crate::time::Span;

/// Coverage of one demand.
///
/// Times are operator-milliseconds: two operators for a quarter of an hour are
/// 1,800,000.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoverRow {
    /// The skill; none if everybody can do it.
    pub skill: Option<SkillId>,
    /// What is needed, by interval.
    pub required_ms: Vec<i64>,
    /// What the operators on duty could do if they did nothing else, by interval. One
    /// with two skills is in both rows: these do not add up.
    pub able_ms: Vec<i64>,
    /// What is met when each operator is counted once, by interval; at most what is
    /// needed.
    pub met_ms: Vec<i64>,
}

impl CoverRow {
    /// What is missing in an interval.
    #[must_use]
    pub fn short_ms(&self, interval: usize) -> i64 {
        self.required_ms[interval] - self.met_ms[interval]
    }
}

/// Coverage (copertura) of a requirement by a roster, by interval and skill.
///
/// An operator covers while an activity puts them on the floor, wholly or in part, and
/// is not away. Each is counted once, wherever it helps most; the first demand is met
/// first.
///
/// ```
/// use floorwalker::roster::{Coverage, Demand, Requirement, Roster};
/// use floorwalker::team::Staff;
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let staff: Staff = serde_json::from_str(r#"{
///     "contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
///     "operators": [{"id": "anna", "zone": "UTC", "contracts": [{"contract": "full"}]}]
/// }"#).unwrap();
/// let roster: Roster = serde_json::from_str(r#"{
///     "activities": [{"id": "phone", "kind": "contact"}],
///     "assignments": [{"operator": "anna", "work_day": "2026-03-02", "pieces": [{"activity": "phone",
///         "layer": "productive", "span": {"start": "2026-03-02T09:30:00Z", "end": "2026-03-02T11:00:00Z"}}]}]
/// }"#).unwrap();
/// let day = "2026-03-02".parse().unwrap();
/// let hours = Grid::new(Zone::utc(), Every::Hour).days(day, day)?;
/// let requirement = Requirement::new(hours, vec![Demand::new(None, vec![1; 24])])?;
/// let coverage = Coverage::of(&roster, &staff, &requirement);
/// assert_eq!(coverage.rows[0].met_ms[9..12], [1_800_000, 3_600_000, 0]);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// One row for each demand, in their order.
    pub rows: Vec<CoverRow>,
}

impl Coverage {
    /// The coverage of `requirement` by `roster`. Linear in the activities and the
    /// intervals they touch; assignments of unknown operators are left out.
    #[must_use]
    pub fn of(roster: &Roster, staff: &Staff, requirement: &Requirement) -> Self {
        let mut floor = Floor::new(requirement);
        for operator in staff.operators() {
            for assignment in roster.of(operator.id()) {
                floor.add(operator, assignment);
            }
        }
        floor.share_out()
    }

    /// What is missing, over all demands and intervals.
    #[must_use]
    pub fn short_ms(&self) -> i64 {
        let short = |row: &CoverRow| {
            let required: i64 = row.required_ms.iter().sum();
            required - row.met_ms.iter().sum::<i64>()
        };
        self.rows.iter().map(short).sum()
    }

    /// Where more is missing than in `before`: demand, interval, and how much more.
    #[must_use]
    pub fn shorter_than(&self, before: &Self) -> Vec<(usize, usize, i64)> {
        let mut found = Vec::new();
        for (demand, (new, old)) in self.rows.iter().zip(&before.rows).enumerate() {
            for (interval, (new, old)) in new.met_ms.iter().zip(&old.met_ms).enumerate() {
                if new < old {
                    found.push((demand, interval, old - new));
                }
            }
        }
        found
    }
}

/// The operators on the floor, by interval, grouped by what they can serve.
struct Floor<'a> {
    requirement: &'a Requirement,
    groups: Vec<Vec<Group>>,
}

impl<'a> Floor<'a> {
    fn new(requirement: &'a Requirement) -> Self {
        let groups = vec![Vec::new(); requirement.intervals().len()];
        Self {
            requirement,
            groups,
        }
    }

    fn add(&mut self, operator: &Operator, assignment: &Assignment) {
        let window = self.requirement.intervals().window();
        if assignment.span().overlap(window).is_none() {
            return;
        }
        let able = self.able(operator, assignment);
        for segment in assignment.segments() {
            let activity = &segment.activity;
            if activity.cover_permille() == 0 {
                continue;
            }
            let serves = if activity.skills().is_empty() {
                able
            } else {
                able & self.meant(activity.skills())
            };
            if serves != 0 {
                self.put(segment.span, serves, activity.cover_permille().into());
            }
        }
    }

    /// The demands that an operator can serve on the day of a shift, as bits.
    fn able(&self, operator: &Operator, assignment: &Assignment) -> u64 {
        let day = assignment.work_day();
        let demands = self.requirement.demands().iter().enumerate();
        let can = demands.filter(|(_, demand)| {
            let level = |skill| operator.skill_on(day, skill);
            let skill = demand.skill.as_ref();
            skill.is_none_or(|skill| level(skill).is_some_and(|level| level >= demand.level))
        });
        can.fold(0, |bits, (number, _)| bits | 1 << number)
    }

    /// The demands for one of `skills`, or for none in particular, as bits.
    fn meant(&self, skills: &[SkillId]) -> u64 {
        let demands = self.requirement.demands().iter().enumerate();
        let meant = demands.filter(|(_, demand)| {
            let skill = demand.skill.as_ref();
            skill.is_none_or(|skill| skills.contains(skill))
        });
        meant.fold(0, |bits, (number, _)| bits | 1 << number)
    }

    fn put(&mut self, span: Span, serves: u64, permille: i64) {
        let bounds = self.requirement.intervals().bounds();
        let first = bounds.partition_point(|&bound| bound <= span.start_ms());
        for interval in first.saturating_sub(1)..self.groups.len() {
            if bounds[interval] >= span.end_ms() {
                break;
            }
            let end = span.end_ms().min(bounds[interval + 1]);
            let shared = (end - span.start_ms().max(bounds[interval])).max(0);
            let capacity = shared * permille / 1000;
            let groups = &mut self.groups[interval];
            match groups.iter_mut().find(|group| group.serves == serves) {
                Some(group) => group.capacity += capacity,
                None if capacity > 0 => groups.push(Group { serves, capacity }),
                None => {}
            }
        }
    }

    fn share_out(self) -> Coverage {
        let bounds = self.requirement.intervals().bounds();
        let row = |skill: Option<SkillId>| CoverRow {
            skill,
            required_ms: Vec::with_capacity(self.groups.len()),
            able_ms: Vec::with_capacity(self.groups.len()),
            met_ms: Vec::with_capacity(self.groups.len()),
        };
        let demands = self.requirement.demands();
        let mut rows: Vec<CoverRow> = demands.iter().map(|one| row(one.skill.clone())).collect();
        for (interval, groups) in self.groups.iter().enumerate() {
            let length = bounds[interval + 1] - bounds[interval];
            let wanted = demands
                .iter()
                .map(|one| i64::from(one.required[interval]) * length);
            let wanted: Vec<i64> = wanted.collect();
            let met = share_out(groups, &wanted);
            for (number, row) in rows.iter_mut().enumerate() {
                let able = groups
                    .iter()
                    .filter(|group| group.serves & (1 << number) != 0);
                row.able_ms.push(able.map(|group| group.capacity).sum());
                row.required_ms.push(wanted[number]);
                row.met_ms.push(met[number]);
            }
        }
        Coverage { rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Activity, ActivityKind, Demand, Piece};
    use crate::time::{Every, Grid, Zone};

    fn staff() -> Staff {
        serde_json::from_str(
            r#"{"contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
                "operators": [
                    {"id": "both", "zone": "UTC", "contracts": [{"contract": "full"}],
                     "skills": [{"skill": "tech", "level": 3}, {"skill": "sales", "level": 1}]},
                    {"id": "seller", "zone": "UTC", "contracts": [{"contract": "full"}],
                     "skills": [{"skill": "sales", "level": 5}]}]}"#,
        )
        .unwrap()
    }

    fn shift(operator: &str, activity: Activity) -> Assignment {
        let span = Span::from_millis(0, 3_600_000).unwrap();
        let day = "1970-01-01".parse().unwrap();
        Assignment::new(
            operator.parse().unwrap(),
            day,
            vec![Piece::productive(activity, span)],
        )
        .unwrap()
    }

    fn phone() -> Activity {
        Activity::new("phone".parse().unwrap(), ActivityKind::Contact)
    }

    fn coverage(shifts: Vec<Assignment>, sales_level: u8) -> Coverage {
        let grid = Grid::new(Zone::utc(), Every::Hour);
        let hour = grid
            .cover(Span::from_millis(0, 3_600_000).unwrap())
            .unwrap();
        let mut sales = Demand::new(Some("sales".parse().unwrap()), vec![1]);
        sales.level = crate::team::SkillLevel::new(sales_level).unwrap();
        let tech = Demand::new(Some("tech".parse().unwrap()), vec![1]);
        let requirement = Requirement::new(hour, vec![sales, tech]).unwrap();
        Coverage::of(&Roster::new(shifts).unwrap(), &staff(), &requirement)
    }

    #[test]
    fn each_operator_is_counted_once_where_it_helps() {
        let both = coverage(vec![shift("both", phone()), shift("seller", phone())], 1);
        assert_eq!(both.short_ms(), 0);
        assert_eq!(both.rows[0].able_ms, [7_200_000]);
        let alone = coverage(vec![shift("both", phone())], 1);
        assert_eq!(
            [alone.rows[0].short_ms(0), alone.rows[1].short_ms(0)],
            [0, 3_600_000]
        );
        assert_eq!(alone.shorter_than(&both), [(1, 0, 3_600_000)]);
    }

    #[test]
    fn levels_skills_and_parts_of_operators_count() {
        let expert = coverage(vec![shift("both", phone())], 4);
        assert_eq!(expert.rows[0].able_ms, [0]);
        let half = phone().with_cover(500).unwrap();
        assert_eq!(
            coverage(vec![shift("seller", half)], 1).rows[0].met_ms,
            [1_800_000]
        );
        let tech_only = phone().with_skills(["tech".parse().unwrap()]);
        let cover = coverage(vec![shift("both", tech_only)], 1);
        assert_eq!(
            [cover.rows[0].met_ms[0], cover.rows[1].met_ms[0]],
            [0, 3_600_000]
        );
        let meeting = Activity::new("meeting".parse().unwrap(), ActivityKind::Meeting);
        assert_eq!(
            coverage(vec![shift("both", meeting)], 1).short_ms(),
            7_200_000
        );
    }
}
