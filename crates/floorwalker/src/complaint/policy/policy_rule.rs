//! One version of a policy, checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::check::check;
use super::record::{PolicyRecord, Subject};
use crate::complaint::case::PolicyRef;
use crate::complaint::digest::Digest;
use crate::complaint::reading::from_json;
use crate::complaint::words::Certainty;
use crate::error::{Error, Result};
use crate::id::Label;
use crate::time::Zone;

/// One version of a policy (norma) that says until when complaints are answered, what a
/// delay costs, and where the customer may go.
///
/// Invariant: its zone exists, its limits are above 0, an extended limit is longer than
/// the usual one, limits in business days come with a calendar, it names a source, and
/// what was written from memory alone is marked as of low certainty.
///
/// Nothing in a policy is legal advice. What is uncertain is marked so
/// ([`certainty_of`](Self::certainty_of)). Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PolicyRecord", into = "PolicyRecord")]
pub struct Policy(Arc<Checked>);

#[derive(Debug, PartialEq, Eq)]
struct Checked {
    record: PolicyRecord,
    zone: Zone,
    reference: PolicyRef,
}

impl Policy {
    /// Checks a policy.
    ///
    /// # Errors
    /// `zone.unknown`; `time.out_of_order` for a validity that ends before it begins;
    /// `value.out_of_range` for a limit of 0; `options.conflict` if parts of it do not
    /// go together, with the id and the reason.
    pub fn new(record: PolicyRecord) -> Result<Self> {
        check(&record)?;
        let zone = Zone::get(&record.zone)?;
        let digest = Digest::of_json(&record);
        let reference = PolicyRef {
            digest,
            from: record.valid_from,
            id: record.id.clone(),
        };
        Ok(Self(Arc::new(Checked {
            record,
            zone,
            reference,
        })))
    }

    /// Reads a policy from JSON.
    ///
    /// # Errors
    /// `data.invalid` with line and column if the text is no policy; else as for
    /// [`new`](Self::new).
    pub fn from_json(text: &str) -> Result<Self> {
        Self::new(from_json("policy", text)?)
    }

    /// The policy as it is written.
    #[must_use]
    pub fn record(&self) -> &PolicyRecord {
        &self.0.record
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &Label {
        &self.0.record.id
    }

    /// Its id, its first day and its checksum.
    #[must_use]
    pub fn reference(&self) -> &PolicyRef {
        &self.0.reference
    }

    /// The time zone in which its days are counted.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        self.0.record.subject
    }

    /// Whether it applies to what was received on `date`.
    #[must_use]
    pub fn is_in_force_on(&self, date: NaiveDate) -> bool {
        let begun = self.0.record.valid_from.is_none_or(|from| from <= date);
        begun && self.0.record.valid_until.is_none_or(|until| date < until)
    }

    /// How sure a field is, such as `indemnity`: by its note, or as the whole.
    #[must_use]
    pub fn certainty_of(&self, field: &str) -> Certainty {
        let certainty = &self.0.record.certainty;
        let note = certainty.notes.iter().find(|note| note.about == field);
        note.map_or(certainty.overall, |note| note.certainty)
    }

    /// Whether the company may not do `what`, such as `suspension`, while the complaint
    /// is open: `None` if it depends on a measure that is not given.
    #[must_use]
    pub fn forbids(&self, what: &str, measures: &BTreeMap<Label, Decimal>) -> Option<bool> {
        if !self
            .0
            .record
            .forbids
            .iter()
            .any(|forbidden| forbidden.as_str() == what)
        {
            return Some(false);
        }
        let conditions = &self.0.record.conditions;
        let met = |measure: &Label| measures.get(measure).copied();
        let known = conditions
            .iter()
            .map(|condition| Some(condition.is_met_by(met(&condition.measure)?)));
        let known: Vec<Option<bool>> = known.collect();
        match known.contains(&Some(false)) {
            true => Some(false),
            false if known.contains(&None) => None,
            false => Some(true),
        }
    }
}

impl TryFrom<PolicyRecord> for Policy {
    type Error = Error;
    fn try_from(record: PolicyRecord) -> Result<Self> {
        Self::new(record)
    }
}

impl From<Policy> for PolicyRecord {
    fn from(policy: Policy) -> Self {
        policy.0.record.clone()
    }
}
