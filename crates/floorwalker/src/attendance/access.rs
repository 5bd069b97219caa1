//! Who may see why somebody is absent.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::team::{AbsenceKind, AccessPolicy};
use crate::terms::terms;

terms! {
    /// How much of the reason of an absence is shown.
    AbsenceView ("absence view") {
        /// Nothing but that it is authorised. A team leader cannot tell sickness
        /// from holiday.
        AuthorisedOnly = "authorised_only",
        /// Kinds that tell of health, family or union membership are hidden.
        ///
        /// What is hidden is then known to be one of them; where that is already
        /// too much, show no kind at all.
        ConfidentialHidden = "confidential_hidden",
        /// All kinds: for those who keep the books.
        AllKinds = "all_kinds",
    }
}

/// An access policy, and how much of the reason of absences it opens.
///
/// Invariant: whoever sees all kinds has stated a basis for that, not blank.
///
/// Made from a plain [`AccessPolicy`], it shows that an absence is authorised
/// and nothing more: that is what a team leader needs to run the day.
///
/// ```
/// use floorwalker::attendance::{AttendanceAccess, ShownAbsence};
/// use floorwalker::team::{AbsenceKind, AccessPolicy, Granularity};
///
/// let policy = AccessPolicy::new("running the day", "L. 300/1970 art. 4 c. 2", Granularity::Person)?;
/// let leader = AttendanceAccess::from(policy.clone());
/// assert_eq!(leader.shown(AbsenceKind::Sickness), ShownAbsence::Authorised);
/// let payroll = AttendanceAccess::from(policy).with_all_kinds("payroll duties")?;
/// assert_eq!(payroll.shown(AbsenceKind::Sickness), ShownAbsence::Kind(AbsenceKind::Sickness));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceAccess {
    policy: AccessPolicy,
    view: AbsenceView,
    kinds_basis: Option<String>,
}

impl AttendanceAccess {
    /// Shows the kinds that are not confidential, and hides the others.
    #[must_use]
    pub fn with_open_kinds(self) -> Self {
        Self {
            view: AbsenceView::ConfidentialHidden,
            kinds_basis: None,
            ..self
        }
    }

    /// Shows every kind, because of a basis of its own.
    ///
    /// # Errors
    /// `policy.refused` if the basis is blank.
    pub fn with_all_kinds(self, basis: impl Into<String>) -> Result<Self, Error> {
        let basis = basis.into();
        if basis.trim().is_empty() {
            let why = "no basis is stated for seeing why people are absent".to_owned();
            return Err(ErrorKind::Policy {
                what: "the kind of an absence",
                why,
            }
            .into());
        }
        Ok(Self {
            view: AbsenceView::AllKinds,
            kinds_basis: Some(basis),
            ..self
        })
    }

    /// The policy for figures about persons.
    #[must_use]
    pub fn policy(&self) -> &AccessPolicy {
        &self.policy
    }

    /// How much of the reason is shown.
    #[must_use]
    pub fn view(&self) -> AbsenceView {
        self.view
    }

    /// What permits to see all kinds, if they are seen.
    #[must_use]
    pub fn kinds_basis(&self) -> Option<&str> {
        self.kinds_basis.as_deref()
    }

    /// What is shown of an absence.
    #[must_use]
    pub fn shown(&self, kind: AbsenceKind) -> ShownAbsence {
        match self.view {
            AbsenceView::AllKinds => ShownAbsence::Kind(kind),
            AbsenceView::ConfidentialHidden if !kind.is_confidential() => ShownAbsence::Kind(kind),
            AbsenceView::ConfidentialHidden | AbsenceView::AuthorisedOnly => {
                ShownAbsence::Authorised
            }
        }
    }
}

impl From<AccessPolicy> for AttendanceAccess {
    fn from(policy: AccessPolicy) -> Self {
        Self {
            policy,
            view: AbsenceView::AuthorisedOnly,
            kinds_basis: None,
        }
    }
}

/// What is shown of an absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownAbsence {
    /// That it is authorised, and no more.
    Authorised,
    /// Its kind.
    Kind(AbsenceKind),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::Granularity;

    fn access() -> AttendanceAccess {
        let policy = AccessPolicy::new("the day", "the law", Granularity::Person).unwrap();
        policy.into()
    }

    #[test]
    fn confidential_kinds_need_a_basis() {
        assert!(access().with_all_kinds("  ").unwrap_err().is_policy());
        let all = access().with_all_kinds("payroll").unwrap();
        let some = access().with_open_kinds();
        for &kind in AbsenceKind::ALL {
            assert_eq!(access().shown(kind), ShownAbsence::Authorised);
            assert_eq!(all.shown(kind), ShownAbsence::Kind(kind));
            assert_eq!(
                some.shown(kind) == ShownAbsence::Authorised,
                kind.is_confidential()
            );
        }
        assert_eq!(all.clone().with_open_kinds().kinds_basis(), None);
    }
}
