//! The cases of `tests/conformance/sla`, and that the runner notices what is wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use floorwalker_testkit::conformance::{Case, sla};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/sla")
}

#[test]
fn all_cases_hold() {
    let cases = sla::run(&folder());
    let failed: Vec<&Case> = cases.iter().filter(|case| case.1.is_err()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(cases.len() > 620, "only {} cases were found", cases.len());
    let names: BTreeSet<&String> = cases.iter().map(|case| &case.0).collect();
    assert_eq!(names.len(), cases.len(), "two cases share a name");
}

/// Runs one file that is written for the occasion.
fn run(name: &str, text: &str) -> Vec<Case> {
    let folder =
        std::env::temp_dir().join(format!("floorwalker-sla-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cases.json"), text).unwrap();
    let cases = sla::run(&folder);
    fs::remove_dir_all(&folder).unwrap();
    cases
}

fn file(cases: &Value) -> String {
    let calendars = json!({ "always": { "tz": "UTC", "hours": {
        "mon": [["00:00", "24:00"]], "tue": [["00:00", "24:00"]], "wed": [["00:00", "24:00"]],
        "thu": [["00:00", "24:00"]], "fri": [["00:00", "24:00"]], "sat": [["00:00", "24:00"]],
        "sun": [["00:00", "24:00"]],
    } } });
    json!({ "schema": "sla-conformance/1", "calendars": calendars, "cases": cases }).to_string()
}

#[test]
fn what_is_wrong_fails() {
    let elapsed = |expect: Value| {
        json!({
            "id": "x", "op": "elapsed", "calendar": "always", "expect": expect,
            "input": { "from": "2026-01-01T00:00:00Z", "to": "2026-01-01T00:01:00Z" },
        })
    };
    let mut unknown = elapsed(json!({ "seconds": 60 }));
    unknown["op"] = json!("guess");
    let mut lost = elapsed(json!({ "seconds": 60 }));
    lost["calendar"] = json!("nowhere");
    let mut policy = elapsed(json!({ "seconds": 60 }));
    (policy["alt"], policy["alt_rule"]) = (json!({ "seconds": 60 }), json!("by_moon"));
    let cases = json!([
        elapsed(json!({ "seconds": 60 })),
        elapsed(json!({ "seconds": 61 })),
        elapsed(json!({ "hours": 1 })),
        unknown,
        lost,
        policy,
    ]);
    let results = run("wrong", &file(&cases));
    let held: Vec<bool> = results.iter().map(|case| case.1.is_ok()).collect();
    assert_eq!(held, [true, false, false, false, false, true, false]);
    let message = results[1].1.as_ref().unwrap_err();
    assert!(
        message.contains("61") && message.contains("60"),
        "{message}"
    );
}

#[test]
fn a_file_that_is_none_fails() {
    for text in [
        "",
        "{}",
        r#"{"schema":"sla-conformance/9","calendars":{},"cases":[]}"#,
    ] {
        let results = run("none", text);
        assert!(
            results.len() == 1 && results[0].1.is_err(),
            "{text}: {results:?}"
        );
    }
    let missing = sla::run(Path::new("no/such/folder"));
    assert!(missing.len() == 1 && missing[0].1.is_err());
}
