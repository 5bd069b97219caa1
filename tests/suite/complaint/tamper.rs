//! Whatever is changed in the events is found.

use floorwalker::complaint::*;
use serde_json::Value;

use super::desk::*;

fn story() -> (Rules, Vec<Event>) {
    let rules = rules();
    let mut history = opened(&rules, ms("2026-05-04T08:00:00Z"));
    play(&rules, &mut history, 3_600_000, usual(&rules));
    (rules, history.events().to_vec())
}

/// Every place in a JSON value, as a path of keys.
fn places(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                path.push(name.clone());
                places(member, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                path.push(place.to_string());
                places(item, path, found);
                path.pop();
            }
        }
        _ => found.push(path.clone()),
    }
}

fn changed(value: &Value) -> Value {
    match value {
        Value::String(text) if text.ends_with('0') => {
            Value::from(text.trim_end_matches('0').to_owned() + "1")
        }
        Value::String(text) => Value::from(format!("{}0", &text[..text.len().saturating_sub(1)])),
        Value::Number(number) => Value::from(number.as_i64().unwrap() + 1),
        Value::Bool(yes) => Value::from(!yes),
        _ => Value::from("x"),
    }
}

#[test]
fn every_changed_field_is_found() {
    let (rules, events) = story();
    let mut tried = 0;
    for place in 0..events.len() {
        let json = serde_json::to_value(&events[place]).unwrap();
        let mut found = Vec::new();
        places(&json, &mut Vec::new(), &mut found);
        for path in found {
            let mut forged = json.clone();
            let pointer = format!("/{}", path.join("/"));
            let field = forged.pointer_mut(&pointer).unwrap();
            *field = changed(field);
            tried += 1;
            let Ok(forged) = serde_json::from_value::<Event>(forged) else {
                continue;
            };
            let mut events = events.clone();
            events[place] = forged;
            let fault = History::replay(&rules, events).unwrap_err();
            assert!(
                matches!(fault, HistoryFault::Chain(_)),
                "{pointer}: {fault}"
            );
        }
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn missing_swapped_and_added_events_are_found() {
    let (rules, events) = story();
    let broken =
        |events: Vec<Event>| matches!(History::replay(&rules, events), Err(HistoryFault::Chain(_)));
    for place in 0..events.len() - 1 {
        let mut missing = events.clone();
        missing.remove(place);
        assert!(broken(missing));
        let mut swapped = events.clone();
        swapped.swap(place, place + 1);
        assert!(broken(swapped));
        let mut twice = events.clone();
        twice.insert(place, events[place].clone());
        assert!(broken(twice));
    }
    assert!(History::replay(&rules, Vec::new()).is_err());
}

/// A chain that was forged as a whole, or cut off, is another chain: its tip differs from
/// the one that was noted.
#[test]
fn a_cut_end_shows_in_the_tip() {
    let (rules, events) = story();
    let whole = History::replay(&rules, events.clone()).unwrap();
    let cut = History::replay(&rules, events[..events.len() - 1].to_vec()).unwrap();
    assert_ne!(whole.tip(), cut.tip());
    assert_eq!(whole.tip(), events.last().unwrap().hash());
}

/// What is chained is the canonical JSON of RFC 8785: sorted names, no blanks.
#[test]
fn the_chained_text_is_canonical() {
    let (_, events) = story();
    for event in &events {
        let text = serde_json::to_string(event.record()).unwrap();
        assert_eq!(sorted(&serde_json::from_str(&text).unwrap()), text);
        assert_eq!(Digest::of(text.as_bytes()), event.hash());
    }
}

/// A second writer of canonical JSON, for values without floating-point numbers.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: std::collections::BTreeMap<_, _> = members.iter().collect();
            let members = members
                .iter()
                .map(|(name, member)| format!("{:?}:{}", name, sorted(member)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(sorted).collect::<Vec<_>>().join(",")
        ),
        plain => plain.to_string(),
    }
}

/// Every kind of act is written in the order of its names, or its text would not be
/// canonical. The acts of the usual story and all others with fields are tried.
#[test]
fn every_act_is_written_in_order() {
    let rules = rules();
    let mut acts = usual(&rules);
    let money = Money::new("30".parse().unwrap(), "EUR").unwrap();
    acts.extend([
        receipt(&rules, false),
        Act::Reassess(Reassessment {
            severity: Severity::Low,
        }),
        Act::ResolveAtContact(Resolution {
            accepted: true,
            outcomes: outcomes(&["1"], Outcome::Founded),
            summary: None,
        }),
        Act::HoldingReply(Holding {
            channel: Channel::Web,
            reason: label("r"),
            until: "2026-05-05".parse().unwrap(),
        }),
        Act::Refer(Referral {
            body: label("abf"),
            reason: ReferReason::Deadlock,
        }),
        Act::ExternalOutcome(ExternalDecision {
            body: label("abf"),
            outcome: Outcome::Founded,
        }),
        Act::Merge(Merger {
            into: case_id("R-2"),
        }),
        Act::Withdraw(Withdrawal {
            statement: sealed("x"),
        }),
        Act::Reject(Rejection {
            reason: RejectReason::Anonymous,
        }),
        Act::Reopen(Reopening {
            new_evidence: true,
            reason: ReopenReason::Mistake,
        }),
        Act::Waive(Waiving {
            cause: floorwalker::time::clock::WaiverCause::Customer,
            clock: label("reply"),
            evidence: label("e"),
        }),
        Act::Escalate(Escalation {
            level: 1,
            role: label("r"),
            to: Some(actor("a")),
            trigger: label("t"),
        }),
        Act::ProposeRemedy(Proposal {
            amount: Some(money),
            kind: label("refund"),
        }),
        Act::PayIndemnity(Payment {
            amount: money,
            policy: label("p"),
            reference: label("bill"),
        }),
        Act::PlanAction(Action {
            action: label("a"),
            due: "2026-05-05".parse().unwrap(),
            owner: actor("a"),
        }),
        Act::VerifyAction(Verification { effective: true }),
    ]);
    let with = Corrected {
        act: Box::new(acts[0].clone()),
        occurred_ms: 5,
    };
    acts.push(Act::Correct(Correction {
        event: 3,
        with: Some(with),
    }));
    for act in acts {
        let text = serde_json::to_string(&act).unwrap();
        assert_eq!(sorted(&serde_json::from_str(&text).unwrap()), text);
        assert_eq!(serde_json::from_str::<Act>(&text).unwrap(), act);
    }
}

#[test]
fn erasing_personal_data_keeps_the_chain() {
    let (rules, events) = story();
    let mut vault = Vault::default();
    vault
        .keep(Personal::new("key", "a salt of the test", "Anna Bianchi").unwrap())
        .unwrap();
    let Act::Receive(receipt) = events[0].act() else {
        panic!("a complaint begins with its receipt")
    };
    let complainant = receipt.complainant.clone().unwrap();
    assert_eq!(vault.open(&complainant), Opened::Intact("Anna Bianchi"));
    assert_eq!(vault.open(&receipt.text), Opened::Changed);
    assert!(vault.erase(&complainant.key) && !vault.erase(&complainant.key));
    assert_eq!(vault.open(&complainant), Opened::Erased);
    History::replay(&rules, events.clone())
        .unwrap()
        .prove(&rules)
        .unwrap();
    assert!(!serde_json::to_string(&events).unwrap().contains("Bianchi"));
}
