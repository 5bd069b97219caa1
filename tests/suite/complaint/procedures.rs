//! Companies have their own procedures, and the engine follows them.

use floorwalker::complaint::*;
use floorwalker::id::ActorId;
use serde_json::json;

use super::desk::*;

/// A procedure with the company's own names, a state more, and a stricter right.
fn own() -> Procedure {
    let text = serde_json::to_string(Procedure::iso_10002().record()).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["name"] = json!("acme");
    value["states"]
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "verifica_tecnica", "stage": "investigating"}));
    let transitions = value["transitions"].as_array_mut().unwrap();
    let decision = |item: &serde_json::Value| item["step"] == "draft_decision";
    transitions.iter_mut().find(|item| decision(item)).unwrap()["from"] =
        json!(["verifica_tecnica"]);
    transitions
        .push(json!({"step": "advance", "from": ["investigating"], "to": ["verifica_tecnica"]}));
    transitions
        .push(json!({"step": "advance", "from": ["verifica_tecnica"], "to": ["investigating"]}));
    value["required"]
        .as_array_mut()
        .unwrap()
        .push(json!({"before": "draft_decision", "needs": ["assign"]}));
    value["rights"]["advance"] = json!(["engineer"]);
    value["clocks"][1]["paused_in"] = json!(["awaiting_customer", "verifica_tecnica"]);
    Procedure::from_json(&value.to_string()).unwrap()
}

#[test]
fn an_own_procedure_is_followed() {
    let rules = rules_with(own());
    let mut history = opened(&rules, ms("2026-05-04T08:00:00Z"));
    let acts = usual(&rules)
        .into_iter()
        .filter(|act| !matches!(act, Act::Assign(_)))
        .take(6);
    play(&rules, &mut history, 3_600_000, acts);
    let now_ms = history.case().last_ms() + 3_600_000;
    let carry = |history: &mut History, command: &Command| {
        history
            .carry_out(&rules, command, now_ms, &NoOthers)
            .map(|_| ())
            .map_err(|refusal| refusal.code())
    };
    let advance = command(now_ms, "ugo", Act::Advance);
    assert_eq!(carry(&mut history, &advance), Err("complaint.no_right"));
    assert_eq!(
        carry(&mut history, &advance.in_role(label("engineer"))),
        Ok(())
    );
    assert_eq!(history.case().state().as_str(), "verifica_tecnica");
    let draft = command(
        now_ms,
        "ugo",
        Act::DraftDecision(Decision {
            outcomes: outcomes(&["1"], Outcome::Founded),
        }),
    );
    assert_eq!(carry(&mut history, &draft), Err("complaint.required"));
    let readings = rules
        .obligations(history.case(), now_ms + 9 * 3_600_000)
        .unwrap();
    assert_eq!(readings[1].state, ObligationState::Paused);
    assert_eq!(
        carry(
            &mut history,
            &command(now_ms, "ugo", Act::Assign(Assignment { to: actor("ugo") }))
        ),
        Ok(())
    );
    assert_eq!(carry(&mut history, &draft), Ok(()));
}

/// A complaint stays with the version of the procedure by which it was received.
#[test]
fn another_version_is_refused() {
    let (iso, own) = (rules(), rules_with(own()));
    let history = opened(&iso, ms("2026-05-04T08:00:00Z"));
    let fault = History::replay(&own, history.events().to_vec()).unwrap_err();
    assert!(
        matches!(
            &fault,
            HistoryFault::Event {
                event: 0,
                why: Refusal::Version { .. }
            }
        ),
        "{fault}"
    );
}

#[test]
fn deputies_take_over_and_the_person_complained_about_does_not() {
    let rules = rules();
    let history = opened(&rules, ms("2026-05-04T08:00:00Z"));
    let on_duty = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(role, who)| (label(role), actor(who)))
            .collect()
    };
    let both = on_duty(&[("team_leader", "tina"), ("shift_leader", "sara")]);
    let taker = |on_duty: &std::collections::BTreeMap<_, ActorId>| {
        rules
            .taker(history.case(), 1, on_duty)
            .map(|(role, who)| format!("{role} {who}"))
    };
    assert_eq!(taker(&both).as_deref(), Some("team_leader tina"));
    assert_eq!(
        taker(&on_duty(&[("shift_leader", "sara")])).as_deref(),
        Some("shift_leader sara")
    );
    assert_eq!(
        taker(&on_duty(&[
            ("team_leader", "rude"),
            ("shift_leader", "sara")
        ]))
        .as_deref(),
        Some("shift_leader sara")
    );
    assert_eq!(taker(&on_duty(&[("team_leader", "rude")])), None);
}

/// The host sets its timer to the instant that is told, and nothing is due before.
#[test]
fn timers_need_no_polling() {
    let rules = rules();
    let mut history = opened(&rules, ms("2026-05-04T08:00:00Z"));
    play(
        &rules,
        &mut history,
        3_600_000,
        usual(&rules).into_iter().take(3),
    );
    let timer = actor("timer");
    let mut levels = Vec::new();
    let mut now_ms = history.case().last_ms();
    while let Some(wake_ms) = rules.next_wake_ms(history.case(), now_ms).unwrap() {
        assert!(
            rules
                .due_commands(history.case(), wake_ms - 1, &timer)
                .unwrap()
                .is_empty()
        );
        for command in rules.due_commands(history.case(), wake_ms, &timer).unwrap() {
            history
                .carry_out(&rules, &command, wake_ms, &NoOthers)
                .unwrap();
            levels.push(history.case().level());
        }
        now_ms = wake_ms;
    }
    assert_eq!(levels, [1, 2, 3]);
    // Half of 120 hours: 7 on Monday, 8 on each of six days, 5 on Wednesday, 13 May.
    let when: Vec<String> = history
        .events()
        .iter()
        .filter(|event| event.step() == Step::Escalate)
        .map(|event| {
            chrono::DateTime::from_timestamp_millis(event.record().occurred_ms)
                .unwrap()
                .to_rfc3339()
        })
        .collect();
    assert_eq!(when[0], "2026-05-13T13:00:00+00:00");
    assert_eq!(rules.next_wake_ms(history.case(), now_ms).unwrap(), None);
}
