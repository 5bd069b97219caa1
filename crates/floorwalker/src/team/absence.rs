//! Absences: why somebody is not there, and who may know.

use serde::{Deserialize, Serialize};

use crate::id::AgentId;
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// The kind of an absence (causale di assenza), with the words of Italian practice.
    AbsenceKind ("absence kind") {
        /// Annual leave (ferie).
        Holiday = "holiday",
        /// Paid hours of reduced working time (ROL, PAR).
        Permit = "permit",
        /// Days in place of abolished holidays (ex festività).
        FormerFestivity = "former_festivity",
        /// Sickness (malattia).
        Sickness = "sickness",
        /// Accident at work or on the way (infortunio, INAIL).
        Injury = "injury",
        /// Care of a disabled person, L. 104/1992 art. 33 (permessi 104).
        Care = "care",
        /// Maternity (maternità).
        Maternity = "maternity",
        /// Paternity (paternità).
        Paternity = "paternity",
        /// Parental leave (congedo parentale).
        Parental = "parental",
        /// Breast-feeding rests (riposi giornalieri, allattamento).
        Breastfeeding = "breastfeeding",
        /// Leave for union office (permesso sindacale).
        UnionLeave = "union_leave",
        /// Assembly of the workers (assemblea), L. 300/1970 art. 20.
        Assembly = "assembly",
        /// Blood donation (donazione di sangue).
        BloodDonation = "blood_donation",
        /// Wedding (congedo matrimoniale).
        Wedding = "wedding",
        /// Bereavement (lutto).
        Bereavement = "bereavement",
        /// Study (diritto allo studio, 150 ore).
        Study = "study",
        /// Strike (sciopero).
        Strike = "strike",
        /// Short-time work paid by the state (cassa integrazione).
        ShortTime = "short_time",
        /// Time off in lieu (riposo compensativo, banca ore).
        InLieu = "in_lieu",
        /// Unpaid leave (aspettativa).
        Unpaid = "unpaid",
        /// Disciplinary suspension (sospensione).
        Suspension = "suspension",
        /// Business trip (trasferta): at work, elsewhere.
        BusinessTrip = "business_trip",
        /// Training away from the desk (formazione): at work, elsewhere.
        Training = "training",
        /// Anything else.
        Other = "other",
    }
}

impl AbsenceKind {
    /// Whether its days are left out of the average week: annual leave and sickness
    /// (Dir. 2003/88/EC art. 16 b). Injury and leave for maternity, paternity and
    /// parents are treated the same way here, which is common but not in that text.
    #[must_use]
    pub fn is_left_out_of_averages(self) -> bool {
        matches!(
            self,
            Self::Holiday
                | Self::Sickness
                | Self::Injury
                | Self::Maternity
                | Self::Paternity
                | Self::Parental
        )
    }

    /// Whether the kind is nobody's business but the personnel office's: it tells of
    /// health, family or union membership (GDPR art. 9).
    #[must_use]
    pub fn is_confidential(self) -> bool {
        !matches!(
            self,
            Self::Holiday
                | Self::Permit
                | Self::FormerFestivity
                | Self::Wedding
                | Self::Study
                | Self::ShortTime
                | Self::InLieu
                | Self::Unpaid
                | Self::BusinessTrip
                | Self::Training
                | Self::Other
        )
    }
}

terms! {
    /// How far an absence has got.
    AbsenceStatus ("absence status") {
        /// Asked for.
        Requested = "requested",
        /// Allowed, or not in need of it.
        Approved = "approved",
        /// Refused.
        Rejected = "rejected",
        /// Seen to have happened.
        Observed = "observed",
    }
}

/// An absence of one operator.
///
/// The kind is private: [`shown_to_leaders`](Self::shown_to_leaders) is what a team
/// leader may see, [`kind`](Self::kind) what the rules need.
///
/// Record a leave of whole days from the first to the last day of absence without a
/// hole, rest days in between included: [`Zone::day`](crate::time::Zone::day) gives
/// their bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    operator: AgentId,
    kind: AbsenceKind,
    span: Span,
    status: AbsenceStatus,
}

impl Absence {
    /// An absence of `operator` over `span`.
    #[must_use]
    pub fn new(operator: AgentId, kind: AbsenceKind, span: Span, status: AbsenceStatus) -> Self {
        Self {
            operator,
            kind,
            span,
            status,
        }
    }

    /// Whose it is.
    #[must_use]
    pub fn operator(&self) -> &AgentId {
        &self.operator
    }

    /// When.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// How far it has got.
    #[must_use]
    pub fn status(&self) -> AbsenceStatus {
        self.status
    }

    /// Whether it is to be reckoned with: approved or observed.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(
            self.status,
            AbsenceStatus::Approved | AbsenceStatus::Observed
        )
    }

    /// Its kind. Not for the eyes of team leaders, see
    /// [`shown_to_leaders`](Self::shown_to_leaders).
    #[must_use]
    pub fn kind(&self) -> AbsenceKind {
        self.kind
    }

    /// What a team leader may see of the kind: `None` stands for "absent, authorised".
    ///
    /// ```
    /// use floorwalker::team::{Absence, AbsenceKind, AbsenceStatus};
    /// use floorwalker::time::Span;
    ///
    /// let absence = |kind| -> Result<Absence, floorwalker::Error> {
    ///     let span = Span::from_millis(0, 86_400_000)?;
    ///     Ok(Absence::new("anna".parse()?, kind, span, AbsenceStatus::Approved))
    /// };
    /// assert_eq!(absence(AbsenceKind::Sickness)?.shown_to_leaders(), None);
    /// assert_eq!(absence(AbsenceKind::Holiday)?.shown_to_leaders(), Some(AbsenceKind::Holiday));
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn shown_to_leaders(&self) -> Option<AbsenceKind> {
        (!self.kind.is_confidential()).then_some(self.kind)
    }
}

/// The absences of all operators (calendario delle assenze), by operator and time.
///
/// Invariant: sorted by operator, then by start.
///
/// Absences may overlap: a sickness during a holiday is recorded as both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Absence>", into = "Vec<Absence>")]
pub struct AbsenceCalendar(Vec<Absence>);

impl AbsenceCalendar {
    /// All absences, in order.
    #[must_use]
    pub fn all(&self) -> &[Absence] {
        &self.0
    }

    /// The absences of one operator, by start. A search by halves.
    #[must_use]
    pub fn of(&self, operator: &AgentId) -> &[Absence] {
        let first = self.0.partition_point(|one| one.operator < *operator);
        let rest = &self.0[first..];
        &rest[..rest.partition_point(|one| one.operator == *operator)]
    }

    /// The absences of one operator that hold and share time with `span`.
    pub fn during<'a>(
        &'a self,
        operator: &AgentId,
        span: Span,
    ) -> impl Iterator<Item = &'a Absence> + use<'a> {
        let of = self.of(operator);
        let begun = of.partition_point(|one| one.span.start_ms() < span.end_ms());
        of[..begun]
            .iter()
            .filter(move |one| one.holds() && one.span.overlap(span).is_some())
    }
}

impl FromIterator<Absence> for AbsenceCalendar {
    fn from_iter<I: IntoIterator<Item = Absence>>(absences: I) -> Self {
        let mut all: Vec<Absence> = absences.into_iter().collect();
        all.sort_by(|a, b| {
            let key = |one: &Absence| (one.span, one.kind, one.status);
            (&a.operator, key(a)).cmp(&(&b.operator, key(b)))
        });
        Self(all)
    }
}

impl From<Vec<Absence>> for AbsenceCalendar {
    fn from(absences: Vec<Absence>) -> Self {
        absences.into_iter().collect()
    }
}

impl From<AbsenceCalendar> for Vec<Absence> {
    fn from(calendar: AbsenceCalendar) -> Self {
        calendar.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn absence(operator: &str, start: i64, end: i64, status: AbsenceStatus) -> Absence {
        let span = Span::from_millis(start, end).unwrap();
        Absence::new(
            operator.parse().unwrap(),
            AbsenceKind::Holiday,
            span,
            status,
        )
    }

    #[test]
    fn only_what_holds_and_overlaps_is_found() {
        use AbsenceStatus::{Approved, Observed, Rejected, Requested};
        let calendar = AbsenceCalendar::from(vec![
            absence("b", 0, 10, Approved),
            absence("a", 20, 30, Rejected),
            absence("a", 0, 100, Observed),
            absence("a", 40, 50, Approved),
            absence("a", 20, 30, Requested),
        ]);
        let during = |who: &str, start, end| {
            let span = Span::from_millis(start, end).unwrap();
            let found = calendar.during(&who.parse().unwrap(), span);
            found.map(|one| one.span().start_ms()).collect::<Vec<_>>()
        };
        assert_eq!(during("a", 20, 45), [0, 40]);
        assert_eq!(during("a", 20, 40), [0]);
        assert_eq!(during("b", 10, 20), [0; 0]);
        assert_eq!(during("c", 0, 20), [0; 0]);
    }
}
