//! All renderers show the same numbers.

use std::collections::BTreeMap;

use floorwalker::contact::ContactTable;
use floorwalker::report::{Quotient, Results, ServiceReport};
use floorwalker::service::IntervalTally;
use floorwalker::time::Every;
use floorwalker_report::{
    CsvOptions, Language, TerminalOptions, to_csv, to_html, to_json, to_terminal,
};

use super::markup::parse;
use super::sample::{options, sample, sample_report, settings};

/// The rows of a CSV file by the names of their columns.
fn csv(report: &ServiceReport, file: &str) -> Vec<BTreeMap<String, String>> {
    let files = to_csv(report, CsvOptions::new());
    let file = files.iter().find(|one| one.name == file).unwrap();
    let mut reader = csv::Reader::from_reader(file.text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Rounded to `places`, a half to the even digit, by counting in whole numbers.
fn rounded(value: Quotient, factor: u64, places: u32) -> String {
    if value.denominator() == 0 {
        return "–".to_owned();
    }
    let scale = u128::from(10_u64.pow(places));
    let upper = u128::from(value.numerator()) * u128::from(factor) * scale;
    let lower = u128::from(value.denominator());
    let (whole, rest) = (upper / lower, upper % lower);
    let up = 2 * rest > lower || (2 * rest == lower && whole % 2 == 1);
    let number = whole + u128::from(up);
    if places == 0 {
        return grouped(number);
    }
    format!(
        "{}.{:0width$}",
        grouped(number / scale),
        number % scale,
        width = places as usize
    )
}

fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn percent(value: Quotient) -> String {
    match rounded(value, 100, 1) {
        dash if dash == "–" => dash,
        number => format!("{number}\u{a0}%"),
    }
}

fn minutes(value: Quotient) -> String {
    let seconds = Quotient::new(value.numerator(), value.denominator() * 1000);
    match rounded(seconds, 1, 0) {
        dash if dash == "–" => dash,
        seconds => {
            let seconds: u64 = seconds.replace(',', "").parse().unwrap();
            format!("{}:{:02}", seconds / 60, seconds % 60)
        }
    }
}

/// What people must read in a row of figures, after what it is about.
fn expected(results: &Results) -> Vec<String> {
    let figures = &results.figures;
    let count = |count: u64| grouped(count.into());
    let longest = figures
        .longest_wait
        .map_or(Quotient::default(), Quotient::whole);
    vec![
        count(figures.offered),
        count(figures.answered),
        count(figures.abandoned),
        percent(figures.abandon_rate),
        percent(figures.service_level),
        results.missing.map_or("–".to_owned(), count),
        minutes(figures.asa),
        minutes(longest),
        minutes(figures.aht),
        rounded(figures.load, 1, 2),
    ]
}

/// A row without its first cell and without the word about the target.
fn shown(row: &[String]) -> Vec<String> {
    let mut cells = row[1..].to_vec();
    cells.remove(5);
    cells
}

fn report() -> &'static ServiceReport {
    sample_report()
}

#[test]
fn the_page_shows_the_rounded_figures() {
    let page = parse(&to_html(report(), Language::English));
    let results = |table: &str| -> Vec<Vec<String>> {
        page.table(table).iter().map(|row| shown(row)).collect()
    };
    let mut days: Vec<Results> = report().by_day.iter().map(|row| row.results).collect();
    days.push(report().total);
    assert_eq!(
        results("by-day"),
        days.iter().map(expected).collect::<Vec<_>>()
    );
    let mut queues: Vec<Results> = report().by_queue.iter().map(|row| row.results).collect();
    queues.push(report().total);
    assert_eq!(
        results("by-queue"),
        queues.iter().map(expected).collect::<Vec<_>>()
    );
    let times = report().by_time_of_day.iter();
    let mut times: Vec<Results> = times.map(|row| row.results).collect();
    times.push(report().total);
    assert_eq!(
        results("by-time-of-day"),
        times.iter().map(expected).collect::<Vec<_>>()
    );
}

#[test]
fn the_terminal_shows_what_the_page_shows() {
    let page = parse(&to_html(report(), Language::English));
    let text = to_terminal(
        report(),
        &TerminalOptions::new(Language::English).with_width(200),
    );
    let squeezed: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for table in [
        "by-queue",
        "by-day",
        "by-time-of-day",
        "other-rules",
        "reckoning",
        "outcomes",
    ] {
        for row in page.table(table) {
            let row = row.join(" ");
            let row = row.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(squeezed.contains(&row), "{table}: {row}");
        }
    }
}

#[test]
fn csv_has_the_exact_figures() {
    for (rows, results) in [
        (
            csv(report(), "days.csv"),
            report()
                .by_day
                .iter()
                .map(|row| row.results)
                .collect::<Vec<_>>(),
        ),
        (
            csv(report(), "intervals.csv"),
            report().by_interval.iter().map(|row| row.results).collect(),
        ),
        (
            csv(report(), "queues.csv"),
            report().by_queue.iter().map(|row| row.results).collect(),
        ),
        (csv(report(), "summary.csv"), vec![report().total]),
    ] {
        assert_eq!(rows.len(), results.len());
        for (row, results) in rows.iter().zip(results) {
            let figures = results.figures;
            assert_eq!(row["offered"], figures.offered.to_string());
            assert_eq!(row["abandoned"], figures.abandoned.to_string());
            assert_eq!(
                row["service_level_numerator"],
                figures.service_level.numerator().to_string()
            );
            assert_eq!(
                row["service_level_denominator"],
                figures.service_level.denominator().to_string()
            );
            let level = row["service_level"].parse::<f64>().ok();
            match (level, figures.service_level.value()) {
                (Some(written), Some(exact)) => assert!((written - exact).abs() < 1e-9),
                (written, exact) => assert_eq!(written, exact),
            }
            assert_eq!(row["asa_ms"].is_empty(), figures.asa.denominator() == 0);
            assert_eq!(row["load_numerator"], figures.load.numerator().to_string());
            let missing = results
                .missing
                .map_or_else(String::new, |count| count.to_string());
            assert_eq!(row["missing"], missing);
        }
    }
}

#[test]
fn csv_days_are_the_sums_of_csv_intervals() {
    let sum = |rows: &[BTreeMap<String, String>], column: &str| -> u64 {
        rows.iter()
            .map(|row| row[column].parse::<u64>().unwrap())
            .sum()
    };
    let intervals = csv(report(), "intervals.csv");
    for day in csv(report(), "days.csv") {
        let own: Vec<_> = intervals
            .iter()
            .filter(|row| row["day"] == day["day"])
            .cloned()
            .collect();
        for column in [
            "offered",
            "answered",
            "service_level_numerator",
            "asa_numerator",
            "load_numerator",
            "short_abandoned",
        ] {
            assert_eq!(
                sum(&own, column).to_string(),
                day[column],
                "{column} on {}",
                day["day"]
            );
        }
    }
}

#[test]
fn every_column_is_explained() {
    let files = to_csv(report(), CsvOptions::new());
    let explained = csv(report(), "columns.csv");
    for file in files.iter().filter(|file| file.name != "columns.csv") {
        let mut reader = csv::Reader::from_reader(file.text.as_bytes());
        let columns: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let lines = explained.iter().filter(|line| line["file"] == file.name);
        let known: Vec<String> = lines.map(|line| line["column"].clone()).collect();
        assert_eq!(columns, known, "{}", file.name);
        let mut once = columns.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(
            once.len(),
            columns.len(),
            "{}: a column comes twice",
            file.name
        );
    }
    assert!(
        explained
            .iter()
            .all(|line| !line["meaning"].is_empty() && !line["unit"].is_empty())
    );
}

#[test]
fn json_comes_back_as_the_same_report() {
    let json = to_json(report());
    assert_eq!(
        &serde_json::from_str::<ServiceReport>(&json).unwrap(),
        report()
    );
}

#[test]
fn rendering_depends_on_the_legs_and_not_on_their_order() {
    let mut legs: Vec<_> = (0..sample().legs.len())
        .filter_map(|row| sample().legs.leg(row))
        .collect();
    let table = |legs: &[_]| ContactTable::from_iter(legs);
    let render = |table: ContactTable| {
        let tally = IntervalTally::count(&table.columns(), settings(Every::Minutes30)).unwrap();
        let report = ServiceReport::new(&tally, &options()).unwrap();
        let texts = [
            to_html(&report, Language::Italian),
            to_json(&report),
            to_terminal(&report, &TerminalOptions::new(Language::Italian)),
        ];
        (texts, to_csv(&report, CsvOptions::new()))
    };
    let sorted = render(table(&legs));
    assert_eq!(sorted, render(table(&legs)));
    legs.reverse();
    legs.rotate_left(1234);
    assert_eq!(sorted, render(table(&legs)));
}
