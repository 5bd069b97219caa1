//! The kinds of shrinkage, in and out of the office.

use crate::team::AbsenceKind;
use crate::terms::terms;

terms! {
    /// Whether people are lost to the office or in it.
    ShrinkageSide ("shrinkage side") {
        /// Not in the office.
        External = "external",
        /// In the office, and not taking contacts.
        Internal = "internal",
    }
}

terms! {
    /// What paid time is lost to.
    ShrinkageKind ("shrinkage kind") {
        /// Annual holiday (ferie).
        Holiday = "holiday",
        /// Sickness and injury (malattia, infortunio).
        Sickness = "sickness",
        /// Permits of any kind (permessi).
        Permit = "permit",
        /// Maternity, paternity, parental leave (congedi).
        Parental = "parental",
        /// Union leave, assembly, strike (attività sindacale).
        Union = "union",
        /// Any other authorised absence.
        OtherAbsence = "other_absence",
        /// Planned and never came (assenza ingiustificata).
        NoShow = "no_show",
        /// Late and left early (ritardi).
        Lateness = "lateness",
        /// Breaks and meals (pause).
        Break = "break",
        /// Meetings (riunioni).
        Meeting = "meeting",
        /// Coaching (affiancamento).
        Coaching = "coaching",
        /// Training (formazione).
        Training = "training",
        /// System down (fermo dei sistemi).
        SystemDown = "system_down",
        /// Personal time (esigenze personali).
        Personal = "personal",
    }
}

/// How many kinds there are.
pub(super) const KINDS: usize = ShrinkageKind::ALL.len();

impl ShrinkageKind {
    /// Whether people are lost to the office or in it.
    #[must_use]
    pub fn side(self) -> ShrinkageSide {
        match self {
            Self::Holiday
            | Self::Sickness
            | Self::Permit
            | Self::Parental
            | Self::Union
            | Self::OtherAbsence
            | Self::NoShow
            | Self::Lateness => ShrinkageSide::External,
            Self::Break
            | Self::Meeting
            | Self::Coaching
            | Self::Training
            | Self::SystemDown
            | Self::Personal => ShrinkageSide::Internal,
        }
    }

    /// The kind an absence counts to; `None` for a strike, unpaid leave and
    /// suspension, which are not paid time.
    #[must_use]
    pub fn of_absence(kind: AbsenceKind) -> Option<Self> {
        use AbsenceKind as A;
        Some(match kind {
            A::Holiday => Self::Holiday,
            A::Sickness | A::Injury => Self::Sickness,
            A::Permit
            | A::FormerFestivity
            | A::Care
            | A::BloodDonation
            | A::Wedding
            | A::Bereavement
            | A::Study
            | A::InLieu => Self::Permit,
            A::Maternity | A::Paternity | A::Parental | A::Breastfeeding => Self::Parental,
            A::UnionLeave | A::Assembly => Self::Union,
            A::BusinessTrip | A::ShortTime | A::Other => Self::OtherAbsence,
            A::Training => Self::Training,
            A::Strike | A::Unpaid | A::Suspension => return None,
        })
    }
}
