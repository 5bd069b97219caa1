//! Requirements: how many operators are needed, by interval and skill.

use crate::error::{Error, ErrorKind, Result};
use crate::id::SkillId;
use crate::team::SkillLevel;
use crate::time::Intervals;

/// How many operators are needed in each interval, for one skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The skill; none if everybody can do it.
    pub skill: Option<SkillId>,
    /// The lowest level that will do.
    pub level: SkillLevel,
    /// Operators, by interval.
    pub required: Vec<u32>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    intervals: Intervals,
    demands: Vec<Demand>,
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
}
