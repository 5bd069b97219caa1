//! All policies that a company knows, by id and day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::policy_rule::Policy;
use super::record::Subject;
use crate::complaint::case::PolicyRef;
use crate::complaint::reading::from_json;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::id::Label;

/// The policies of this library, one file for each country and sector.
const BUILT_IN: [&str; 9] = [
    include_str!("../policies/es.json"),
    include_str!("../policies/eu.json"),
    include_str!("../policies/iso.json"),
    include_str!("../policies/it_agcom.json"),
    include_str!("../policies/it_arera.json"),
    include_str!("../policies/it_bdi.json"),
    include_str!("../policies/it_ivass.json"),
    include_str!("../policies/uk.json"),
    include_str!("../policies/us.json"),
];

/// Policies by id and day of receipt.
///
/// Invariant: versions of one id do not overlap.
///
/// ```
/// use floorwalker::complaint::PolicyBook;
///
/// let book = PolicyBook::built_in();
/// let energy = book.get("it.arera.tiqv.complaint", "2026-05-04".parse().unwrap())?;
/// assert_eq!(energy.record().answer.as_ref().unwrap().limit.amount, 30);
/// let error = book.get("it.arera.complaint", "2026-05-04".parse().unwrap()).unwrap_err();
/// assert_eq!(error.code(), "name.unknown");
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Policy>", into = "Vec<Policy>")]
pub struct PolicyBook(BTreeMap<Label, Vec<Policy>>);

impl PolicyBook {
    /// No policies.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The policies that come with this library: energy, water, communications, banks
    /// and insurance in Italy, customer service in Spain, finance and communications in
    /// the United Kingdom, finance in the United States, payments in the European
    /// Union, and the advice of ISO 10002.
    ///
    /// They were written down from the sources that each names, most of them secondary,
    /// and are not legal advice.
    #[must_use]
    pub fn built_in() -> Self {
        let all = BUILT_IN.iter().map(|text| Self::from_json(text));
        let all = all
            .collect::<Result<Vec<Self>>>()
            .expect("the policies of this library are checked by its tests");
        let policies = all.into_iter().flat_map(Vec::from);
        Self::new(policies).expect("the policies of this library do not overlap")
    }

    /// Policies in any order.
    ///
    /// # Errors
    /// `options.conflict` if two versions of one id hold on the same day.
    pub fn new(policies: impl IntoIterator<Item = Policy>) -> Result<Self> {
        let mut book = Self::default();
        for policy in policies {
            book.0.entry(policy.id().clone()).or_default().push(policy);
        }
        for versions in book.0.values_mut() {
            versions.sort_by_key(|policy| policy.record().valid_from);
            let overlap = versions.windows(2).find(|pair| {
                let until = pair[0].record().valid_until;
                until.is_none() || until > pair[1].record().valid_from
            });
            if let Some(pair) = overlap {
                let why = format!("both hold on {:?}", pair[1].record().valid_from);
                let why = format!("{}: {why}", pair[0].id());
                return Err(ErrorKind::Conflict {
                    what: "two versions of a policy",
                    why,
                }
                .into());
            }
        }
        Ok(book)
    }

    /// Reads a file of policies: a JSON list, as [`POLICY_SCHEMA`](super::POLICY_SCHEMA)
    /// describes it.
    ///
    /// # Errors
    /// `data.invalid` with line and column if the text is no list of policies;
    /// `options.conflict` as for [`new`](Self::new).
    pub fn from_json(text: &str) -> Result<Self> {
        from_json("list of policies", text)
    }

    /// These policies and others; an id that both have is taken from the others.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// All of them, by id and then by first day.
    pub fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.0.values().flatten()
    }

    /// The version of a policy that applies to what was received on `date`.
    ///
    /// # Errors
    /// `name.unknown` with the nearest ids if there is no such id; `policy.not_in_force`
    /// if no version of it holds on the day.
    pub fn get(&self, id: &str, date: NaiveDate) -> Result<&Policy> {
        let versions = self.versions(id)?;
        let found = versions.iter().find(|policy| policy.is_in_force_on(date));
        found.ok_or_else(|| {
            ErrorKind::NotInForce {
                id: id.to_owned(),
                date: date.to_string(),
            }
            .into()
        })
    }

    /// The versions of a policy, oldest first.
    ///
    /// # Errors
    /// `name.unknown` with the nearest ids.
    pub fn versions(&self, id: &str) -> Result<&[Policy]> {
        let found = self.0.get(id).map(Vec::as_slice);
        found.ok_or_else(|| {
            let nearest = nearest(id, self.0.keys().map(Label::as_str));
            ErrorKind::Unknown {
                what: "policy",
                given: id.chars().take(80).collect(),
                nearest,
            }
            .into()
        })
    }

    /// The policies of a country and a sector that apply to a subject received on `date`.
    pub fn applying<'a>(
        &'a self,
        country: &'a str,
        sector: &'a str,
        subject: Subject,
        date: NaiveDate,
    ) -> impl Iterator<Item = &'a Policy> {
        self.iter().filter(move |policy| {
            let record = policy.record();
            let place = record.country.as_str() == country && record.sector.as_str() == sector;
            place && record.subject == subject && policy.is_in_force_on(date)
        })
    }

    /// The very version that was bound to a case; `None` if it is not here, or not
    /// unchanged.
    #[must_use]
    pub fn bound(&self, reference: &PolicyRef) -> Option<&Policy> {
        let versions = self.0.get(&reference.id)?;
        versions
            .iter()
            .find(|policy| policy.reference() == reference)
    }
}

impl TryFrom<Vec<Policy>> for PolicyBook {
    type Error = Error;
    fn try_from(policies: Vec<Policy>) -> Result<Self> {
        Self::new(policies)
    }
}

impl From<PolicyBook> for Vec<Policy> {
    fn from(book: PolicyBook) -> Self {
        book.0.into_values().flatten().collect()
    }
}
