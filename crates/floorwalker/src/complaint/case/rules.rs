//! By what a complaint is handled: a procedure, policies and business hours.

use std::collections::BTreeMap;

use super::act::PolicyRef;
use super::refusal::Refusal;
use super::state::Case;
use crate::complaint::policy::{Policy, PolicyBook};
use crate::complaint::procedure::Procedure;
use crate::error::{ErrorKind, Result, nearest};
use crate::id::CalendarId;
use crate::time::business::{Calendar, Timeline};

/// By what complaints are handled: a procedure, the policies of the law, and the
/// business hours that both name.
///
/// Invariant: the hours of every clock of the procedure are here.
///
/// ```
/// use floorwalker::complaint::{PolicyBook, Procedure, Rules};
/// use floorwalker::id::CalendarId;
/// use floorwalker::time::Zone;
/// use floorwalker::time::business::{Calendar, DayWindow, Timeline, WeekHours};
///
/// let office = WeekHours::monday_to_friday(&[DayWindow::new("09:00", "17:00")?])?;
/// let office = Timeline::new(Calendar::new(Zone::get("Europe/Rome")?, office)?);
/// let hours = [(CalendarId::new("office")?, office)];
/// let rules = Rules::new(Procedure::iso_10002(), PolicyBook::built_in(), hours)?;
/// assert!(Rules::new(Procedure::iso_10002(), PolicyBook::built_in(), []).is_err());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rules {
    procedure: Procedure,
    policies: PolicyBook,
    hours: BTreeMap<CalendarId, Timeline>,
    /// A place that never closes, for each zone of a policy.
    always: BTreeMap<String, Timeline>,
}

impl Rules {
    /// A procedure, policies, and business hours by the names that both use.
    ///
    /// # Errors
    /// `name.unknown` if a clock of the procedure names hours that are not here. Hours
    /// that only policies name are missed when such a policy is bound.
    pub fn new(
        procedure: Procedure,
        policies: PolicyBook,
        hours: impl IntoIterator<Item = (CalendarId, Timeline)>,
    ) -> Result<Self> {
        let hours: BTreeMap<CalendarId, Timeline> = hours.into_iter().collect();
        for clock in &procedure.record().clocks {
            if !hours.contains_key(&clock.hours) {
                let nearest = nearest(clock.hours.as_str(), hours.keys().map(CalendarId::as_str));
                let given = clock.hours.as_str().to_owned();
                return Err(ErrorKind::Unknown {
                    what: "calendar",
                    given,
                    nearest,
                }
                .into());
            }
        }
        let mut always = BTreeMap::new();
        for policy in policies.iter() {
            let zone = policy.zone();
            let open = || Timeline::new(Calendar::always_open(zone.clone()));
            always.entry(zone.name().to_owned()).or_insert_with(open);
        }
        Ok(Self {
            procedure,
            policies,
            hours,
            always,
        })
    }

    /// The procedure.
    #[must_use]
    pub fn procedure(&self) -> &Procedure {
        &self.procedure
    }

    /// The policies.
    #[must_use]
    pub fn policies(&self) -> &PolicyBook {
        &self.policies
    }

    /// Business hours by name.
    #[must_use]
    pub fn hours(&self, name: &CalendarId) -> Option<&Timeline> {
        self.hours.get(name)
    }

    /// The calendar by which a policy counts business days: that which it names, or one
    /// without holidays if it counts none. `None` if it is not here.
    #[must_use]
    pub fn hours_of(&self, policy: &Policy) -> Option<&Timeline> {
        match &policy.record().hours {
            Some(name) => self.hours.get(name),
            None => self.always.get(policy.zone().name()),
        }
    }

    /// A place that never closes, in the zone of a policy.
    pub(super) fn always_open(&self, policy: &Policy) -> Option<&Timeline> {
        self.always.get(policy.zone().name())
    }

    /// The policies that are bound to a complaint.
    ///
    /// # Errors
    /// [`Refusal::Version`] if one is not here, or not unchanged.
    pub fn bound_policies(&self, case: &Case) -> Result<Vec<&Policy>, Refusal> {
        case.policies
            .iter()
            .map(|reference| self.bound(reference))
            .collect()
    }

    pub(super) fn bound(&self, reference: &PolicyRef) -> Result<&Policy, Refusal> {
        let found = self.policies.bound(reference);
        found.ok_or_else(|| Refusal::Version {
            what: "policy",
            id: reference.id.clone(),
        })
    }

    /// Whether the complaint is handled by this very procedure.
    pub(super) fn check_procedure(
        &self,
        reference: &super::act::ProcedureRef,
    ) -> Result<(), Refusal> {
        if self.procedure.reference() == reference {
            Ok(())
        } else {
            Err(Refusal::Version {
                what: "procedure",
                id: reference.name.clone(),
            })
        }
    }
}
