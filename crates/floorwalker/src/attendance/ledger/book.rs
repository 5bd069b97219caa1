//! The ledgers of all operators: a mergeable list of entries.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::account::{LedgerBalance, balance};
use super::entry::{LedgerEntry, LedgerKind};
use crate::attendance::access::{AbsenceView, AttendanceAccess};
use crate::attendance::unknown;
use crate::error::{Error, ErrorKind};
use crate::id::AgentId;

/// The ledgers of all operators (contatori): entries in any order.
///
/// ```
/// use floorwalker::attendance::{AttendanceAccess, LedgerBook, LedgerEntry, LedgerKind};
/// use floorwalker::id::AgentId;
/// use floorwalker::team::{AccessPolicy, Granularity};
///
/// let (anna, day) = (AgentId::new("Anna")?, |text: &str| text.parse().unwrap());
/// let book = LedgerBook::new([
///     LedgerEntry::holiday_of_year(anna.clone(), 2026, 160 * 60)?,
///     LedgerEntry::used(anna.clone(), LedgerKind::Holiday, day("2026-08-10"), 40 * 60)?,
/// ]);
/// let policy = AccessPolicy::new("holiday plan", "contract of employment", Granularity::Person)?;
/// let balance = book.balance(&anna, LedgerKind::Holiday, day("2026-12-31"), &policy.into())?;
/// assert_eq!(balance.left, 120 * 60);
/// assert_eq!(balance.next_expiry, Some((day("2028-06-30"), 120 * 60)));
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerBook(BTreeMap<AgentId, Vec<LedgerEntry>>);

impl LedgerBook {
    /// A book of entries.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = LedgerEntry>) -> Self {
        let mut book = Self::default();
        entries.into_iter().for_each(|entry| book.add(entry));
        book
    }

    /// One more entry.
    pub fn add(&mut self, entry: LedgerEntry) {
        let agent = entry.record().agent.clone();
        self.0.entry(agent).or_default().push(entry);
    }

    /// Both books together.
    pub fn merge(&mut self, other: Self) {
        other
            .0
            .into_values()
            .flatten()
            .for_each(|entry| self.add(entry));
    }

    /// What is left of a ledger at the end of a day.
    ///
    /// # Errors
    /// `policy.refused` if the policy shows teams only, or if the ledger tells of
    /// health or union membership and the access does not open all kinds of
    /// absences; `name.unknown` if the operator has no entry at all.
    pub fn balance(
        &self,
        agent: &AgentId,
        kind: LedgerKind,
        at: NaiveDate,
        access: &AttendanceAccess,
    ) -> Result<LedgerBalance, Error> {
        access.policy().check_persons()?;
        if kind.is_confidential() && access.view() != AbsenceView::AllKinds {
            let why = format!("the access does not open the ledger {kind}");
            return Err(ErrorKind::Policy {
                what: "a confidential ledger",
                why,
            }
            .into());
        }
        let entries = self
            .0
            .get(agent)
            .ok_or_else(|| unknown(agent, self.0.keys()))?;
        let of_kind = entries
            .iter()
            .map(LedgerEntry::record)
            .filter(|one| one.kind == kind);
        Ok(balance(kind, &of_kind.collect::<Vec<_>>(), at))
    }
}
