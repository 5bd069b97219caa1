//! Names that try to break out.

use chrono::{TimeDelta, TimeZone, Utc};
use floorwalker::contact::{ContactTable, Leg, LegRecord};
use floorwalker::id::{AgentId, QueueId};
use floorwalker::report::{OperatorOptions, ReportOptions, ServiceReport, SourceNote};
use floorwalker::service::{AgentTally, IntervalTally, ServiceLevel, TallySettings};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::Every;
use floorwalker_report::{
    CsvOptions, Language, TerminalOptions, to_csv, to_html, to_json, to_terminal,
};

use super::markup::parse;
use super::sample::rome;

const NAMES: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</style></svg></table>",
    "=cmd|' /C calc'!A0",
    "@SUM(1,2)\",\"x",
    "a,b;c",
    "\u{202e}desrever",
    "città – 漢字 & <b>",
];

/// A queue of each name, with an operator of the same name, and 12 late contacts each, so that every
/// name is in findings, exceptions, charts and tables.
fn report() -> ServiceReport {
    let nine = Utc.with_ymd_and_hms(2026, 3, 2, 8, 0, 0).unwrap();
    let leg = |name: &str, number: i64| {
        let arrived = nine + TimeDelta::seconds(number);
        let answered = arrived + TimeDelta::seconds(40);
        let agent = AgentId::new(name).unwrap();
        LegRecord::waiting(QueueId::new(name).unwrap(), arrived)
            .answered(Some(agent), answered)
            .finished(
                answered + TimeDelta::seconds(60),
                answered + TimeDelta::seconds(60),
            )
            .check()
            .unwrap()
    };
    let legs: Vec<Leg> = NAMES
        .iter()
        .flat_map(|name| (0..12).map(|number| leg(name, number)).collect::<Vec<_>>())
        .collect();
    let table = ContactTable::from_iter(&legs);
    let mut rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    for (number, name) in (1..).zip(NAMES) {
        let within = TimeDelta::seconds(20 + number);
        rule = rule.for_queue(QueueId::new(name).unwrap(), within).unwrap();
    }
    let settings = TallySettings::new(rome(Every::Minutes30), rule);
    let tally = IntervalTally::count(&table.columns(), settings).unwrap();
    let notes = NAMES.map(|name| SourceNote::new(name, 3).assuming(name));
    let options = ReportOptions::new("80/20".parse().unwrap()).with_source_notes(notes);
    let report = ServiceReport::new(&tally, &options).unwrap();
    let agents = AgentTally::count(&[table.columns()], rome(Every::Minutes30), None).unwrap();
    let policy = AccessPolicy::new(NAMES[0], NAMES[1], Granularity::Person).unwrap();
    report
        .with_operators(&agents, None, &OperatorOptions::new(policy))
        .unwrap()
}

#[test]
fn the_page_takes_no_name_as_markup() {
    for language in Language::ALL {
        let page = to_html(&report(), *language);
        assert!(!page.contains("<script") && !page.contains("<img"));
        let tree = parse(&page);
        let names = ["script", "img", "b"].map(|name| tree.named(name).len());
        assert_eq!(names, [0; 3]);
        for name in NAMES {
            assert!(tree.text().contains(name), "{name} is shown as it is");
        }
        let styles = tree.named("style");
        assert_eq!(styles.len(), 1);
        assert!(!styles[0].text().contains("script"));
        for element in tree.all() {
            let handlers = element
                .attributes
                .keys()
                .filter(|name| name.starts_with("on"));
            assert_eq!(handlers.count(), 0, "{element:?}");
        }
    }
}

#[test]
fn no_cell_of_the_files_is_a_formula() {
    for file in to_csv(&report(), CsvOptions::new()) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(file.text.as_bytes());
        for row in reader.records() {
            for cell in row.unwrap().iter() {
                let is_number = cell.parse::<f64>().is_ok();
                assert!(
                    is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{cell:?}"
                );
            }
        }
    }
}

#[test]
fn verbatim_files_keep_every_name() {
    let files = to_csv(&report(), CsvOptions::new().verbatim());
    let queues = files.iter().find(|file| file.name == "queues.csv").unwrap();
    let mut reader = csv::Reader::from_reader(queues.text.as_bytes());
    let names: Vec<String> = reader
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect();
    let mut expected = NAMES.map(str::to_owned);
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn the_terminal_shows_no_letter_that_steers_it() {
    for options in [
        TerminalOptions::new(Language::English),
        TerminalOptions::new(Language::Italian).in_ascii(),
    ] {
        let text = to_terminal(&report(), &options);
        assert!(
            !text
                .chars()
                .any(|letter| letter.is_control() && letter != '\n')
        );
        assert!(!text.contains('\u{202e}') && text.contains("\\u{202e}desrever"));
    }
    let ascii = to_terminal(
        &report(),
        &TerminalOptions::new(Language::Italian).in_ascii(),
    );
    assert!(ascii.is_ascii());
}

#[test]
fn json_keeps_every_name() {
    let back: ServiceReport = serde_json::from_str(&to_json(&report())).unwrap();
    assert_eq!(back, report());
}
