//! Requirements: how many operators are needed, by interval and skill.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::id::SkillId;
use crate::team::SkillLevel;
use crate::time::{Grid, Intervals, Span};

/// How many operators are needed in each interval, for one skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// The skill; none if everybody can do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<SkillId>,
    /// The lowest level that will do.
    #[serde(default = "lowest")]
    pub level: SkillLevel,
    /// Operators, by interval.
    pub required: Vec<u32>,
}

fn lowest() -> SkillLevel {
    SkillLevel::LOWEST
}

impl Demand {
    /// Operators of any level, by interval.
    #[must_use]
    pub fn new(skill: Option<SkillId>, required: Vec<u32>) -> Self {
        Self {
            skill,
            level: SkillLevel::LOWEST,
            required,
        }
    }
}

/// A requirement (fabbisogno): the operators needed, by interval and skill.
///
/// Invariants: each demand has one number for each interval; at most 64 demands, no two
/// for the same skill and level.
///
/// The first demand is met first where there are too few operators for all.
///
/// ```
/// use floorwalker::roster::{Demand, Requirement};
/// use floorwalker::time::{Every, Grid, Zone};
///
/// let grid = Grid::new(Zone::get("Europe/Rome")?, Every::Minutes15);
/// let day = "2026-03-29".parse().unwrap();
/// let quarters = grid.days(day, day)?;
/// assert_eq!(quarters.len(), 92); // the clock is put forward
/// let requirement = Requirement::new(quarters, vec![Demand::new(None, vec![3; 92])])?;
/// assert_eq!(requirement.demands().len(), 1);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// In JSON the intervals are the grid and the window that they fill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RequirementRecord", into = "RequirementRecord")]
pub struct Requirement {
    intervals: Intervals,
    demands: Vec<Demand>,
}

/// A requirement as it is written in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Requirement", deny_unknown_fields)]
struct RequirementRecord {
    grid: Grid,
    window: Span,
    demands: Vec<Demand>,
}

impl TryFrom<RequirementRecord> for Requirement {
    type Error = Error;

    fn try_from(record: RequirementRecord) -> Result<Self> {
        let intervals = record.grid.cover(record.window)?;
        if intervals.window() != record.window {
            let (given, filled) = (record.window, intervals.window());
            let why = format!("{given} is not filled by whole intervals, {filled} is");
            let what = "grid and window of a requirement";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        Self::new(intervals, record.demands)
    }
}

impl From<Requirement> for RequirementRecord {
    fn from(requirement: Requirement) -> Self {
        Self {
            grid: requirement.intervals.grid().clone(),
            window: requirement.intervals.window(),
            demands: requirement.demands,
        }
    }
}

/// The most demands of one requirement.
const MAX_DEMANDS: usize = 64;

impl Requirement {
    /// The requirement of these demands over these intervals.
    ///
    /// # Errors
    /// `columns.length_mismatch` if a demand has not one number for each interval;
    /// `options.conflict` if two are for the same skill and level;
    /// `value.out_of_range` if there are more than 64.
    pub fn new(intervals: Intervals, demands: Vec<Demand>) -> Result<Self> {
        if demands.len() > MAX_DEMANDS {
            return Err(Error::range("demands", 0, MAX_DEMANDS, demands.len()));
        }
        for (place, demand) in demands.iter().enumerate() {
            if demand.required.len() != intervals.len() {
                return Err(ErrorKind::ColumnLength {
                    column: "required",
                    given: demand.required.len(),
                    reference: "intervals",
                    expected: intervals.len(),
                }
                .into());
            }
            let same = |other: &Demand| other.skill == demand.skill && other.level == demand.level;
            if demands[..place].iter().any(same) {
                let skill = demand.skill.as_ref().map_or("any skill", SkillId::as_str);
                let why = format!("two are for {skill} at level {}", demand.level.get());
                let what = "demands";
                return Err(ErrorKind::Conflict { what, why }.into());
            }
        }
        Ok(Self { intervals, demands })
    }

    /// The intervals.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// The demands, the most important first.
    #[must_use]
    pub fn demands(&self) -> &[Demand] {
        &self.demands
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Every, Grid, Span, Zone};

    #[test]
    fn demands_fit_their_intervals() {
        let grid = Grid::new(Zone::utc(), Every::Hour);
        let hours = grid
            .cover(Span::from_millis(0, 7_200_000).unwrap())
            .unwrap();
        let made = |demands| Requirement::new(hours.clone(), demands);
        let two = || Demand::new(None, vec![1, 2]);
        assert!(made(vec![two()]).is_ok());
        assert!(
            made(vec![Demand::new(None, vec![1])])
                .unwrap_err()
                .is_column()
        );
        assert_eq!(
            made(vec![two(), two()]).unwrap_err().code(),
            "options.conflict"
        );
    }

    #[test]
    fn json_says_which_window_the_intervals_fill() {
        let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Minutes15);
        let day = "2026-03-29".parse().unwrap();
        let quarters = grid.days(day, day).unwrap();
        let requirement = Requirement::new(quarters, vec![Demand::new(None, vec![3; 92])]).unwrap();
        let json = serde_json::to_string(&requirement).unwrap();
        assert_eq!(
            serde_json::from_str::<Requirement>(&json).unwrap(),
            requirement
        );
        let cut = json.replace("2026-03-28T23:00:00.000Z", "2026-03-28T23:05:00.000Z");
        assert_ne!(cut, json);
        let error = serde_json::from_str::<Requirement>(&cut).unwrap_err();
        assert!(error.to_string().contains("whole intervals"), "{error}");
    }
}
