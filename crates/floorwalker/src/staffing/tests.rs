//! Laws of queues, and inputs of every kind.

use chrono::TimeDelta;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::service::ServiceLevel;

fn rules() -> Vec<ServiceLevel> {
    let limit = TimeDelta::seconds(20);
    vec![
        ServiceLevel::offered(limit).unwrap(),
        ServiceLevel::positive(limit).unwrap(),
        ServiceLevel::ignore_within(limit).unwrap(),
        ServiceLevel::excl_short(limit, TimeDelta::seconds(5)).unwrap(),
        ServiceLevel::answered_only(limit).unwrap(),
        ServiceLevel::no_threshold().unwrap(),
    ]
}

/// Every figure is a probability, a wait or nothing.
fn sane(queue: &Performance) {
    let part = |value: f64| assert!((0.0..=1.0).contains(&value), "{queue:?}: {value}");
    part(queue.waiting_probability());
    part(queue.abandonment());
    part(queue.lost_callers());
    queue.occupancy().into_iter().for_each(part);
    queue
        .service_levels(&rules())
        .into_iter()
        .flatten()
        .for_each(part);
    part(queue.virtual_within(20.0).unwrap());
    part(queue.waiting_beyond(20.0).unwrap());
    let waits = [
        queue.asa_secs(),
        queue.mean_wait_secs(),
        queue.mean_wait_of_abandoned_secs(),
        queue.mean_virtual_wait_secs(),
        queue.mean_queue(),
        queue.lines_in_use(),
    ];
    for wait in waits.into_iter().flatten() {
        assert!(wait >= 0.0 && wait.is_finite(), "{queue:?}: {wait}");
    }
}

/// A number of any kind, from a seed: ordinary ones, huge ones, and none at all.
fn odd(seed: &mut u64) -> f64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    let bits = *seed >> 11;
    let unit = bits as f64 / (1_u64 << 53) as f64;
    match (*seed >> 3) % 16 {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => -unit * 100.0,
        3 => 1e300 * unit,
        4 => 0.0,
        5 => 5e-324,
        6 => 10_f64.powf(unit * 12.0 - 4.0),
        7..=10 => unit,
        11 | 12 => (unit * 60.0).floor(),
        _ => unit * 400.0,
    }
}

/// A hundred thousand inputs give a typed error or a sane answer.
#[test]
fn any_input_has_an_answer_or_an_error() {
    let mut seed = 20_261_124;
    let mut answered = 0_u32;
    for round in 0..100_000_u32 {
        let [calls, interval, aht, patience, redials, agents] =
            std::array::from_fn(|_| odd(&mut seed));
        let work = Workload::new(calls, interval, aht);
        let work = if round % 3 == 0 {
            work
        } else {
            work.and_then(|work| work.with_patience(patience))
        };
        let work = if round % 5 == 0 {
            work.and_then(|work| work.with_redials(redials))
        } else {
            work
        };
        match work.and_then(|work| Performance::of(&work, agents)) {
            Ok(queue) => {
                answered += 1;
                sane(&queue);
            }
            Err(error) => assert!(error.is_range(), "{error}"),
        }
        if let Ok(blocking) = erlang_b(agents, calls) {
            assert!(
                (0.0..=1.0).contains(&blocking),
                "B({agents}, {calls}) = {blocking}"
            );
            let ln = ln_erlang_b(agents, calls).unwrap();
            assert!(ln <= 1e-12, "ln B({agents}, {calls}) = {ln}");
        }
    }
    assert!(answered > 5_000, "only {answered} were answered");
}

#[test]
fn inverses_of_odd_input_end() {
    let mut seed = 7;
    for _ in 0..400 {
        let [calls, aht, patience, level, cap, agents] = std::array::from_fn(|_| odd(&mut seed));
        let goals = Goals::answered_in(level, 20)
            .and_then(|goals| Goals::new([goals.list()[0].clone(), Goal::Occupancy(cap)]));
        let work = Workload::new(calls, 900.0, aht).and_then(|work| work.with_patience(patience));
        let (Ok(goals), Ok(work)) = (goals, work) else {
            continue;
        };
        if let Ok(sizing) = required_agents(&work, &goals) {
            sane(sizing.performance());
        }
        for found in [
            most_calls(&work, &goals, agents),
            longest_aht_secs(&work, &goals, agents),
        ] {
            match found {
                Ok(found) => assert!(found.value > 0.0 && found.value.is_finite()),
                Err(error) => {
                    assert!(["goal.unattainable", "value.out_of_range"].contains(&error.code()))
                }
            }
        }
    }
}

#[test]
fn zero_and_overload_are_defined() {
    let none = Workload::new(0.0, 1800.0, 180.0).unwrap();
    let idle = Performance::of(&none, 3.0).unwrap();
    assert_eq!(
        (idle.waiting_probability(), idle.asa_secs()),
        (0.0, Some(0.0))
    );
    assert_eq!(idle.service_level(&rules()[0]), Some(1.0));
    let goals = Goals::answered_in(0.8, 20).unwrap();
    assert_eq!(required_agents(&none, &goals).unwrap().agents(), 0);

    let over = Performance::of(&Workload::of_load(12.0, 180.0).unwrap(), 10.0).unwrap();
    assert!(!over.is_stable());
    assert_eq!((over.waiting_probability(), over.asa_secs()), (1.0, None));
    assert_eq!(
        (over.service_level(&rules()[0]), over.occupancy()),
        (Some(0.0), Some(1.0))
    );

    let nobody = Workload::of_load(12.0, 180.0)
        .unwrap()
        .with_patience(60.0)
        .unwrap();
    let nobody = Performance::of(&nobody, 0.0).unwrap();
    assert_eq!((nobody.abandonment(), nobody.occupancy()), (1.0, None));
    assert_eq!(nobody.service_level(&rules()[4]), None);
    assert_eq!(nobody.mean_wait_of_abandoned_secs(), Some(60.0));
}

#[test]
fn the_binding_goal_is_named() {
    let work = Workload::new(100.0, 1800.0, 180.0)
        .unwrap()
        .with_patience(120.0)
        .unwrap();
    let goals = [
        Goal::answered_in(0.8, 20).unwrap(),
        Goal::Abandonment(0.005),
        Goal::Occupancy(0.9),
    ];
    let sizing = required_agents(&work, &Goals::new(goals.clone()).unwrap()).unwrap();
    assert_eq!(sizing.binding(), [Binding::Goal(goals[1].clone())]);
    let alone = Goals::new([goals[1].clone()]).unwrap();
    assert_eq!(
        required_agents(&work, &alone).unwrap().agents(),
        sizing.agents()
    );
    let goals = Goals::new([goals[0].clone(), goals[2].clone()]).unwrap();
    let found = most_calls(&work, &goals, f64::from(sizing.agents())).unwrap();
    assert_eq!(found.binding.len(), 1);
    let at = |calls: f64| {
        let queue =
            Performance::of(&work.with_calls(calls).unwrap(), f64::from(sizing.agents())).unwrap();
        queue.service_level(&rules()[0]).unwrap() >= 0.8 && queue.occupancy().unwrap() <= 0.9
    };
    assert!(at(found.value) && !at(found.value * (1.0 + 1e-9)));
}

#[test]
fn inverses_lie_on_the_edge() {
    let work = Workload::new(100.0, 1800.0, 180.0)
        .unwrap()
        .with_patience(120.0)
        .unwrap();
    let goals = Goals::answered_in(0.8, 20).unwrap();
    let level = |work: &Workload, agents: f64| {
        Performance::of(work, agents)
            .unwrap()
            .service_level(&rules()[0])
            .unwrap()
    };
    let real = required_agents_real(&work, &goals).unwrap();
    assert!((level(&work, real.value) - 0.8).abs() < 1e-9);
    let aht = longest_aht_secs(&work, &goals, 12.0).unwrap();
    assert!((level(&work.with_aht(aht.value).unwrap(), 12.0) - 0.8).abs() < 1e-9);
    let secs = least_threshold_secs(&work, &rules()[0], 0.8, 10.0)
        .unwrap()
        .unwrap();
    let rule =
        ServiceLevel::offered(TimeDelta::milliseconds((secs * 1000.0).ceil() as i64)).unwrap();
    assert!(
        (Performance::of(&work, 10.0)
            .unwrap()
            .service_level(&rule)
            .unwrap()
            - 0.8)
            .abs()
            < 1e-4
    );
    // Very impatient callers abandon, very patient ones wait: only some in between will do.
    let goals = Goals::new([Goal::Asa(10.0), Goal::Abandonment(0.05)]).unwrap();
    let ranges = patience_ranges_secs(&work, &goals, 12.0).unwrap();
    assert_eq!(ranges.len(), 1);
    let (low, high) = ranges[0];
    let abandons =
        |patience| Performance::of(&work.with_patience(patience).unwrap(), 12.0).unwrap();
    assert!((abandons(low).abandonment() - 0.05).abs() < 1e-9);
    assert!((abandons(high).asa_secs().unwrap() - 10.0).abs() < 1e-6);
}

#[test]
fn records_pass_through_their_constructors() {
    let work = Workload::new(100.0, 1800.0, 180.0)
        .unwrap()
        .with_patience(120.0)
        .unwrap();
    let text = serde_json::to_string(&work).unwrap();
    assert_eq!(serde_json::from_str::<Workload>(&text).unwrap(), work);
    assert!(
        serde_json::from_str::<Workload>(r#"{"calls":-1,"interval_secs":900,"aht_secs":60}"#)
            .is_err()
    );
    let goals = Goals::new([Goal::answered_in(0.8, 20).unwrap(), Goal::Asa(9.5)]).unwrap();
    let text = serde_json::to_string(&goals).unwrap();
    assert_eq!(serde_json::from_str::<Goals>(&text).unwrap(), goals);
    assert!(serde_json::from_str::<Goals>(r#"[{"occupancy":2.0}]"#).is_err());
    assert!(scheduled_agents(3, Decimal::ONE).unwrap_err().is_range());
}

fn work() -> impl Strategy<Value = Workload> {
    let patience = prop_oneof![Just(None), (1.0..2000.0_f64).prop_map(Some)];
    (0.1..600.0_f64, 20.0..1500.0_f64, patience).prop_map(|(calls, aht, patience)| {
        let work = Workload::new(calls, 1800.0, aht).unwrap();
        patience.map_or(work, |patience| work.with_patience(patience).unwrap())
    })
}

proptest! {
    /// More agents never serve worse, whole or not.
    #[test]
    fn more_agents_never_serve_worse(work in work(), agents in 0.0..200.0_f64, more in 0.0..3.0_f64) {
        let few = Performance::of(&work, agents).unwrap();
        let many = Performance::of(&work, agents + more).unwrap();
        prop_assert!(many.waiting_probability() <= few.waiting_probability() + 1e-12);
        prop_assert!(many.abandonment() <= few.abandonment() + 1e-12);
        for (few, many) in few.service_levels(&rules()).iter().zip(many.service_levels(&rules())) {
            if let (Some(few), Some(many)) = (few, many) {
                prop_assert!(many >= few - 1e-12, "{few} {many}");
            }
        }
        if let (Some(few), Some(many)) = (few.mean_wait_secs(), many.mean_wait_secs()) {
            prop_assert!(many <= few * (1.0 + 1e-9) + 1e-9);
        }
    }

    /// Work that is more is served worse.
    #[test]
    fn more_calls_wait_longer(work in work(), agents in 1_u32..150, more in 1.0..1.5_f64) {
        let agents = f64::from(agents);
        let few = Performance::of(&work, agents).unwrap();
        let many = Performance::of(&work.with_calls(work.calls() * more).unwrap(), agents).unwrap();
        prop_assert!(many.waiting_probability() >= few.waiting_probability() - 1e-12);
        prop_assert!(many.abandonment() >= few.abandonment() - 1e-12);
        prop_assert!(many.occupancy().unwrap() >= few.occupancy().unwrap() - 1e-12);
    }

    /// A longer threshold is easier; the flows of the model balance.
    #[test]
    fn flows_balance(work in work(), agents in 1_u32..150, early in 0.0..60.0_f64, later in 0.0..60.0_f64) {
        let queue = Performance::of(&work, f64::from(agents)).unwrap();
        prop_assert!(queue.waiting_beyond(early + later).unwrap() <= queue.waiting_beyond(early).unwrap() + 1e-13);
        if let (Some(patience), Some(wait)) = (work.patience_secs(), queue.mean_wait_secs()) {
            // Those who give up leave at the rate 1 / patience while they wait.
            prop_assert!((queue.abandonment() * patience - wait).abs() <= 1e-10 * wait + 1e-12);
        }
    }

    /// The number found is enough and one less is not.
    #[test]
    fn required_agents_are_the_least(work in work(), level in 0.3..0.99_f64, cap in 0.5..1.0_f64) {
        let goals = Goals::new([Goal::answered_in(level, 20).unwrap(), Goal::Occupancy(cap)]).unwrap();
        let sizing = required_agents(&work, &goals).unwrap();
        let met = |agents: u32| {
            let queue = Performance::of(&work, agents.into()).unwrap();
            queue.is_stable()
                && queue.service_level(&rules()[0]).is_some_and(|given| given >= level - 1e-13)
                && queue.occupancy().is_some_and(|given| given <= cap + 1e-12)
        };
        prop_assert!(met(sizing.agents()));
        prop_assert!(!met(sizing.agents() - 1) || sizing.agents() == 1);
        prop_assert!(!sizing.binding().is_empty());
        let real = required_agents_real(&work, &goals).unwrap().value;
        prop_assert!(real <= f64::from(sizing.agents()) + 1e-6 && real >= f64::from(sizing.agents()) - 1.0 - 1e-9);
    }
}
