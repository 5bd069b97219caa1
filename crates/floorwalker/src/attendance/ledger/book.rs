//! The ledgers of all operators: a mergeable list of entries.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

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
        let entries = self.entries(agent, kind, access)?;
        let of_kind = entries
            .iter()
            .map(LedgerEntry::record)
            .filter(|one| one.kind == kind);
        Ok(balance(kind, &of_kind.collect::<Vec<_>>(), at))
    }

    /// The months, by their first day, in which an operator was granted both the three
    /// days of L. 104/1992 and its daily hours, of which only one may be chosen.
    ///
    /// # Errors
    /// As for [`balance`](Self::balance).
    pub fn law_104_mixed(
        &self,
        agent: &AgentId,
        access: &AttendanceAccess,
    ) -> Result<Vec<NaiveDate>, Error> {
        let mut months: BTreeMap<NaiveDate, (bool, bool)> = BTreeMap::new();
        for entry in self.entries(agent, LedgerKind::Care, access)? {
            let Some(of_day) = entry.is_law_104_of_day() else {
                continue;
            };
            let date = entry.record().date;
            let first = date - Days::new(date.day0().into());
            let month = months.entry(first).or_default();
            month.0 |= of_day;
            month.1 |= !of_day;
        }
        let mixed = months.into_iter().filter(|(_, both)| *both == (true, true));
        Ok(mixed.map(|(month, _)| month).collect())
    }

    /// The entries of an operator, for those who may see this ledger.
    fn entries(
        &self,
        agent: &AgentId,
        kind: LedgerKind,
        access: &AttendanceAccess,
    ) -> Result<&[LedgerEntry], Error> {
        access.policy().check_persons()?;
        if kind.is_confidential() && access.view() != AbsenceView::AllKinds {
            let why = format!("the access does not open the ledger {kind}");
            let what = "a confidential ledger";
            return Err(ErrorKind::Policy { what, why }.into());
        }
        let entries = self.0.get(agent).map(Vec::as_slice);
        entries.ok_or_else(|| unknown(agent, self.0.keys()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{AccessPolicy, Granularity};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn access() -> AttendanceAccess {
        let policy = AccessPolicy::new("payroll", "contract", Granularity::Person).unwrap();
        AttendanceAccess::from(policy)
            .with_all_kinds("payroll duties")
            .unwrap()
    }

    #[test]
    fn daily_hours_are_gone_at_the_end_of_their_day() {
        let anna = AgentId::new("Anna").unwrap();
        let of_day =
            |date, minutes| LedgerEntry::law_104_of_day(anna.clone(), date, minutes).unwrap();
        let used = |date, minutes| {
            LedgerEntry::used(anna.clone(), LedgerKind::Care, date, minutes).unwrap()
        };
        let book = LedgerBook::new([
            of_day(day("2026-03-02"), 480),
            of_day(day("2026-03-03"), 359),
            used(day("2026-03-02"), 120),
            used(day("2026-03-03"), 90),
        ]);
        let balance = book
            .balance(&anna, LedgerKind::Care, day("2026-03-04"), &access())
            .unwrap();
        assert_eq!((balance.granted, balance.used, balance.left), (180, 210, 0));
        // The second day is a short one: an hour, of which half an hour too much was taken.
        assert_eq!(balance.overdrawn, [(day("2026-03-03"), 30)]);
    }

    #[test]
    fn days_and_hours_exclude_each_other_in_a_month() {
        let anna = AgentId::new("Anna").unwrap();
        let book = LedgerBook::new([
            LedgerEntry::law_104_of_month(anna.clone(), day("2026-03-10"), 480).unwrap(),
            LedgerEntry::law_104_of_day(anna.clone(), day("2026-03-31"), 480).unwrap(),
            LedgerEntry::law_104_of_day(anna.clone(), day("2026-04-01"), 480).unwrap(),
            LedgerEntry::used(anna.clone(), LedgerKind::Care, day("2026-04-01"), 60).unwrap(),
            LedgerEntry::law_104_of_month(anna.clone(), day("2026-05-10"), 480).unwrap(),
        ]);
        let mixed = book.law_104_mixed(&anna, &access()).unwrap();
        assert_eq!(mixed, [day("2026-03-01")]);
        let policy = AccessPolicy::new("the day", "the law", Granularity::Person).unwrap();
        assert!(
            book.law_104_mixed(&anna, &policy.into())
                .unwrap_err()
                .is_policy()
        );
    }
}
