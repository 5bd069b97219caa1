//! How an event changes the state of a complaint.

use super::act::{Act, Assessment, IssueOutcome, Receipt, Registration};
use super::command::Attempt;
use super::parts::{CauseState, Held, Issue, Mark, Paid, Remedy, RemedyState, RootCause};
use super::stage::Stage;
use super::state::Case;
use super::step::{Step, StepSet};
use crate::complaint::words::{Channel, Outcome, Severity};
use crate::id::{CaseId, Label};
use crate::time::clock::Waiver;

impl Case {
    /// The state after the first event.
    pub(super) fn begin(id: &CaseId, receipt: &Receipt, start: &Label, at_ms: i64) -> Self {
        let mut done = StepSet::default();
        done.insert(Step::Receive);
        let mark = Mark {
            at_ms,
            step: Step::Receive,
            state: start.clone(),
            stage: Stage::Received,
        };
        Self {
            id: id.clone(),
            procedure: receipt.procedure.clone(),
            state: start.clone(),
            stage: Stage::Received,
            marks: vec![mark],
            done,
            channel: receipt.channel,
            identified: receipt.complainant.is_some(),
            customer: receipt.customer.clone(),
            customers: 1,
            subject: receipt.subject.clone(),
            issues: Vec::new(),
            severities: Vec::new(),
            complexity: None,
            safety: false,
            facts: Vec::new(),
            policies: Vec::new(),
            assignee: None,
            author: None,
            approver: None,
            documents: 0,
            held: None,
            level: 0,
            levels_taken: 0,
            remedy: Remedy {
                state: RemedyState::None,
                amount: None,
                kind: None,
                by: None,
            },
            cause: RootCause {
                state: CauseState::Open,
                code: None,
                party: None,
                action_due: None,
            },
            waivers: std::collections::BTreeMap::new(),
            paid: Vec::new(),
            referred_to: None,
            merged_into: None,
            responded_ms: None,
            closed_ms: None,
            reopened: 0,
            contested: 0,
            cycle_started_ms: at_ms,
        }
    }

    /// Applies an event that was found possible; `to` is where it leads, if it moves.
    pub(super) fn apply(&mut self, attempt: &Attempt<'_>, to: Option<(&Label, Stage)>) {
        if let Some((state, stage)) = to {
            self.state = state.clone();
            self.stage = stage;
            self.closed_ms = stage.is_terminal().then_some(attempt.occurred_ms);
        }
        let step = attempt.step();
        self.done.insert(step);
        let (state, stage) = (self.state.clone(), self.stage);
        self.marks.push(Mark {
            at_ms: attempt.occurred_ms,
            step,
            state,
            stage,
        });
        self.note(attempt);
    }

    /// Notes the particulars of an act.
    // flat table
    fn note(&mut self, attempt: &Attempt<'_>) {
        let at_ms = attempt.occurred_ms;
        match attempt.act {
            Act::Register(registration) => self.register(registration),
            Act::Assess(assessment) => self.assess(assessment, at_ms),
            Act::Reassess(again) => self.judge(at_ms, again.severity),
            Act::ResolveAtContact(resolution) => self.answer_at_once(&resolution.outcomes, at_ms),
            Act::Assign(assignment) => self.assignee = Some(assignment.to.clone()),
            Act::InfoReceived(_) | Act::AttachEvidence(_) => {
                self.documents = self.documents.saturating_add(1)
            }
            Act::DraftDecision(decision) => self.draft(&decision.outcomes, attempt),
            Act::Approve => self.approver = Some(attempt.actor.clone()),
            Act::Respond(reply) => self.respond(&reply.answered, at_ms),
            Act::HoldingReply(holding) => {
                self.held = Some(Held {
                    at_ms,
                    until: holding.until,
                })
            }
            Act::Contest => self.contested += 1,
            Act::Refer(referral) => self.referred_to = Some(referral.body.clone()),
            Act::ExternalOutcome(decision) => self.fill_outcomes(decision.outcome),
            Act::Merge(merger) => self.merged_into = Some(merger.into.clone()),
            Act::Reopen(_) => self.reopen(at_ms),
            Act::Waive(waiving) => self.waive(
                waiving.clock.clone(),
                Waiver::new(at_ms, waiving.cause, waiving.evidence.as_str()),
            ),
            Act::Escalate(escalation) => self.escalate(escalation.level),
            Act::ProposeRemedy(proposal) => self.propose(proposal.amount, &proposal.kind, attempt),
            Act::ApproveRemedy => self.remedy.state = RemedyState::Approved,
            Act::ExecuteRemedy(_) => self.remedy.state = RemedyState::Executed,
            Act::RefuseRemedy => self.remedy.state = RemedyState::Refused,
            Act::PayIndemnity(payment) => self.paid.push(Paid {
                policy: payment.policy.clone(),
                amount: payment.amount,
            }),
            Act::CodeCause(cause) => {
                self.cause.state = self.cause.state.max(CauseState::Coded);
                self.cause.code = Some(cause.code.clone());
                self.cause.party = Some(cause.party);
            }
            Act::PlanAction(action) => {
                self.cause.state = CauseState::ActionPlanned;
                self.cause.action_due = Some(action.due);
            }
            Act::VerifyAction(verification) => {
                self.cause.state = if verification.effective {
                    CauseState::ActionVerified
                } else {
                    CauseState::Coded
                };
            }
            _ => {}
        }
    }

    fn register(&mut self, registration: &Registration) {
        self.customers = registration.customers;
        let issues = registration.issues.iter();
        self.issues = issues
            .map(|new| Issue {
                issue: new.issue.clone(),
                topic: new.topic.clone(),
                outcome: None,
                answered: false,
            })
            .collect();
    }

    fn assess(&mut self, assessment: &Assessment, at_ms: i64) {
        self.complexity = Some(assessment.complexity);
        self.safety = assessment.safety;
        self.facts.clone_from(&assessment.facts);
        self.policies.clone_from(&assessment.policies);
        self.judge(at_ms, assessment.severity);
    }

    fn judge(&mut self, at_ms: i64, severity: Severity) {
        self.severities.push((at_ms, severity));
    }

    fn set_outcomes(&mut self, outcomes: &[IssueOutcome]) {
        for decided in outcomes {
            let issue = self
                .issues
                .iter_mut()
                .find(|issue| issue.issue == decided.issue);
            if let Some(issue) = issue {
                issue.outcome = Some(decided.outcome);
            }
        }
    }

    /// A body outside decides what the company has not.
    fn fill_outcomes(&mut self, outcome: Outcome) {
        for issue in self
            .issues
            .iter_mut()
            .filter(|issue| issue.outcome.is_none())
        {
            issue.outcome = Some(outcome);
        }
    }

    fn answer_at_once(&mut self, outcomes: &[IssueOutcome], at_ms: i64) {
        self.set_outcomes(outcomes);
        self.issues
            .iter_mut()
            .for_each(|issue| issue.answered = true);
        self.responded_ms = Some(at_ms);
    }

    fn draft(&mut self, outcomes: &[IssueOutcome], attempt: &Attempt<'_>) {
        self.set_outcomes(outcomes);
        self.author = Some(attempt.actor.clone());
        self.approver = None;
    }

    fn respond(&mut self, answered: &[Label], at_ms: i64) {
        for issue in self
            .issues
            .iter_mut()
            .filter(|issue| answered.contains(&issue.issue))
        {
            issue.answered = true;
        }
        self.responded_ms = Some(at_ms);
    }

    /// A new cycle begins at the operator's level.
    fn reopen(&mut self, at_ms: i64) {
        self.reopened += 1;
        self.level = 0;
        self.cycle_started_ms = at_ms;
        self.merged_into = None;
    }

    fn waive(&mut self, clock: Label, waiver: crate::error::Result<Waiver>) {
        if let Ok(waiver) = waiver {
            self.waivers.insert(clock, waiver);
        }
    }

    fn escalate(&mut self, level: u8) {
        self.level = level;
        self.levels_taken += 1;
    }

    fn propose(
        &mut self,
        amount: Option<crate::complaint::money::Money>,
        kind: &Label,
        attempt: &Attempt<'_>,
    ) {
        let by = Some(attempt.actor.clone());
        self.remedy = Remedy {
            state: RemedyState::Proposed,
            amount,
            kind: Some(kind.clone()),
            by,
        };
    }
}

/// The way by which an act sent a message, if it sent one.
pub(super) fn channel_of(act: &Act) -> Option<Channel> {
    match act {
        Act::Acknowledge(message) | Act::AskCustomer(message) | Act::AskThirdParty(message) => {
            Some(message.channel)
        }
        Act::Respond(reply) => Some(reply.channel),
        Act::HoldingReply(holding) => Some(holding.channel),
        Act::ResolveAtContact(resolution) => resolution.summary,
        _ => None,
    }
}
