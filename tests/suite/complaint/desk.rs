//! A desk for tests: rules, people, and short ways to write acts.

use chrono::{DateTime, Utc};
use floorwalker::complaint::*;
use floorwalker::id::{ActorId, CalendarId, CaseId, CustomerId, Label};
use floorwalker::time::Zone;
use floorwalker::time::business::{Calendar, DayWindow, Timeline, WeekHours, italy};

pub(super) const ENERGY: &str = "it.arera.tiqv.complaint";
pub(super) const PAYMENTS: &str = "it.bdi.payments";

pub(super) fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

pub(super) fn actor(text: &str) -> ActorId {
    ActorId::new(text).unwrap()
}

pub(super) fn ms(text: &str) -> i64 {
    text.parse::<DateTime<Utc>>().unwrap().timestamp_millis()
}

pub(super) fn week(windows: &[(&str, &str)]) -> WeekHours {
    let windows: Vec<DayWindow> = windows
        .iter()
        .map(|(start, end)| DayWindow::new(start, end).unwrap())
        .collect();
    WeekHours::monday_to_friday(&windows).unwrap()
}

pub(super) fn office() -> Timeline {
    let week = week(&[("09:00", "13:00"), ("14:00", "18:00")]);
    let calendar = Calendar::new(Zone::get("Europe/Rome").unwrap(), week).unwrap();
    Timeline::new(calendar.with_holidays(italy::national()))
}

pub(super) fn bank() -> Timeline {
    let calendar = Calendar::new(
        Zone::get("Europe/Rome").unwrap(),
        week(&[("00:00", "24:00")]),
    )
    .unwrap();
    Timeline::new(calendar.with_holidays(italy::national()))
}

pub(super) fn rules_with(procedure: Procedure) -> Rules {
    let calendar = |name: &str| CalendarId::new(name).unwrap();
    let hours = [
        (calendar("office"), office()),
        (calendar("it.bank"), bank()),
    ];
    Rules::new(procedure, PolicyBook::built_in(), hours).unwrap()
}

pub(super) fn rules() -> Rules {
    rules_with(Procedure::iso_10002())
}

pub(super) fn sealed(text: &str) -> Sealed {
    Personal::new("key", "a salt of the test", text)
        .unwrap()
        .seal()
}

pub(super) fn receipt(rules: &Rules, known: bool) -> Act {
    Act::Receive(Receipt {
        channel: Channel::Email,
        complainant: known.then(|| sealed("Anna Bianchi")),
        customer: Some(CustomerId::new("c-1").unwrap()),
        procedure: rules.procedure().reference().clone(),
        subject: Some(actor("rude")),
        text: sealed("the bill of May is wrong"),
    })
}

pub(super) fn registration(issues: &[&str]) -> Act {
    let issues = issues.iter().map(|issue| NewIssue {
        issue: label(issue),
        topic: label("billing"),
    });
    Act::Register(Registration {
        anonymous: false,
        customers: 1,
        issues: issues.collect(),
        remedy_sought: None,
    })
}

pub(super) fn message(channel: Channel) -> Message {
    Message {
        automatic: true,
        channel,
        text: None,
    }
}

pub(super) fn policy_ref(rules: &Rules, id: &str) -> PolicyRef {
    rules
        .policies()
        .get(id, "2026-05-04".parse().unwrap())
        .unwrap()
        .reference()
        .clone()
}

pub(super) fn assessment(severity: Severity, policies: Vec<PolicyRef>) -> Act {
    let facts = Vec::new();
    Act::Assess(Assessment {
        complexity: Complexity::Normal,
        facts,
        policies,
        safety: false,
        severity,
    })
}

pub(super) fn outcomes(issues: &[&str], outcome: Outcome) -> Vec<IssueOutcome> {
    issues
        .iter()
        .map(|issue| IssueOutcome {
            issue: label(issue),
            outcome,
        })
        .collect()
}

pub(super) fn reply(answered: &[&str]) -> Reply {
    let answered = answered.iter().map(|issue| label(issue)).collect();
    Reply {
        answered,
        channel: Channel::Email,
        recourse: vec![label("conciliation")],
        text: None,
    }
}

pub(super) fn document() -> Document {
    Document {
        document: label("file 7"),
    }
}

pub(super) fn cause() -> Act {
    Act::CodeCause(Cause {
        code: label("wrong meter reading"),
        party: Party::Company,
    })
}

pub(super) fn command(at_ms: i64, who: &str, act: Act) -> Command {
    Command::new(
        DateTime::from_timestamp_millis(at_ms).unwrap(),
        actor(who),
        act,
    )
}

pub(super) fn case_id(text: &str) -> CaseId {
    CaseId::new(text).unwrap()
}

/// A history that was opened at an instant.
pub(super) fn opened(rules: &Rules, at_ms: i64) -> History {
    let receipt = command(at_ms, "desk", receipt(rules, true));
    History::open(rules, case_id("R-1"), &receipt, at_ms).unwrap()
}

/// Carries out acts one after the other, each `step_ms` after the last, recorded at once.
pub(super) fn play(
    rules: &Rules,
    history: &mut History,
    step_ms: i64,
    acts: impl IntoIterator<Item = Act>,
) {
    for act in acts {
        let at_ms = history.case().last_ms() + step_ms;
        let step = act.step();
        let command = command(at_ms, "anna", act).in_role(label("complaints_unit"));
        if let Err(refusal) = history.carry_out(rules, &command, at_ms, &NoOthers) {
            panic!("{step}: {refusal}");
        }
    }
}

/// The acts from registration to a reply.
pub(super) fn usual(rules: &Rules) -> Vec<Act> {
    vec![
        registration(&["1"]),
        Act::Acknowledge(message(Channel::Email)),
        assessment(Severity::Medium, vec![policy_ref(rules, ENERGY)]),
        Act::Assign(Assignment { to: actor("anna") }),
        Act::Investigate,
        Act::AttachEvidence(document()),
        cause(),
        Act::DraftDecision(Decision {
            outcomes: outcomes(&["1"], Outcome::Founded),
        }),
        Act::Respond(reply(&["1"])),
    ]
}

/// A small generator of numbers (splitmix64), so that runs can be repeated.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// True in `n` of a hundred cases.
    pub(super) fn percent(&mut self, n: u64) -> bool {
        self.below(100) < n
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}
