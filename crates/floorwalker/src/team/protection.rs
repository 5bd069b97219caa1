//! Protections: circumstances that change what may be asked of an operator.

use serde::{Deserialize, Serialize};

use super::Validity;
use crate::terms::terms;

terms! {
    /// A circumstance that the law protects (tutela).
    ///
    /// Which rule follows from it is said by the rule packs. Most of these words say
    /// something about health or family: a host shows the consequence ("not at
    /// night"), not the reason.
    ProtectionKind ("protection") {
        /// Pregnancy, from when the employer knows of it (gravidanza).
        Pregnancy = "pregnancy",
        /// A child below one year (figlio entro un anno).
        ChildUnder1 = "child_under_1",
        /// A child below three years (figlio sotto i tre anni).
        ChildUnder3 = "child_under_3",
        /// The only parent who lives with a child below twelve (unico genitore affidatario).
        SoleParentUnder12 = "sole_parent_under_12",
        /// Care of a disabled person, in Italy under L. 104/1992 (assistenza a disabile).
        Carer = "carer",
        /// Exempt from night work on medical grounds (inidoneità al lavoro notturno).
        NightExempt = "night_exempt",
        /// The right to breast-feeding rests (riposi giornalieri).
        Breastfeeding = "breastfeeding",
        /// Below eighteen years (minore).
        Minor = "minor",
    }
}

/// A protection of one operator, for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protection {
    /// Which circumstance.
    pub kind: ProtectionKind,
    /// From when to when.
    #[serde(default)]
    pub valid: Validity,
    /// Whether the operator has agreed, in writing, not to use a right that may be
    /// waived, such as the right to refuse night work. A ban cannot be waived.
    #[serde(default)]
    pub waived: bool,
}
