//! Whether a step may be taken.

use super::command::Attempt;
use super::docket::Others;
use super::guards::{Place, holds};
use super::refusal::Refusal;
use super::rules::Rules;
use super::stage::Stage;
use super::state::Case;
use super::step::Step;
use crate::complaint::procedure::Guard;
use crate::id::Label;

/// Where a step leads: a state and its stage, or nowhere if it stays.
pub(super) type Target<'a> = Option<(&'a Label, Stage)>;

impl Rules {
    /// Where a step leads, by the procedure alone.
    pub(super) fn target<'a>(
        &'a self,
        case: &Case,
        attempt: &Attempt<'_>,
    ) -> Result<Target<'a>, Refusal> {
        self.moved(case, attempt).map(|(target, _)| target)
    }

    fn moved<'a>(
        &'a self,
        case: &Case,
        attempt: &Attempt<'_>,
    ) -> Result<(Target<'a>, &'a [Guard]), Refusal> {
        let step = attempt.step();
        if step == Step::Receive {
            return Err(Refusal::Receipt { step });
        }
        let found = self.procedure().find(&case.state, step);
        let found = found.ok_or_else(|| Refusal::WrongStep {
            step,
            state: case.state.clone(),
        })?;
        let wrong = || Refusal::Target {
            step,
            possible: found.to.clone(),
            given: attempt.to.cloned(),
        };
        let state = match (found.to.as_slice(), attempt.to) {
            ([], None) => return Ok((None, &found.guards)),
            ([], _) if attempt.recorded => return Ok((None, &found.guards)),
            ([only], None) => only,
            ([only], _) if attempt.recorded => only,
            (possible, Some(given)) => possible
                .iter()
                .find(|state| *state == given)
                .ok_or_else(wrong)?,
            (_, None) => return Err(wrong()),
        };
        let stage = self.procedure().stage(state).ok_or_else(wrong)?;
        Ok((Some((state, stage)), &found.guards))
    }

    /// Whether a step may be taken, and where it leads: by the procedure, by the rights
    /// of roles, by what is required before, and by all conditions.
    pub(super) fn check<'a>(
        &'a self,
        case: &Case,
        attempt: &Attempt<'_>,
        others: &dyn Others,
    ) -> Result<Target<'a>, Refusal> {
        let (target, guards) = self.moved(case, attempt)?;
        self.check_right(attempt)?;
        self.check_required(case, attempt.step())?;
        let place = Place {
            rules: self,
            case,
            attempt,
            target,
            others,
        };
        for &guard in guards {
            let wrong = |why| Refusal::Guard {
                step: attempt.step(),
                guard,
                why,
            };
            holds(guard, &place)?.map_or(Ok(()), |why| Err(wrong(why)))?;
        }
        Ok(target)
    }

    fn check_right(&self, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let Some(allowed) = self.procedure().record().rights.get(&attempt.step()) else {
            return Ok(());
        };
        if attempt.caused || attempt.role.is_some_and(|role| allowed.contains(role)) {
            return Ok(());
        }
        let (allowed, given) = (allowed.clone(), attempt.role.cloned());
        Err(Refusal::NoRight {
            step: attempt.step(),
            allowed,
            given,
        })
    }

    fn check_required(&self, case: &Case, step: Step) -> Result<(), Refusal> {
        let required = self
            .procedure()
            .record()
            .required
            .iter()
            .filter(|required| required.before == step);
        let missing = required
            .flat_map(|required| &required.needs)
            .find(|needed| !case.has_done(**needed));
        missing.map_or(Ok(()), |&missing| Err(Refusal::Required { step, missing }))
    }
}
