//! A second, plain account of what the default procedure allows, to compare with.
//!
//! It shares no code with the engine: states are words, guards are written out, and
//! everything is folded from the list of accepted acts each time something is backdated.

use floorwalker::complaint::*;

const DAY_MS: i64 = 86_400_000;

/// What was done, as the model keeps it.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub(super) at_ms: i64,
    pub(super) seq: u64,
    pub(super) who: String,
    pub(super) role: Option<String>,
    pub(super) to: Option<String>,
    pub(super) act: Act,
    /// Caused by a contested reply.
    pub(super) caused: bool,
    /// Recorded before: then `to` only decides between several ways.
    pub(super) recorded: bool,
}

/// The state as the model sees it.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) state: &'static str,
    pub(super) level: u8,
    pub(super) remedy: &'static str,
    pub(super) cause: &'static str,
    known: bool,
    issues: Vec<String>,
    decided: bool,
    severity: u8,
    policies: Vec<String>,
    author: Option<String>,
    approved: bool,
    documents: bool,
    held: bool,
    amount_cents: i64,
    proposer: Option<String>,
    responded_ms: Option<i64>,
    closed_ms: Option<i64>,
    action_planned_ever: bool,
}

const LATE: [&str; 4] = [
    "investigating",
    "awaiting_customer",
    "awaiting_third_party",
    "decision_drafted",
];

impl Model {
    pub(super) fn received(known: bool) -> Self {
        Self {
            state: "received",
            level: 0,
            remedy: "none",
            cause: "open",
            known,
            issues: Vec::new(),
            decided: false,
            severity: 0,
            policies: Vec::new(),
            author: None,
            approved: false,
            documents: false,
            held: false,
            amount_cents: 0,
            proposer: None,
            responded_ms: None,
            closed_ms: None,
            action_planned_ever: false,
        }
    }

    fn is(&self, states: &[&str]) -> bool {
        states.contains(&self.state)
    }

    pub(super) fn is_open(&self) -> bool {
        !self.is(&["closed", "closed_early", "rejected", "withdrawn", "merged"])
    }

    fn may_hold(&self) -> bool {
        self.is(&LATE) || self.is(&["assessed", "reopened"])
    }

    /// `Some(accepted)`, or `None` where the model leaves the judgement to the engine.
    pub(super) fn take(&mut self, done: &Done) -> Option<bool> {
        let accepted = self.judge(done)?;
        if accepted {
            self.apply(done);
        }
        Some(accepted)
    }

    fn issues_are(&self, names: &[&str]) -> bool {
        let mut names = names.to_vec();
        names.sort_unstable();
        let mut mine: Vec<&str> = self.issues.iter().map(String::as_str).collect();
        mine.sort_unstable();
        names == mine
    }

    fn within(&self, since_ms: Option<i64>, at_ms: i64, days: i64) -> bool {
        since_ms.is_some_and(|since_ms| at_ms < since_ms + days * DAY_MS)
    }

    fn has_role(done: &Done, roles: &[&str]) -> bool {
        done.role
            .as_deref()
            .is_some_and(|role| roles.contains(&role))
    }

    /// Naming the one state to which an act leads is allowed.
    fn leads_only_to(&self, act: &Act, to: Option<&str>) -> bool {
        let only = match act {
            Act::Investigate | Act::Contest | Act::Advance | Act::InfoReceived(_) => {
                "investigating"
            }
            Act::ResolveAtContact(_) | Act::Accept | Act::Silence => "closed",
            Act::Assess(_) => "assessed",
            _ => return false,
        };
        to == Some(only)
    }

    fn judge(&self, done: &Done) -> Option<bool> {
        let wrong_target = match (&done.act, done.to.as_deref()) {
            (Act::ExternalOutcome(_), Some(to)) if self.state == "referred" => {
                !["investigating", "closed"].contains(&to)
            }
            (Act::ExternalOutcome(_), None) if self.state == "referred" => true,
            _ if done.recorded => false,
            (Act::ExternalOutcome(_), Some(to)) if self.state == "referred_early" => {
                to != "closed_early"
            }
            (_, to) => to.is_some() && !self.leads_only_to(&done.act, to),
        };
        if wrong_target {
            return Some(false);
        }
        Some(match &done.act {
            Act::Register(registration) => {
                let mut names: Vec<&str> = registration
                    .issues
                    .iter()
                    .map(|new| new.issue.as_str())
                    .collect();
                let count = names.len();
                names.sort_unstable();
                names.dedup();
                self.is(&["received"])
                    && (self.known || registration.anonymous)
                    && count > 0
                    && names.len() == count
                    && registration.customers > 0
            }
            Act::Acknowledge(message) => {
                (self.is(&["registered", "assessed"]) || self.is(&LATE))
                    && message.channel.is_durable()
            }
            Act::Assess(assessment) => {
                self.is(&[
                    "registered",
                    "acknowledged",
                    "referred_early",
                    "reopened_early",
                ]) && !assessment.policies.is_empty()
            }
            Act::Reassess(_) => self.is(&LATE) || self.is(&["assessed", "responded", "reopened"]),
            Act::ResolveAtContact(resolution) => {
                let names: Vec<&str> = resolution
                    .outcomes
                    .iter()
                    .map(|one| one.issue.as_str())
                    .collect();
                self.is(&["assessed"])
                    && resolution.accepted
                    && self.cause != "open"
                    && self.issues_are(&names)
                    && resolution.summary.is_none_or(Channel::is_durable)
            }
            Act::Assign(assignment) => self.is_open() && assignment.to.as_str() != "rude",
            Act::Investigate => self.is(&["assessed", "reopened"]),
            Act::AskCustomer(_) | Act::AskThirdParty(_) => self.is(&["investigating"]),
            Act::InfoReceived(_) => self.is(&["awaiting_customer", "awaiting_third_party"]),
            Act::AttachEvidence(_) | Act::CodeCause(_) => self.is_open(),
            Act::DraftDecision(decision) => {
                let names: Vec<&str> = decision
                    .outcomes
                    .iter()
                    .map(|one| one.issue.as_str())
                    .collect();
                self.is(&["investigating"]) && self.documents && self.issues_are(&names)
            }
            Act::Approve => {
                self.is(&["decision_drafted"])
                    && self.author.as_deref() != Some(&done.who)
                    && Self::has_role(done, &["team_leader", "complaints_unit", "management"])
            }
            Act::Advance => self.is(&[
                "decision_drafted",
                "awaiting_customer",
                "awaiting_third_party",
            ]),
            Act::Respond(reply) => {
                let names: Vec<&str> = reply.answered.iter().map(|issue| issue.as_str()).collect();
                let four_eyes = self.severity >= 2 || self.amount_cents >= 50_000;
                self.is(&["decision_drafted"])
                    && !self.policies.is_empty()
                    && self.issues_are(&names)
                    && (self.approved || !four_eyes)
                    && !reply.recourse.is_empty()
                    && reply.channel.is_durable()
            }
            Act::HoldingReply(holding) => {
                let known = self
                    .policies
                    .iter()
                    .any(|policy| policy == super::desk::PAYMENTS);
                self.may_hold() && known && !self.held && holding.channel.is_durable()
            }
            Act::Accept => self.is(&["responded"]) && self.decided && self.cause != "open",
            Act::Contest => {
                self.is(&["responded"]) && self.within(self.responded_ms, done.at_ms, 30)
            }
            Act::Silence => {
                self.is(&["responded"])
                    && !self.within(self.responded_ms, done.at_ms, 30)
                    && self.decided
                    && self.cause != "open"
            }
            Act::Refer(referral) => {
                let from = self.is_open()
                    && !self.is(&["received", "referred", "referred_early", "reopened_early"]);
                match referral.reason {
                    ReferReason::CustomerChoice => from,
                    ReferReason::Deadlock => from && self.responded_ms.is_some(),
                    // Whether a limit is over is a matter of clocks.
                    _ => return if from { None } else { Some(false) },
                }
            }
            Act::ExternalOutcome(_) => match (self.state, done.to.as_deref()) {
                ("referred", Some("investigating")) => true,
                ("referred", Some("closed")) | ("referred_early", _) => {
                    !self.issues.is_empty() && self.cause != "open"
                }
                ("closed" | "closed_early", to) => to.is_none() || done.recorded,
                _ => false,
            },
            Act::Merge(_) => false,
            Act::Withdraw(_) => self.is_open(),
            Act::Reject(_) => self.is(&["received", "registered", "acknowledged", "assessed"]),
            Act::Reopen(reopening) => {
                self.is(&["closed", "closed_early"])
                    && (reopening.new_evidence || self.within(self.closed_ms, done.at_ms, 90))
            }
            Act::Waive(_) => return self.judge_waiver(done),
            Act::Escalate(escalation) => {
                let roles: &[&str] = match escalation.level {
                    1 => &["team_leader", "shift_leader"],
                    2 => &["complaints_unit", "team_leader"],
                    3 => &["management", "complaints_unit"],
                    _ => &[],
                };
                let rude = escalation
                    .to
                    .as_ref()
                    .is_some_and(|to| to.as_str() == "rude");
                self.is_open()
                    && escalation.level > self.level
                    && roles.contains(&escalation.role.as_str())
                    && !rude
            }
            Act::ProposeRemedy(_) => {
                let stages = ["assessed", "responded", "referred", "reopened"];
                let free = ["none", "refused", "executed"].contains(&self.remedy);
                (self.is(&LATE) || self.is(&stages)) && free
            }
            Act::ApproveRemedy => {
                let own =
                    self.proposer.as_deref() == Some(&done.who) && self.amount_cents >= 50_000;
                let right = Self::has_role(done, &["team_leader", "complaints_unit", "management"]);
                self.is_open() && self.remedy == "proposed" && right && !own
            }
            Act::ExecuteRemedy(_) => {
                (self.is_open() || self.is(&["closed", "closed_early"]))
                    && self.remedy == "approved"
            }
            Act::RefuseRemedy => self.is_open() && ["proposed", "approved"].contains(&self.remedy),
            Act::PayIndemnity(payment) => {
                let bound = self
                    .policies
                    .iter()
                    .any(|policy| policy == payment.policy.as_str());
                (self.is_open() || self.is(&["closed", "closed_early"])) && bound
            }
            Act::PlanAction(_) => {
                (self.is_open() || self.is(&["closed", "closed_early"])) && self.cause != "open"
            }
            Act::VerifyAction(_) => {
                (self.is_open() || self.is(&["closed", "closed_early"]))
                    && self.cause == "action_planned"
            }
            _ => false,
        })
    }

    fn judge_waiver(&self, done: &Done) -> Option<bool> {
        if self.is_open() && Self::has_role(done, &["complaints_unit", "management"]) {
            None
        } else {
            Some(false)
        }
    }

    /// Applies what was accepted.
    pub(super) fn apply(&mut self, done: &Done) {
        match &done.act {
            Act::Register(registration) => {
                self.issues = registration
                    .issues
                    .iter()
                    .map(|new| new.issue.as_str().to_owned())
                    .collect();
                self.state = "registered";
            }
            Act::Acknowledge(_) if self.state == "registered" => self.state = "acknowledged",
            Act::Assess(assessment) => {
                self.policies = assessment
                    .policies
                    .iter()
                    .map(|policy| policy.id.as_str().to_owned())
                    .collect();
                self.severity = assessment.severity as u8;
                self.state = "assessed";
            }
            Act::Reassess(again) => self.severity = again.severity as u8,
            Act::ResolveAtContact(_) => {
                (self.decided, self.responded_ms) = (true, Some(done.at_ms));
                self.end("closed", done.at_ms);
            }
            Act::Investigate | Act::Contest | Act::Advance => self.state = "investigating",
            Act::AskCustomer(_) => self.state = "awaiting_customer",
            Act::AskThirdParty(_) => self.state = "awaiting_third_party",
            Act::InfoReceived(_) => (self.state, self.documents) = ("investigating", true),
            Act::AttachEvidence(_) => self.documents = true,
            Act::DraftDecision(_) => {
                self.state = "decision_drafted";
                (self.decided, self.approved, self.author) = (true, false, Some(done.who.clone()));
            }
            Act::Approve => self.approved = true,
            Act::Respond(_) => (self.state, self.responded_ms) = ("responded", Some(done.at_ms)),
            Act::HoldingReply(_) => self.held = true,
            Act::Accept | Act::Silence => self.end("closed", done.at_ms),
            Act::Refer(_) if self.is(&["registered", "acknowledged"]) => {
                self.state = "referred_early"
            }
            Act::Refer(_) => self.state = "referred",
            Act::ExternalOutcome(_) => {
                self.decided = true;
                match done.to.as_deref() {
                    _ if self.is(&["closed", "closed_early"]) => {}
                    _ if self.state == "referred_early" => self.end("closed_early", done.at_ms),
                    Some("closed") => self.end("closed", done.at_ms),
                    Some(_) => self.state = "investigating",
                    None => {}
                }
            }
            Act::Withdraw(_) => self.end("withdrawn", done.at_ms),
            Act::Reject(_) => self.end("rejected", done.at_ms),
            Act::Reopen(_) => {
                let early = self.state == "closed_early";
                (self.closed_ms, self.level) = (None, 0);
                self.state = if early { "reopened_early" } else { "reopened" };
            }
            Act::Escalate(escalation) => self.level = escalation.level,
            Act::ProposeRemedy(proposal) => {
                self.remedy = "proposed";
                self.amount_cents = proposal.amount.map_or(0, |amount| amount.cents());
                self.proposer = Some(done.who.clone());
            }
            Act::ApproveRemedy => self.remedy = "approved",
            Act::ExecuteRemedy(_) => self.remedy = "executed",
            Act::RefuseRemedy => self.remedy = "refused",
            Act::CodeCause(_) if self.cause == "open" => self.cause = "coded",
            Act::PlanAction(_) => (self.cause, self.action_planned_ever) = ("action_planned", true),
            Act::VerifyAction(verification) => {
                self.cause = if verification.effective {
                    "action_verified"
                } else {
                    "coded"
                };
            }
            _ => {}
        }
    }

    fn end(&mut self, state: &'static str, at_ms: i64) {
        (self.state, self.closed_ms) = (state, Some(at_ms));
    }

    pub(super) fn responded(&self) -> bool {
        self.responded_ms.is_some()
    }

    pub(super) fn is_decided(&self) -> bool {
        self.decided
    }
}

/// Folds a list of acts from the receipt on: the model, or the number of the first act
/// that is not allowed; `None` where the engine must judge.
pub(super) fn fold(known: bool, list: &[Done]) -> Option<Result<Model, u64>> {
    let mut ordered: Vec<&Done> = list.iter().collect();
    ordered.sort_by_key(|done| (done.at_ms, done.seq));
    let mut model = Model::received(known);
    for done in ordered {
        match model.take(done) {
            None => return None,
            Some(true) => {}
            Some(false) if done.caused => return None,
            Some(false) => return Some(Err(done.seq)),
        }
    }
    Some(Ok(model))
}
