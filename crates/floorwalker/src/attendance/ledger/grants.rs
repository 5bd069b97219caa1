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
