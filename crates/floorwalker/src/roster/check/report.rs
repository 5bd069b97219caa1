//! What a check answers.

use std::collections::BTreeSet;

use serde::Serialize;

use super::derogation::OwedRest;
use super::finding::Finding;
use super::out::Reason;
use crate::id::{AgentId, RuleId};
use crate::roster::Severity;
use crate::terms::terms;

terms! {
    /// What a check looked at.
    Basis ("basis of a check") {
        /// A plan.
        Plan = "plan",
        /// What was worked.
        Actuals = "actuals",
        /// A plan with a change that has not been made.
        PlanWithChange = "plan_with_change",
    }
}

/// A rule that could not be judged, or not fully, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotJudged {
    /// Which rule; none if it is about the operators as such.
    pub rule: Option<RuleId>,
    /// Why.
    pub reason: Reason,
    /// For whom, in the order of their names.
    pub operators: Vec<AgentId>,
}

/// What a check of a roster answers: every broken rule, the rest that is owed, and
/// what could not be judged.
///
/// Findings name operators because a roster is a plan for persons and the law protects
/// each of them. They are not made to compare people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// What was looked at.
    pub basis: Basis,
    /// The broken rules, by operator, day and rule.
    pub findings: Vec<Finding>,
    /// Rest that is owed for derogations that were used, by operator and day.
    pub owed: Vec<OwedRest>,
    /// What could not be judged.
    pub not_judged: Vec<NotJudged>,
}

impl CheckReport {
    /// The findings of at least this severity that no derogation allows.
    pub fn at_least(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(move |one| one.severity >= severity && !one.derogated)
    }

    /// Whether no rule is broken, notices and warnings aside.
    #[must_use]
    pub fn is_lawful(&self) -> bool {
        self.at_least(Severity::Breach).next().is_none()
    }

    /// The findings about one rule.
    pub fn of_rule<'a>(&'a self, rule: &'a RuleId) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |one| one.rule == *rule)
    }
}

/// What was found about single operators, on its way into a report.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) findings: Vec<Finding>,
    pub(super) owed: Vec<OwedRest>,
    pub(super) open: BTreeSet<(Option<RuleId>, Reason, AgentId)>,
}

impl Found {
    pub(super) fn into_report(mut self, basis: Basis) -> CheckReport {
        self.findings.sort_by(|a, b| {
            let key = |one: &Finding| (one.day, one.span);
            let by_time = (&a.operator, key(a)).cmp(&(&b.operator, key(b)));
            by_time.then_with(|| a.rule.cmp(&b.rule))
        });
        let mut not_judged: Vec<NotJudged> = Vec::new();
        for (rule, reason, operator) in self.open {
            match not_judged.last_mut() {
                Some(last) if last.rule == rule && last.reason == reason => {
                    last.operators.push(operator);
                }
                _ => not_judged.push(NotJudged {
                    rule,
                    reason,
                    operators: vec![operator],
                }),
            }
        }
        CheckReport {
            basis,
            findings: self.findings,
            owed: self.owed,
            not_judged,
        }
    }
}
