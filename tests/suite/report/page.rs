//! The page: self-contained, in order, for everybody.

use std::collections::BTreeSet;

use floorwalker::report::{OperatorOptions, ServiceReport};
use floorwalker::service::IntervalTally;
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::Every;
use floorwalker_report::{Language, to_html};

use super::markup::{Element, parse};
use super::sample::{options, report_on, sample, settings, with_operators};

fn pages() -> Vec<(Language, Element)> {
    let policy =
        AccessPolicy::new("coaching", "agreement of 12 May 2026", Granularity::Person).unwrap();
    let full = with_operators(&OperatorOptions::new(policy));
    let empty = report_on(&[], Every::Minutes30);
    let reports = [full, empty];
    let page = |report: &ServiceReport, language: &Language| {
        (*language, parse(&to_html(report, *language)))
    };
    reports
        .iter()
        .flat_map(|report| Language::ALL.iter().map(|language| page(report, language)))
        .collect()
}

#[test]
fn nothing_is_fetched_or_run() {
    for (_, page) in pages() {
        for element in page.all() {
            assert!(
                !["script", "link", "img", "iframe", "object", "image", "use"]
                    .contains(&element.name.as_str())
            );
            for (name, value) in &element.attributes {
                let fetches = ["src", "href", "action", "data", "srcset"].contains(&name.as_str());
                assert!(!fetches || value.starts_with('#'), "{name}={value}");
                let is_address = value.contains("://") && name != "xmlns";
                assert!(!is_address, "{name}={value}");
            }
        }
        let style = page.named("style")[0].text();
        assert!(!style.contains("url(") && !style.contains("@import"));
        let policies = page
            .named("meta")
            .into_iter()
            .filter(|meta| meta.attribute("http-equiv") == "Content-Security-Policy");
        assert_eq!(policies.count(), 1);
    }
}

#[test]
fn headings_come_in_order_under_one_title() {
    for (language, page) in pages() {
        assert_eq!(page.named("html")[0].attribute("lang"), language.code());
        let mut level = 0;
        let mut titles = 0;
        for element in page.all() {
            let Some(found) = element
                .name
                .strip_prefix('h')
                .and_then(|rest| rest.parse::<u8>().ok())
            else {
                continue;
            };
            assert!(found <= level + 1, "{} after h{level}", element.name);
            titles += u8::from(found == 1);
            level = found;
        }
        assert_eq!(titles, 1);
    }
}

#[test]
fn tables_and_charts_can_be_read_aloud() {
    for (_, page) in pages() {
        for table in page.named("table") {
            assert_eq!(table.named("caption").len(), 1);
            assert!(!table.named("caption")[0].text().trim().is_empty());
            for head in table.named("th") {
                assert!(["col", "row"].contains(&head.attribute("scope")));
            }
            let columns = table.named("thead")[0].named("th").len();
            for row in table.named("tbody")[0].named("tr") {
                let cells = row.named("td").len() + row.named("th").len();
                assert!(cells == columns || row.text() == "nothing" || row.text() == "nulla");
            }
        }
        for chart in page.named("svg") {
            assert_eq!(chart.attribute("role"), "img");
            let labels: Vec<&str> = chart.attribute("aria-labelledby").split(' ').collect();
            let ids: Vec<&str> = [chart.named("title")[0], chart.named("desc")[0]]
                .map(|element| element.attribute("id"))
                .to_vec();
            assert_eq!(labels, ids);
            assert!(!chart.named("desc")[0].text().is_empty());
        }
    }
}

#[test]
fn every_chart_has_its_numbers_in_a_table() {
    let (_, page) = &pages()[0];
    let charts = page.named("svg").len();
    assert_eq!(charts, 6);
    for section in page.named("section") {
        let (charts, tables) = (section.named("svg").len(), section.named("table").len());
        assert!(
            charts == 0 || tables >= charts,
            "{}",
            section.attribute("aria-labelledby")
        );
    }
}

#[test]
fn ids_are_unique_and_links_lead_somewhere() {
    for (_, page) in pages() {
        let ids: Vec<&str> = page
            .all()
            .into_iter()
            .map(|one| one.attribute("id"))
            .filter(|id| !id.is_empty())
            .collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len());
        for element in page.all() {
            for label in element.attribute("aria-labelledby").split_whitespace() {
                assert!(unique.contains(label), "{label}");
            }
        }
        let targets = page
            .named("a")
            .into_iter()
            .map(|link| link.attribute("href")[1..].to_owned());
        let missing: Vec<String> = targets
            .filter(|target| !unique.contains(target.as_str()))
            .collect();
        // An empty report has no findings to skip to.
        assert!(missing.is_empty() || missing == ["findings"], "{missing:?}");
    }
}

#[test]
fn an_empty_report_says_so() {
    let report = report_on(&[], Every::Minutes30);
    let page = parse(&to_html(&report, Language::English));
    assert!(
        page.text()
            .contains("There were no contacts in this period.")
    );
    assert_eq!(page.named("svg").len(), 0);
    assert!(!page.text().contains("1970"), "there is no period to name");
}

/// Points, bars and cells stay few, however long the period and short the interval.
#[test]
fn charts_have_a_bounded_number_of_points() {
    let columns = sample().legs.columns();
    let tally = IntervalTally::count(&columns, settings(Every::Minutes5)).unwrap();
    let report = ServiceReport::new(&tally, &options()).unwrap();
    assert_eq!(report.by_time_of_day.len(), 288);
    let page = parse(&to_html(&report, Language::English));
    let chart = |id: &str| {
        let charts = page.named("svg");
        let label = format!("{id}-title");
        let found = charts
            .into_iter()
            .find(|svg| svg.attribute("aria-labelledby").starts_with(&label));
        found.unwrap().clone()
    };
    let points = |svg: &Element| {
        svg.all()
            .into_iter()
            .filter(|one| one.attribute("class").starts_with("point"))
            .count()
    };
    assert_eq!(
        points(&chart("chart-times")),
        24 + 4,
        "by the hour, and the legend"
    );
    assert_eq!(points(&chart("chart-days")), 14 + 4);
}
