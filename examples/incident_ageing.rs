//! Ageing and service levels of a log of incidents.
//!
//! The log is made up, from a fixed seed: three months of incidents of a help desk, one row
//! for each change, as another system would export it.
//!
//! ```text
//! cargo run --example incident_ageing
//! ```

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::error::Error;

use chrono::{DateTime, Utc};
use floorwalker::complaint::{
    CaseSummary, ComplaintKpi, ComplaintSettings, ComplaintTally, LogCase, LogColumns, Meaning,
    Meanings, ObligationState, UChart,
};
use floorwalker::id::Label;
use floorwalker::service::Percentile;
use floorwalker::time::business::{Calendar, DayWindow, Timeline, WeekHours, italy};
use floorwalker::time::clock::{Clock, ClockState, Pauses};
use floorwalker::time::{Span, Zone};
use floorwalker::units::Fraction;

type Outcomes<T = ()> = Result<T, Box<dyn Error>>;

const HOUR_MS: i64 = 3_600_000;
const TARGET_HOURS: i64 = 24;

fn main() -> Outcomes {
    let start_ms = "2026-03-01T23:00:00Z"
        .parse::<DateTime<Utc>>()?
        .timestamp_millis();
    let window = Span::from_millis(start_ms, start_ms + 92 * 24 * HOUR_MS)?;
    let log = made_up(window);
    let cases = log.columns().cases()?;
    let (meanings, hours) = (meanings()?, help_desk()?);

    let summaries = cases
        .iter()
        .map(|case| summary(case, &meanings, &hours, window));
    let summaries = summaries.collect::<Outcomes<Vec<CaseSummary>>>()?;
    // Two halves, counted apart and merged, as two servers would.
    let (first, second) = summaries.split_at(summaries.len() / 2);
    let settings = ComplaintSettings::new(window);
    let tally =
        ComplaintTally::of(settings.clone(), first).merge(&ComplaintTally::of(settings, second))?;

    figures(&tally)?;
    ageing(&tally);
    causes(&tally)?;
    chart(&summaries, window)
}

/// One incident: the time in each state, and whether 24 business hours were kept, the
/// time that it waited for the customer not counted.
fn summary(
    case: &LogCase,
    meanings: &Meanings,
    hours: &Timeline,
    window: Span,
) -> Outcomes<CaseSummary> {
    let mut summary = case.summary(meanings, window.end_ms(), hours)?;
    let resolved = case
        .entries()
        .iter()
        .find(|entry| meanings.of(&entry.word).is_some_and(Meaning::is_done));
    let waits = case
        .entries()
        .windows(2)
        .filter(|pair| meanings.of(&pair[0].word) == Some(Meaning::WaitingCustomer));
    let waits = waits.map(|pair| (pair[0].at_ms, Some(pair[1].at_ms)));
    let mut clock =
        Clock::new(case.opened_ms(), TARGET_HOURS * HOUR_MS)?.with_pauses(Pauses::new(waits)?);
    if let Some(resolved) = resolved {
        clock = clock.with_stop(resolved.at_ms)?;
    }
    let reading = clock.reading(hours, window.end_ms());
    let state = match reading.state() {
        ClockState::Met => ObligationState::Met,
        ClockState::Breached => ObligationState::Breached,
        _ => ObligationState::Running,
    };
    summary
        .standards
        .push((Label::new("resolved in 24 business hours")?, state));
    summary.overdue_ms = (state == ObligationState::Breached && summary.closed_ms.is_none())
        .then(|| -reading.remaining_ms());
    summary.levels = u32::from(case.handovers() > 1);
    summary.topics = case.entries()[0].priority.iter().cloned().collect();
    Ok(summary)
}

fn figures(tally: &ComplaintTally) -> Outcomes {
    for kpi in [
        ComplaintKpi::Received,
        ComplaintKpi::Closed,
        ComplaintKpi::Open,
        ComplaintKpi::ReopenRate,
        ComplaintKpi::WaitingShare,
    ] {
        println!("{:<36} {}", kpi.name(), tally.figure(kpi));
    }
    let share = tally.within_standard("resolved in 24 business hours");
    println!("{:<36} {share}", share.name());
    for percent in [50.0, 90.0] {
        let figure = tally.step_percentile("to_resolve", Percentile::nearest_rank(percent)?);
        let hours = figure.exact().and_then(|ms| {
            Fraction::new(ms.numerator(), ms.denominator() * HOUR_MS.unsigned_abs())
        });
        let hours = hours.map(|hours| hours.to_decimal(1).to_string());
        println!(
            "{:<36} {} business hours",
            figure.name(),
            hours.unwrap_or("?".to_owned())
        );
    }
    Ok(())
}

fn ageing(tally: &ComplaintTally) {
    println!("\nopen incidents by age in days");
    let day = |ms: i64| ms / (24 * HOUR_MS);
    for bucket in tally.ageing() {
        let until = bucket
            .until_ms
            .map_or("more".to_owned(), |until_ms| day(until_ms).to_string());
        println!(
            "  {:>3} to {until:<5} {:>5}",
            day(bucket.from_ms),
            bucket.count
        );
    }
}

fn causes(tally: &ComplaintTally) -> Outcomes {
    println!("\nkinds of incidents that make up four fifths");
    let topics = tally.topics();
    for line in topics.reaching(Fraction::new(4, 5).ok_or("no share")?) {
        println!(
            "  {:<12} {:>5}, with those before {:>5} of {}",
            line.name,
            line.count,
            line.cumulative,
            topics.total()
        );
    }
    Ok(())
}

/// Incidents by week, for each hundred users of a service that grows.
fn chart(summaries: &[CaseSummary], window: Span) -> Outcomes {
    let week_ms = 7 * 24 * HOUR_MS;
    let mut weeks = Vec::new();
    for week in 0..13 {
        let from_ms = window.start_ms() + week * week_ms;
        let inside =
            |summary: &&CaseSummary| (from_ms..from_ms + week_ms).contains(&summary.received_ms);
        let count = summaries.iter().filter(inside).count();
        weeks.push((
            Label::new(format!("week {}", week + 1))?,
            count as u64,
            100 + 2 * week.unsigned_abs(),
        ));
    }
    println!("\nincidents by week for each hundred users");
    for point in UChart::new(weeks)?.points() {
        let number =
            |value: Option<f64>| value.map_or("?".to_owned(), |value| format!("{value:.3}"));
        let signal = point
            .signal
            .map_or(String::new(), |signal| format!("  {signal:?}"));
        println!(
            "  {:<8} {} within {} to {}{signal}",
            point.period,
            number(point.rate),
            number(point.lower),
            number(point.upper)
        );
    }
    Ok(())
}

fn meanings() -> Outcomes<Meanings> {
    let words = [
        ("New", Meaning::Working),
        ("Active", Meaning::Working),
        ("Awaiting User Info", Meaning::WaitingCustomer),
        ("Resolved", Meaning::Resolved),
        ("Closed", Meaning::Closed),
    ];
    let words = words.map(|(word, meaning)| Label::new(word).map(|word| (word, meaning)));
    let words = words.into_iter().collect::<floorwalker::Result<Vec<_>>>()?;
    Ok(Meanings::new(words))
}

fn help_desk() -> Outcomes<Timeline> {
    let week = WeekHours::monday_to_friday(&[DayWindow::new("08:00", "18:00")?])?;
    Ok(Timeline::new(
        Calendar::new(Zone::get("Europe/Rome")?, week)?.with_holidays(italy::national()),
    ))
}

/// A made-up log, in columns.
#[derive(Default)]
struct Log {
    case: Vec<String>,
    at_ms: Vec<i64>,
    word: Vec<&'static str>,
    actor: Vec<&'static str>,
    priority: Vec<&'static str>,
}

struct Borrowed<'a> {
    log: &'a Log,
    case: Vec<&'a str>,
}

impl Log {
    fn columns(&self) -> Borrowed<'_> {
        Borrowed {
            log: self,
            case: self.case.iter().map(String::as_str).collect(),
        }
    }

    fn push(
        &mut self,
        number: u64,
        at_ms: i64,
        word: &'static str,
        actor: &'static str,
        priority: &'static str,
    ) {
        self.case.push(format!("INC{number:05}"));
        self.at_ms.push(at_ms);
        self.word.push(word);
        self.actor.push(actor);
        self.priority.push(priority);
    }
}

impl Borrowed<'_> {
    fn cases(&self) -> floorwalker::Result<Vec<LogCase>> {
        let log = self.log;
        let (actor, priority) = (Some(log.actor.as_slice()), Some(log.priority.as_slice()));
        LogColumns {
            case: &self.case,
            at_ms: &log.at_ms,
            word: &log.word,
            actor,
            priority,
        }
        .cases()
    }
}

/// Incidents at random instants of the window; the same for every run.
fn made_up(window: Span) -> Log {
    let (mut log, mut dice) = (Log::default(), Dice(42));
    for number in 0..1500 {
        one_incident(number, window, &mut log, &mut dice);
    }
    let instants = log.at_ms.iter();
    let keep: Vec<bool> = instants.map(|ms| window.contains_ms(*ms)).collect();
    retain(&mut log.case, &keep);
    retain(&mut log.at_ms, &keep);
    retain(&mut log.word, &keep);
    retain(&mut log.actor, &keep);
    retain(&mut log.priority, &keep);
    log
}

/// What is reported, the frequent ones more than once.
const KINDS: [&str; 8] = [
    "network", "network", "printer", "password", "password", "password", "software", "hardware",
];

/// One incident from its report to its closing.
fn one_incident(number: u64, window: Span, log: &mut Log, dice: &mut Dice) {
    let (first, second) = ("first line", "second line");
    let hours = window.millis().unsigned_abs() / HOUR_MS.unsigned_abs();
    let kind = KINDS[dice.below(KINDS.len())];
    let mut at_ms = window.start_ms() + dice.below(hours as usize) as i64 * HOUR_MS;
    log.push(number, at_ms, "New", first, kind);
    let mut later = |most: usize| {
        at_ms += (1 + dice.below(most)) as i64 * HOUR_MS / 2;
        (at_ms, dice.below(100))
    };
    let (at, chance) = later(20);
    let taker = if chance < 30 { second } else { first };
    log.push(number, at, "Active", taker, kind);
    if chance < 25 {
        log.push(number, later(40).0, "Awaiting User Info", first, kind);
        log.push(number, later(90).0, "Active", first, kind);
    }
    let (at, chance) = later(160);
    log.push(number, at, "Resolved", first, kind);
    if chance < 6 {
        log.push(number, later(60).0, "Active", second, kind);
        log.push(number, later(120).0, "Resolved", second, kind);
    }
    let closed_ms = later(2).0 + 120 * HOUR_MS;
    log.push(number, closed_ms, "Closed", first, kind);
}

/// Keeps the rows that were written before the log was taken.
fn retain<T>(column: &mut Vec<T>, keep: &[bool]) {
    let mut rows = keep.iter();
    column.retain(|_| rows.next().copied().unwrap_or(false));
}

/// A small generator of numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}
