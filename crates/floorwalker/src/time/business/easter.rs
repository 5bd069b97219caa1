//! The date of Easter.

use chrono::NaiveDate;

/// Easter Sunday of the Western churches in a year of the Gregorian calendar.
///
/// The rule of 1582: the first Sunday after the ecclesiastical full moon on or after
/// 21 March. Computed in the form given by J.-M. Oudin (1940). `None` outside years 1
/// to 9999; before 1583 the answer is that of the proleptic calendar.
///
/// ```
/// use floorwalker::time::business::easter_sunday;
///
/// assert_eq!(easter_sunday(2026).unwrap().to_string(), "2026-04-05");
/// assert_eq!(easter_sunday(2038).unwrap().to_string(), "2038-04-25");
/// ```
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    let century = year / 100;
    // The place of the year in the cycle of 19 years of the moon.
    let golden = year % 19;
    let correction = (century - 17) / 25;
    let mut moon = (century - century / 4 - (century - correction) / 3 + 19 * golden + 15) % 30;
    moon -= moon / 28 * (1 - moon / 28 * (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let from_march = moon - weekday;
    let month = 3 + (from_march + 40) / 44;
    let day = from_march + 28 - 31 * (month / 4);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    /// The tables of epacts, followed step by step as the Gregorian reform states them:
    /// a second way, from golden number, century corrections and full moon to Sunday.
    fn by_epact(year: i32) -> NaiveDate {
        let golden = year.rem_euclid(19) + 1;
        let century = year.div_euclid(100) + 1;
        let dropped_leap_days = 3 * century / 4 - 12;
        let moon = (8 * century + 5) / 25 - 5;
        let mut epact = (11 * golden + 20 + moon - dropped_leap_days).rem_euclid(30);
        if epact == 24 || (epact == 25 && golden > 11) {
            epact += 1;
        }
        let mut full_moon = 44 - epact;
        if full_moon < 21 {
            full_moon += 30;
        }
        let march = NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
        let full_moon = march + chrono::TimeDelta::days((full_moon - 1).into());
        let ahead = 7 - full_moon.weekday().num_days_from_sunday();
        full_moon + chrono::TimeDelta::days(ahead.into())
    }

    #[test]
    fn two_ways_agree_in_every_gregorian_year() {
        for year in 1583..=9999 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter, by_epact(year), "{year}");
            assert_eq!(easter.weekday(), Weekday::Sun);
        }
    }

    #[test]
    fn every_year_has_an_answer() {
        for year in 1..1583 {
            assert_eq!(
                easter_sunday(year).unwrap().weekday(),
                Weekday::Sun,
                "{year}"
            );
        }
        assert_eq!(easter_sunday(0), None);
        assert_eq!(easter_sunday(10_000), None);
    }
}
