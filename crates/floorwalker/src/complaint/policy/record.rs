//! A policy as it is written in a data file.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::indemnity::IndemnityRule;
use super::limit::{AnswerRule, Limit, PauseRule};
use crate::complaint::words::Certainty;
use crate::id::{CalendarId, Label};
use crate::terms::terms;

/// One version of a policy as it is written in a data file, before it is checked.
///
/// The schema for writing one is [`POLICY_SCHEMA`](super::POLICY_SCHEMA).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRecord {
    /// Its id, the same for all versions, such as `it.arera.tiqv.complaint`.
    pub id: Label,
    /// What it is called.
    pub title: String,
    /// The country, as two capital letters (ISO 3166), `EU`, or `ZZ` for any.
    pub country: Label,
    /// The sector, such as `energy`.
    pub sector: Label,
    /// Who sets it.
    pub authority: String,
    /// What it is about.
    pub subject: Subject,
    /// The first day of receipt to which it applies; open if absent.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// The first day of receipt to which it no longer applies; open if absent.
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    /// The time zone in which its days are counted.
    pub zone: String,
    /// The calendar of its business days, as the host names it.
    #[serde(default)]
    pub hours: Option<CalendarId>,
    /// Until when receipt is acknowledged.
    #[serde(default)]
    pub acknowledge: Option<Limit>,
    /// Until when the reply is due.
    #[serde(default)]
    pub answer: Option<AnswerRule>,
    /// Whether asking the customer or a third party stops the legal clock.
    #[serde(default)]
    pub pause: PauseRule,
    /// The indemnity for a late reply. None is due for a cause outside the company.
    #[serde(default)]
    pub indemnity: Option<IndemnityRule>,
    /// Where the customer may go.
    #[serde(default)]
    pub recourse: Option<Recourse>,
    /// What must hold for the policy to apply, such as the size of a bill.
    #[serde(default)]
    pub conditions: Vec<Threshold>,
    /// What the company may not do while the complaint is open, such as `suspension`.
    #[serde(default)]
    pub forbids: Vec<Label>,
    /// What must hold over a period, such as the share of replies in time.
    #[serde(default)]
    pub standards: Vec<Threshold>,
    /// For how many years the register is kept.
    #[serde(default)]
    pub records_years: Option<u32>,
    /// What is reported, to whom, how often.
    #[serde(default)]
    pub report: Option<String>,
    /// Other duties, in words.
    #[serde(default)]
    pub duties: Vec<String>,
    /// Where this was read.
    pub sources: Vec<Source>,
    /// How sure it is.
    pub certainty: CertaintyRecord,
}

terms! {
    /// What a policy is about.
    Subject ("subject of a policy") {
        /// Complaints in general (reclami).
        Complaint = "complaint",
        /// Requests to correct a bill (rettifica di fatturazione).
        BillingCorrection = "billing_correction",
        /// Bills paid or issued twice (doppia fatturazione).
        DoubleBilling = "double_billing",
        /// Written requests for information (richieste di informazioni).
        InfoRequest = "info_request",
        /// Bills of an unusual amount (importi anomali).
        AnomalousBill = "anomalous_bill",
        /// Complaints about payment services.
        Payments = "payments",
        /// Complaints that are solved within days.
        QuickResolution = "quick_resolution",
        /// The contact centre itself (call center).
        ContactCentre = "contact_centre",
    }
}

/// Where the customer may go (tutela esterna).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recourse {
    /// The body.
    pub body: String,
    /// The limit from receipt after which it may be asked even without a reply; that of
    /// the reply if absent.
    #[serde(default)]
    pub after: Option<Limit>,
    /// The limit within which it must be asked.
    #[serde(default)]
    pub within: Option<Limit>,
    /// Whether that limit is counted from the reply, and not from receipt.
    #[serde(default)]
    pub within_from_answer: bool,
}

/// A value that must be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// What is measured, such as `answered_in_time`; shares from 0 to 1.
    pub measure: Label,
    /// How it compares.
    pub comparison: Comparison,
    /// The value, as text.
    pub value: Decimal,
    /// Over which period, such as `month` or `year`.
    #[serde(default)]
    pub period: Option<Label>,
    /// In how many periods of how many, where not in each.
    #[serde(default)]
    pub periods: Option<(u32, u32)>,
}

/// How a measured value compares with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Not less.
    AtLeast,
    /// More.
    Above,
    /// Not more.
    AtMost,
    /// Less.
    Below,
}

impl Threshold {
    /// Whether a measured value keeps it.
    #[must_use]
    pub fn is_met_by(&self, value: Decimal) -> bool {
        match self.comparison {
            Comparison::AtLeast => value >= self.value,
            Comparison::Above => value > self.value,
            Comparison::AtMost => value <= self.value,
            Comparison::Below => value < self.value,
        }
    }
}

/// Where something was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The rule or the page.
    pub title: String,
    /// How it was seen.
    pub seen: Seen,
}

/// How a source was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The text of the rule itself.
    Text,
    /// Pages about it: press, law firms, companies.
    Secondary,
    /// Not at all: from memory.
    Memory,
}

/// How sure it is that a rule says what is written here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertaintyRecord {
    /// Of the policy as a whole.
    pub overall: Certainty,
    /// Parts that are more or less sure, and why.
    #[serde(default)]
    pub notes: Vec<CertaintyNote>,
}

/// How sure one part of a policy is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertaintyNote {
    /// The field it is about.
    pub about: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Why.
    pub why: String,
}
