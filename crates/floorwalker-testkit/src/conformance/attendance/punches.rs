//! Punches and sessions: single cases, and whole files of a terminal.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use floorwalker::attendance::{Edge, PairedPunches, Punch, PunchRules, Session, pair};
use serde_json::{Value, json};

use super::super::Case;
use super::given::Given;
use super::{Failure, laws, terminal};

/// The sessions of one person's punches, as pairs of local times, and the repairs.
pub(super) fn sessions(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let rules: PunchRules = given.read("rules")?;
    let paired = pair(
        &given.punches()?,
        &given.read::<Vec<_>>("corrections")?,
        &rules,
    );
    let local = |at: DateTime<Utc>| {
        let at = given.zone.local_of_ms(at.timestamp_millis());
        json!(at.format("%Y-%m-%dT%H:%M:%S").to_string())
    };
    let edge = |edge: Option<Edge>| edge.map_or(Value::Null, |edge| local(edge.at));
    let session = |session: &Session| {
        let breaks = session
            .breaks()
            .iter()
            .map(|one| json!([local(one.start()), local(one.end())]));
        json!({
            "from": edge(session.from()),
            "to": edge(session.to()),
            "breaks": breaks.collect::<Vec<Value>>(),
            "worked_min": session.worked_ms() / 60_000,
        })
    };
    let days = paired
        .days()
        .iter()
        .map(|day| day.sessions().iter().map(session).collect());
    let days: Vec<Vec<Value>> = days.collect();
    let repairs: Vec<&str> = paired.repairs().iter().map(|one| one.rule.name()).collect();
    Ok(json!({ "days": days, "repairs": repairs }))
}

/// A file of punches with the session rules beside it.
pub(super) fn run(path: &Path, name: &str) -> Vec<Case> {
    let punches = match terminal::read(path) {
        Ok(punches) => punches,
        Err(error) => return vec![(name.to_owned(), Err(error))],
    };
    let mut cases = laws::check(name, &punches);
    match rules_beside(path) {
        Ok(rules) => cases.extend(rules.iter().map(|rule| {
            let case = rule.file_name().unwrap_or_default().to_string_lossy();
            (case.into_owned(), compare(&punches, rule))
        })),
        Err(error) => cases.push((name.to_owned(), Err(error))),
    }
    cases
}

/// The session rules beside a file, in order of name.
fn rules_beside(path: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let names = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut rules: Vec<PathBuf> = names
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&format!("{stem}.")) && name.ends_with(".rule.json")
        })
        .collect();
    rules.sort();
    Ok(rules)
}

/// What a rule comes to, against the lines that are expected.
fn compare(punches: &[Punch], rule: &Path) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let rules = fs::read_to_string(rule).map_err(text)?;
    let rules: PunchRules = serde_json::from_str(&rules).map_err(|error| error.to_string())?;
    let expected = rule
        .to_string_lossy()
        .replace(".rule.json", ".expected.csv");
    let expected = fs::read_to_string(&expected).map_err(text)?;
    let lines = lines(&pair(punches, &[], &rules));
    let differ = expected
        .lines()
        .zip(&lines)
        .find(|(expected, line)| expected != line);
    if let Some((expected, line)) = differ {
        return Err(format!("expected {expected:?}, got {line:?}"));
    }
    let (wanted, got) = (expected.lines().count(), lines.len());
    if wanted != got {
        return Err(format!("expected {wanted} lines, got {got}"));
    }
    Ok(())
}

/// Sessions and repairs as lines.
pub(super) fn lines(paired: &PairedPunches) -> Vec<String> {
    let show = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%S").to_string();
    let mut lines = Vec::new();
    for day in paired.days() {
        for session in day.sessions() {
            let edge = |edge: Option<Edge>| edge.map_or(String::new(), |edge| show(edge.at));
            let breaks = session.breaks().iter();
            let breaks = breaks.map(|one| format!("{}/{}", show(one.start()), show(one.end())));
            let worked = session
                .span()
                .map(|_| (session.worked_ms() / 1000).to_string());
            lines.push(format!(
                "session,{},{},{},{},{}",
                day.agent(),
                edge(session.from()),
                edge(session.to()),
                breaks.collect::<Vec<_>>().join(";"),
                worked.unwrap_or_default()
            ));
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for repair in paired.repairs() {
        *counts.entry(repair.rule.name()).or_default() += 1;
    }
    lines.extend(
        counts
            .iter()
            .map(|(rule, count)| format!("repair,{rule},{count}")),
    );
    lines
}
