//! All-day events of an iCalendar file (RFC 5545), as a list of dates.
//!
//! The holidays of most countries are published in this format. What is read is a
//! small part of it: events (`VEVENT`) with an all-day `DTSTART`, an optional `DTEND` or
//! `DURATION` in days, `RRULE` with `FREQ=YEARLY`, and `EXDATE` and `RDATE` of dates.
//! Whatever else an event holds that could change its dates is a [`Finding`], and the
//! event is then read without it, or left out where that would be wrong.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::holidays::{Holidays, MAX_DATES};
use super::ical_rule::YearlyRule;
use crate::error::{Error, Result};

/// The most events of a file.
const MAX_EVENTS: usize = 5_000;
/// The most days that one event may last.
const MAX_DAYS: i64 = 366;

/// The all-day events of a file within the years asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    /// Each day of each event with its summary, in order of date.
    pub days: Vec<(NaiveDate, String)>,
    /// What could not be read, in order of line.
    pub findings: Vec<Finding>,
}

/// Something in a file that was not understood or does not fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is odd about it.
    pub why: String,
}

impl Events {
    /// The days as holidays. Of two events on a date the first gives the name.
    ///
    /// # Errors
    /// `value.out_of_range` for more dates than [`MAX_DATES`].
    pub fn holidays(&self) -> Result<Holidays> {
        let mut holidays = Holidays::none();
        let mut known = BTreeSet::new();
        for (date, name) in &self.days {
            if known.insert(*date) {
                holidays = holidays.with_date(*date, name)?;
            }
        }
        Ok(holidays)
    }
}

/// Reads the all-day events of `text` that lie in `years`.
///
/// ```
/// use floorwalker::time::business::ical;
///
/// let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Fête nationale\r\n\
///     DTSTART;VALUE=DATE:20200714\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let events = ical::read(text, 2026..=2027)?;
/// let days: Vec<String> = events.days.iter().map(|(date, _)| date.to_string()).collect();
/// assert_eq!(days, ["2026-07-14", "2027-07-14"]);
/// assert!(events.findings.is_empty());
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if the years do not lie within 1 to 9999, are more than 500, or
/// hold more than [`MAX_DATES`] days; for more than 5,000 events.
pub fn read(text: &str, years: RangeInclusive<i32>) -> Result<Events> {
    check(&years)?;
    let mut events = Events {
        days: Vec::new(),
        findings: Vec::new(),
    };
    let (mut event, mut count) = (None::<Event>, 0);
    for (line, content) in unfolded(text) {
        let Some(property) = Property::read(&content) else {
            if !content.trim().is_empty() {
                events.find(line, "a line without a colon");
            }
            continue;
        };
        match (
            property.name.as_str(),
            property.value.to_ascii_uppercase().as_str(),
        ) {
            ("BEGIN", "VEVENT") => {
                event = Some(Event::new(line));
                count += 1;
            }
            ("END", "VEVENT") => {
                if let Some(event) = event.take() {
                    event.finish(&years, &mut events);
                }
            }
            _ => {
                if let Some(event) = &mut event {
                    event.take(line, &property, &mut events);
                }
            }
        }
        if count > MAX_EVENTS {
            return Err(Error::range("events of a file", 0, MAX_EVENTS, count));
        }
        if events.days.len() > MAX_DATES {
            return Err(Error::range(
                "days of events",
                0,
                MAX_DATES,
                events.days.len(),
            ));
        }
    }
    if let Some(event) = event {
        events.find(event.line, "the event has no end");
    }
    events.days.sort_by_key(|day| day.0);
    events.findings.sort_unstable();
    Ok(events)
}

impl Events {
    fn find(&mut self, line: usize, why: impl Into<String>) {
        self.findings.push(Finding {
            line,
            why: why.into(),
        });
    }
}

fn check(years: &RangeInclusive<i32>) -> Result<()> {
    let (first, last) = (*years.start(), *years.end());
    let (what, given) = ("years of events", format!("{first} to {last}"));
    if first < 1 || last > 9999 || last.saturating_sub(first) >= 500 {
        return Err(Error::range(what, "1", "9999, at most 500", given));
    }
    Ok(())
}

/// One event while it is read.
struct Event {
    line: usize,
    summary: String,
    start: Option<NaiveDate>,
    /// The day after the last.
    end: Option<NaiveDate>,
    days: Option<i64>,
    rule: Option<YearlyRule>,
    extra: Vec<NaiveDate>,
    except: BTreeSet<NaiveDate>,
    is_left_out: bool,
}

impl Event {
    fn new(line: usize) -> Self {
        Self {
            line,
            summary: "holiday".to_owned(),
            start: None,
            end: None,
            days: None,
            rule: None,
            extra: Vec::new(),
            except: BTreeSet::new(),
            is_left_out: false,
        }
    }

    fn take(&mut self, line: usize, property: &Property, events: &mut Events) {
        match property.name.as_str() {
            "SUMMARY" => self.summary = unescaped(&property.value),
            "DTSTART" => self.start = self.date(line, property, events),
            "DTEND" => self.end = self.date(line, property, events),
            "DURATION" => match whole_days(&property.value) {
                Some(days) => self.days = Some(days),
                None => self.leave_out(line, "a duration that is not in days or weeks", events),
            },
            "RRULE" => match YearlyRule::read(&property.value) {
                Ok(rule) => self.rule = Some(rule),
                Err(why) => self.leave_out(line, &why, events),
            },
            "RDATE" => self.extra.extend(dates(line, property, events)),
            "EXDATE" => self.except.extend(dates(line, property, events)),
            "STATUS" if property.value.eq_ignore_ascii_case("CANCELLED") => {
                self.leave_out(line, "the event is cancelled", events);
            }
            "RECURRENCE-ID" | "EXRULE" => {
                self.leave_out(line, "a changed recurrence is not read", events);
            }
            // Everything else says nothing about the dates.
            _ => {}
        }
    }

    fn leave_out(&mut self, line: usize, why: &str, events: &mut Events) {
        self.is_left_out = true;
        events.find(line, format!("{why}; the event is left out"));
    }

    fn date(&mut self, line: usize, property: &Property, events: &mut Events) -> Option<NaiveDate> {
        let date = property.date(&property.value);
        if date.is_none() {
            let why = format!(
                "{} is no whole day: {}",
                property.name,
                shown(&property.value)
            );
            self.leave_out(line, &why, events);
        }
        date
    }

    fn finish(self, years: &RangeInclusive<i32>, events: &mut Events) {
        let Some(start) = self.start.filter(|_| !self.is_left_out) else {
            if !self.is_left_out {
                events.find(self.line, "the event has no start; it is left out");
            }
            return;
        };
        let days = match (self.end, self.days) {
            (Some(end), _) => (end - start).num_days(),
            (None, days) => days.unwrap_or(1),
        };
        if !(1..=MAX_DAYS).contains(&days) {
            let why = format!("the event lasts {days} days, not 1 to {MAX_DAYS}; it is left out");
            return events.find(self.line, why);
        }
        let repeated = match &self.rule {
            Some(rule) => rule.dates(start, *years.start() - 1, *years.end()),
            None => vec![start],
        };
        let starts: BTreeSet<NaiveDate> = repeated.into_iter().chain(self.extra).collect();
        for start in starts.difference(&self.except) {
            let lasting =
                (0..days).filter_map(|day| start.checked_add_signed(TimeDelta::days(day)));
            let within = lasting.filter(|date| years.contains(&date.year()));
            events
                .days
                .extend(within.map(|date| (date, self.summary.clone())));
        }
    }
}

/// A content line: name, parameters and value.
struct Property {
    name: String,
    parameters: String,
    value: String,
}

impl Property {
    fn read(content: &str) -> Option<Self> {
        let mut quoted = false;
        let colon = content.find(|c| {
            quoted ^= c == '"';
            c == ':' && !quoted
        })?;
        let (head, value) = (&content[..colon], &content[colon + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Some(Self {
            name: name.trim().to_ascii_uppercase(),
            parameters: parameters.to_ascii_uppercase(),
            value: value.trim().to_owned(),
        })
    }

    /// A date `YYYYMMDD`; also a midnight, which some programs write for a whole day.
    fn date(&self, value: &str) -> Option<NaiveDate> {
        let digits = match value.split_once('T') {
            None => value,
            Some((date, "000000" | "000000Z")) => date,
            Some(_) => return None,
        };
        let is_period = self.parameters.contains("VALUE=PERIOD");
        let plain = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_period || !plain {
            return None;
        }
        NaiveDate::parse_from_str(digits, "%Y%m%d").ok()
    }
}

/// The dates of a list; what is none is a finding.
fn dates(line: usize, property: &Property, events: &mut Events) -> Vec<NaiveDate> {
    let mut dates = Vec::new();
    for value in property.value.split(',') {
        match property.date(value) {
            Some(date) => dates.push(date),
            None => events.find(
                line,
                format!("{} is no whole day: {}", property.name, shown(value)),
            ),
        }
    }
    dates
}

/// The lines with their numbers, continuation lines joined to the line they continue.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.1.push_str(more),
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// `P3D` or `P1W` in days.
fn whole_days(value: &str) -> Option<i64> {
    let number = value.strip_prefix('+').unwrap_or(value).strip_prefix('P')?;
    let (number, each) = match number.strip_suffix('W') {
        Some(weeks) => (weeks, 7),
        None => (number.strip_suffix('D')?, 1),
    };
    let number: i64 = number.parse().ok().filter(|number| *number <= MAX_DAYS)?;
    Some(number * each)
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push(' '),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(c),
        }
    }
    text
}

fn shown(value: &str) -> String {
    value.chars().take(30).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(event: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    fn dates(event: &str) -> Vec<String> {
        let events = read(&file(event), 2026..=2028).unwrap();
        assert_eq!(events.findings, []);
        events
            .days
            .iter()
            .map(|(date, _)| date.to_string())
            .collect()
    }

    fn finding(event: &str) -> String {
        let events = read(&file(event), 2026..=2028).unwrap();
        assert_eq!(events.findings.len(), 1, "{event}: {:?}", events.findings);
        events.findings[0].why.clone()
    }

    #[test]
    fn the_end_is_the_day_after() {
        let from_the_24th = ["2026-12-24", "2026-12-25"];
        assert_eq!(
            dates("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261226"),
            from_the_24th
        );
        assert_eq!(dates("DTSTART:20261224\r\nDURATION:P2D"), from_the_24th);
        assert_eq!(dates("DTSTART;VALUE=DATE:20261224"), ["2026-12-24"]);
    }

    #[test]
    fn exceptions_and_extra_dates_count() {
        let event = "DTSTART;VALUE=DATE:20250301\r\nRRULE:FREQ=YEARLY\r\n\
            EXDATE;VALUE=DATE:20270301\r\nRDATE;VALUE=DATE:20270302,20300101";
        assert_eq!(dates(event), ["2026-03-01", "2027-03-02", "2028-03-01"]);
    }

    #[test]
    fn folded_lines_and_escapes_are_read() {
        let text =
            file("SUMMARY;LANGUAGE=it:Santo\\, \r\n patrono\r\nDTSTART;VALUE=DATE:202\r\n\t60613");
        let events = read(&text, 2026..=2026).unwrap();
        assert_eq!(
            events.days,
            [("2026-06-13".parse().unwrap(), "Santo, patrono".to_owned())]
        );
        let holidays = events.holidays().unwrap();
        assert_eq!(
            holidays.name_on("2026-06-13".parse().unwrap()),
            Some("Santo, patrono")
        );
    }

    #[test]
    fn what_cannot_be_read_is_a_finding() {
        assert!(finding("DTSTART:20260613T093000Z").contains("no whole day"));
        assert!(finding("DTSTART:20260613\r\nRRULE:FREQ=WEEKLY").contains("FREQ=WEEKLY"));
        assert!(finding("SUMMARY:nothing").contains("no start"));
        assert!(finding("DTSTART:20260613\r\nDTEND:20260613").contains("0 days"));
        assert!(finding("DTSTART:20260613\r\nDURATION:PT3H").contains("duration"));
        assert!(finding("DTSTART:20260613\r\nSTATUS:CANCELLED").contains("cancelled"));
        assert!(finding("DTSTART:20260613\r\nEXDATE:soon").contains("soon"));
        let broken = read("BEGIN:VEVENT\nDTSTART:20260613\nno colon here", 2026..=2026).unwrap();
        let lines: Vec<usize> = broken.findings.iter().map(|finding| finding.line).collect();
        assert_eq!((lines, broken.days.len()), (vec![1, 3], 0));
    }

    #[test]
    fn years_are_limited() {
        for years in [0..=1, 9_000..=10_000, 2_000..=2_500] {
            assert!(read("", years).unwrap_err().is_range());
        }
        let endless = file("DTSTART:20200101\r\nDURATION:P366D\r\nRRULE:FREQ=YEARLY").repeat(400);
        assert!(read(&endless, 2000..=2499).unwrap_err().is_range());
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "(BEGIN:VEVENT|END:VEVENT|DTSTART|RRULE|[:;=,A-Z0-9\\\\ \r\n]){0,60}") {
            let events = read(&text, 2026..=2030).unwrap();
            prop_assert!(events.days.is_sorted_by_key(|day| day.0));
        }
    }
}
