//! Laws of adherence, and a second way of counting: second by second.

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;
use crate::attendance::activity::Activity;
use crate::attendance::planned::{PlannedSegment, PlannedShift};
use crate::contact::{AgentState, StateKind};
use crate::id::AgentId;
use crate::team::{AccessPolicy, AccessRecord, Granularity};
use crate::time::{Every, Grid, Span, Zone, instant};

/// How long the made-up days are, in seconds.
const SECONDS: i64 = 900;

fn at(second: i64) -> DateTime<Utc> {
    instant(second * 1000).unwrap()
}

fn span(from: i64, to: i64) -> Span {
    Span::new(at(from), at(to)).unwrap()
}

fn policy() -> AccessPolicy {
    let record = AccessRecord {
        purpose: "tests".to_owned(),
        legal_basis: "made-up people".to_owned(),
        granularity: Granularity::Person,
        min_group: 2,
        retention_days: 1,
    };
    record.try_into().unwrap()
}

fn settings(from: i64, to: i64) -> AdherenceSettings {
    AdherenceSettings::new(Grid::new(Zone::utc(), Every::Minutes5), span(from, to))
}

/// Stretches one after the other: `(length, what)`, where `None` is nothing.
type Runs<T> = Vec<(i64, Option<T>)>;

fn runs<T: Copy + std::fmt::Debug + 'static>(of: &'static [T]) -> impl Strategy<Value = Runs<T>> {
    let what = prop::option::weighted(0.8, prop::sample::select(of));
    prop::collection::vec((1i64..90, what), 0..14)
}

/// What holds in each second.
fn by_second<T: Copy>(runs: &Runs<T>) -> Vec<Option<T>> {
    let each = runs
        .iter()
        .flat_map(|(length, what)| (0..*length).map(move |_| *what));
    each.chain(std::iter::repeat(None))
        .take(SECONDS as usize)
        .collect()
}

fn plan_of(agents: &[(&str, &Runs<Activity>)]) -> AdherencePlan {
    let mut shifts = Vec::new();
    for (name, runs) in agents {
        let (mut from, mut segments) = (0, Vec::new());
        for (length, activity) in *runs {
            let to = (from + length).min(SECONDS);
            if let (Some(activity), true) = (*activity, from < to) {
                segments.push(PlannedSegment {
                    span: span(from, to),
                    activity,
                });
            }
            from = to;
        }
        if !segments.is_empty() {
            let agent = AgentId::new(name).unwrap();
            shifts.push(PlannedShift::new(agent, at(0).date_naive(), segments).unwrap());
        }
    }
    AdherencePlan::new(&shifts).unwrap()
}

fn states_of(name: &str, runs: &Runs<StateKind>) -> Vec<AgentState> {
    let (mut from, mut states) = (0, Vec::new());
    for (length, state) in runs {
        let to = (from + length).min(SECONDS);
        if let (Some(state), true) = (*state, from < to) {
            states.push(
                AgentState::new(AgentId::new(name).unwrap(), state, at(from), Some(at(to)))
                    .unwrap(),
            );
        }
        from = to;
    }
    states
}

/// The exceptions that are forgiven, second by second, by the words of the rule.
fn forgiven(plan: &[Option<Activity>], out: &[bool], after: usize, before: usize) -> Vec<bool> {
    let mut forgiven = vec![false; plan.len()];
    let mut start = 0;
    while start < plan.len() {
        let end = (start..plan.len())
            .find(|&s| plan[s] != plan[start])
            .unwrap_or(plan.len());
        if plan[start].is_some() {
            let lead = (start..end).take_while(|&s| out[s]).count();
            let trail = (start..end).rev().take_while(|&s| out[s]).count();
            if lead < end - start {
                let lead = if lead <= after { lead } else { 0 };
                let trail = if trail <= before { trail } else { 0 };
                (start..start + lead)
                    .chain(end - trail..end)
                    .for_each(|s| forgiven[s] = true);
            }
        }
        start = end;
    }
    forgiven
}

const ANNA: &str = "Anna";

proptest! {
    #[test]
    fn counting_second_by_second_agrees(
        plan in runs(Activity::ALL),
        states in runs(StateKind::ALL),
        after in 0usize..40,
        before in 0usize..40,
        window in (0i64..3).prop_flat_map(|from| (Just(from), from + 1..4)),
    ) {
        let map = AdherenceMap::by_name().with(Activity::Work, StateKind::Meeting, Verdict::Neutral);
        let rules = AdherenceRules { map: map.clone(), grace_after_secs: after as u32, grace_before_secs: before as u32 };
        let (from, to) = (window.0 * 300, window.1 * 300);
        let settings = settings(from, to).with_rules(rules);
        let mut input = states_of(ANNA, &states);
        input.reverse();
        let tally = AdherenceTally::count(&plan_of(&[(ANNA, &plan)]), &input, &settings).unwrap();
        let agent = AgentId::new(ANNA).unwrap();
        let times = tally.agent_over(&agent, span(from, to), &policy()).unwrap_or_default();

        let (plan, states) = (by_second(&plan), by_second(&states));
        let verdict = |s: usize| plan[s].map(|activity| states[s].map_or(Verdict::Out, |state| map.verdict(activity, state)));
        let out: Vec<bool> = (0..plan.len()).map(|s| verdict(s) == Some(Verdict::Out)).collect();
        let forgiven = forgiven(&plan, &out, after, before);
        let count = |test: &dyn Fn(usize) -> bool| (from as usize..to as usize).filter(|&s| test(s)).count() as u64 * 1000;
        let works = |s: usize| states[s].is_some_and(StateKind::is_productive);
        prop_assert_eq!(times.scheduled(), count(&|s| plan[s].is_some()));
        for &activity in Activity::ALL {
            prop_assert_eq!(times.scheduled_for(activity), count(&|s| plan[s] == Some(activity)));
        }
        for &state in StateKind::ALL {
            prop_assert_eq!(times.in_state(state), count(&|s| states[s] == Some(state)));
        }
        prop_assert_eq!(times.in_adherence(), count(&|s| verdict(s) == Some(Verdict::In) || forgiven[s]));
        prop_assert_eq!(times.neutral(), count(&|s| verdict(s) == Some(Verdict::Neutral)));
        prop_assert_eq!(times.excused(), count(&|s| forgiven[s]));
        prop_assert_eq!(times.out_of_adherence(), count(&|s| out[s] && !forgiven[s]));
        prop_assert_eq!(times.not_logged_in(), count(&|s| plan[s].is_some() && states[s].is_none()));
        prop_assert_eq!(times.unscheduled(), count(&|s| plan[s].is_none() && states[s].is_some()));
        prop_assert_eq!(times.unscheduled_work(), count(&|s| plan[s].is_none() && works(s)));
        prop_assert_eq!(times.work_inside_schedule(), count(&|s| plan[s].is_some() && works(s)));
    }

    #[test]
    fn parts_merge_into_the_whole(
        plans in (runs(Activity::ALL), runs(Activity::ALL)),
        states in (runs(StateKind::ALL), runs(StateKind::ALL)),
    ) {
        let people = [(ANNA, &plans.0), ("Bruno", &plans.1)];
        let plan = plan_of(&people);
        let (anna, bruno) = (states_of(ANNA, &states.0), states_of("Bruno", &states.1));
        let both: Vec<&AgentState> = anna.iter().chain(&bruno).collect();
        let whole = AdherenceTally::count(&plan, both.iter().copied(), &settings(0, SECONDS)).unwrap();
        let by_time: Vec<_> = [(0, 300), (300, 900)]
            .map(|(from, to)| AdherenceTally::count(&plan, both.iter().copied(), &settings(from, to)).unwrap())
            .into();
        let one = |name: &str, runs, states: &[AgentState]| {
            AdherenceTally::count(&plan_of(&[(name, runs)]), states, &settings(0, SECONDS)).unwrap()
        };
        let by_person = [one("Bruno", &plans.1, &bruno), one(ANNA, &plans.0, &anna)];
        for merged in [
            by_time[0].merge(&by_time[1]).unwrap(),
            by_time[1].merge(&by_time[0]).unwrap(),
            by_person[0].merge(&by_person[1]).unwrap(),
        ] {
            for interval in whole.intervals().iter() {
                for (name, _) in &people {
                    let agent = AgentId::new(name).unwrap();
                    let of = |tally: &AdherenceTally| tally.agent_over(&agent, interval.span(), &policy()).unwrap_or_default();
                    prop_assert_eq!(of(&whole), of(&merged));
                }
                prop_assert_eq!(whole.staffing_over(interval.span()), merged.staffing_over(interval.span()));
            }
        }
    }
}

#[test]
fn other_rules_do_not_merge() {
    let empty = |rules| {
        let settings = settings(0, 300).with_rules(rules);
        AdherenceTally::count(&AdherencePlan::default(), [], &settings).unwrap()
    };
    let strict = empty(AdherenceRules::default());
    let lenient = empty(AdherenceRules {
        grace_after_secs: 60,
        ..AdherenceRules::default()
    });
    assert!(strict.merge(&lenient).unwrap_err().is_merge());
}

#[test]
fn a_group_is_the_people_who_were_there() {
    let all = vec![(SECONDS, Some(Activity::Work))];
    let plan = plan_of(&[(ANNA, &all), ("Bruno", &vec![(300, Some(Activity::Work))])]);
    let tally = AdherenceTally::count(&plan, [], &settings(0, SECONDS)).unwrap();
    assert!(tally.team_over(span(0, 300), &policy()).is_ok());
    // Later only Anna is planned: the figure would be hers.
    assert!(
        tally
            .team_over(span(300, 900), &policy())
            .unwrap_err()
            .is_policy()
    );
    assert_eq!(tally.headcount(), 2);
}

#[test]
fn persons_need_a_policy_for_persons() {
    let tally = AdherenceTally::count(&AdherencePlan::default(), [], &settings(0, 300)).unwrap();
    let teams = AccessPolicy::new("staffing", "none needed", Granularity::Team).unwrap();
    let agent = AgentId::new(ANNA).unwrap();
    let refused = tally.agent_over(&agent, span(0, 300), &teams).unwrap_err();
    assert_eq!(refused.code(), "policy.refused");
    let unknown = tally
        .agent_over(&agent, span(0, 300), &policy())
        .unwrap_err();
    assert_eq!(unknown.code(), "name.unknown");
}

/// A day of many operators costs a few looks for each state, segment and interval,
/// however many there are: twice the people, twice the work.
#[test]
fn the_work_is_linear() {
    let work_of = |people: i64, states: i64| {
        let (mut shifts, mut all) = (Vec::new(), Vec::new());
        for person in 0..people {
            let agent = AgentId::new(format!("operator {person}")).unwrap();
            let hours = (0..8).map(|hour| PlannedSegment {
                span: span(28_800 + hour * 3600, 28_800 + (hour + 1) * 3600),
                activity: Activity::ALL[hour as usize % 2],
            });
            shifts.push(
                PlannedShift::new(agent.clone(), at(0).date_naive(), hours.collect()).unwrap(),
            );
            let step = 28_800 / states;
            all.extend((0..states).map(|state| {
                let from = 28_800 + state * step;
                let kind = StateKind::ALL[state as usize % 3];
                AgentState::new(agent.clone(), kind, at(from), Some(at(from + step))).unwrap()
            }));
        }
        let plan = AdherencePlan::new(&shifts).unwrap();
        let rules = AdherenceRules {
            grace_after_secs: 60,
            grace_before_secs: 60,
            ..AdherenceRules::default()
        };
        let grid = Grid::new(Zone::utc(), Every::Minutes30);
        let settings = AdherenceSettings::new(grid, span(0, 86_400)).with_rules(rules);
        AdherenceTally::count(&plan, &all, &settings)
            .unwrap()
            .looks()
    };
    let (few, many, fine) = (work_of(50, 240), work_of(100, 240), work_of(50, 480));
    assert_eq!(many, 2 * few);
    // Each state is looked at when exceptions are measured, when pieces are made, and laid into an
    // interval; at most once more at each change of the plan or of the interval.
    let bound = |states: u64| 50 * (3 * states + 4 * 8 + 16);
    assert!(few <= bound(240) && fine <= bound(480), "{few} and {fine}");
}
