//! Judging proposals.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::decision::{Judged, Refusal, Settled, not_possible};
use super::make::Proposal;
use crate::error::Result;
use crate::roster::change::after;
use crate::roster::{Checker, Coverage, Difference, Requirement, Roster, Severity};
use crate::time::Span;

/// By what a proposal is judged.
#[derive(Clone, Copy, Debug)]
pub struct JudgePolicy<'a> {
    /// From which severity on a new or worse finding refuses it.
    pub refuse_from: Severity,
    /// The requirement that must not be met less than before.
    pub keep_cover: Option<&'a Requirement>,
}

impl Default for JudgePolicy<'_> {
    /// New breaches refuse; coverage is not looked at.
    fn default() -> Self {
        Self {
            refuse_from: Severity::Breach,
            keep_cover: None,
        }
    }
}

impl Checker<'_> {
    /// Judges a proposal on `roster` at the instant `now`: is it in time and agreed to,
    /// can it be made, does it break a rule or lose coverage?
    ///
    /// A rule that is broken already and does not get worse refuses nothing.
    ///
    /// ```
    /// use chrono::DateTime;
    /// use floorwalker::roster::{Checker, CheckWindow, JudgePolicy, Proposal, Roster, RulePacks};
    /// use floorwalker::team::Staff;
    ///
    /// let staff: Staff = serde_json::from_str(r#"{
    ///     "contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
    ///     "operators": [{"id": "anna", "zone": "Europe/Rome", "contracts": [{"contract": "full"}]},
    ///                   {"id": "leo", "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}]
    /// }"#).unwrap();
    /// // Anna works late on Monday and on Wednesday, Leo early on Tuesday.
    /// let roster: Roster = serde_json::from_str(r#"{
    ///     "activities": [{"id": "phone", "kind": "contact"}],
    ///     "assignments": [
    ///         {"operator": "anna", "work_day": "2026-03-02", "pieces": [{"activity": "phone", "layer": "productive",
    ///          "span": {"start": "2026-03-02T16:00:00+01:00", "end": "2026-03-02T22:00:00+01:00"}}]},
    ///         {"operator": "anna", "work_day": "2026-03-04", "pieces": [{"activity": "phone", "layer": "productive",
    ///          "span": {"start": "2026-03-04T16:00:00+01:00", "end": "2026-03-04T22:00:00+01:00"}}]},
    ///         {"operator": "leo", "work_day": "2026-03-03", "pieces": [{"activity": "phone", "layer": "productive",
    ///          "span": {"start": "2026-03-03T07:00:00+01:00", "end": "2026-03-03T13:00:00+01:00"}}]}
    ///     ]
    /// }"#).unwrap();
    /// let window = CheckWindow::new("2026-03-02".parse().unwrap(), "2026-03-09".parse().unwrap())?;
    /// let checker = Checker::new(&staff, &RulePacks::builtin(), window)?;
    ///
    /// // Anna's Wednesday against Leo's Tuesday leaves her nine hours of rest on Monday night.
    /// let (wednesday, tuesday) = (roster.assignments()[1].key(), roster.assignments()[2].key());
    /// let swap = Proposal::swap(&roster, &[wednesday, tuesday])?.agreed_by("anna".parse()?).agreed_by("leo".parse()?);
    /// let judged = checker.judge(&roster, swap, DateTime::UNIX_EPOCH, JudgePolicy::default());
    /// assert!(!judged.is_accepted());
    /// assert_eq!(judged.difference().new[0].rule.as_str(), "it.daily_rest");
    /// assert!(judged.apply(&roster).is_err());
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn judge(
        &self,
        roster: &Roster,
        proposal: Proposal,
        now: DateTime<Utc>,
        policy: JudgePolicy<'_>,
    ) -> Judged {
        let mut judged = Judged {
            refusals: formalities(&proposal, now),
            proposal,
            difference: Difference::default(),
            cover_delta_ms: None,
            before: Vec::new(),
        };
        if let Err(error) = self.consider(roster, &mut judged, policy) {
            judged.refusals.push(not_possible(&error));
        }
        judged
    }

    fn consider(
        &self,
        roster: &Roster,
        judged: &mut Judged,
        policy: JudgePolicy<'_>,
    ) -> Result<()> {
        let changed = after(roster, &judged.proposal.changes)?;
        for who in changed.keys() {
            let old = Roster::new(roster.of(who).iter().cloned())?;
            judged.before.push((who.clone(), old));
        }
        let old = self.operators(
            judged
                .before
                .iter()
                .map(|(who, old)| (who, old.assignments())),
        );
        let new = self.operators(changed.iter().map(|(who, new)| (who, new.assignments())));
        judged.difference = Difference::between(&old.findings, &new.findings);
        let harm = judged.difference.harm();
        let harm = harm.filter(|one| one.severity >= policy.refuse_from && !one.derogated);
        let broken = harm.map(|one| Refusal::BreaksRule {
            finding: Box::new(one.clone()),
        });
        let broken: Vec<Refusal> = broken.collect();
        judged.refusals.extend(broken);
        if let Some(requirement) = policy.keep_cover {
            self.keep_cover(roster, judged, requirement)?;
        }
        Ok(())
    }

    fn keep_cover(
        &self,
        roster: &Roster,
        judged: &mut Judged,
        requirement: &Requirement,
    ) -> Result<()> {
        let new = roster.with_changes(&judged.proposal.changes)?;
        let before = Coverage::of(roster, self.staff(), requirement);
        let after = Coverage::of(&new, self.staff(), requirement);
        judged.cover_delta_ms = Some(before.short_ms() - after.short_ms());
        for (demand, interval, lost_ms) in after.shorter_than(&before) {
            let bounds = requirement.intervals().bounds();
            judged.refusals.push(Refusal::CoverTooLow {
                skill: requirement.demands()[demand].skill.clone(),
                span: Span::from_millis(bounds[interval], bounds[interval + 1])?,
                lost_ms,
            });
        }
        Ok(())
    }

    /// Judges proposals one after the other, each on the roster as those accepted
    /// before it leave it, until `most` are accepted.
    ///
    /// That is how an offer of time off or of overtime is settled: in the order of the
    /// answers, with as many acceptances as the offer has places. Of proposals in one
    /// group one is accepted.
    ///
    /// # Errors
    /// None of its own; it hands on what applying an accepted proposal would.
    pub fn settle(
        &self,
        roster: &Roster,
        proposals: impl IntoIterator<Item = Proposal>,
        most: usize,
        now: DateTime<Utc>,
        policy: JudgePolicy<'_>,
    ) -> Result<Settled> {
        let mut settled = Settled {
            roster: roster.clone(),
            judged: Vec::new(),
        };
        let mut groups: BTreeSet<String> = BTreeSet::new();
        let mut accepted = 0;
        for proposal in proposals {
            let is_gone = proposal
                .group
                .as_ref()
                .is_some_and(|group| groups.contains(group));
            let mut judged = self.judge(&settled.roster, proposal, now, policy);
            if is_gone || accepted >= most {
                judged.refusals.push(Refusal::Taken);
            }
            if judged.is_accepted() {
                settled.roster = judged.apply(&settled.roster)?;
                accepted += 1;
                groups.extend(judged.proposal.group.clone());
            }
            settled.judged.push(judged);
        }
        Ok(settled)
    }
}

/// What stands against a proposal before its content is looked at.
fn formalities(proposal: &Proposal, now: DateTime<Utc>) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if proposal.expires.is_some_and(|expires| expires <= now) {
        refusals.push(Refusal::Expired);
    }
    let missing = proposal.waits_for().cloned();
    refusals.extend(missing.map(|operator| Refusal::NotAgreed { operator }));
    refusals
}
