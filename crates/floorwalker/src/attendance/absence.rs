//! Absences: the reasons that excuse a planned presence.

use serde::{Deserialize, Serialize};

use crate::id::AgentId;
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// Why somebody is not at the planned place (causale di assenza).
    ///
    /// The list follows Italian practice; other countries' reasons map onto it.
    AbsenceKind ("absence kind") {
        /// Annual holiday (ferie).
        Holiday = "holiday",
        /// Reduction of working hours, or yearly paid permits (ROL, PAR).
        ReducedHours = "reduced_hours",
        /// Permits for abolished festivities (ex festività).
        FormerFestivity = "former_festivity",
        /// Sickness (malattia).
        Sickness = "sickness",
        /// Injury at work (infortunio, INAIL).
        Injury = "injury",
        /// Care of a disabled relative or one's own disability (permessi L. 104/1992).
        Law104 = "law_104",
        /// Maternity (maternità).
        Maternity = "maternity",
        /// Paternity (paternità).
        Paternity = "paternity",
        /// Parental leave (congedo parentale).
        ParentalLeave = "parental_leave",
        /// Daily rests of the first year of a child (riposi per allattamento).
        Breastfeeding = "breastfeeding",
        /// Union representatives' leave (permesso sindacale).
        UnionLeave = "union_leave",
        /// Assembly of workers in working time (assemblea, L. 300/1970 art. 20).
        UnionAssembly = "union_assembly",
        /// Blood donation (donazione di sangue).
        BloodDonation = "blood_donation",
        /// Wedding leave (congedo matrimoniale).
        Wedding = "wedding",
        /// Bereavement (lutto).
        Bereavement = "bereavement",
        /// Right to study (150 ore).
        Study = "study",
        /// Strike (sciopero).
        Strike = "strike",
        /// Short-time work (cassa integrazione).
        ShortTime = "short_time",
        /// Time in lieu, from the bank of hours (riposo compensativo).
        TimeInLieu = "time_in_lieu",
        /// Unpaid leave (aspettativa).
        UnpaidLeave = "unpaid_leave",
        /// Suspension (sospensione).
        Suspension = "suspension",
        /// Working elsewhere by agreement (lavoro agile, L. 81/2017).
        SmartWorking = "smart_working",
        /// Business trip (trasferta).
        BusinessTrip = "business_trip",
        /// Training away from the desk (formazione).
        Training = "training",
        /// Anything else that was allowed.
        Other = "other",
    }
}

terms! {
    /// How far an absence has come.
    AbsenceStatus ("absence status") {
        /// Asked for, not decided: excuses nothing.
        Requested = "requested",
        /// Granted: excuses.
        Approved = "approved",
        /// Refused: excuses nothing.
        Rejected = "rejected",
        /// Noted without a decision, as a sickness reported by telephone: excuses.
        Observed = "observed",
    }
}

impl AbsenceKind {
    /// Whether the reason tells of health, disability, pregnancy, or union
    /// membership: special categories of data (GDPR art. 9), or close to them.
    #[must_use]
    pub fn is_protected(self) -> bool {
        matches!(
            self,
            Self::Sickness
                | Self::Injury
                | Self::Law104
                | Self::Maternity
                | Self::Breastfeeding
                | Self::UnionLeave
                | Self::UnionAssembly
                | Self::BloodDonation
                | Self::Strike
        )
    }

    /// Whether the person works, but not at the planned desk.
    #[must_use]
    pub fn is_work_elsewhere(self) -> bool {
        matches!(
            self,
            Self::SmartWorking | Self::BusinessTrip | Self::Training
        )
    }
}

impl AbsenceStatus {
    /// Whether an absence of this status excuses a planned presence.
    #[must_use]
    pub fn excuses(self) -> bool {
        matches!(self, Self::Approved | Self::Observed)
    }
}

/// One absence of one operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// Who.
    pub agent: AgentId,
    /// Why.
    pub kind: AbsenceKind,
    /// When.
    pub span: Span,
    /// How far it has come.
    pub status: AbsenceStatus,
}
