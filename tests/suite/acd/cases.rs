//! The conformance cases of the tree, and that the runner can fail.

use std::path::Path;

use floorwalker_testkit::conformance::{bank, queue_log};

fn failures(cases: Vec<(String, Result<(), String>)>) -> Vec<String> {
    let failed = cases
        .into_iter()
        .filter_map(|(name, result)| Some(format!("{name}: {}", result.err()?)));
    failed.collect()
}

fn folder() -> std::path::PathBuf {
    crate::workspace().join("tests/conformance/queue-log")
}

#[test]
fn all_cases_hold() {
    let cases = queue_log::run(&folder());
    assert!(cases.len() >= 14, "{} cases", cases.len());
    assert_eq!(failures(cases), [""; 0]);
}

#[test]
fn the_shared_cases_hold() {
    if let Some(folder) = super::shared("queue-log-cases", "the cases of the suite queue-log") {
        assert_eq!(failures(queue_log::run(&folder)), [""; 0]);
    }
}

#[test]
fn months_of_the_bank_hold() {
    for month in [
        "january.queue_log.gz",
        "february.tsv.gz",
        "october.queue_log.gz",
    ] {
        let path = format!("anonymous-bank-1999/{month}");
        if let Some(path) = super::shared(&path, month) {
            assert_eq!(failures(bank::run(&path)), [""; 0]);
        }
    }
}

/// A copy of a case with one word of the expectation changed must fail.
#[test]
fn a_wrong_expectation_fails() {
    let changes = [
        ("01-answered.log", "\"wait\": 12", "\"wait\": 13"),
        (
            "01-answered.log",
            "\"ended_by\": \"agent\"",
            "\"ended_by\": \"caller\"",
        ),
        ("01-answered.log", "\"talk_sum\": 120", "\"talk_sum\": 121"),
        ("01-answered.log", "\"ring\": 4", "\"no_such_field\": 4"),
        (
            "09-overflow-same-callid.log",
            "\"unique_callers\": 1",
            "\"unique_callers\": 2",
        ),
        ("10-pauses.log", "\"lunch\": 1800", "\"lunch\": 1801"),
        ("11-restart.log", "\"login\": 100", "\"login\": 99"),
        ("12-midnight.log", "T23:30:00+01:00", "T00:00:00+01:00"),
        (
            "03-exits.log",
            "\"outcome\": \"exit_key\"",
            "\"outcome\": \"timeout\"",
        ),
    ];
    for (log, from, to) in changes {
        let name = log.strip_suffix(".log").unwrap();
        let text = std::fs::read_to_string(folder().join(format!("{name}.expected.json"))).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("wrong-{name}"));
        std::fs::create_dir_all(&place).unwrap();
        std::fs::copy(folder().join(log), place.join(log)).unwrap();
        let wrong = text.replacen(from, to, 1);
        std::fs::write(place.join(format!("{name}.expected.json")), wrong).unwrap();
        assert_eq!(failures(queue_log::run(&place)).len(), 1, "{name}: {to}");
    }
}
