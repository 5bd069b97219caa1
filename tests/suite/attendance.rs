//! Attendance across the crates: the cases of `tests/conformance/attendance`, and a
//! second opinion on real punches.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use floorwalker_testkit::conformance::{self, Case};
use serde_json::Value;

const CASES: &str = "tests/conformance/attendance";
const PUNCHES: &str = "../shared/data/attendance-punches";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

fn failures(cases: &[Case]) -> Vec<String> {
    let failed = cases
        .iter()
        .filter_map(|(name, result)| Some((name, result.as_ref().err()?)));
    failed.map(|(name, why)| format!("{name}: {why}")).collect()
}

#[test]
fn all_cases_hold() {
    let cases = conformance::run("attendance", &root().join(CASES)).unwrap();
    assert!(cases.len() > 250, "only {} cases were found", cases.len());
    assert_eq!(failures(&cases), [""; 0]);
}

#[test]
fn every_rule_has_a_case_that_holds_and_one_that_breaks() {
    let mut seen: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for entry in fs::read_dir(root().join(CASES)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.ends_with(".rule.json") {
            continue;
        }
        let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for case in cases {
            let holds = case["holds"].as_bool().unwrap();
            seen.entry(case["rule"].as_str().unwrap().to_owned())
                .or_default()[usize::from(holds)] += 1;
        }
    }
    let lonely: Vec<_> = seen
        .iter()
        .filter(|(_, counts)| counts.contains(&0))
        .collect();
    assert!(lonely.is_empty(), "breaks and holds: {lonely:?}");
    assert!(seen.len() > 80, "only {} rules were found", seen.len());
}

/// The cases can fail: with another answer expected, each of them does.
#[test]
fn a_wrong_expectation_is_a_failure() {
    let text = fs::read_to_string(root().join(CASES).join("adherence.json")).unwrap();
    let mut cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    for case in &mut cases {
        case["expect"] = serde_json::json!({ "in_plan": "12.34" });
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong-attendance.json");
    fs::write(&path, serde_json::to_string(&cases).unwrap()).unwrap();
    let answers = conformance::run("attendance", &path).unwrap();
    assert_eq!(failures(&answers).len(), cases.len());
}

/// Real punches, by the session rules of the made-up ones, against the oracle in Python.
#[test]
fn real_punches_come_to_what_the_oracle_says() {
    let (folder, rules) = (root().join(PUNCHES), root().join(CASES));
    if !folder.exists() {
        println!("SKIPPED: real punches: the shared data set is not beside the workspace");
        return;
    }
    let Some(python) = python() else {
        println!("SKIPPED: real punches: no Python was found");
        return;
    };
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("attendance-punches");
    fs::create_dir_all(&work).unwrap();
    for name in ["punches-odd-ids", "punches-even-ids"] {
        let punches = folder.join(format!("{name}.dat"));
        fs::write(
            work.join(format!("{name}.dat")),
            fs::read(&punches).unwrap(),
        )
        .unwrap();
        for rule in ["by-kind", "same-kind", "starts-anew", "alternating"] {
            let from = rules.join(format!("made-up.{rule}.rule.json"));
            let rule_file = work.join(format!("{name}.{rule}.rule.json"));
            fs::write(&rule_file, fs::read(from).unwrap()).unwrap();
            let script = root().join("tests/oracle/attendance_sessions.py");
            let output = Command::new(&python)
                .arg(script)
                .args([&punches, &rule_file])
                .output();
            let output = output.unwrap();
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            fs::write(
                work.join(format!("{name}.{rule}.expected.csv")),
                output.stdout,
            )
            .unwrap();
        }
    }
    let cases = conformance::run("attendance", &work).unwrap();
    assert_eq!(failures(&cases), [""; 0]);
    let compared = cases
        .iter()
        .filter(|(name, _)| name.ends_with(".rule.json"))
        .count();
    assert_eq!(compared, 8);
}

fn python() -> Option<PathBuf> {
    let own = root().join("target/venv/bin/python");
    [own, "python3".into()].into_iter().find(|python| {
        let probe = Command::new(python).arg("--version").output();
        probe.is_ok_and(|output| output.status.success())
    })
}
