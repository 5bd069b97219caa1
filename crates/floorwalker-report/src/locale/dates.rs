//! Dates and times of day as people of a language write them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use floorwalker::report::LocalSpan;
use floorwalker::time::{Every, LocalTimePolicy};

use super::Locale;

const WEEKDAYS: [[&str; 7]; 2] = [
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    [
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
    ],
];
const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
];

impl Locale {
    fn table<T: Copy>(&self, tables: [T; 2]) -> T {
        self.language.pick(tables[0], tables[1])
    }

    /// A weekday, 1 for Monday to 7 for Sunday.
    pub(crate) fn weekday(&self, weekday: u8) -> &'static str {
        let names = self.table([&WEEKDAYS[0], &WEEKDAYS[1]]);
        names[usize::from(weekday.clamp(1, 7)) - 1]
    }

    /// The first three letters of a weekday.
    pub(crate) fn short_weekday(&self, weekday: u8) -> String {
        self.weekday(weekday).chars().take(3).collect()
    }

    fn month(&self, date: NaiveDate) -> &'static str {
        self.table([&MONTHS[0], &MONTHS[1]])[date.month0() as usize]
    }

    /// The day of the month; the first is `1º` in Italian.
    fn day_number(&self, date: NaiveDate) -> String {
        match date.day() {
            1 => self.language.pick("1", "1º").to_owned(),
            day => day.to_string(),
        }
    }

    /// `23 March 2026`, `1º marzo 2026`.
    pub(crate) fn date(&self, date: NaiveDate) -> String {
        format!(
            "{} {} {}",
            self.day_number(date),
            self.month(date),
            date.year()
        )
    }

    /// `Monday 23 March`, with the year where the report spans two.
    pub(crate) fn day(&self, date: NaiveDate) -> String {
        let weekday = self.weekday(weekday_of(date));
        let year = if self.with_year {
            format!(" {}", date.year())
        } else {
            String::new()
        };
        format!(
            "{weekday} {} {}{year}",
            self.day_number(date),
            self.month(date)
        )
    }

    /// `Mon 23 Mar`, for tables.
    pub(crate) fn short_day(&self, date: NaiveDate) -> String {
        let month: String = self.month(date).chars().take(3).collect();
        let year = if self.with_year {
            format!(" {}", date.year())
        } else {
            String::new()
        };
        let weekday = self.short_weekday(weekday_of(date));
        format!("{weekday} {} {month}{year}", date.day())
    }

    /// `23/3`, for axes, where there is little room: the day before the month in both languages.
    pub(crate) fn tiny_day(date: NaiveDate) -> String {
        format!("{}/{}", date.day(), date.month())
    }

    /// The period in words: `Monday 16 March 2026 to Sunday 29 March 2026`.
    pub(crate) fn period(&self, first: NaiveDate, last: NaiveDate) -> String {
        let full = |date| format!("{} {}", self.weekday(weekday_of(date)), self.date(date));
        if first == last {
            return full(first);
        }
        let (from, to) = (full(first), full(last));
        self.language
            .pick(format!("{from} to {to}"), format!("da {from} a {to}"))
    }

    /// The times of a stretch: `10:00–12:00`, up to `24:00`. Where the clock showed the start
    /// twice, its offset is added.
    pub(crate) fn times(&self, when: &LocalSpan) -> String {
        let (start, end) = (when.start.naive_local(), when.end.naive_local());
        let end = if end.time() == NaiveTime::MIN && when.millis() > 0 {
            "24:00".to_owned()
        } else {
            clock(end.time())
        };
        let offset = if self.is_double(start) {
            format!(" ({})", when.start.offset())
        } else {
            String::new()
        };
        format!("{}–{end}{offset}", clock(start.time()))
    }

    /// Day and times of a stretch: `Monday 23 March, 10:00–12:00`.
    pub(crate) fn when(&self, when: &LocalSpan) -> String {
        if when.date() == when.last_date() {
            let is_day = when.start.time() == NaiveTime::MIN && when.millis() > 22 * 3_600_000;
            let day = self.day(when.date());
            return if is_day {
                day
            } else {
                format!("{day}, {}", self.times(when))
            };
        }
        let (from, to) = (self.day(when.date()), self.day(when.last_date()));
        format!("{from} – {to}")
    }

    /// The interval of the day that begins at `from`: `10:00–10:30`.
    pub(crate) fn time_of_day(&self, from: NaiveTime, every: Every) -> String {
        let step = TimeDelta::milliseconds(every.step_ms().unwrap_or(0));
        let end = from.overflowing_add_signed(step).0;
        let end = if end == NaiveTime::MIN {
            "24:00".to_owned()
        } else {
            clock(end)
        };
        format!("{}–{end}", clock(from))
    }

    /// Whether the clock showed a local time twice.
    pub(crate) fn is_double(&self, local: NaiveDateTime) -> bool {
        let refused = self.zone.resolve(local, LocalTimePolicy::REFUSE);
        refused.is_err_and(|error| error.code() == "local_time.ambiguous")
    }

    /// Whether the clock jumped over a local time.
    pub(crate) fn is_missing(&self, local: NaiveDateTime) -> bool {
        let refused = self.zone.resolve(local, LocalTimePolicy::REFUSE);
        refused.is_err_and(|error| error.code() == "local_time.missing")
    }
}

/// 1 for Monday to 7 for Sunday.
pub(crate) fn weekday_of(date: NaiveDate) -> u8 {
    u8::try_from(date.weekday().number_from_monday()).unwrap_or(7)
}

/// `09:30`.
pub(crate) fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use floorwalker::time::{Span, Zone};

    use super::super::{Language, sample_locale};
    use super::*;

    fn both<T>(ask: impl Fn(Locale) -> T) -> [T; 2] {
        [Language::English, Language::Italian].map(|language| ask(sample_locale(language)))
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_have_the_names_of_the_language() {
        let day = date("2026-03-23");
        assert_eq!(
            both(|it| it.day(day)),
            ["Monday 23 March", "lunedì 23 marzo"]
        );
        assert_eq!(both(|it| it.short_day(day)), ["Mon 23 Mar", "lun 23 mar"]);
        assert_eq!(
            both(|it| it.date(date("2026-05-01"))),
            ["1 May 2026", "1º maggio 2026"]
        );
        let periods = both(|it| it.period(day, date("2026-03-29")));
        assert_eq!(periods[0], "Monday 23 March 2026 to Sunday 29 March 2026");
        assert_eq!(
            periods[1],
            "da lunedì 23 marzo 2026 a domenica 29 marzo 2026"
        );
    }

    #[test]
    fn the_hour_that_comes_twice_shows_its_offset() {
        let rome = Zone::get("Europe/Rome").unwrap();
        let locale = sample_locale(Language::English);
        let at = |start: &str| {
            let start = chrono::DateTime::parse_from_rfc3339(start)
                .unwrap()
                .timestamp_millis();
            LocalSpan::new(Span::from_millis(start, start + 1_800_000).unwrap(), &rome)
        };
        assert_eq!(
            locale.times(&at("2026-10-25T02:30:00+02:00")),
            "02:30–02:00 (+02:00)"
        );
        assert_eq!(
            locale.times(&at("2026-10-25T02:30:00+01:00")),
            "02:30–03:00 (+01:00)"
        );
        assert_eq!(
            locale.times(&at("2026-03-29T01:30:00+01:00")),
            "01:30–03:00"
        );
        assert_eq!(
            locale.times(&at("2026-03-29T23:30:00+02:00")),
            "23:30–24:00"
        );
        assert!(locale.is_missing("2026-03-29T02:00:00".parse().unwrap()));
    }

    #[test]
    fn a_whole_day_needs_no_times() {
        let rome = Zone::get("Europe/Rome").unwrap();
        let locale = sample_locale(Language::Italian);
        let day = LocalSpan::new(rome.day(date("2026-03-29")).unwrap(), &rome);
        assert_eq!(locale.when(&day), "domenica 29 marzo");
    }
}
