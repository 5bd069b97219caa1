//! The rule of the report, and what other rules say of the same contacts.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::id::QueueId;
use crate::report::{Quotient, Target};
use crate::service::{
    Category, CiscoAbandons, Class, ClockStart, Comparison, Limit, ServiceLevel, Tally, Timing,
    Verdict,
};

/// The rules of a report: the one it judges by, and others on the same contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RuleSection {
    /// The rule the report judges by.
    pub main: RuleLevel,
    /// From which instant it measures a wait.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub clock: ClockStart,
    /// How it compares a wait with the threshold.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub comparison: Comparison,
    /// Whether contacts that came by transfer or overflow count.
    pub counts_transfers_in: bool,
    /// The limits of each queue.
    pub limits: Vec<QueueLimits>,
    /// Every kind of contact, what the main rule makes of it, and how many there were.
    pub reckoning: Vec<Reckoned>,
    /// What other definitions say, as far as the tally counted for them.
    pub others: Vec<RuleLevel>,
}

/// A rule and the service level by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RuleLevel {
    /// The name of the rule, such as `offered`.
    pub name: String,
    /// The rule with its limits and changes, such as `excl_short(20s, short 5s)`.
    pub rule: String,
    /// The formula in the signs of the trade, `None` for a rule that is not in the list of this library.
    pub formula: Option<String>,
    /// The service level of the whole selection by it.
    pub level: Quotient,
}

/// The limits and the target of one queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct QueueLimits {
    /// The queue.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub queue: QueueId,
    /// The threshold in milliseconds; `None` for a rule without one.
    pub within_ms: Option<i64>,
    /// The limit of short abandons in milliseconds, where there is one.
    pub short_ms: Option<i64>,
    /// The share to be reached.
    pub target: Quotient,
}

/// Contacts of one kind, and what the rule makes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Reckoned {
    /// How they ended.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub class: Class,
    /// Whether their wait was within the threshold; `None` for those who do not wait.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<String>"))]
    pub timing: Option<Timing>,
    /// Whether they count for the service level, against it, or not at all.
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub verdict: Verdict,
    /// How many.
    pub contacts: u64,
}

/// The formulas by the name of the rule. A answered, B abandoned, C call-back requested,
/// C' call-back answered, D flow-outs, K blocked, N offered, O overflowed, S short
/// abandons, U asked for an operator; a trailing i means within the threshold.
// flat table
fn formula(name: &str) -> Option<&'static str> {
    Some(match name {
        "answered_only" | "uccx_only_handled" => "Ai / A",
        "offered" | "ucce_negative" => "Ai / N",
        "ignore_within" | "ucce_ignore" => "Ai / (N - Bi)",
        "positive" | "ucce_positive" => "(Ai + Bi) / N",
        "ignore_all" => "Ai / (N - B)",
        "excl_short" => "Ai / (N - S)",
        "answered_abandoned" | "genesys_cloud" => "Ai / (A + B)",
        "answered_abandoned_excl_short" => "Ai / (A + B - S)",
        "removed_from_queue" | "amazon_connect" => "(Ai + Bi + Ci) / N",
        "dequeued_excluded" => "Ai / (N - D)",
        "no_threshold" => "A / N",
        "avaya_bcms" => "Ai / (N + K)",
        "altigen_tsl" => "(Ai + Bi + Di) / N",
        "agcom_255_24" => "Ai / N",
        "arera_tiqv" => "(A + C') / N",
        _ => return None,
    })
}

/// The ten definitions and the one without a threshold, by the limits of the main rule.
fn definitions(main: &ServiceLevel, short: Option<&Limit>) -> Result<Vec<ServiceLevel>, Error> {
    let t = main.within().default_limit();
    let s = short.map_or(TimeDelta::zero(), Limit::default_limit);
    let mut rules = vec![
        ServiceLevel::answered_only(t)?,
        ServiceLevel::offered(t)?,
        ServiceLevel::ignore_within(t)?,
        ServiceLevel::positive(t)?,
        ServiceLevel::ignore_all(t)?,
        ServiceLevel::answered_abandoned(t)?,
        ServiceLevel::removed_from_queue(t)?,
        ServiceLevel::dequeued_excluded(t, CiscoAbandons::Negative)?,
        ServiceLevel::no_threshold()?,
    ];
    if let Some(short) = short {
        let with_short = [
            ServiceLevel::excl_short(t, s)?,
            ServiceLevel::answered_abandoned_excl_short(t, s)?,
        ];
        rules.extend(with_short.map(|rule| rule.with_short(short.clone())));
    }
    let alike = |rule: ServiceLevel| {
        let rule = rule.with_within(main.within().clone());
        match main.comparison() {
            Comparison::Below if rule.comparison() == Comparison::AtMost => rule.strictly(),
            _ => rule,
        }
    };
    Ok(rules.into_iter().map(alike).collect())
}

impl RuleSection {
    pub(super) fn of(tally: &Tally, target: &Target) -> Result<Self, Error> {
        let main = tally.settings().main_rule();
        let mut others = tally.settings().rules()[1..].to_vec();
        for rule in definitions(main, tally.settings().short_abandons())? {
            if rule != *main && !others.contains(&rule) {
                others.push(rule);
            }
        }
        // A rule that was not counted for is left out of the comparison.
        let others = others
            .iter()
            .filter_map(|rule| RuleLevel::of(tally, rule).ok());
        Ok(Self {
            main: RuleLevel::of(tally, main)?,
            clock: main.clock(),
            comparison: main.comparison(),
            counts_transfers_in: main.counts_transfers_in(),
            limits: limits(tally, target),
            reckoning: reckoning(tally, main)?,
            others: others.collect(),
        })
    }
}

impl RuleSection {
    /// Contacts whose wait would matter to the rule and is not known, so that they are left out.
    #[must_use]
    pub fn unknown_waits(&self) -> u64 {
        let unknown = self.reckoning.iter().filter(|line| {
            line.timing == Some(Timing::Unknown) && line.verdict == Verdict::LeftOut
        });
        unknown.map(|line| line.contacts).sum()
    }
}

impl RuleLevel {
    fn of(tally: &Tally, rule: &ServiceLevel) -> Result<Self, Error> {
        let figure = tally.service_level(rule)?;
        let numerator = u64::try_from(figure.numerator()).unwrap_or(u64::MAX);
        let text = rule.to_string();
        let is_changed = text.contains(" with") || text.contains(" from ");
        Ok(Self {
            name: rule.name().to_owned(),
            formula: formula(rule.name())
                .filter(|_| !is_changed)
                .map(str::to_owned),
            rule: text,
            level: Quotient::new(numerator, figure.denominator()),
        })
    }
}

fn limits(tally: &Tally, target: &Target) -> Vec<QueueLimits> {
    let rule = tally.settings().main_rule();
    let has_threshold = rule.comparison() != Comparison::Any;
    let short = tally.settings().short_abandons();
    let of = |queue: &QueueId| QueueLimits {
        queue: queue.clone(),
        within_ms: has_threshold.then(|| rule.within().of(queue).num_milliseconds()),
        short_ms: short.map(|short| short.of(queue).num_milliseconds()),
        target: target.share_of(Some(queue)),
    };
    tally.scope().queues().iter().map(of).collect()
}

/// What the rule makes of every kind of contact, those that did not occur included.
fn reckoning(tally: &Tally, rule: &ServiceLevel) -> Result<Vec<Reckoned>, Error> {
    let explained = tally.explain(rule)?;
    let legs = |category| {
        let line = explained
            .lines()
            .iter()
            .find(|line| line.category == category);
        line.map_or(0, |line| line.legs)
    };
    let reckoned = |category: Category| Reckoned {
        class: category.class(),
        timing: category.timing(),
        verdict: rule.judge(category),
        contacts: legs(category),
    };
    Ok(Category::all().map(reckoned).collect())
}
