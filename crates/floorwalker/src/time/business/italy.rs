//! The public holidays of Italy, with the years in which they hold.
//!
//! Law 260/1949 names the national holidays (festività nazionali). Law 54/1977 took
//! some away, decree 792/1985 gave Epiphany back, law 336/2000 the second of June, and
//! law 151/2025 makes 4 October a holiday from 2026. Before 1950 the list is
//! incomplete.
//!
//! All Sundays are holidays by law, so what falls on a Sunday every year is not
//! listed: Easter Sunday ([`easter`] adds it), the day of national unity on the first
//! Sunday of November, and Republic Day from 1977 to 2000.
//!
//! Each town has a local holiday, mostly the day of its patron saint ([`patron`]).
//!
//! ```
//! use floorwalker::time::business::italy;
//!
//! let national = italy::national();
//! let year = national.between("2027-01-01".parse().unwrap(), "2027-12-31".parse().unwrap());
//! let names: Vec<&str> = year.iter().map(|(_, name)| *name).collect();
//! assert_eq!(year.len(), 12);
//! assert_eq!(names[..3], ["Capodanno", "Epifania", "Lunedì dell'Angelo"]);
//! ```

pub use super::patron_saints::{patron, patron_towns};

use super::holidays::{HolidayDay, HolidayRule, Holidays};

/// Name, day, first and last year. `None` where there is no limit.
type Row = (&'static str, HolidayDay, Option<i32>, Option<i32>);

const fn date(month: u32, day: u32) -> HolidayDay {
    HolidayDay::Date { month, day }
}

const fn easter_plus(days: i32) -> HolidayDay {
    HolidayDay::Easter { days }
}

const NATIONAL: &[Row] = &[
    ("Capodanno", date(1, 1), None, None),
    ("Epifania", date(1, 6), None, Some(1977)),
    ("Epifania", date(1, 6), Some(1986), None),
    ("San Giuseppe", date(3, 19), None, Some(1976)),
    (
        "Centenario dell'Unità d'Italia",
        date(3, 17),
        Some(1961),
        Some(1961),
    ),
    (
        "150° dell'Unità d'Italia",
        date(3, 17),
        Some(2011),
        Some(2011),
    ),
    ("Lunedì dell'Angelo", easter_plus(1), Some(1950), None),
    ("Festa della Liberazione", date(4, 25), Some(1946), None),
    ("Festa del Lavoro", date(5, 1), Some(1946), None),
    ("Ascensione", easter_plus(39), None, Some(1976)),
    ("Corpus Domini", easter_plus(60), None, Some(1976)),
    ("Festa della Repubblica", date(6, 2), Some(1947), Some(1976)),
    ("Festa della Repubblica", date(6, 2), Some(2001), None),
    ("Santi Pietro e Paolo", date(6, 29), None, Some(1976)),
    ("Assunzione di Maria", date(8, 15), None, None),
    ("San Francesco d'Assisi", date(10, 4), Some(2026), None),
    ("Ognissanti", date(11, 1), None, None),
    ("Giorno dell'Unità nazionale", date(11, 4), None, Some(1976)),
    ("Immacolata Concezione", date(12, 8), None, None),
    ("Natale", date(12, 25), None, None),
    ("Santo Stefano", date(12, 26), Some(1949), None),
];

/// The national holidays (festività nazionali).
#[must_use]
pub fn national() -> Holidays {
    NATIONAL
        .iter()
        .fold(Holidays::none(), |holidays, &(name, day, from, until)| {
            let rule = HolidayRule::new(name, day).expect("the days of the list exist");
            let rule = rule
                .from_year(from.unwrap_or(i32::MIN))
                .until_year(until.unwrap_or(i32::MAX));
            holidays.with_rule(rule).expect("the list is short")
        })
}

/// Easter Sunday (Pasqua): no national holiday of its own, but many sites that open on
/// Sundays close.
#[must_use]
pub fn easter() -> HolidayRule {
    HolidayRule::new("Pasqua", easter_plus(0)).expect("Easter exists")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn names(year: i32) -> Vec<(String, String)> {
        let date = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let national = national();
        let found = national.between(date(1, 1), date(12, 31));
        found
            .into_iter()
            .map(|(date, name)| (date.to_string(), name.to_owned()))
            .collect()
    }

    #[test]
    fn the_twelve_of_2026_are_known() {
        let dates: Vec<String> = names(2026).into_iter().map(|(date, _)| date).collect();
        assert_eq!(
            dates,
            [
                "2026-01-01",
                "2026-01-06",
                "2026-04-06",
                "2026-04-25",
                "2026-05-01",
                "2026-06-02",
                "2026-08-15",
                "2026-10-04",
                "2026-11-01",
                "2026-12-08",
                "2026-12-25",
                "2026-12-26",
            ]
        );
    }

    #[test]
    fn laws_change_the_list() {
        let count = |year| names(year).len();
        assert_eq!(
            [count(1976), count(1977), count(1985), count(1986)],
            [16, 10, 9, 10]
        );
        assert_eq!(
            [
                count(2000),
                count(2001),
                count(2011),
                count(2025),
                count(2026)
            ],
            // In 2011 Easter Monday was also Liberation Day.
            [10, 11, 11, 11, 12]
        );
    }
}
