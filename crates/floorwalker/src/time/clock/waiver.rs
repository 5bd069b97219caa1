//! Why a target is not counted.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// Who or what kept a target from being met, other than the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WaiverCause {
    /// An event beyond anyone's control (forza maggiore).
    ForceMajeure,
    /// The customer, for example by not granting access.
    Customer,
    /// A third party, for example a network operator.
    ThirdParty,
    /// A court or an authority ordered the case to rest.
    LegalHold,
}

/// A target that is not counted, with cause and evidence.
///
/// Invariant: the evidence is not blank.
///
/// A waived clock leaves both the numerator and the denominator of compliance.
///
/// ```
/// use floorwalker::time::clock::{Waiver, WaiverCause};
///
/// let waiver = Waiver::new(0, WaiverCause::ForceMajeure, "flood, prefect's order 112/2026")?;
/// assert_eq!(waiver.cause(), WaiverCause::ForceMajeure);
/// assert!(Waiver::new(0, WaiverCause::Customer, " ").is_err());
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Text")]
pub struct Waiver {
    at_ms: i64,
    cause: WaiverCause,
    evidence: String,
}

impl Waiver {
    /// A waiver granted at an instant.
    ///
    /// # Errors
    /// `name.invalid` if the evidence is blank.
    pub fn new(at_ms: i64, cause: WaiverCause, evidence: &str) -> Result<Self> {
        if evidence.trim().is_empty() {
            let (what, given) = ("evidence of a waiver", evidence.chars().take(20).collect());
            let why = "it is blank; name the document or the fact";
            return Err(ErrorKind::Name { what, given, why }.into());
        }
        Ok(Self {
            at_ms,
            cause,
            evidence: evidence.to_owned(),
        })
    }

    /// When it was granted, in milliseconds since 1970.
    #[must_use]
    pub fn at_ms(&self) -> i64 {
        self.at_ms
    }

    /// The cause.
    #[must_use]
    pub fn cause(&self) -> WaiverCause {
        self.cause
    }

    /// The document or fact that proves the cause.
    #[must_use]
    pub fn evidence(&self) -> &str {
        &self.evidence
    }
}

/// A waiver as it is written in JSON.
#[derive(Deserialize)]
#[serde(rename = "Waiver", deny_unknown_fields)]
struct Text {
    at_ms: i64,
    cause: WaiverCause,
    evidence: String,
}

impl TryFrom<Text> for Waiver {
    type Error = Error;
    fn try_from(text: Text) -> Result<Self> {
        Self::new(text.at_ms, text.cause, &text.evidence)
    }
}
