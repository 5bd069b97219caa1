//! No output says more about people than the policy allows.

use floorwalker::report::{OperatorOptions, ServiceReport};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker_report::{
    CsvOptions, Language, TerminalOptions, to_csv, to_html, to_json, to_terminal,
};

use super::sample::{sample, sample_report, with_operators};

fn shown(granularity: Granularity) -> ServiceReport {
    let policy = AccessPolicy::new("coaching", "agreement of 12 May 2026", granularity).unwrap();
    with_operators(&OperatorOptions::new(policy).with_key(42))
}

/// Everything that is written of a report.
fn everything(report: &ServiceReport) -> String {
    let mut all = to_json(report);
    for language in Language::ALL {
        all.push_str(&to_html(report, *language));
        all.push_str(&to_terminal(report, &TerminalOptions::new(*language)));
    }
    for file in to_csv(report, CsvOptions::new()) {
        all.push_str(&file.name);
        all.push_str(&file.text);
    }
    all
}

fn names_in(text: &str) -> usize {
    let names = &sample().history.names().agents;
    assert_eq!(names.len(), 30);
    names
        .iter()
        .filter(|name| text.contains(name.as_str()))
        .count()
}

#[test]
fn without_a_policy_nobody_is_named() {
    let text = everything(sample_report());
    assert_eq!(names_in(&text), 0);
    assert!(!text.contains("operators.csv"));
}

#[test]
fn groups_and_numbers_name_nobody() {
    for granularity in [Granularity::Team, Granularity::Pseudonym] {
        let text = everything(&shown(granularity));
        assert_eq!(names_in(&text), 0, "{granularity:?}");
        assert!(
            text.contains("agreement of 12 May 2026"),
            "the policy is printed"
        );
    }
}

#[test]
fn a_policy_for_people_names_them_with_its_reason() {
    let report = shown(Granularity::Person);
    assert_eq!(names_in(&everything(&report)), 30);
    let files = to_csv(&report, CsvOptions::new());
    let operators = files
        .iter()
        .find(|file| file.name == "operators.csv")
        .unwrap();
    let mut reader = csv::Reader::from_reader(operators.text.as_bytes());
    for row in reader.records() {
        let row = row.unwrap();
        assert!(row.iter().any(|cell| cell == "agreement of 12 May 2026"));
    }
    assert_eq!(names_in(&everything(&report.without_operators())), 0);
}

#[test]
fn operators_add_up_to_the_answered_contacts() {
    let report = shown(Granularity::Person);
    let section = report.operators.unwrap();
    let handled: u64 = section.rows.iter().map(|row| row.figures.handled).sum();
    assert_eq!(handled, sample_report().total.figures.answered);
    assert_eq!(section.total.unwrap().handled, handled);
    let truth = floorwalker_testkit::generate::agent_truth(&sample().history);
    for row in &section.rows {
        let floorwalker::report::Who::Person(agent) = &row.who else {
            panic!("the rows are people")
        };
        let expected = truth[agent.as_str()];
        assert_eq!(row.figures.handled, expected.answered, "{agent}");
        assert_eq!(
            row.figures.att.numerator(),
            expected.talk_secs.unsigned_abs() * 1000
        );
        let pauses =
            row.figures.states.r#break + row.figures.states.lunch + row.figures.states.training;
        assert_eq!(
            pauses,
            expected.paused_secs.unsigned_abs() * 1000,
            "{agent}"
        );
    }
}
