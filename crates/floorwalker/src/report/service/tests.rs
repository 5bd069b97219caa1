//! Laws and cases of the report, against the tally it was made from.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::contact::{ContactTable, Leg, LegRecord, Outcome};
use crate::id::QueueId;
use crate::report::{Quotient, Standing};
use crate::service::{IntervalTally, Kpi, Limit, ServiceLevel, Tally, TallySettings};
use crate::time::{Every, Grid, Span, Zone, instant};

/// Friday 2026-03-27 00:00 in Rome; the Sunday after it has 23 hours.
pub(super) const START_MS: i64 = 1_774_566_000_000;
const HOUR_MS: i64 = 3_600_000;

fn queue(name: &str) -> QueueId {
    QueueId::new(name).unwrap()
}

/// A leg that arrives `at` ms after the start; without an answer it is abandoned.
fn leg(name: &str, at: i64, wait_secs: i64, is_answered: bool) -> Leg {
    let arrived = instant(START_MS + at).unwrap();
    let left = arrived + TimeDelta::seconds(wait_secs);
    let waiting = LegRecord::waiting(queue(name), arrived);
    let record = if is_answered {
        let released = left + TimeDelta::seconds(100);
        waiting.answered(None, left).finished(released, released)
    } else {
        waiting.left(Outcome::Abandoned, left)
    };
    record.check().unwrap()
}

pub(super) fn tally(legs: &[Leg], every: Every) -> IntervalTally {
    let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), every);
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    let short = Limit::new(TimeDelta::seconds(5)).unwrap();
    let window = Span::from_millis(START_MS, START_MS + 95 * HOUR_MS).unwrap();
    let settings = TallySettings::new(grid, rule)
        .with_short_abandons(short)
        .with_window(window);
    IntervalTally::count(&ContactTable::from_iter(legs).columns(), settings).unwrap()
}

pub(super) fn options() -> ReportOptions {
    ReportOptions::new("80/20".parse().unwrap())
}

fn report(legs: &[Leg]) -> ServiceReport {
    ServiceReport::new(&tally(legs, Every::Minutes30), &options()).unwrap()
}

/// `count` legs in the hour that begins `hours` after the start, `good` of them in time.
fn hour(name: &str, hours: i64, count: i64, good: i64) -> Vec<Leg> {
    (0..count)
        .map(|number| {
            let wait = if number < good { 10 } else { 60 };
            leg(name, hours * HOUR_MS + number * 60_000, wait, true)
        })
        .collect()
}

fn assert_figures(found: &Figures, expected: &Tally) {
    for &kpi in Figures::KPIS {
        let figure = expected.figure(kpi);
        let found = found.of(kpi).unwrap();
        assert_eq!(i128::from(found.numerator()), figure.numerator(), "{kpi}");
        assert_eq!(found.denominator(), figure.denominator(), "{kpi}");
    }
}

prop_compose! {
    fn legs()(legs in proptest::collection::vec((0..3_usize, 0..95 * HOUR_MS, 0..90_i64, any::<bool>()), 0..120)) -> Vec<Leg> {
        let names = ["sales", "care", "tech"];
        legs.into_iter().map(|(name, at, wait, answered)| leg(names[name], at, wait, answered)).collect()
    }
}

fn sum<'a>(rows: impl Iterator<Item = &'a Results>) -> Figures {
    Figures::sum(rows.map(|row| &row.figures))
}

/// The same but for the time that rows without contacts leave out.
fn without_time(figures: Figures) -> Figures {
    let load = Quotient::new(figures.load.numerator(), 0);
    Figures { load, ..figures }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_table_adds_up_to_the_total(legs in legs(), every in prop::sample::select(vec![Every::Minutes15, Every::Minutes30, Every::Hour])) {
        let tally = tally(&legs, every);
        let report = ServiceReport::new(&tally, &options()).unwrap();
        let total = report.total.figures;
        assert_figures(&total, &tally.total());
        prop_assert_eq!(sum(report.by_day.iter().map(|row| &row.results)), total);
        prop_assert_eq!(sum(report.by_time_of_day.iter().map(|row| &row.results)), total);
        prop_assert_eq!(sum(report.by_weekday_hour.iter().map(|row| &row.results)), total);
        let intervals = sum(report.by_interval.iter().map(|row| &row.results));
        if total.offered > 0 {
            prop_assert_eq!(without_time(intervals), without_time(total));
        }
        let mut queues = Figures::default();
        report.by_queue.iter().for_each(|row| queues.pool(&row.results.figures));
        if total.offered > 0 {
            prop_assert_eq!(queues, total);
        }
    }

    #[test]
    fn a_day_is_the_sum_of_its_intervals_and_of_its_queues(legs in legs()) {
        let report = report(&legs);
        for day in &report.by_day {
            let own = report.by_interval.iter().filter(|row| row.day == day.day);
            let intervals = sum(own.map(|row| &row.results));
            let mut queues = Figures::nothing(day.covered_ms, true);
            let own = report.by_queue_day.iter().filter(|row| row.day == day.day);
            own.for_each(|row| queues.pool(&row.results.figures));
            prop_assert_eq!(queues, day.results.figures);
            if !day.results.figures.is_empty() {
                prop_assert_eq!(without_time(intervals), without_time(day.results.figures));
            }
        }
    }

    #[test]
    fn rows_are_those_of_the_tally(legs in legs()) {
        let tally = tally(&legs, Every::Minutes30);
        let report = ServiceReport::new(&tally, &options()).unwrap();
        for row in &report.by_queue {
            assert_figures(&row.results.figures, &tally.queue_over(&row.queue, tally.intervals().window()).unwrap());
        }
        for row in &report.by_interval {
            let interval = tally.intervals().iter().find(|one| one.local_start() == row.when.start).unwrap();
            assert_figures(&row.results.figures, &tally.pooled(&report.subject.queues, interval).unwrap());
        }
        let waits = report.waits.unwrap();
        let answered: u64 = waits.bands.iter().map(|band| band.answered).sum();
        let abandoned: u64 = waits.bands.iter().map(|band| band.abandoned).sum();
        prop_assert_eq!((answered, abandoned), (report.total.figures.answered, report.total.figures.abandoned));
    }

    #[test]
    fn json_comes_back_the_same(legs in legs()) {
        let report = report(&legs);
        let json = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(serde_json::from_str::<ServiceReport>(&json).unwrap(), report);
    }

    #[test]
    fn the_findings_are_in_order_of_cost(legs in legs()) {
        let findings = report(&legs).findings;
        prop_assert!(findings.windows(2).all(|pair| pair[0].cost >= pair[1].cost));
    }
}

#[test]
fn days_with_a_clock_change_say_how_long_they_are() {
    let report = report(&hour("sales", 60, 3, 3));
    let hours: Vec<u64> = report
        .by_day
        .iter()
        .map(|day| day.covered_ms / 3_600_000)
        .collect();
    assert_eq!(hours, [24, 24, 23, 24]);
    let days: Vec<NaiveDate> = report.by_day.iter().map(|day| day.day).collect();
    assert_eq!(
        (report.subject.first_day, report.subject.last_day),
        (days[0], days[3])
    );
    // 02:00 and 02:30 do not exist on the Sunday.
    let at_two = &report.by_time_of_day[4];
    assert_eq!(
        (at_two.from.to_string(), at_two.intervals),
        ("02:00:00".to_owned(), 3)
    );
}

#[test]
fn a_bad_morning_is_one_finding_with_its_cost() {
    // Friday from 10:00: 20 contacts with 4 in time, 20 with 6, then 20 with 20.
    let legs = [
        hour("sales", 10, 20, 4),
        hour("sales", 11, 20, 6),
        hour("sales", 12, 20, 20),
    ]
    .concat();
    let report = report(&legs);
    assert_eq!(report.findings.len(), 1);
    let finding = &report.findings[0];
    assert_eq!(
        (finding.kind, finding.severity),
        (FindingKind::BelowTarget, Severity::High)
    );
    assert_eq!(finding.queues, [queue("sales")]);
    let when = finding.when.unwrap();
    assert_eq!(when.start.to_rfc3339(), "2026-03-27T10:00:00+01:00");
    assert_eq!(when.end.to_rfc3339(), "2026-03-27T11:30:00+01:00");
    // All 40 arrive in the first 20 minutes of their hours: 10 of 40, 32 wanted.
    let results = finding.results.unwrap();
    assert_eq!(results.figures.service_level, Quotient::new(10, 40));
    assert_eq!((finding.cost, results.missing), (22, Some(22)));
    assert_eq!(report.exceptions.below_target.len(), 1);
}

#[test]
fn trouble_of_several_queues_at_once_is_one_finding() {
    let legs = [
        hour("sales", 10, 20, 4),
        hour("care", 10, 20, 4),
        hour("tech", 10, 20, 20),
    ]
    .concat();
    let report = report(&legs);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].queues, [queue("care"), queue("sales")]);
    // 28 of 60 were in time, 48 were wanted.
    assert_eq!(report.findings[0].cost, 20);
    assert_eq!(report.exceptions.below_target.len(), 2);
}

#[test]
fn what_recurs_week_after_week_is_said_once() {
    let mut legs = Vec::new();
    for week in 0..3 {
        legs.extend(hour("sales", 10 + week * 168, 20, 8));
        legs.extend(hour("sales", 14 + week * 168, 20, 20));
    }
    let grid = Grid::new(Zone::utc(), Every::Minutes30);
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    let table = ContactTable::from_iter(&legs);
    let tally = IntervalTally::count(&table.columns(), TallySettings::new(grid, rule)).unwrap();
    let report = ServiceReport::new(&tally, &options()).unwrap();
    let kinds: Vec<FindingKind> = report.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [FindingKind::Recurring]);
    let slot = report.findings[0].slot.unwrap();
    // 10:00 in Rome is 9:00 UTC.
    assert_eq!((slot.weekday, slot.from_hour, slot.to_hour), (5, 9, 10));
    assert_eq!((slot.missed_days, slot.days), (3, 3));
    assert_eq!(report.findings[0].cost, 24);
}

#[test]
fn few_contacts_make_no_finding() {
    let report = report(&hour("sales", 10, 9, 0));
    assert_eq!(report.findings, []);
    assert_eq!(report.total.standing, Standing::Unjudged);
    assert_eq!(report.total.missing, Some(8));
}

#[test]
fn unanswered_and_refused_contacts_are_found() {
    let mut legs: Vec<Leg> = (0..4).map(|n| leg("sales", n * 1000, 3, false)).collect();
    let closed = LegRecord::waiting(queue("care"), instant(START_MS).unwrap());
    let blocked = LegRecord {
        outcome: Outcome::Blocked,
        ..closed.clone()
    };
    let closed = LegRecord {
        outcome: Outcome::Closed,
        ..closed
    };
    legs.extend([closed.check().unwrap(), blocked.check().unwrap()]);
    let report = report(&legs);
    let kinds: Vec<(FindingKind, u64)> = report.findings.iter().map(|f| (f.kind, f.cost)).collect();
    assert_eq!(
        kinds,
        [
            (FindingKind::Unanswered, 4),
            (FindingKind::Blocked, 1),
            (FindingKind::Closed, 0)
        ]
    );
    let refused = &report.exceptions.refused[0];
    assert_eq!(
        (refused.blocked, refused.closed, refused.attempts),
        (1, 1, 2)
    );
}

#[test]
fn a_selection_is_checked_and_kept() {
    let legs = [hour("sales", 10, 2, 2), hour("care", 34, 3, 1)].concat();
    let tally = tally(&legs, Every::Minutes30);
    let saturday = Span::from_millis(START_MS + 24 * HOUR_MS, START_MS + 48 * HOUR_MS).unwrap();
    let some = options().with_queues([queue("care")]).with_period(saturday);
    let report = ServiceReport::new(&tally, &some).unwrap();
    assert_eq!(report.subject.days(), 1);
    assert!(!report.subject.all_queues);
    assert_eq!(report.total.figures.service_level, Quotient::new(1, 3));
    let unknown = ServiceReport::new(&tally, &options().with_queues([queue("car")])).unwrap_err();
    assert_eq!(unknown.code(), "name.unknown");
    assert!(unknown.to_string().contains("care"), "{unknown}");
}

#[test]
fn a_target_of_another_time_is_refused() {
    let tally = tally(&hour("sales", 10, 2, 2), Every::Hour);
    let other = ReportOptions::new("80/30".parse().unwrap());
    let error = ServiceReport::new(&tally, &other).unwrap_err();
    assert_eq!(error.code(), "options.conflict");
    assert!(error.to_string().contains("80/30s"), "{error}");
}

#[test]
fn other_definitions_are_compared_on_the_same_contacts() {
    // 4 in time, 2 late, 3 abandoned of which 1 short.
    let mut legs = hour("sales", 10, 6, 4);
    legs.extend([2, 12, 50].map(|wait| leg("sales", 10 * HOUR_MS, wait, false)));
    let rules = report(&legs).rules;
    let level = |name: &str| {
        rules
            .others
            .iter()
            .find(|rule| rule.name == name)
            .unwrap()
            .level
    };
    assert_eq!(rules.main.level, Quotient::new(4, 9));
    assert_eq!(level("answered_only"), Quotient::new(4, 6));
    assert_eq!(level("ignore_within"), Quotient::new(4, 7));
    assert_eq!(level("positive"), Quotient::new(6, 9));
    assert_eq!(level("ignore_all"), Quotient::new(4, 6));
    assert_eq!(level("excl_short"), Quotient::new(4, 8));
    assert_eq!(level("answered_abandoned"), Quotient::new(4, 9));
    assert_eq!(level("answered_abandoned_excl_short"), Quotient::new(4, 8));
    assert_eq!(level("removed_from_queue"), Quotient::new(6, 9));
    assert_eq!(level("dequeued_excluded"), Quotient::new(4, 9));
    assert_eq!(level("no_threshold"), Quotient::new(6, 9));
    let counted: u64 = rules.reckoning.iter().map(|line| line.contacts).sum();
    assert_eq!(counted, 9);
}

#[test]
fn no_data_makes_an_empty_report() {
    let grid = Grid::new(Zone::utc(), Every::Minutes30);
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    let nothing = IntervalTally::empty(TallySettings::new(grid, rule));
    let report = ServiceReport::new(&nothing, &options()).unwrap();
    assert!(report.is_empty());
    assert_eq!(
        report.total.figures.of(Kpi::ServiceLevel).unwrap().value(),
        None
    );
    assert_eq!(report.total.missing, None);
    assert_eq!(report.findings, []);
}

#[test]
fn longer_intervals_leave_finer_tables_empty() {
    let legs = hour("sales", 10, 5, 5);
    let by_day = ServiceReport::new(&tally(&legs, Every::Day), &options()).unwrap();
    assert_eq!((by_day.by_day.len(), by_day.by_time_of_day.len()), (4, 0));
    let by_week = ServiceReport::new(&tally(&legs, Every::IsoWeek), &options()).unwrap();
    assert_eq!((by_week.by_day.len(), by_week.by_interval.len()), (0, 1));
}
