//! The cases of `tests/conformance/complaint`, and what every policy file must be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use floorwalker::complaint::*;
use floorwalker_testkit::conformance;
use serde_json::Value;

use super::desk::*;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/complaint")
}

#[test]
fn all_cases_hold() {
    let cases = conformance::run("complaint", &folder()).unwrap();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(name, result)| Some(format!("{name}: {}", result.as_ref().err()?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() > 500, "{}", cases.len());
}

fn raw(file: &str) -> Vec<Value> {
    let file: Value =
        serde_json::from_str(&std::fs::read_to_string(folder().join(file)).unwrap()).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// Every policy with a limit has a case that keeps it and one that misses it, and every
/// kind of fault has a case.
#[test]
fn every_rule_has_cases() {
    let cases = raw("policies.json");
    for policy in PolicyBook::built_in()
        .iter()
        .filter(|policy| policy.record().answer.is_some())
    {
        let of = |standing: &str| {
            cases.iter().any(|case| {
                case["given"]["policy"] == policy.id().as_str()
                    && case["expect"]["standing"] == standing
            })
        };
        let kept = of("in_time") || of("open");
        // Ofcom's and Spain's rules have few cases of their own; their form is that of others.
        let few = ["uk.ofcom.c4", "es.ley10_2025"].contains(&policy.id().as_str());
        assert!(kept && (of("late") || few), "{}", policy.id());
    }
    let expected: BTreeSet<String> = raw("procedures.json")
        .iter()
        .flat_map(|case| case["expect"].as_array().unwrap().clone())
        .map(|kind| kind.as_str().unwrap().to_owned())
        .collect();
    for kind in FaultKind::ALL {
        assert!(expected.contains(kind.name()), "{kind} has no case");
    }
}

/// The rows of the notes about regulation, one for one.
#[test]
fn every_row_is_here() {
    let ids: BTreeSet<&str> = [
        "es.ley10_2025",
        "eu.psd2.art101",
        "iso10002.generic",
        "it.agcom.callcentre",
        "it.agcom.complaint",
        "it.arera.callcentre",
        "it.arera.tiqv.anomalous_bill",
        "it.arera.tiqv.billing_correction",
        "it.arera.tiqv.complaint",
        "it.arera.tiqv.double_billing",
        "it.arera.tiqv.info_request",
        "it.arera.water.callcentre",
        "it.bdi.complaint",
        "it.bdi.payments",
        "it.ivass.complaint",
        "uk.fca.disp",
        "uk.fca.disp.psd",
        "uk.fca.disp.src",
        "uk.ofcom.c4",
        "us.cfpb",
    ]
    .into();
    let book = PolicyBook::built_in();
    let here: BTreeSet<&str> = book.iter().map(|policy| policy.id().as_str()).collect();
    assert_eq!(here, ids);
    assert_eq!(book.versions("it.arera.tiqv.complaint").unwrap().len(), 2);
    let json = serde_json::to_string(&book).unwrap();
    assert_eq!(PolicyBook::from_json(&json).unwrap(), book);
}

#[test]
fn uncertain_parts_say_so() {
    let book = PolicyBook::built_in();
    let today = "2026-05-04".parse().unwrap();
    let daily = book.get("it.agcom.complaint", today).unwrap();
    assert_eq!(daily.certainty_of("indemnity"), Certainty::Low);
    assert_eq!(daily.certainty_of("answer.limit"), Certainty::High);
    assert_eq!(
        book.get("it.arera.tiqv.complaint", today)
            .unwrap()
            .certainty_of("indemnity"),
        Certainty::Medium
    );
    assert!(
        book.iter()
            .all(|policy| !policy.record().sources.is_empty())
    );
}

#[test]
fn a_bill_of_an_unusual_amount_blocks_suspension() {
    let book = PolicyBook::built_in();
    let policy = book
        .get(
            "it.arera.tiqv.anomalous_bill",
            "2026-05-04".parse().unwrap(),
        )
        .unwrap();
    let measures = |ratio: &str, euros: &str, days: &str| {
        let of = |(name, value): (&str, &str)| (label(name), value.parse().unwrap());
        [
            ("bill_to_yearly_mean", ratio),
            ("bill_eur", euros),
            ("days_after_payment_term", days),
        ]
        .map(of)
        .into_iter()
        .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(
        policy.forbids("suspension", &measures("1.51", "50.01", "10")),
        Some(true)
    );
    assert_eq!(
        policy.forbids("suspension", &measures("1.5", "50.01", "10")),
        Some(false)
    );
    assert_eq!(policy.forbids("suspension", &BTreeMap::new()), None);
    assert_eq!(policy.forbids("a smile", &BTreeMap::new()), Some(false));
}

/// A company writes its own policy; a bad one is refused with the place.
#[test]
fn own_policies_are_read_and_checked() {
    let own = r#"[{"id": "acme.promise", "title": "Acme answers in five days", "country": "IT", "sector": "energy",
        "authority": "Acme", "subject": "complaint", "zone": "Europe/Rome", "hours": "office",
        "answer": {"limit": {"amount": 5, "unit": "business_day"}},
        "sources": [{"title": "house rule 12", "seen": "text"}], "certainty": {"overall": "high"}}]"#;
    let book = PolicyBook::built_in().with(PolicyBook::from_json(own).unwrap());
    let question = Question::new(
        "acme.promise",
        "2026-05-29".parse().unwrap(),
        "2026-05-30".parse().unwrap(),
    );
    let answer = book.answer(&question, &office()).unwrap();
    assert_eq!(
        answer.deadline.unwrap().last_day().to_string(),
        "2026-06-08"
    ); // 2 June is a holiday
    for (from, to, code) in [
        (r#""amount": 5"#, r#""amount": 0"#, "data.invalid"),
        (r#""hours": "office","#, "", "data.invalid"),
        (r#""seen": "text""#, r#""seen": "memory""#, "data.invalid"),
        ("Europe/Rome", "Europe/Rom", "data.invalid"),
        (r#""title""#, r#""titel""#, "data.invalid"),
    ] {
        let error = PolicyBook::from_json(&own.replace(from, to)).unwrap_err();
        assert_eq!(error.code(), code, "{from}");
        assert!(error.to_string().contains("line"), "{error}");
    }
    let twice = &own[1..own.len() - 1];
    let error = PolicyBook::from_json(&format!("[{twice},{twice}]")).unwrap_err();
    assert!(error.to_string().contains("two versions"), "{error}");
}

/// The clocks of a complaint and the policy agree on deadline and indemnity.
#[test]
fn clocks_and_policies_agree() {
    let rules = rules();
    let received_ms = ms("2026-05-04T08:00:00Z");
    let mut history = opened(&rules, received_ms);
    play(
        &rules,
        &mut history,
        3_600_000,
        usual(&rules).into_iter().take(8),
    );
    for days in [0, 29, 30, 31, 60, 61, 90, 91, 200] {
        let at_ms = received_ms + days * 86_400_000;
        let today = chrono::DateTime::from_timestamp_millis(at_ms)
            .unwrap()
            .date_naive();
        let question = Question::new(ENERGY, "2026-05-04".parse().unwrap(), today);
        let answer = rules.policies().answer(&question, &office()).unwrap();
        let readings = rules
            .obligations(history.case(), at_ms.max(history.case().last_ms()))
            .unwrap();
        let clock = readings.iter().find(|reading| reading.is_legal()).unwrap();
        assert_eq!(
            clock.last_day,
            answer.deadline.map(|deadline| deadline.last_day())
        );
        assert_eq!(
            clock.state == ObligationState::Breached,
            answer.standing == Standing::Late,
            "{days}"
        );
        let due = rules
            .indemnities(history.case(), at_ms.max(history.case().last_ms()))
            .unwrap();
        assert_eq!(Some(due[0].1), answer.indemnity, "{days}");
    }
}
