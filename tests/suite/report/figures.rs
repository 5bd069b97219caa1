//! The figures of the report against what the play of the sample centre knows.

use floorwalker::report::{Figures, ServiceReport};
use floorwalker::service::IntervalTally;
use floorwalker::time::Every;
use floorwalker_testkit::generate::truth;

use super::sample::{options, sample, sample_report, settings};

#[test]
fn every_queue_and_day_is_that_of_the_play() {
    let truth = truth(&sample().history);
    let report = sample_report();
    assert_eq!(report.by_queue_day.len(), 4 * 14);
    let mut found = 0;
    for row in &report.by_queue_day {
        let figures = row.results.figures;
        let Some(day) = truth.get(&(row.queue.to_string(), row.day)) else {
            assert!(figures.is_empty(), "{} on {}", row.queue, row.day);
            continue;
        };
        found += 1;
        assert_eq!(figures.offered, day.offered);
        assert_eq!(figures.answered, day.answered);
        assert_eq!(figures.answered_in, day.answered_within_20);
        assert_eq!(figures.service_level.numerator(), day.answered_within_20);
        assert_eq!(figures.service_level.denominator(), day.offered);
        assert_eq!(figures.abandoned, day.abandoned);
        assert_eq!(figures.flow_outs, day.timed_out + day.left_by_key);
        assert_eq!(figures.transferred_out, day.transferred);
        let secs = |secs: i64| secs.unsigned_abs() * 1000;
        assert_eq!(figures.asa.numerator(), secs(day.answered_wait_secs));
        assert_eq!(figures.att.numerator(), secs(day.talk_secs));
    }
    assert_eq!(found, truth.len());
}

#[test]
fn the_bad_monday_is_found_first() {
    let report = sample_report();
    let first = &report.findings[0];
    assert_eq!(
        first.when.unwrap().start.to_rfc3339(),
        "2026-03-23T11:00:00+01:00"
    );
    assert_eq!(first.queues.len(), 4, "it hit all queues");
    let days: Vec<String> = report
        .exceptions
        .days
        .iter()
        .map(|row| row.day.to_string())
        .collect();
    assert_eq!(
        days,
        ["2026-03-23"],
        "it is the only day that missed the target"
    );
}

#[test]
fn the_length_of_the_intervals_changes_no_total() {
    let columns = sample().legs.columns();
    let total = |every| {
        let tally = IntervalTally::count(&columns, settings(every)).unwrap();
        let report = ServiceReport::new(&tally, &options()).unwrap();
        (
            report.total,
            report
                .by_day
                .iter()
                .map(|row| row.results)
                .collect::<Vec<_>>(),
        )
    };
    let half_hours = total(Every::Minutes30);
    for every in [Every::Minutes5, Every::Hour, Every::Day] {
        assert_eq!(total(every), half_hours, "{every}");
    }
}

#[test]
fn waiting_lines_fit_the_days() {
    let report = sample_report();
    for day in &report.by_day {
        let intervals = report.by_interval.iter().filter(|row| row.day == day.day);
        let most = intervals
            .filter_map(|row| row.waiting)
            .map(|waiting| waiting.most)
            .max();
        assert_eq!(day.most_waiting, most, "{}", day.day);
    }
    let monday = report
        .by_day
        .iter()
        .max_by_key(|row| row.most_waiting)
        .unwrap();
    assert_eq!(monday.day.to_string(), "2026-03-23");
}

#[test]
fn intervals_add_up_to_weeks_too() {
    let report = sample_report();
    let all: Vec<Figures> = report
        .by_day
        .iter()
        .map(|row| row.results.figures)
        .collect();
    let weeks = [Figures::sum(&all[..7]), Figures::sum(&all[7..])];
    assert_eq!(Figures::sum(&weeks), report.total.figures);
}
