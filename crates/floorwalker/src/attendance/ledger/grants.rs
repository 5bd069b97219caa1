//! What Italian law grants, as entries. Contracts may grant more.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::entry::{LedgerEntry, LedgerKind};
use crate::error::Error;
use crate::id::AgentId;

impl LedgerEntry {
    /// The holiday of a year, usable until 18 months after its end (D.Lgs.
    /// 66/2003 art. 10: four weeks a year, two of them in the year itself, which
    /// is not checked here).
    ///
    /// # Errors
    /// `value.out_of_range` for a year without dates, or no minutes.
    pub fn holiday_of_year(agent: AgentId, year: i32, minutes: u32) -> Result<Self, Error> {
        let first = date(year, 1, 1)?;
        let last = date(year.saturating_add(2), 6, 30)?;
        Self::granted(agent, LedgerKind::Holiday, first, minutes)?.until(last)
    }

    /// The three days of a month of L. 104/1992 art. 33, gone at its end.
    ///
    /// # Errors
    /// `value.out_of_range` for no minutes a day.
    pub fn law_104_of_month(
        agent: AgentId,
        month: NaiveDate,
        minutes_a_day: u32,
    ) -> Result<Self, Error> {
        let first = month - Days::new(month.day0().into());
        let last = first + Months::new(1) - Days::new(1);
        Self::granted(
            agent,
            LedgerKind::Care,
            first,
            minutes_a_day.saturating_mul(3),
        )?
        .until(last)
    }

    /// The daily hours of L. 104/1992 art. 33 that may be taken in place of the three days
    /// of the month: two hours, or one where the working day is shorter than six hours,
    /// gone at the end of the day. One entry for each working day.
    ///
    /// Days and hours exclude each other within a month, see
    /// [`LedgerBook::law_104_mixed`](super::LedgerBook::law_104_mixed). That the choice may
    /// change from month to month, and the single hour of short days, were recalled and
    /// not compared with the text.
    ///
    /// ```
    /// use floorwalker::attendance::{AttendanceAccess, LedgerBook, LedgerEntry, LedgerKind};
    /// use floorwalker::id::AgentId;
    /// use floorwalker::team::{AccessPolicy, Granularity};
    ///
    /// let (anna, day) = (AgentId::new("Anna")?, |text: &str| text.parse().unwrap());
    /// let book = LedgerBook::new([
    ///     LedgerEntry::law_104_of_day(anna.clone(), day("2026-03-02"), 480)?,
    ///     LedgerEntry::used(anna.clone(), LedgerKind::Care, day("2026-03-02"), 90)?,
    /// ]);
    /// let policy = AccessPolicy::new("payroll", "contract of employment", Granularity::Person)?;
    /// let access = AttendanceAccess::from(policy).with_all_kinds("payroll duties")?;
    /// let left = |on| book.balance(&anna, LedgerKind::Care, on, &access).map(|balance| balance.left);
    /// assert_eq!((left(day("2026-03-02"))?, left(day("2026-03-03"))?), (30, 0));
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    ///
    /// # Errors
    /// None for a day of years 1 to 9999; the type is that of [`granted`](Self::granted).
    pub fn law_104_of_day(
        agent: AgentId,
        day: NaiveDate,
        working_day_minutes: u32,
    ) -> Result<Self, Error> {
        let minutes = breastfeeding_minutes(working_day_minutes);
        Self::granted(agent, LedgerKind::Care, day, minutes)?.until(day)
    }

    /// Whether it grants daily hours of L. 104/1992; `None` for anything but its grants.
    pub(super) fn is_law_104_of_day(&self) -> Option<bool> {
        let record = self.record();
        let is_grant = record.kind == LedgerKind::Care && record.minutes > 0;
        is_grant.then(|| record.expires == Some(record.date))
    }

    /// The ten paid hours of assembly of a year (L. 300/1970 art. 20).
    ///
    /// # Errors
    /// `value.out_of_range` for a year without dates.
    pub fn assembly_of_year(agent: AgentId, year: i32) -> Result<Self, Error> {
        let (first, last) = (date(year, 1, 1)?, date(year, 12, 31)?);
        Self::granted(agent, LedgerKind::Assembly, first, 600)?.until(last)
    }
}

/// Minutes of daily rest in the first year of a child: two hours, or one where
/// the working day is shorter than six hours (D.Lgs. 151/2001 art. 39).
///
/// ```
/// use floorwalker::attendance::breastfeeding_minutes;
///
/// assert_eq!(breastfeeding_minutes(360), 120);
/// assert_eq!(breastfeeding_minutes(359), 60);
/// ```
#[must_use]
pub fn breastfeeding_minutes(working_day_minutes: u32) -> u32 {
    if working_day_minutes >= 360 { 120 } else { 60 }
}

fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, Error> {
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|_| (1..=9999).contains(&year))
        .ok_or_else(|| Error::range("year of a ledger", 1, 9999, year))
}
