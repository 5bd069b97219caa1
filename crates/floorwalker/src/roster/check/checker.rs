//! The checker: staff, rules and window put together, ready for rosters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::days::Days;
use super::derogation::{Derogation, OwedRest};
use super::facts::{Facts, Known, Timeline};
use super::finding::{Finding, remedies};
use super::opening::Opening;
use super::out::{Breach, Out, Reason};
use super::report::{Basis, CheckReport, Found};
use super::window::CheckWindow;
use crate::error::{ErrorKind, Result, nearest};
use crate::id::{AgentId, PackId};
use crate::roster::pack::PLAN;
use crate::roster::{Assignment, Roster, Rule, RulePacks, Severity};
use crate::team::{AbsenceCalendar, Contract, Operator, Staff, Validity};
use crate::time::Span;

/// Staff, rules and window put together, ready to judge rosters.
///
/// One engine serves the plan, what was worked, and a plan with a change. The rules are
/// those of each operator's contract, and the pack `plan`. Make it once, and ask it
/// often: looking at a roster is linear in its activities, but for rules over sliding
/// windows, which are linear in days.
///
/// ```
/// use floorwalker::roster::{Checker, CheckWindow, Roster, RulePacks};
/// use floorwalker::team::Staff;
///
/// let staff: Staff = serde_json::from_str(r#"{
///     "contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
///     "operators": [{"id": "anna", "zone": "Europe/Rome", "contracts": [{"contract": "full"}]}]
/// }"#).unwrap();
/// // 20:00 to 07:00 in the night the clock is put forward: 10 hours of rest.
/// let roster: Roster = serde_json::from_str(r#"{
///     "activities": [{"id": "phone", "kind": "contact"}],
///     "assignments": [
///         {"operator": "anna", "work_day": "2026-03-28", "pieces": [{"activity": "phone", "layer": "productive",
///          "span": {"start": "2026-03-28T15:00:00+01:00", "end": "2026-03-28T20:00:00+01:00"}}]},
///         {"operator": "anna", "work_day": "2026-03-29", "pieces": [{"activity": "phone", "layer": "productive",
///          "span": {"start": "2026-03-29T07:00:00+02:00", "end": "2026-03-29T12:00:00+02:00"}}]}
///     ]
/// }"#).unwrap();
/// let window = CheckWindow::new("2026-03-28".parse().unwrap(), "2026-03-30".parse().unwrap())?;
/// let report = Checker::new(&staff, &RulePacks::builtin(), window)?.plan(&roster);
/// assert_eq!(
///     report.findings[0].to_string(),
///     "2026-03-29 anna it.daily_rest: 10 h, at least 11 h \
///      (D.Lgs. 66/2003 art. 7, derogations art. 17; Dir. 2003/88/EC art. 3)"
/// );
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Checker<'a> {
    staff: &'a Staff,
    window: CheckWindow,
    rules: BTreeMap<PackId, Vec<Arc<Rule>>>,
    days: BTreeMap<String, Arc<Days>>,
    absences: Option<&'a AbsenceCalendar>,
    holidays: BTreeSet<NaiveDate>,
    openings: BTreeMap<AgentId, Opening>,
    derogations: Vec<Derogation>,
}

impl<'a> Checker<'a> {
    /// A checker of rosters for `staff` over `window`.
    ///
    /// # Errors
    /// `name.unknown` if a contract names a pack that is not among `packs`;
    /// `options.conflict` if packs extend each other in a circle.
    pub fn new(staff: &'a Staff, packs: &RulePacks, window: CheckWindow) -> Result<Self> {
        let plan = packs.rules(&PackId::new(PLAN)?)?;
        let mut rules = BTreeMap::new();
        for contract in staff.contracts() {
            let id = contract.rule_pack();
            if !rules.contains_key(id) {
                let mut of_pack = plan.clone();
                of_pack.extend(packs.rules(id)?);
                rules.insert(id.clone(), of_pack);
            }
        }
        let mut days = BTreeMap::new();
        for operator in staff.operators() {
            let name = operator.zone().name();
            if !days.contains_key(name) {
                let of_zone = Arc::new(Days::new(operator.zone(), window));
                days.insert(name.to_owned(), of_zone);
            }
        }
        Ok(Self {
            staff,
            window,
            rules,
            days,
            absences: None,
            holidays: BTreeSet::new(),
            openings: BTreeMap::new(),
            derogations: Vec::new(),
        })
    }

    /// The same checker with the absences of the staff.
    #[must_use]
    pub fn with_absences(mut self, absences: &'a AbsenceCalendar) -> Self {
        self.absences = Some(absences);
        self
    }

    /// The same checker with the public holidays, for rules that count working days.
    #[must_use]
    pub fn with_holidays(mut self, holidays: impl IntoIterator<Item = NaiveDate>) -> Self {
        self.holidays = holidays.into_iter().collect();
        self
    }

    /// The same checker with what operators have used up earlier in the year.
    #[must_use]
    pub fn with_openings(mut self, openings: impl IntoIterator<Item = (AgentId, Opening)>) -> Self {
        self.openings = openings.into_iter().collect();
        self
    }

    /// The same checker with another derogation.
    ///
    /// # Errors
    /// `name.unknown` if no pack in use has the rule; `policy.refused` if it cannot be
    /// loosened by who does it; `options.conflict` if the test is of another kind.
    pub fn with_derogation(mut self, derogation: Derogation) -> Result<Self> {
        let rules = || self.rules.values().flatten();
        let Some(rule) = rules().find(|rule| rule.id == derogation.rule) else {
            let given = derogation.rule.as_str().to_owned();
            let nearest = nearest(&given, rules().map(|rule| rule.id.as_str()));
            let what = "rule";
            return Err(ErrorKind::Unknown {
                what,
                given,
                nearest,
            }
            .into());
        };
        derogation.check(rule)?;
        self.derogations.push(derogation);
        Ok(self)
    }

    /// The staff it is for.
    #[must_use]
    pub fn staff(&self) -> &'a Staff {
        self.staff
    }

    /// The days it is for.
    #[must_use]
    pub fn window(&self) -> CheckWindow {
        self.window
    }

    /// The rules in use, each pack after the other.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().flatten().map(Arc::as_ref)
    }

    /// Judges a plan.
    #[must_use]
    pub fn plan(&self, roster: &Roster) -> CheckReport {
        self.report(roster, Basis::Plan)
    }

    /// Judges what was worked: assignments made of the hours that were.
    ///
    /// Rules about the plan, such as its publication, do not apply to assignments whose
    /// origin is [`Observed`](crate::roster::Origin::Observed).
    #[must_use]
    pub fn actuals(&self, worked: &Roster) -> CheckReport {
        self.report(worked, Basis::Actuals)
    }

    fn report(&self, roster: &Roster, basis: Basis) -> CheckReport {
        let mut found = Found::default();
        for operator in self.staff.operators() {
            self.look_at(operator, roster.of(operator.id()), &mut found);
        }
        for assignment in roster.assignments() {
            let operator = assignment.operator();
            if self.staff.operator(operator).is_none() {
                let open = (None, Reason::UnknownOperator, operator.clone());
                found.open.insert(open);
            }
        }
        found.into_report(basis)
    }

    /// Judges single operators with the assignments given.
    pub(in crate::roster) fn operators<'b>(
        &self,
        changed: impl IntoIterator<Item = (&'b AgentId, &'b [Assignment])>,
    ) -> CheckReport {
        let mut found = Found::default();
        for (id, assignments) in changed {
            if let Some(operator) = self.staff.operator(id) {
                self.look_at(operator, assignments, &mut found);
            }
        }
        found.into_report(Basis::PlanWithChange)
    }

    fn look_at(&self, operator: &Operator, assignments: &[Assignment], found: &mut Found) {
        let Some(days) = self.days.get(operator.zone().name()) else {
            return;
        };
        let timeline = Timeline::new(assignments, days);
        let known = Known {
            operator,
            days,
            absences: self.absences.map_or(&[], |all| all.of(operator.id())),
            holidays: &self.holidays,
            opening: self.openings.get(operator.id()),
        };
        let checked = Validity::new(self.window.from, self.window.until).unwrap_or_default();
        let mut has_contract = false;
        for term in &operator.record().contracts {
            let contract = self.staff.contract(&term.contract);
            let in_force = contract.filter(|_| term.valid.overlaps(checked));
            if let Some(contract) = in_force {
                has_contract = true;
                let facts = Facts::new(known, &timeline, contract);
                self.apply(contract, term.valid, &facts, found);
            }
        }
        if !has_contract && !assignments.is_empty() {
            let open = (None, Reason::NoContract, operator.id().clone());
            found.open.insert(open);
        }
        #[cfg(test)]
        super::tests::VISITED.with(|sum| sum.set(sum.get() + timeline.visited()));
    }

    /// Applies the rules of one contract to the days on which it is in force.
    fn apply(&self, contract: &Contract, valid: Validity, facts: &Facts<'_>, found: &mut Found) {
        let regions = &contract.record().regions;
        let rules = self.rules.get(contract.rule_pack()).into_iter().flatten();
        for rule in rules {
            if rule
                .region
                .as_ref()
                .is_some_and(|region| !regions.contains(region))
            {
                continue;
            }
            let mut out = Out::default();
            rule.test.judge(facts, &mut out);
            for reason in out.reasons {
                let operator = facts.operator.id().clone();
                found.open.insert((Some(rule.id.clone()), reason, operator));
            }
            let window = facts.days.window();
            out.breaches.retain(|breach| {
                let date = facts.days.date_of(breach.day);
                window.contains(&breach.day) && valid.contains(date) && rule.valid.contains(date)
            });
            if !out.breaches.is_empty() {
                self.write_down(rule, &out.breaches, facts, found);
            }
        }
    }

    fn write_down(&self, rule: &Rule, breaches: &[Breach], facts: &Facts<'_>, found: &mut Found) {
        let id = facts.operator.id();
        let mut derogations = self.derogations.iter();
        let derogation = derogations.find(|one| one.rule == rule.id && one.is_for(id));
        let looser = derogation.map(|one| {
            let mut looser = Out::default();
            one.test.judge(facts, &mut looser);
            (one, looser)
        });
        let mut allowed: Vec<Breach> = Vec::new();
        for breach in breaches {
            let is_allowed = |(one, looser): &(&Derogation, Out)| one.allows(breach, facts, looser);
            let derogated = looser.as_ref().is_some_and(is_allowed);
            if derogated {
                allowed.push(*breach);
            }
            found
                .findings
                .extend(finding(rule, breach, facts, derogated));
        }
        if let Some((derogation, _)) = looser {
            let owed = derogation.owed(&allowed, facts);
            let unpaid = owed.iter().filter(|one| self.is_overdue(one));
            let breaches: Vec<Finding> =
                unpaid.filter_map(|one| overdue(rule, one, facts)).collect();
            found.findings.extend(breaches);
            found.owed.extend(owed);
        }
    }

    fn is_overdue(&self, owed: &OwedRest) -> bool {
        owed.paid_by.is_none() && owed.due < self.window.until
    }
}

fn finding(rule: &Rule, breach: &Breach, facts: &Facts<'_>, derogated: bool) -> Option<Finding> {
    Some(Finding {
        rule: rule.id.clone(),
        severity: if derogated {
            Severity::Notice
        } else {
            rule.severity
        },
        operator: facts.operator.id().clone(),
        day: facts.days.date_of(breach.day),
        span: Span::from_millis(breach.start, breach.end).ok()?,
        measured: breach.measured,
        limit: breach.limit,
        unit: breach.unit,
        bound: breach.bound,
        source: rule.source.clone(),
        certainty: rule.certainty,
        derogated,
        remedies: remedies(rule.test.kind()),
    })
}

/// The finding about rest that was owed and not given in time.
fn overdue(rule: &Rule, owed: &OwedRest, facts: &Facts<'_>) -> Option<Finding> {
    let (day, due) = (facts.days.number(owed.day)?, facts.days.number(owed.due)?);
    let span = (facts.days.start(day), facts.days.start(due + 1));
    let breach = Breach::time(due, span, 0, owed.owed_ms, super::Bound::AtLeast);
    finding(rule, &breach, facts, false)
}
