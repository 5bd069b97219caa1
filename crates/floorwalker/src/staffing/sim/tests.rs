//! Simulation against the models, and the rules of routing one by one.

use chrono::TimeDelta;

use super::*;
use crate::contact::{LegKind, Outcome};
use crate::id::QueueId;
use crate::service::{IntervalTally, ServiceLevel, TallySettings};
use crate::staffing::{ChatWorkload, ForecastError, Performance, Workload};
use crate::time::{Every, Grid, Zone};

const HOURS: usize = 400;

fn queue(name: &str) -> QueueId {
    QueueId::new(name).unwrap()
}

fn calls(name: &str, per_hour: f64, aht: f64, patience: f64) -> CallType {
    let patience = Duration::exponential(patience).unwrap();
    CallType::new(
        queue(name),
        vec![per_hour; HOURS],
        Duration::exponential(aht).unwrap(),
        patience,
    )
}

fn made(types: Vec<CallType>, groups: Vec<AgentGroup>) -> ScenarioRecord {
    ScenarioRecord::new(1_772_438_400_000, 3600.0, types, groups)
}

fn within_20() -> ServiceLevel {
    ServiceLevel::offered(TimeDelta::seconds(20)).unwrap()
}

fn number(figure: Option<crate::units::Fraction>) -> f64 {
    figure.unwrap().to_f64()
}

/// The engine and the recursion agree with Erlang A within 4 standard errors.
#[test]
fn simulation_agrees_with_erlang_a() {
    for (per_hour, aht, patience, agents) in [
        (30.0, 240.0, 120.0, 2),
        (120.0, 300.0, 60.0, 11),
        (600.0, 180.0, 300.0, 28),
        (100.0, 200.0, 900.0, 5),
    ] {
        let work = Workload::new(per_hour, 3600.0, aht)
            .unwrap()
            .with_patience(patience)
            .unwrap();
        let model = Performance::of(&work, f64::from(agents)).unwrap();
        let group = AgentGroup::new(vec![Route::new(0, 0)], vec![agents; HOURS]);
        let scenario = made(vec![calls("a", per_hour, aht, patience)], vec![group])
            .check()
            .unwrap();
        let agrees = |estimate: Estimate, wanted: f64| {
            assert!(
                (estimate.mean - wanted).abs() < 4.0 * estimate.standard_error,
                "{agents}: {estimate:?} {wanted}"
            );
        };
        let warm = |log: &SimLog| log.arrived_between(20.0 * 3600.0, HOURS as f64 * 3600.0);
        let level = replicate(&scenario, 1, 12, |log| {
            Some(number(warm(log).service_level(&within_20(), None)))
        });
        agrees(
            level.unwrap().unwrap(),
            model.service_level(&within_20()).unwrap(),
        );
        let lost = replicate(&scenario, 100, 12, |log| {
            Some(number(warm(log).abandonment(None)))
        });
        agrees(lost.unwrap().unwrap(), model.abandonment());
        let asa = replicate(&scenario, 200, 12, |log| warm(log).asa_secs(None));
        agrees(asa.unwrap().unwrap(), model.asa_secs().unwrap());

        let one = OneQueue {
            mean_gap_secs: 3600.0 / per_hour,
            handling: Duration::exponential(aht).unwrap(),
            patience: Duration::exponential(patience).unwrap(),
            agents,
        };
        let runs: Vec<_> = (0..12)
            .map(|seed| one.simulate(20.0, (2_000, 20_000), seed).unwrap())
            .collect();
        let lost: Vec<f64> = runs
            .iter()
            .map(|counts| 1.0 - counts.answered as f64 / counts.offered as f64)
            .collect();
        agrees(Estimate::of(&lost).unwrap(), model.abandonment());
        let waited: Vec<f64> = runs
            .iter()
            .map(|counts| counts.waited as f64 / counts.offered as f64)
            .collect();
        agrees(Estimate::of(&waited).unwrap(), model.waiting_probability());
    }
}

#[test]
fn the_tally_reads_what_was_simulated() {
    let mut impatient = calls("a", 90.0, 240.0, 100.0);
    impatient.callback = Some(Callback {
        after_secs: 30.0,
        part: 0.5,
    });
    let groups = vec![AgentGroup::new(
        vec![Route::new(0, 0), Route::new(1, 1)],
        vec![9; HOURS],
    )];
    let scenario = made(vec![impatient, calls("b", 40.0, 300.0, 60.0)], groups)
        .check()
        .unwrap();
    let log = simulate(&scenario, 3);
    let table = log.contacts().unwrap();
    let rule = ServiceLevel::excl_short(TimeDelta::seconds(20), TimeDelta::seconds(5)).unwrap();
    let settings = TallySettings::new(Grid::new(Zone::utc(), Every::Hour), within_20())
        .with_rule(rule.clone());
    let total = IntervalTally::count(&table.columns(), settings).unwrap();
    let counted = total.total().service_level(&rule).unwrap().exact();
    assert_eq!(counted, log.service_level(&rule, None));
    // Call-backs are dials, answered later, and never lost.
    let legs: Vec<_> = (0..table.len())
        .map(|row| table.leg(row).unwrap())
        .collect();
    let asked = legs
        .iter()
        .filter(|leg| leg.outcome == Outcome::CallbackRequested)
        .count();
    let called = legs
        .iter()
        .filter(|leg| leg.kind == LegKind::Callback)
        .count();
    assert!(
        asked > 50 && called <= asked && called + 5 > asked,
        "{asked} {called}"
    );
    // Nobody speaks to two callers at once.
    let mut by_agent: std::collections::BTreeMap<_, Vec<_>> = std::collections::BTreeMap::new();
    for leg in &legs {
        if let (Some(agent), Some(answered), Some(released)) =
            (&leg.agent, leg.answered, leg.released)
        {
            by_agent
                .entry(agent.clone())
                .or_default()
                .push((answered, released));
        }
    }
    for spans in by_agent.values_mut() {
        spans.sort_unstable();
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0));
    }
}

#[test]
fn runs_repeat_and_share_their_callers() {
    let group = AgentGroup::new(vec![Route::new(0, 0)], vec![6; HOURS]);
    let few = made(vec![calls("a", 90.0, 240.0, 100.0)], vec![group])
        .check()
        .unwrap();
    let many = few.with_agents(0, vec![7; HOURS]).unwrap();
    let level = |log: &SimLog| Some(number(log.service_level(&within_20(), None)));
    assert_eq!(level(&simulate(&few, 9)), level(&simulate(&few, 9)));
    let gain = compare(&few, &many, 1, 10, level).unwrap().unwrap();
    let alone = replicate(&many, 1, 10, level).unwrap().unwrap();
    assert!(gain.mean > 0.0 && gain.half_width < gain.mean);
    assert!(gain.standard_error < alone.standard_error);
    let text = serde_json::to_string(&few).unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&text).unwrap(), few);
    assert!(few.with_agents(0, vec![7]).unwrap_err().is_column());
}

/// Two chats at once in a simulation and in the model.
#[test]
fn chats_agree_with_their_model() {
    // The rate of an agent with two chats is 2 / (1.25 x 200 s) whichever began first only
    // if both take 1.25 times as long; in the simulation the first keeps its pace. So one
    // agent with plenty to do is compared, where both have their pace nearly always.
    let mut group = AgentGroup::new(vec![Route::new(0, 0)], vec![4; HOURS]);
    group.at_once = vec![1.0, 1.0];
    let scenario = made(vec![calls("chat", 120.0, 200.0, 90.0)], vec![group])
        .check()
        .unwrap();
    let model = ChatWorkload::new(120.0, vec![200.0, 200.0])
        .unwrap()
        .with_patience(90.0)
        .unwrap();
    let model = model.performance(4).unwrap();
    let lost = replicate(&scenario, 5, 12, |log| Some(number(log.abandonment(None))))
        .unwrap()
        .unwrap();
    assert!(
        (lost.mean - model.abandonment()).abs() < 4.0 * lost.standard_error + 1e-3,
        "{lost:?}"
    );
}

#[test]
fn redials_raise_the_load() {
    let group = AgentGroup::new(vec![Route::new(0, 0)], vec![8; HOURS]);
    let mut again = calls("a", 140.0, 240.0, 60.0);
    again.redial = Some(Redial {
        part: 0.6,
        after: Duration::exponential(600.0).unwrap(),
    });
    let scenario = made(vec![again], vec![group]).check().unwrap();
    let work = Workload::new(140.0, 3600.0, 240.0)
        .unwrap()
        .with_patience(60.0)
        .unwrap();
    let model = Performance::of(&work.with_redials(0.6).unwrap(), 8.0).unwrap();
    let attempts = replicate(&scenario, 5, 8, |log| {
        Some(log.len() as f64 / (140.0 * HOURS as f64))
    });
    let attempts = attempts.unwrap().unwrap().mean;
    assert!(
        (attempts / model.attempts_per_caller() - 1.0).abs() < 0.03,
        "{attempts}"
    );
}

/// Overflow only after the delay; the specialist first; priorities before waits.
#[test]
fn routing_follows_its_rules() {
    let never = |name: &str, per_hour: f64| {
        CallType::new(
            queue(name),
            vec![per_hour; 20],
            Duration::fixed(100.0).unwrap(),
            Duration::never(),
        )
    };
    let mut late = Route::new(0, 1);
    late.after_secs = 40.0;
    let groups = vec![
        AgentGroup::new(vec![Route::new(0, 0)], vec![2; 20]),
        AgentGroup::new(vec![Route::new(1, 0), late], vec![3; 20]),
    ];
    let scenario = made(vec![never("a", 70.0), never("b", 30.0)], groups)
        .check()
        .unwrap();
    let log = simulate(&scenario, 2);
    let helped: Vec<f64> = log
        .calls
        .iter()
        .filter(|call| call.call_type == 0 && call.agent >= 2)
        .map(|call| (call.left - call.arrived) as f64 / 1e6)
        .collect();
    assert!(helped.len() > 50 && helped.iter().all(|&wait| wait >= 40.0));
    assert!(
        helped.contains(&40.0),
        "an idle helper takes the call when it is due"
    );

    let groups = vec![
        AgentGroup::new(vec![Route::new(0, 0), Route::new(1, 0)], vec![4; 20]),
        AgentGroup::new(vec![Route::new(0, 0)], vec![4; 20]),
    ];
    let mut record = made(vec![never("a", 30.0), never("b", 30.0)], groups);
    let share = |record: &ScenarioRecord| {
        let log = simulate(&record.clone().check().unwrap(), 2);
        let first: Vec<_> = log
            .calls
            .iter()
            .filter(|call| call.call_type == 0)
            .collect();
        first.iter().filter(|call| call.agent >= 4).count() as f64 / first.len() as f64
    };
    let even = share(&record);
    record.routing = Routing::MostSpecialised;
    let special = share(&record);
    assert!(special > 0.95 && even < 0.8, "{even} {special}");
}

#[test]
fn breaks_wait_for_the_call_and_last_their_time() {
    let steady = CallType::new(
        queue("a"),
        vec![400.0],
        Duration::fixed(60.0).unwrap(),
        Duration::never(),
    );
    let mut group = AgentGroup::new(vec![Route::new(0, 0)], vec![1]);
    group.breaks = vec![Break {
        agent: 0,
        start_secs: 600.0,
        secs: 300.0,
    }];
    let record = made(vec![steady], vec![group]);
    let log = simulate(&record.check().unwrap(), 4);
    let mut spans: Vec<(u64, u64)> = log
        .calls
        .iter()
        .filter(|call| call.agent == 0)
        .map(|call| (call.left, call.released))
        .collect();
    spans.sort_unstable();
    let gap = spans
        .windows(2)
        .find(|pair| pair[0].1 >= 600_000_000)
        .unwrap();
    assert!(
        gap[0].0 < 600_000_000,
        "the call before the break began before it"
    );
    assert_eq!(
        gap[1].0 - gap[0].1,
        300_000_000,
        "callers wait, so the break has its full length"
    );
    // The last call is ended, nothing is taken after the hour, and the rest stay open.
    assert!(spans.iter().all(|&(start, _)| start <= 3_600_000_000));
    assert!(log.contacts().unwrap().len() > spans.len());
}

#[test]
fn busyness_spreads_days() {
    let spread = |busyness: ForecastError| {
        let group = AgentGroup::new(vec![Route::new(0, 0)], vec![5; HOURS]);
        let mut record = made(vec![calls("a", 50.0, 240.0, 100.0)], vec![group]);
        record.busyness = busyness;
        let scenario = record.check().unwrap();
        replicate(&scenario, 1, 30, |log| Some(log.len() as f64))
            .unwrap()
            .unwrap()
    };
    let (sure, busy) = (
        spread(ForecastError::SURE),
        spread(ForecastError::new(0.2, 0.0).unwrap()),
    );
    let variation = busy.standard_error * 30_f64.sqrt() / busy.mean;
    assert!((0.12..0.3).contains(&variation), "{variation}");
    assert!(sure.standard_error < busy.standard_error / 5.0);
}
