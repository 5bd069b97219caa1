//! Days with 23 and 25 hours.

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::contact::{Leg, LegRecord};
use floorwalker::id::QueueId;
use floorwalker::time::Every;
use floorwalker_report::{Language, TerminalOptions, to_html, to_terminal};

use super::markup::{Element, parse};
use super::sample::report_on;

/// A contact answered after 10 s in each half-hour from the first to the last instant.
fn legs(first: &str, last: &str) -> Vec<Leg> {
    let [first, last] = [first, last].map(|at| at.parse::<DateTime<Utc>>().unwrap());
    let mut legs = Vec::new();
    let mut at = first;
    while at <= last {
        let answered = at + TimeDelta::seconds(10);
        let leg = LegRecord::waiting(QueueId::new("tech").unwrap(), at).answered(None, answered);
        legs.push(leg.check().unwrap());
        at += TimeDelta::minutes(30);
    }
    legs
}

fn strip(page: &Element) -> Element {
    let charts = page.named("svg");
    let is_strip = |svg: &&&Element| svg.attribute("aria-labelledby").starts_with("chart-strips");
    (**charts.iter().find(is_strip).unwrap()).clone()
}

fn count(svg: &Element, class: &str) -> usize {
    svg.all()
        .into_iter()
        .filter(|one| one.attribute("class") == class)
        .count()
}

#[test]
fn the_hour_that_came_twice_is_there_twice() {
    // Saturday and Sunday, in Rome; on Sunday 02:00 to 03:00 comes twice.
    let legs = legs("2026-10-23T22:00:00Z", "2026-10-25T22:30:00Z");
    let report = report_on(&legs, Every::Minutes30);
    assert_eq!(report.by_interval.len(), 48 + 50);
    assert_eq!(report.by_day[1].results.figures.offered, 50);
    let two = &report.by_time_of_day[4];
    assert_eq!(
        (
            two.from.to_string(),
            two.intervals,
            two.results.figures.offered
        ),
        ("02:00:00".to_owned(), 3, 3)
    );
    let page = parse(&to_html(&report, Language::English));
    assert!(page.text().contains("Sunday 25 October has 25 hours"));
    let strip = strip(&page);
    assert_eq!(
        count(&strip, "cell few"),
        48 + 50 + 1,
        "one cell an interval, and the legend"
    );
    assert!(
        strip.text().contains("02:00–02:30 (+02:00)")
            && strip.text().contains("02:00–02:30 (+01:00)")
    );
    let text = to_terminal(&report, &TerminalOptions::new(Language::Italian));
    assert!(text.contains("dom 25 ott (25 h)"), "{text}");
}

#[test]
fn the_hour_that_never_came_is_hatched() {
    let legs = legs("2026-03-27T23:00:00Z", "2026-03-29T21:30:00Z");
    let report = report_on(&legs, Every::Minutes30);
    assert_eq!(report.by_interval.len(), 48 + 46);
    let page = parse(&to_html(&report, Language::Italian));
    assert!(page.text().contains("Domenica 29 marzo ha 23 ore"));
    let strip = strip(&page);
    assert_eq!(count(&strip, "gap"), 2);
    assert_eq!(count(&strip, "cell few"), 48 + 46 + 1);
}

#[test]
fn a_single_long_day_keeps_its_order() {
    let report = report_on(
        &legs("2026-10-24T22:00:00Z", "2026-10-25T22:30:00Z"),
        Every::Minutes30,
    );
    let page = parse(&to_html(&report, Language::English));
    let charts = page.named("svg");
    let times = charts
        .iter()
        .find(|svg| svg.attribute("aria-labelledby").starts_with("chart-times"))
        .unwrap();
    let points = times
        .all()
        .into_iter()
        .filter(|one| one.attribute("class") == "point few")
        .count();
    assert_eq!(points, 50 + 1, "50 half-hours, and the legend");
}
