//! What a queue must achieve, from keywords.

use floorwalker::report::Target;
use floorwalker::service::{Limit, ServiceLevel};
use floorwalker::staffing::{Goal, Goals};

use crate::errors::{Failure, Result};
use crate::given::{Given, Named, Ratio, optional};
use crate::numbers::{Figures, Rows, Seconds};
use crate::rule::AsLimit;
use crate::service::RuleName;

/// The arguments that say what must be achieved.
pub(super) struct Promised<'a, 'py> {
    pub(super) target: Option<&'a Given<'py, Named<Target>>>,
    pub(super) rule: Option<&'a Given<'py, RuleName>>,
    pub(super) asa: Option<&'a Seconds<'py>>,
    pub(super) abandonment: Option<&'a Figures<'py>>,
    pub(super) waiting: Option<&'a Figures<'py>>,
    pub(super) occupancy: Option<&'a Figures<'py>>,
}

/// An argument that names the most of something, and its goal.
type Cap<'a, 'py> = (&'static str, Option<&'a Figures<'py>>, fn(f64) -> Goal);

impl Promised<'_, '_> {
    pub(super) fn read(&self) -> Result<Goals> {
        let mut goals = Vec::new();
        if let Some(Named(target)) = optional("target", self.target)? {
            let rule = level(&target, optional("rule", self.rule)?)?;
            let at_least = share(&target);
            goals.push(Goal::ServiceLevel { rule, at_least });
        } else if self.rule.is_some() {
            let message = "argument rule says what is counted, and needs a target such as '80/20'";
            return Err(Failure::new("options.conflict", message));
        }
        if let Some(secs) = self.asa {
            goals.push(Goal::Asa(alone(
                "asa",
                Rows::default().seconds("asa", secs)?.single(),
            )?));
        }
        let caps: [Cap<'_, '_>; 3] = [
            ("abandonment", self.abandonment, Goal::Abandonment),
            ("waiting", self.waiting, Goal::Waiting),
            ("occupancy", self.occupancy, Goal::Occupancy),
        ];
        for (name, given, goal) in caps {
            if let Some(given) = given {
                goals.push(goal(alone(
                    name,
                    Rows::default().read(name, given)?.single(),
                )?));
            }
        }
        Ok(Goals::new(goals)?)
    }
}

fn alone(argument: &str, value: Option<f64>) -> Result<f64> {
    value.ok_or_else(|| {
        let message = format!("argument {argument} must be one number for all intervals");
        Failure::new("argument.type", message)
    })
}

/// The share of a target.
pub(super) fn share(target: &Target) -> f64 {
    target.share().value().unwrap_or(1.0)
}

/// The rule of a target: `offered` if none is named.
pub(super) fn level(target: &Target, rule: Option<RuleName>) -> Result<ServiceLevel> {
    let rule = rule.unwrap_or_else(|| RuleName::Name("offered".to_owned()));
    let within = target.within_time().map(Limit::new).transpose()?;
    rule.with(within.map(AsLimit), None)
}

/// A part of a whole as a number.
pub(super) fn part(argument: &str, given: Option<&Given<'_, Ratio>>) -> Result<f64> {
    let part = optional(argument, given)?;
    Ok(part.map_or(0.0, |Ratio(part)| part.to_f64()))
}
