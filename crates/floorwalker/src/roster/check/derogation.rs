//! Derogations: agreements that loosen a rule, and the rest they cost.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::out::{Bound, Breach, Out, Unit};
use crate::error::{ErrorKind, Result};
use crate::id::{AgentId, RuleId};
use crate::roster::midnight::days_after;
use crate::roster::rules::RuleTest;
use crate::roster::{Level, Rule};
use crate::team::Validity;
use crate::time::Span;

/// Equivalent rest that a derogation owes for what it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compensation {
    /// Within how many days after the day on which it was used.
    pub within_days: u16,
    /// The weekly rest, in minutes: of a time off that long only what is above counts.
    #[serde(default = "weekly_rest")]
    pub weekly_rest_minutes: u32,
}

fn weekly_rest() -> u32 {
    35 * 60
}

/// A derogation (deroga): an agreement or a law that loosens a rule, for some operators
/// and some time.
///
/// In Italy art. 17 of D.Lgs. 66/2003 lets agreements derogate from daily rest, breaks
/// and night work, with equivalent compensatory rest. What the rule forbids and the
/// derogation allows is still found, but as derogated; for rest that was cut short, the
/// missing time is owed, and a later time off pays for it with what it has above the
/// rest that is due anyway. Each time off pays once. Rest that is not paid when it is
/// due is a finding again, and no longer derogated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derogation {
    /// Which rule it loosens.
    pub rule: RuleId,
    /// Who made it.
    pub by: Level,
    /// What is tested instead; of the same kind as the rule's test.
    pub test: RuleTest,
    /// Where it is written.
    pub source: String,
    /// From when to when it holds.
    #[serde(default)]
    pub valid: Validity,
    /// For whom; everybody if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operators: Vec<AgentId>,
    /// What it owes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation: Option<Compensation>,
}

/// Rest that is owed because a derogation was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwedRest {
    /// To whom.
    pub operator: AgentId,
    /// For which rule.
    pub rule: RuleId,
    /// The day on which it was cut short.
    pub day: NaiveDate,
    /// How much, in milliseconds.
    pub owed_ms: i64,
    /// The last day on which it may be given.
    pub due: NaiveDate,
    /// The time off that gives it, if there is one.
    pub paid_by: Option<Span>,
}

impl Derogation {
    /// Refuses a derogation that the rule does not allow.
    pub(super) fn check(&self, rule: &Rule) -> Result<()> {
        if !rule.derogable_by.contains(&self.by) {
            let why = format!("{} cannot be loosened by {}", rule.id, self.by);
            let what = "derogation";
            return Err(ErrorKind::Policy { what, why }.into());
        }
        if rule.test.kind() != self.test.kind() {
            let why = format!(
                "{} is a {}, not a {}",
                rule.id,
                rule.test.kind(),
                self.test.kind()
            );
            let what = "derogation and rule";
            return Err(ErrorKind::Conflict { what, why }.into());
        }
        Ok(())
    }

    pub(super) fn is_for(&self, operator: &AgentId) -> bool {
        self.operators.is_empty() || self.operators.contains(operator)
    }

    /// Whether what the rule forbids is allowed by this derogation.
    pub(super) fn allows(&self, breach: &Breach, facts: &Facts<'_>, looser: &Out) -> bool {
        let holds = self.valid.contains(facts.days.date_of(breach.day));
        let still = |one: &Breach| one.day == breach.day && one.start == breach.start;
        holds && !looser.breaches.iter().any(still)
    }

    /// The rest owed for allowed breaches, and which of it is paid.
    pub(super) fn owed(&self, allowed: &[Breach], facts: &Facts<'_>) -> Vec<OwedRest> {
        let Some(compensation) = self.compensation else {
            return Vec::new();
        };
        let is_rest = |one: &&Breach| one.unit == Unit::Milliseconds && one.bound == Bound::AtLeast;
        let mut spent: Vec<i64> = Vec::new();
        let allowed = allowed.iter().filter(is_rest);
        allowed
            .map(|breach| {
                let day = facts.days.date_of(breach.day);
                let due = days_after(day, compensation.within_days.into());
                let found = payment(breach, compensation, facts, &spent);
                spent.extend(found.map(|(start, _)| start));
                OwedRest {
                    operator: facts.operator.id().clone(),
                    rule: self.rule.clone(),
                    day,
                    owed_ms: breach.excess(),
                    due,
                    paid_by: found.and_then(|(a, b)| Span::from_millis(a, b).ok()),
                }
            })
            .collect()
    }
}

/// The first time off after `breach`, and in time, with enough above what is due.
fn payment(
    breach: &Breach,
    compensation: Compensation,
    facts: &Facts<'_>,
    spent: &[i64],
) -> Option<(i64, i64)> {
    let last_day = breach.day + usize::from(compensation.within_days);
    let weekly = i64::from(compensation.weekly_rest_minutes) * 60_000;
    let surplus = |off: i64| {
        if off >= weekly {
            off - weekly
        } else {
            off - breach.limit
        }
    };
    let shifts = facts.shifts();
    let between = shifts.windows(2).map(|pair| (pair[0].end, pair[1].start));
    let known_end = facts.days.start(facts.days.window().end);
    let last = shifts.last().map(|last| (last.end, known_end));
    let in_time = |off: &(i64, i64)| off.0 >= breach.end && off.1 <= facts.days.start(last_day + 1);
    let mut off = between.chain(last);
    off.find(|off| {
        in_time(off) && !spent.contains(&off.0) && surplus(off.1 - off.0) >= breach.excess()
    })
}
