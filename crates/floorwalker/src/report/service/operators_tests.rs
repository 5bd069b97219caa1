//! What the access policy lets through, and what it holds back.

use chrono::TimeDelta;

use super::tests::{START_MS, options, tally};
use super::*;
use crate::contact::{AgentState, ContactTable, Leg, LegRecord, StateKind};
use crate::id::{AgentId, QueueId};
use crate::report::Quotient;
use crate::service::{AgentTally, AgentTimes};
use crate::team::{AccessPolicy, AccessRecord, Granularity};
use crate::time::{Every, Grid, Span, Zone, instant};

const NAMES: [&str; 8] = [
    "Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Gaia", "Hugo",
];

fn agent(name: &str) -> AgentId {
    AgentId::new(name).unwrap()
}

/// The first `people` operators; the n-th handles 10 n contacts of 100 s.
fn legs(people: usize) -> Vec<Leg> {
    let mut legs = Vec::new();
    for (number, name) in NAMES.iter().take(people).enumerate() {
        for at in 0..10 * (number as i64 + 1) {
            let arrived = instant(START_MS + at * 60_000).unwrap();
            let released = arrived + TimeDelta::seconds(100);
            let leg = LegRecord::waiting(QueueId::new("sales").unwrap(), arrived)
                .answered(Some(agent(name)), arrived)
                .finished(released, released);
            legs.push(leg.check().unwrap());
        }
    }
    legs
}

fn policy(granularity: Granularity, min_group: u32) -> AccessPolicy {
    AccessPolicy::try_from(AccessRecord {
        purpose: "coaching".to_owned(),
        legal_basis: "agreement of 12 May 2026".to_owned(),
        granularity,
        min_group,
        retention_days: 30,
    })
    .unwrap()
}

fn section(people: usize, options: &OperatorOptions) -> OperatorSection {
    with_operators(people, options).unwrap().operators.unwrap()
}

fn with_operators(people: usize, shown: &OperatorOptions) -> Result<ServiceReport, crate::Error> {
    let legs = legs(people);
    let report = ServiceReport::new(&tally(&legs, Every::Hour), &options()).unwrap();
    let table = ContactTable::from_iter(&legs);
    let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Hour);
    let handled = AgentTally::count(&[table.columns()], grid.clone(), None).unwrap();
    let from = instant(START_MS).unwrap();
    let state = |name: &&str| {
        let to = Some(from + TimeDelta::hours(8));
        AgentState::new(agent(name), StateKind::Ready, from, to).unwrap()
    };
    let states: Vec<AgentState> = NAMES[..people].iter().map(state).collect();
    let window = Span::new(from, from + TimeDelta::hours(8)).unwrap();
    let times = AgentTimes::count(&states, grid, window, None).unwrap();
    report.with_operators(&handled, Some(&times), shown)
}

fn in_teams(sizes: &[usize]) -> Vec<(AgentId, String)> {
    let mut names = NAMES.iter();
    let team = |(number, &size): (usize, &usize)| -> Vec<(AgentId, String)> {
        let members = names.by_ref().take(size);
        members
            .map(|name| (agent(name), format!("team {number}")))
            .collect()
    };
    sizes.iter().enumerate().flat_map(team).collect()
}

#[test]
fn people_come_by_name_with_their_figures() {
    let options = OperatorOptions::new(policy(Granularity::Person, 5));
    let section = section(3, &options);
    assert_eq!((section.people, section.hidden_rows), (3, 0));
    let anna = &section.rows[0];
    assert_eq!(anna.who, Who::Person(agent("Anna")));
    assert_eq!((anna.figures.handled, anna.is_enough), (10, false));
    assert_eq!(section.rows[1].figures.aht, Quotient::new(2_000_000, 20));
    assert!(section.rows[1].is_enough);
    assert_eq!(anna.figures.states.ready, 8 * 3_600_000);
    assert_eq!(section.total.unwrap().handled, 60);
}

#[test]
fn pseudonyms_need_a_key_and_show_no_name() {
    let without = OperatorOptions::new(policy(Granularity::Pseudonym, 5));
    let error = with_operators(6, &without).unwrap_err();
    assert_eq!(error.code(), "policy.refused");
    let with_key = |key| section(6, &without.clone().with_key(key));
    let (one, other) = (with_key(1), with_key(2));
    let numbers: Vec<&Who> = one.rows.iter().map(|row| &row.who).collect();
    let expected: Vec<Who> = (1..=6).map(Who::Number).collect();
    assert!(numbers.into_iter().eq(&expected));
    assert_ne!(one.rows, other.rows, "another key, another order");
    let json = serde_json::to_string(&one).unwrap();
    assert!(NAMES.iter().all(|name| !json.contains(name)), "{json}");
    let few = section(4, &without.with_key(1));
    assert_eq!((few.rows.len(), few.hidden_rows, few.total), (0, 4, None));
}

#[test]
fn a_team_is_shown_if_it_is_large_enough() {
    let options = OperatorOptions::new(policy(Granularity::Team, 5));
    assert_eq!(section(5, &options).total.unwrap().handled, 150);
    assert_eq!(section(5, &options).rows, []);
    assert_eq!(section(4, &options).total, None);
    let json = serde_json::to_string(&section(8, &options)).unwrap();
    assert!(NAMES.iter().all(|name| !json.contains(name)), "{json}");
}

#[test]
fn what_is_left_beside_the_shown_teams_hides_people_too() {
    let teams = |sizes: &[usize]| {
        let options = OperatorOptions::new(policy(Granularity::Team, 3));
        let section = section(8, &options.with_teams(in_teams(sizes)));
        let shown: Vec<u64> = section.rows.iter().map(|row| row.people).collect();
        (shown, section.hidden_rows, section.total.is_some())
    };
    assert_eq!(teams(&[4, 4]), (vec![4, 4], 0, true));
    // A team of two alone could be had by subtraction: the smallest other team goes too.
    assert_eq!(teams(&[3, 3, 2]), (vec![3], 2, true));
    // Two small teams hide each other.
    assert_eq!(teams(&[4, 2, 2]), (vec![4], 2, true));
    assert_eq!(teams(&[6, 2]), (vec![], 2, true));
    // Those in no team are a group like any other.
    assert_eq!(teams(&[5]), (vec![5, 3], 0, true));
    assert_eq!(teams(&[7]), (vec![], 2, true));
}

#[test]
fn without_a_policy_there_is_no_trace_of_people() {
    let legs = legs(8);
    let report = ServiceReport::new(&tally(&legs, Every::Hour), &options()).unwrap();
    let json = serde_json::to_string(&report).unwrap();
    assert!(NAMES.iter().all(|name| !json.contains(name)));
    let named = OperatorOptions::new(policy(Granularity::Person, 5));
    let report = with_operators(8, &named).unwrap().without_operators();
    assert_eq!(report.operators, None);
}
