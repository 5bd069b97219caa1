//! A million random commands, each judged by the engine and by the model.
//!
//! The environment variable `COMPLAINT_STEPS` sets another number of commands.

use floorwalker::complaint::*;
use floorwalker::id::Label;

use super::desk::*;
use super::model::{Done, Model, fold};

const STEPS: u64 = 1_000_000;
const HOUR_MS: i64 = 3_600_000;
const PEOPLE: [&str; 4] = ["anna", "bruno", "carla", "rude"];
const ROLES: [Option<&str>; 4] = [
    None,
    Some("team_leader"),
    Some("complaints_unit"),
    Some("management"),
];

#[derive(Default, Debug)]
struct Seen {
    commands: u64,
    accepted: u64,
    refused: u64,
    backdated: u64,
    corrected: u64,
    left_to_engine: u64,
    steps: std::collections::BTreeSet<Step>,
    states: std::collections::BTreeSet<String>,
}

#[test]
fn the_engine_agrees_with_the_model() {
    #[allow(
        clippy::disallowed_methods,
        reason = "the length of a test is set from outside"
    )]
    let wanted = std::env::var("COMPLAINT_STEPS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(STEPS);
    let rules = rules();
    let mut seen = Seen::default();
    let mut seed = 0;
    while seen.commands < wanted {
        seed += 1;
        play_one(&rules, seed, &mut seen);
    }
    assert!(
        seen.accepted > wanted / 10 && seen.refused > wanted / 10,
        "{seen:?}"
    );
    assert!(
        seen.backdated > 0 && seen.corrected > 0 && seen.left_to_engine < wanted / 5,
        "{seen:?}"
    );
    if wanted >= STEPS {
        let never = Step::ALL.iter().filter(|step| !seen.steps.contains(step));
        let never: Vec<&Step> = never.filter(|step| !matches!(step, Step::Merge)).collect();
        assert!(never.is_empty(), "never accepted: {never:?}");
        assert_eq!(seen.states.len(), 17, "{:?}", seen.states);
    }
}

struct Play<'a> {
    rules: &'a Rules,
    dice: Dice,
    history: History,
    known: bool,
    list: Vec<Done>,
    model: Model,
    now_ms: i64,
}

fn play_one(rules: &Rules, seed: u64, seen: &mut Seen) {
    let mut dice = Dice::new(seed);
    let start_ms = ms("2026-02-02T08:00:00Z") + dice.below(200 * 24) as i64 * HOUR_MS;
    let known = dice.percent(90);
    let receipt = command(start_ms, "desk", receipt(rules, known));
    let history = History::open(rules, case_id("R-1"), &receipt, start_ms).unwrap();
    let model = Model::received(known);
    let mut play = Play {
        rules,
        dice,
        history,
        known,
        list: Vec::new(),
        model,
        now_ms: start_ms,
    };
    seen.steps.insert(Step::Receive);
    for _ in 0..60 {
        play.step(seen);
    }
    play.finish();
}

impl Play<'_> {
    fn step(&mut self, seen: &mut Seen) {
        seen.commands += 1;
        self.now_ms +=
            self.dice.below(5) as i64 * HOUR_MS * if self.dice.percent(20) { 40 } else { 1 };
        if self.dice.percent(2) {
            self.now_ms += 31 * 24 * HOUR_MS;
        }
        if self.dice.percent(2) && self.history.events().len() > 2 {
            return self.correct(seen);
        }
        let late = self.dice.percent(4);
        let since_ms = self.now_ms - self.history.case().received_ms();
        let back_ms = if late {
            self.dice.below(since_ms as u64 + 1) as i64
        } else {
            0
        };
        let command = self.command(self.now_ms - back_ms);
        let on_time = command.occurred_ms >= self.history.case().last_ms();
        seen.backdated += u64::from(!on_time);
        let predicted = self.predict(&command, on_time);
        let before = self.history.clone_if(predicted == Some(false));
        let outcome = self
            .history
            .carry_out(self.rules, &command, self.now_ms, &NoOthers);
        let outcome = outcome.map(<[Event]>::len);
        match (predicted, &outcome) {
            (Some(true), Err(refusal)) => panic!("{command:?}\nin {:?}\n{refusal}", self.model),
            (Some(false), Ok(_)) => panic!("accepted: {command:?}\nin {:?}", self.model),
            (None, _) => seen.left_to_engine += 1,
            _ => {}
        }
        if let Some(before) = before {
            assert_eq!(
                before,
                (self.history.events().len(), self.history.case().clone()),
                "a refusal changes nothing"
            );
        }
        let Ok(added) = outcome else {
            seen.refused += 1;
            return;
        };
        seen.accepted += 1;
        seen.steps.insert(command.act.step());
        self.note(added, on_time);
        seen.states
            .insert(self.history.case().state().as_str().to_owned());
        self.compare();
    }

    /// What the model says of a command; on time it is asked directly.
    fn predict(&self, command: &Command, on_time: bool) -> Option<bool> {
        let done = self.done(command);
        if on_time {
            return self.model.clone().take(&done);
        }
        let mut before: Vec<Done> = self
            .list
            .iter()
            .filter(|one| one.at_ms <= command.occurred_ms)
            .cloned()
            .collect();
        before.push(done.clone());
        if fold(self.known, &before)?.is_err() {
            return Some(false);
        }
        if matches!(command.act, Act::Contest) {
            return None;
        }
        let mut list = self.list.clone();
        list.push(done);
        fold(self.known, &list).map(|folded| folded.is_ok())
    }

    fn done(&self, command: &Command) -> Done {
        Done {
            at_ms: command.occurred_ms,
            seq: self.history.events().len() as u64,
            who: command.actor.as_str().to_owned(),
            role: command.role.as_ref().map(|role| role.as_str().to_owned()),
            to: command.to.as_ref().map(|to| to.as_str().to_owned()),
            act: command.act.clone(),
            caused: false,
            recorded: false,
        }
    }

    /// Takes the new events into the model's list.
    fn note(&mut self, added: usize, on_time: bool) {
        let events = self.history.events();
        for event in &events[events.len() - added..] {
            let record = event.record();
            let moved_alone = !matches!(record.act, Act::ExternalOutcome(_));
            let done = Done {
                at_ms: record.occurred_ms,
                seq: record.seq,
                who: record.actor.as_str().to_owned(),
                role: record.role.as_ref().map(|role| role.as_str().to_owned()),
                to: record
                    .to
                    .as_ref()
                    .filter(|_| !moved_alone)
                    .map(|to| to.as_str().to_owned()),
                act: record.act.clone(),
                caused: record.cause.is_some(),
                recorded: true,
            };
            if on_time {
                self.model.apply(&done);
            }
            self.list.push(done);
        }
        if !on_time {
            self.refold();
        }
    }

    /// Folds the model anew, trusting the engine where the model does not judge.
    fn refold(&mut self) {
        let mut ordered: Vec<&Done> = self.list.iter().collect();
        ordered.sort_by_key(|done| (done.at_ms, done.seq));
        let mut model = Model::received(self.known);
        ordered.into_iter().for_each(|done| model.apply(done));
        self.model = model;
    }

    fn correct(&mut self, seen: &mut Seen) {
        if self.list.is_empty() {
            return;
        }
        let event = self.list[self.dice.below(self.list.len() as u64) as usize].seq;
        let record = self.history.events()[event as usize].record().clone();
        let moved_ms = record.occurred_ms + self.dice.below(9) as i64 * HOUR_MS - 4 * HOUR_MS;
        let with = self.dice.percent(50).then(|| Corrected {
            act: Box::new(record.act.clone()),
            occurred_ms: moved_ms,
        });
        let act = Act::Correct(Correction {
            event,
            with: with.clone(),
        });
        let command = command(self.now_ms, "anna", act);
        let before = (self.history.events().len(), self.history.case().clone());
        if self
            .history
            .carry_out(self.rules, &command, self.now_ms, &NoOthers)
            .is_err()
        {
            assert_eq!(
                before,
                (self.history.events().len(), self.history.case().clone())
            );
            seen.refused += 1;
            return;
        }
        seen.accepted += 1;
        seen.corrected += 1;
        seen.steps.insert(Step::Correct);
        let events = self.history.events();
        let concerned = |done: &Done| {
            done.seq == event || events[done.seq as usize].record().cause == Some(event)
        };
        match with {
            Some(with) => {
                self.list
                    .iter_mut()
                    .filter(|done| concerned(done))
                    .for_each(|done| done.at_ms = with.occurred_ms);
            }
            None => self.list.retain(|done| !concerned(done)),
        }
        self.refold();
        self.compare();
    }

    /// The regions as the engine and the model see them, and what must always hold.
    fn compare(&mut self) {
        let (case, model) = (self.history.case(), &self.model);
        assert_eq!(case.state().as_str(), model.state);
        assert_eq!(case.stage().name(), model.state.trim_end_matches("_early"));
        assert_eq!(case.level(), model.level);
        assert_eq!(case.remedy().name(), model.remedy);
        assert_eq!(case.cause().name(), model.cause);
        assert_eq!(case.closed_ms().is_some(), !model.is_open());
        if model.responded() {
            assert!(case.has_done(Step::Register) && !case.policies().is_empty());
        }
        if case.stage() == Stage::Closed {
            assert!(case.cause() != CauseState::Open && model.is_decided());
            assert!(
                case.issues().iter().all(|issue| issue.outcome.is_some())
                    && !case.issues().is_empty()
            );
        }
        if self.dice.percent(10) {
            self.read_clocks();
        }
    }

    /// Clocks never run backwards, and a waived one is not counted.
    fn read_clocks(&mut self) {
        let case = self.history.case();
        let at_ms = case.last_ms();
        let now = self.rules.obligations(case, at_ms).unwrap();
        let later = self.rules.obligations(case, at_ms + 30 * HOUR_MS).unwrap();
        for (now, later) in now.iter().zip(&later) {
            assert!(now.elapsed_ms <= later.elapsed_ms, "{now:?} {later:?}");
            assert!(now.state != ObligationState::Met || later.state == ObligationState::Met);
            assert_eq!(
                case.waiver(now.name.as_str()).is_some(),
                now.state == ObligationState::Waived,
                "{now:?}"
            );
        }
        let due = self.rules.indemnities(case, at_ms).unwrap();
        let then = self.rules.indemnities(case, at_ms + 900 * HOUR_MS).unwrap();
        for ((_, due), (policy, then)) in due.iter().zip(&then) {
            assert!(due.amount() <= then.amount() && then.cents() <= 9_000);
            let waived = case.waiver(&format!("{policy}/answer")).is_some();
            assert!(!waived || then.cents() == 0);
        }
        for command in self
            .rules
            .due_commands(case, at_ms, &actor("timer"))
            .unwrap()
        {
            assert!(matches!(command.act, Act::Escalate(_) | Act::Silence));
        }
    }

    /// The chain proves itself, and replaying gives the same state.
    fn finish(&self) {
        self.history.prove(self.rules).unwrap();
        let replayed = History::replay(self.rules, self.history.events().to_vec()).unwrap();
        assert_eq!(replayed, self.history);
    }

    fn command(&mut self, at_ms: i64) -> Command {
        let act = self.act();
        let who = self.dice.pick(&PEOPLE[..3]);
        let mut command = command(at_ms, who, act);
        if let Some(role) = self.dice.pick(&ROLES) {
            command = command.in_role(label(role));
        }
        let named = matches!(command.act, Act::ExternalOutcome(_)) || self.dice.percent(1);
        if named && self.dice.percent(80) {
            command = command.to(label(self.dice.pick(&[
                "investigating",
                "closed",
                "closed_early",
                "assessed",
            ])));
        }
        command
    }

    /// A random act; more often one that fits the state.
    fn act(&mut self) -> Act {
        let fitting = self
            .rules
            .procedure()
            .steps_from(self.history.case().state());
        let step = if self.dice.percent(75) && !fitting.is_empty() {
            let kind = self.dice.pick(&fitting);
            // Endings are rare, so that cases grow.
            let ends = matches!(
                kind,
                Step::Withdraw | Step::Reject | Step::Refer | Step::Merge
            );
            if ends && self.dice.percent(80) {
                self.dice.pick(&fitting)
            } else {
                kind
            }
        } else {
            self.dice.pick(Step::ALL)
        };
        self.act_of(step)
    }

    fn names(&mut self) -> Vec<&'static str> {
        let all: [&[&'static str]; 5] = [&["1"], &["1"], &["1", "2"], &["2"], &[]];
        let two = self.history.case().issues().len() == 2;
        if self.dice.percent(75) {
            return if two { vec!["1", "2"] } else { vec!["1"] };
        }
        self.dice.pick(&all).to_vec()
    }

    fn channel(&mut self) -> Channel {
        if self.dice.percent(80) {
            Channel::Email
        } else {
            self.dice.pick(Channel::ALL)
        }
    }

    fn amount(&mut self) -> Money {
        Money::new((self.dice.below(12) * 100).into(), "EUR").unwrap()
    }

    fn severity(&mut self) -> Severity {
        self.dice.pick(Severity::ALL)
    }

    fn policies(&mut self) -> Vec<PolicyRef> {
        let ids: [&[&str]; 4] = [&[ENERGY], &[PAYMENTS], &[ENERGY, PAYMENTS], &[]];
        self.dice
            .pick(&ids)
            .iter()
            .map(|id| policy_ref(self.rules, id))
            .collect()
    }

    // flat table
    fn act_of(&mut self, step: Step) -> Act {
        match step {
            Step::Receive => receipt(self.rules, true),
            Step::Register => {
                let mut names = self.names();
                if self.dice.percent(5) {
                    names.push("1");
                }
                let Act::Register(mut registration) = registration(&names) else {
                    unreachable!()
                };
                registration.anonymous = self.dice.percent(10);
                registration.customers = u32::from(!self.dice.percent(3));
                Act::Register(registration)
            }
            Step::Acknowledge => Act::Acknowledge(message(self.channel())),
            Step::Assess => assessment(self.severity(), self.policies()),
            Step::Reassess => Act::Reassess(Reassessment {
                severity: self.severity(),
            }),
            Step::ResolveAtContact => Act::ResolveAtContact(Resolution {
                accepted: self.dice.percent(80),
                outcomes: outcomes(&self.names(), Outcome::Founded),
                summary: self.dice.percent(50).then_some(Channel::Email),
            }),
            Step::Assign => Act::Assign(Assignment {
                to: actor(self.dice.pick(&PEOPLE)),
            }),
            Step::Investigate => Act::Investigate,
            Step::AskCustomer => Act::AskCustomer(message(self.channel())),
            Step::AskThirdParty => Act::AskThirdParty(message(self.channel())),
            Step::InfoReceived => Act::InfoReceived(document()),
            Step::AttachEvidence => Act::AttachEvidence(document()),
            Step::DraftDecision => {
                let outcome = self.dice.pick(Outcome::ALL);
                Act::DraftDecision(Decision {
                    outcomes: outcomes(&self.names(), outcome),
                })
            }
            Step::Approve => Act::Approve,
            Step::Respond => {
                let mut reply = reply(&self.names());
                reply.channel = self.channel();
                if self.dice.percent(10) {
                    reply.recourse.clear();
                }
                Act::Respond(reply)
            }
            Step::HoldingReply => Act::HoldingReply(Holding {
                channel: self.channel(),
                reason: label("third party"),
                until: "2027-06-01".parse().unwrap(),
            }),
            Step::Accept => Act::Accept,
            Step::Contest => Act::Contest,
            Step::Silence => Act::Silence,
            Step::Refer => {
                let reason = self.dice.pick(ReferReason::ALL);
                Act::Refer(Referral {
                    body: label("abf"),
                    reason,
                })
            }
            Step::ExternalOutcome => {
                let outcome = self.dice.pick(Outcome::ALL);
                Act::ExternalOutcome(ExternalDecision {
                    body: label("abf"),
                    outcome,
                })
            }
            Step::Merge => Act::Merge(Merger {
                into: case_id("R-2"),
            }),
            Step::Withdraw => Act::Withdraw(Withdrawal {
                statement: sealed("never mind"),
            }),
            Step::Reject => Act::Reject(Rejection {
                reason: RejectReason::OutOfScope,
            }),
            Step::Reopen => {
                let new_evidence = self.dice.percent(30);
                Act::Reopen(Reopening {
                    new_evidence,
                    reason: ReopenReason::NotContent,
                })
            }
            Step::Advance => Act::Advance,
            Step::Waive => Act::Waive(Waiving {
                cause: floorwalker::time::clock::WaiverCause::ForceMajeure,
                clock: self.clock(),
                evidence: label("decree 7"),
            }),
            Step::Escalate => Act::Escalate(Escalation {
                level: self.dice.below(5) as u8,
                role: label(self.dice.pick(&[
                    "team_leader",
                    "shift_leader",
                    "complaints_unit",
                    "management",
                ])),
                to: self
                    .dice
                    .percent(50)
                    .then(|| actor(self.dice.pick(&PEOPLE))),
                trigger: label("manual"),
            }),
            Step::ProposeRemedy => {
                let amount = self.amount();
                Act::ProposeRemedy(Proposal {
                    amount: self.dice.percent(80).then_some(amount),
                    kind: label("refund"),
                })
            }
            Step::ApproveRemedy => Act::ApproveRemedy,
            Step::ExecuteRemedy => Act::ExecuteRemedy(document()),
            Step::RefuseRemedy => Act::RefuseRemedy,
            Step::PayIndemnity => Act::PayIndemnity(Payment {
                amount: self.amount(),
                policy: label(self.dice.pick(&[ENERGY, PAYMENTS])),
                reference: label("bill 12"),
            }),
            Step::CodeCause => cause(),
            Step::PlanAction => Act::PlanAction(Action {
                action: label("train"),
                due: "2026-12-01".parse().unwrap(),
                owner: actor("anna"),
            }),
            Step::VerifyAction => Act::VerifyAction(Verification {
                effective: self.dice.percent(50),
            }),
            _ => Act::Correct(Correction {
                event: 999,
                with: None,
            }),
        }
    }

    fn clock(&mut self) -> Label {
        label(self.dice.pick(&[
            "reply",
            "acknowledge",
            "it.arera.tiqv.complaint/answer",
            "none",
        ]))
    }
}

/// What a refusal must not change.
trait CloneIf {
    fn clone_if(&self, wanted: bool) -> Option<(usize, Case)>;
}

impl CloneIf for History {
    fn clone_if(&self, wanted: bool) -> Option<(usize, Case)> {
        wanted.then(|| (self.events().len(), self.case().clone()))
    }
}
