//! Neutral tables, and foreign ones read through a declared map.

use std::collections::BTreeMap;

use floorwalker::contact::{Leg, Outcome, StateKind};
use floorwalker::time::{LocalTimePolicy, Zone};
use floorwalker_acd::FindingKind;
use floorwalker_acd::neutral::{
    Contacts, FieldMap, Format, read_contacts, read_states, write_contacts, write_states,
};
use proptest::prelude::*;

use super::made_up::logs;
use super::read;

fn oracle(file: &str) -> Vec<u8> {
    let path = crate::workspace()
        .join("tests/conformance/kpi-oracle")
        .join(file);
    std::fs::read(path).unwrap()
}

fn oracle_map() -> FieldMap {
    let columns = [
        ("id", "contact_id"),
        ("conversation", "conversation_id"),
        ("parent", "parent_id"),
        ("customer", "customer_id"),
        ("arrived", "arrived_at"),
        ("left_queue", "queue_left_at"),
        ("answered", "answered_at"),
        ("released", "released_at"),
        ("wrapped_up", "wrapup_ended_at"),
        ("agent", "agent_id"),
    ];
    columns
        .into_iter()
        .try_fold(FieldMap::contacts(), |map, (field, column)| {
            map.with_column(field, column)
        })
        .unwrap()
        .keeping_the_rest()
}

#[test]
fn the_contacts_of_the_oracle() {
    let contacts = read_contacts(&oracle("contacts.csv")[..], Format::Csv, &oracle_map()).unwrap();
    assert!(
        contacts.findings.is_empty(),
        "{:?}",
        contacts.findings.list()
    );
    let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
    for leg in &contacts.legs {
        *outcomes.entry(leg.outcome).or_insert(0) += 1;
    }
    // Counted in the file with Python's csv module.
    let expected = [
        (Outcome::Answered, 1660),
        (Outcome::Abandoned, 335),
        (Outcome::CallbackRequested, 56),
        (Outcome::Overflowed, 11),
        (Outcome::Open, 1),
        (Outcome::Blocked, 7),
        (Outcome::Closed, 18),
        (Outcome::NoAnswer, 10),
    ];
    assert_eq!(outcomes, BTreeMap::from(expected));
    let one = contacts
        .legs
        .iter()
        .find(|leg| leg.id.as_ref().unwrap().as_str() == "K00806");
    let one = one.unwrap();
    assert_eq!(
        one.answered.unwrap().to_rfc3339(),
        "2025-10-26T07:33:27.209+00:00"
    );
    assert_eq!(one.customer.as_ref().unwrap().as_str(), "C0035");
    assert_eq!(one.attributes["reason"], "complaint");
    assert_eq!(one.released_by.unwrap().name(), "agent");
    assert_eq!(contacts.table().columns().len(), contacts.legs.len());
}

#[test]
fn the_states_of_the_oracle() {
    let map = FieldMap::states().with_column("agent", "agent_id").unwrap();
    let states = read_states(&oracle("agent_states.csv")[..], Format::Csv, &map).unwrap();
    assert!(states.findings.is_empty(), "{:?}", states.findings.list());
    let rows = oracle("agent_states.csv")
        .split(|&byte| byte == b'\n')
        .count()
        - 2;
    assert_eq!(states.states.len(), rows);
    let open = states
        .states
        .iter()
        .filter(|state| state.to().is_none())
        .count();
    assert_eq!(open, 1, "one operator is still in a call at the cut-off");
    let first = &states.states[0];
    assert_eq!(
        (first.agent().as_str(), first.state()),
        ("A01", StateKind::Ready)
    );
}

#[test]
fn a_missing_column_is_named() {
    let rows = &b"queue,arrived,result\n"[..];
    let error = read_contacts(rows, Format::Csv, &FieldMap::contacts()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "column outcome is missing: the table has queue, arrived, result"
    );
    let map = FieldMap::contacts()
        .with_column("agent", "operator")
        .unwrap();
    let map = map.with_column("outcome", "result").unwrap();
    let error = read_contacts(rows, Format::Csv, &map).unwrap_err();
    assert_eq!(
        error.to_string(),
        "column operator is missing: the table has queue, arrived, result"
    );
    let error = read_contacts(rows, Format::Csv, &FieldMap::states()).unwrap_err();
    assert_eq!(error.code(), "map.invalid");
}

#[test]
fn durations_terms_and_local_times() {
    let map = FieldMap::contacts()
        .with_column("queue", "coda")
        .and_then(|map| map.with_column("arrived", "ora"))
        .and_then(|map| map.with_column("outcome", "esito"))
        .and_then(|map| map.with_column("wait_secs", "attesa"))
        .and_then(|map| map.with_column("talk_secs", "conversazione"))
        .and_then(|map| map.with_term("outcome", "RISPOSTA", "answered"))
        .and_then(|map| map.with_term("outcome", "PERSA", "abandoned"))
        .unwrap()
        .with_zone(Zone::get("Europe/Rome").unwrap(), LocalTimePolicy::REFUSE);
    let rows = "\
coda;ora;esito;attesa;conversazione
assistenza;2026-03-02 09:00:00;RISPOSTA;12;180
assistenza;2026-03-02 09:01:00;PERSA;31;
assistenza;2026-03-29 02:30:00;PERSA;5;
assistenza;2026-03-02 09:02:00;RISPOSTA;-3;180
assistenza;2026-03-02 09:03:00;ALTRO;1;1
";
    let contacts = read_contacts(rows.as_bytes(), Format::Csv, &map).unwrap();
    let waits: Vec<i64> = contacts
        .legs
        .iter()
        .map(|leg| leg.wait().unwrap().num_seconds())
        .collect();
    assert_eq!(waits, [12, 31]);
    assert_eq!(contacts.legs[0].talk().unwrap().num_seconds(), 180);
    assert_eq!(
        contacts.legs[0].arrived.to_rfc3339(),
        "2026-03-02T08:00:00+00:00"
    );
    let lines: Vec<u64> = contacts
        .findings
        .list()
        .iter()
        .map(|finding| finding.line)
        .collect();
    assert_eq!(lines, [4, 5, 6], "{:?}", contacts.findings.list());
}

#[test]
fn bad_lines_of_json_are_findings() {
    let rows = "\
{\"queue\":\"q\",\"arrived\":\"2026-03-02T09:00:00Z\",\"outcome\":\"open\"}
{\"queue\":\"q\",\"arrived\":
[]

{\"queue\":\"q\",\"outcome\":\"open\"}
{\"queue\":\"q\",\"arrived\":\"2026-03-02T09:00:00Z\",\"outcome\":\"open\",\"hold_ms\":\"x\"}
";
    let contacts =
        read_contacts(rows.as_bytes(), Format::JsonLines, &FieldMap::contacts()).unwrap();
    assert_eq!(contacts.legs.len(), 1);
    assert_eq!(contacts.findings.count(FindingKind::BadRow), 4);
    let endless = format!("{{\"queue\":\"{}\"}}\n", "x".repeat(3 << 20));
    let contacts =
        read_contacts(endless.as_bytes(), Format::JsonLines, &FieldMap::contacts()).unwrap();
    assert_eq!(contacts.findings.count(FindingKind::BadRow), 1);
}

#[test]
fn a_map_is_data() {
    let map = oracle_map();
    let text = serde_json::to_string(&map).unwrap();
    assert_eq!(serde_json::from_str::<FieldMap>(&text).unwrap(), map);
    let wrong = r#"{"about":"contacts","columns":{"arived":"x"}}"#;
    assert!(serde_json::from_str::<FieldMap>(wrong).is_err());
    let least = r#"{"about":"contacts","columns":{"arrived":"x"}}"#;
    assert_eq!(
        serde_json::from_str::<FieldMap>(least)
            .unwrap()
            .column("arrived"),
        "x"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What is written is read back, in both formats.
    #[test]
    fn reading_undoes_writing(lines in logs(), odd in "[ -~àè\n\t]{1,12}") {
        let log = read(format!("{}\n", lines.join("\n")).as_bytes());
        let mut legs: Vec<Leg> = log.legs().collect();
        if let Some(leg) = legs.pop() {
            let mut record = leg.into_record();
            record.caller = Some(odd.clone());
            record.attributes.insert(odd.clone(), odd.clone());
            record.hold_ms = record.released.zip(record.answered).map_or(0, |(to, from)| (to - from).num_milliseconds());
            legs.push(record.check().unwrap());
        }
        for format in [Format::Csv, Format::JsonLines] {
            let mut table = Vec::new();
            write_contacts(&mut table, format, &legs).unwrap();
            let Contacts { legs: back, findings } = read_contacts(&table[..], format, &FieldMap::contacts()).unwrap();
            prop_assert!(findings.is_empty(), "{:?}", findings.list());
            prop_assert_eq!(&back, &legs);

            let mut table = Vec::new();
            write_states(&mut table, format, log.states()).unwrap();
            let back = read_states(&table[..], format, &FieldMap::states()).unwrap();
            prop_assert_eq!(&back.states[..], log.states());
        }
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in [Format::Csv, Format::JsonLines] {
            let _ = read_contacts(&bytes[..], format, &FieldMap::contacts());
            let _ = read_states(&bytes[..], format, &FieldMap::states());
            let with_header = [b"queue,arrived,outcome,agent,hold_ms\n", &bytes[..]].concat();
            let _ = read_contacts(&with_header[..], format, &FieldMap::contacts());
        }
    }
}
