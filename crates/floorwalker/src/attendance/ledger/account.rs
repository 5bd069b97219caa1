//! The balance of one ledger on one day.

use chrono::NaiveDate;
use serde::Serialize;

use super::entry::{LedgerEntryRecord, LedgerKind};

/// What is left of a ledger on a day, and how that came about, in minutes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LedgerBalance {
    /// Granted until then.
    pub granted: i64,
    /// Used until then.
    pub used: i64,
    /// Granted, not used in time, and gone.
    pub expired: i64,
    /// What may still be used; below 0 where more was used than granted and
    /// later grants will repay it.
    pub left: i64,
    /// The next day after which something is gone, and how much.
    pub next_expiry: Option<(NaiveDate, i64)>,
    /// Days on which more was used than there was, and by how much.
    pub overdrawn: Vec<(NaiveDate, i64)>,
}

/// Minutes granted at once, as far as they are not used.
struct Lot {
    expires: Option<NaiveDate>,
    minutes: i64,
}

/// The balance at the end of a day. Grants of a day count before its uses; a use
/// takes first what expires first.
pub(super) fn balance(
    kind: LedgerKind,
    entries: &[&LedgerEntryRecord],
    at: NaiveDate,
) -> LedgerBalance {
    let mut entries: Vec<&LedgerEntryRecord> = entries
        .iter()
        .copied()
        .filter(|one| one.date <= at)
        .collect();
    entries.sort_by_key(|one| (one.date, one.minutes < 0));
    let mut balance = LedgerBalance::default();
    let mut lots: Vec<Lot> = Vec::new();
    let mut debt = 0;
    for entry in entries {
        let minutes = i64::from(entry.minutes);
        if minutes > 0 {
            balance.granted += minutes;
            let repaid = debt.min(minutes);
            debt -= repaid;
            lots.push(Lot {
                expires: entry.expires,
                minutes: minutes - repaid,
            });
        } else {
            balance.used -= minutes;
            let missing = take(&mut lots, entry.date, -minutes);
            if missing > 0 {
                balance.overdrawn.push((entry.date, missing));
                debt += if kind.may_be_negative() { missing } else { 0 };
            }
        }
    }
    let (gone, left): (Vec<&Lot>, Vec<&Lot>) = lots.iter().partition(|lot| !lot.is_usable(at));
    balance.expired = gone.iter().map(|lot| lot.minutes).sum();
    balance.left = left.iter().map(|lot| lot.minutes).sum::<i64>() - debt;
    let next = left
        .iter()
        .filter(|lot| lot.minutes > 0)
        .filter_map(|lot| lot.expires)
        .min();
    balance.next_expiry = next.map(|day| {
        let then = left.iter().filter(|lot| lot.expires == Some(day));
        (day, then.map(|lot| lot.minutes).sum())
    });
    balance
}

impl Lot {
    fn is_usable(&self, on: NaiveDate) -> bool {
        self.expires.is_none_or(|last| on <= last)
    }
}

/// Takes minutes from the lots that are usable on a day; says how many are missing.
fn take(lots: &mut [Lot], on: NaiveDate, minutes: i64) -> i64 {
    let mut usable: Vec<&mut Lot> = lots.iter_mut().filter(|lot| lot.is_usable(on)).collect();
    usable.sort_by_key(|lot| lot.expires.unwrap_or(NaiveDate::MAX));
    usable.into_iter().fold(minutes, |missing, lot| {
        let taken = lot.minutes.min(missing);
        lot.minutes -= taken;
        missing - taken
    })
}
