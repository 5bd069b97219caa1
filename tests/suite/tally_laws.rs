//! The laws of the tally, on made-up legs, against a naive count over records.

use std::ops::Range;

use chrono::{TimeDelta, TimeZone, Utc};
use floorwalker::contact::{
    Codes, Column, ContactBatch, ContactTable, Exit, Leg, LegKind, LegRecord, Outcome, Release,
    WrapUp,
};
use floorwalker::id::{AgentId, QueueId};
use floorwalker::service::{
    AgentTally, Attribution, IntervalTally, KeepWaits, Kpi, Limit, Percentile, ServiceLevel, Tally,
    TallyBuilder, TallySettings, Treatment, Unit, Verdict, WaitClass, WaitingLine, judge_legs,
};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span, Zone};
use floorwalker_testkit::generate::{BenchLegs, bench_legs};
use proptest::prelude::*;

/// The hour before the clocks went back in Rome, so that days of 24 and 25 hours occur.
fn start() -> chrono::DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 10, 24, 20, 0, 0).unwrap()
}

fn any_leg() -> impl Strategy<Value = Leg> {
    let shape = (
        0_usize..3,
        0_i64..200_000,
        0_usize..12,
        0_usize..5,
        any::<bool>(),
    );
    let times = (
        0_i64..90_000,
        0_i64..900_000,
        0_i64..60_000,
        0_i64..300_000,
        0_u32..4,
    );
    (shape, times).prop_map(
        |((queue, at, outcome, kind, flag), (wait, talk, hold, wrap_up, agent))| {
            let at = start() + TimeDelta::seconds(at);
            // Waits on the thresholds and beside them come up often.
            let wait = [0, 5_000, 5_001, 20_000, 20_001, wait][usize::try_from(wait % 6).unwrap()];
            let after = |ms: i64| at + TimeDelta::milliseconds(ms);
            let mut leg =
                LegRecord::waiting(QueueId::new(["sales", "care", "tech"][queue]).unwrap(), at);
            leg.kind = LegKind::ALL[kind];
            let outcome = match (Outcome::ALL[outcome], leg.kind.is_dial()) {
                (Outcome::Answered, _) => Outcome::Answered,
                (_, true) => Outcome::NoAnswer,
                (Outcome::NoAnswer, false) => Outcome::Abandoned,
                (outcome, false) => outcome,
            };
            leg = match outcome {
                Outcome::Open => leg,
                Outcome::Answered => {
                    let agent = AgentId::new(format!("agent {agent}")).unwrap();
                    let mut leg = leg.answered(Some(agent), after(wait));
                    leg.transferred_out = flag;
                    if wrap_up % 7 != 0 {
                        let released = after(wait + talk + hold);
                        leg = leg.finished(released, released + TimeDelta::milliseconds(wrap_up));
                        leg.hold_ms = hold;
                    }
                    leg
                }
                other => leg.left(other, after(wait)),
            };
            leg.callback_done = flag;
            leg.check().unwrap()
        },
    )
}

fn legs(size: Range<usize>) -> impl Strategy<Value = Vec<Leg>> {
    prop::collection::vec(any_leg(), size)
}

fn rules() -> Vec<ServiceLevel> {
    let (t, s) = (TimeDelta::seconds(20), TimeDelta::seconds(5));
    vec![
        ServiceLevel::offered(t).unwrap(),
        ServiceLevel::answered_only(t).unwrap(),
        ServiceLevel::ignore_within(t).unwrap(),
        ServiceLevel::positive(t).unwrap(),
        ServiceLevel::ignore_all(t).unwrap(),
        ServiceLevel::excl_short(t, s).unwrap(),
        ServiceLevel::answered_abandoned(t).unwrap(),
        ServiceLevel::answered_abandoned_excl_short(t, s).unwrap(),
        ServiceLevel::removed_from_queue(t).unwrap(),
        ServiceLevel::no_threshold().unwrap(),
        ServiceLevel::offered(t).unwrap().strictly(),
        ServiceLevel::offered(t).unwrap().without_transfers_in(),
        ServiceLevel::avaya_bcms(t).unwrap(),
        ServiceLevel::altigen_tsl(t).unwrap(),
        ServiceLevel::arera_tiqv().unwrap(),
        ServiceLevel::offered(t)
            .unwrap()
            .with_flow_outs(Treatment::IgnoredWithin)
            .unwrap(),
    ]
}

fn settings(every: Every, attribution: Attribution, keep: KeepWaits) -> TallySettings {
    let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), every);
    let mut rules = rules().into_iter();
    let mut settings = TallySettings::new(grid, rules.next().unwrap())
        .with_attribution(attribution)
        .with_waits(keep)
        .with_short_abandons(Limit::new(TimeDelta::seconds(5)).unwrap());
    for rule in rules {
        settings = settings.with_rule(rule);
    }
    settings
}

fn count(legs: &[Leg], settings: TallySettings) -> IntervalTally {
    IntervalTally::count(&legs.iter().collect::<ContactTable>().columns(), settings).unwrap()
}

fn by_arrival(legs: &[Leg], every: Every) -> IntervalTally {
    count(
        legs,
        settings(every, Attribution::Arrival, KeepWaits::Exact),
    )
}

/// The parts of `legs` that `pick` sends to the one side and the other.
fn split(legs: &[Leg], pick: &[bool]) -> (Vec<Leg>, Vec<Leg>) {
    let (left, right): (Vec<_>, Vec<_>) = legs
        .iter()
        .cloned()
        .zip(pick.iter().cycle())
        .partition(|(_, pick)| **pick);
    let legs = |pairs: Vec<(Leg, &bool)>| pairs.into_iter().map(|(leg, _)| leg).collect();
    (legs(left), legs(right))
}

/// The same legs in an order of chance (Fisher and Yates, with a multiplicative generator).
fn shuffled(legs: &[Leg], seed: u64) -> Vec<Leg> {
    let (mut legs, mut state) = (legs.to_vec(), seed | 1);
    for at in (1..legs.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        legs.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
    }
    legs
}

/// The same legs, every one of some that comes long after its time.
fn late(legs: &[Leg], some: usize) -> Vec<Leg> {
    let is_late = |at: &usize| at % (some + 1) == some;
    let (late, calm): (Vec<usize>, Vec<usize>) = (0..legs.len()).partition(is_late);
    let order = calm.into_iter().chain(late);
    order.map(|at| legs[at].clone()).collect()
}

fn assert_operators_agree(legs: &[Leg], others: &[Leg]) -> Result<(), TestCaseError> {
    let policy = AccessPolicy::new("test", "made-up people", Granularity::Person).unwrap();
    for every in [Every::Day, Every::Minutes30] {
        let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), every);
        let tally = |legs: &[Leg]| {
            let table: ContactTable = legs.iter().collect();
            AgentTally::count(&[table.columns()], grid.clone(), None).unwrap()
        };
        let (tally, other) = (tally(legs), tally(others));
        prop_assert_eq!(tally.left_out(), other.left_out());
        for agent in tally.agents(&policy).unwrap() {
            for interval in tally.intervals().iter() {
                let counts = |tally: &AgentTally| tally.agent_in(agent, interval, &policy).unwrap();
                prop_assert_eq!(counts(&tally), counts(&other));
            }
        }
    }
    Ok(())
}

/// For and against by the text of each rule, straight from a record.
fn naive_level(rule: usize, leg: &Leg) -> Option<bool> {
    let waited = |limit: i64| {
        leg.wait()
            .is_some_and(|wait| wait.num_milliseconds() <= limit)
    };
    let (within, short) = (waited(20_000), waited(5_000));
    let offered = !leg.kind.is_dial() && leg.outcome.is_queued();
    let answered = leg.outcome == Outcome::Answered;
    let abandoned = leg.outcome == Outcome::Abandoned;
    let callback = leg.outcome == Outcome::CallbackRequested;
    let unfinished = matches!(leg.outcome, Outcome::Open | Outcome::Lost);
    let flowed = offered && !answered && !abandoned && !callback && !unfinished;
    let good = answered && within;
    match rule {
        0 => offered.then_some(good),
        1 => (offered && answered).then_some(good),
        2 => (offered && !(abandoned && within)).then_some(good),
        3 => offered.then_some(good || abandoned && within),
        4 => (offered && !abandoned).then_some(good),
        5 => (offered && !(abandoned && short)).then_some(good),
        6 => (offered && (answered || abandoned)).then_some(good),
        7 => (offered && (answered || abandoned && !short)).then_some(good),
        8 => offered.then_some(good || (abandoned || callback) && within),
        9 => offered.then_some(answered),
        10 => offered.then_some(answered && waited(19_999)),
        11 => (offered && leg.kind == LegKind::Inbound).then_some(good),
        12 => (offered || !leg.kind.is_dial() && leg.outcome == Outcome::Blocked).then_some(good),
        13 => offered.then_some(good || (abandoned || flowed) && within),
        14 => offered.then_some(answered || callback && leg.callback_done),
        _ => (offered && !(flowed && within)).then_some(good),
    }
}

fn level(tally: &Tally, rule: &ServiceLevel) -> (i128, u64) {
    let figure = tally.service_level(rule).unwrap();
    (figure.numerator(), figure.denominator())
}

/// All figures of a tally, for comparing.
fn figures(tally: &Tally) -> Vec<(i128, u64)> {
    let of = |kpi: &Kpi| {
        let figure = tally.figure(*kpi);
        (figure.numerator(), figure.denominator())
    };
    Kpi::ALL
        .iter()
        .filter(|kpi| **kpi != Kpi::Load)
        .map(of)
        .chain(rules().iter().map(|rule| level(tally, rule)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn merging_parts_gives_the_whole(
        legs in legs(0..60), pick in prop::collection::vec(any::<bool>(), 1..9), attribution in 0_usize..7, keep in 0_usize..3,
    ) {
        let keep = [KeepWaits::Nothing, KeepWaits::Histogram, KeepWaits::Exact][keep];
        let settings = settings(Every::Minutes30, Attribution::ALL[attribution], keep);
        let (left, right) = split(&legs, &pick);
        let (left, right) = (count(&left, settings.clone()), count(&right, settings.clone()));
        let whole = count(&legs, settings.clone());
        prop_assert!(left.merge(&right).unwrap() == whole);
        prop_assert!(right.merge(&left).unwrap() == whole);
        let mut backwards = legs.clone();
        backwards.reverse();
        prop_assert!(count(&backwards, settings.clone()) == whole);
        prop_assert!(IntervalTally::empty(settings).merge(&whole).unwrap() == whole);
        prop_assert_eq!(figures(&left.merge(&right).unwrap().total()), figures(&whole.total()));
    }

    #[test]
    fn a_naive_count_agrees(legs in legs(0..80)) {
        let tally = by_arrival(&legs, Every::Minutes15);
        for (at, rule) in rules().iter().enumerate() {
            let judged: Vec<bool> = legs.iter().filter_map(|leg| naive_level(at, leg)).collect();
            let good = judged.iter().filter(|good| **good).count();
            prop_assert_eq!(level(&tally.total(), rule), (good as i128, judged.len() as u64), "{}", rule);
        }
        let offered: Vec<&Leg> = legs.iter().filter(|leg| leg.is_offered()).collect();
        let waits = |outcome: Outcome| -> Vec<i64> {
            let of = offered.iter().filter(|leg| leg.outcome == outcome);
            let mut waits: Vec<i64> = of.map(|leg| leg.wait().unwrap().num_milliseconds()).collect();
            waits.sort_unstable();
            waits
        };
        let total = tally.total();
        prop_assert_eq!(total.offered(), offered.len() as u64);
        prop_assert_eq!(total.figure(Kpi::Asa).numerator(), waits(Outcome::Answered).iter().sum::<i64>() as i128);
        prop_assert_eq!(total.figure(Kpi::Ata).numerator(), waits(Outcome::Abandoned).iter().sum::<i64>() as i128);
        let handled: i64 = offered.iter().filter_map(|leg| leg.handle_time()).map(|time| time.num_milliseconds()).sum();
        prop_assert_eq!(total.figure(Kpi::Aht).numerator(), i128::from(handled));
        let busy: i64 = legs.iter().filter_map(Leg::handle_time).map(|time| time.num_milliseconds()).sum();
        prop_assert_eq!(total.figure(Kpi::Busy).numerator(), i128::from(busy));
        let answered = waits(Outcome::Answered);
        let p80 = total.percentile(WaitClass::Answered, Percentile::nearest_rank(80.0).unwrap());
        let expected = answered.get((answered.len() * 4).div_ceil(5).saturating_sub(1)).copied();
        prop_assert_eq!(p80.exact().map(|exact| exact.numerator()), expected.map(i128::from));
    }

    #[test]
    fn a_day_is_the_sum_of_its_intervals(legs in legs(1..60)) {
        let days = by_arrival(&legs, Every::Day);
        for every in [Every::Minutes5, Every::Minutes30, Every::Hour] {
            let fine = by_arrival(&legs, every);
            for day in days.intervals().iter() {
                let queues: Vec<QueueId> = days.queues().into_iter().cloned().collect();
                let whole = days.pooled_over(&queues, day.span()).unwrap();
                prop_assert_eq!(figures(&fine.pooled_over(&queues, day.span()).unwrap()), figures(&whole));
                let parts = fine.intervals().iter().filter(|part| part.local_date() == day.local_date());
                let sum: u64 = parts.map(|part| fine.pooled(&queues, part).unwrap().offered()).sum();
                prop_assert_eq!(sum, whole.offered());
            }
        }
    }

    #[test]
    fn shares_are_shares_and_explanations_add_up(legs in legs(0..60)) {
        let total = by_arrival(&legs, Every::Hour).total();
        for kpi in Kpi::ALL.iter().filter(|kpi| kpi.unit() == Unit::Ratio) {
            let value = total.figure(*kpi).value();
            prop_assert!(value.is_none_or(|value| (0.0..=1.0).contains(&value)), "{kpi} {value:?}");
        }
        let table: ContactTable = legs.iter().collect();
        for rule in rules() {
            let explanation = total.explain(&rule).unwrap();
            let sum = |verdict| -> u64 {
                explanation.lines().iter().filter(|line| line.verdict == verdict).map(|line| line.legs).sum()
            };
            let (good, all) = level(&total, &rule);
            prop_assert_eq!((sum(Verdict::For) as i128, sum(Verdict::For) + sum(Verdict::Against)), (good, all));
            let columns = table.columns();
            let span = Span::new(start() - TimeDelta::days(2), start() + TimeDelta::days(9)).unwrap();
            let judged = judge_legs(&columns, &rule, Attribution::Arrival, None, span);
            for verdict in [Verdict::For, Verdict::Against, Verdict::LeftOut] {
                prop_assert_eq!(judged.iter().filter(|leg| leg.verdict == verdict).count() as u64, sum(verdict));
            }
        }
    }

    #[test]
    fn kept_waits_bound_every_other_threshold(legs in legs(1..60), threshold in 0_i64..400_000, short in 0_i64..30_000) {
        let (t, s) = (TimeDelta::milliseconds(threshold), TimeDelta::milliseconds(short));
        let rule = ServiceLevel::excl_short(t, s).unwrap();
        let grid = Grid::new(Zone::utc(), Every::Day);
        let exact = count(&legs, TallySettings::new(grid, rule.clone())).total().service_level(&rule).unwrap();
        for keep in [KeepWaits::Histogram, KeepWaits::Exact] {
            let total = count(&legs, settings(Every::Day, Attribution::Arrival, keep)).total();
            let bounds = total.service_level_at(&rule).unwrap();
            let value = |figure: &floorwalker::service::Figure| figure.exact();
            prop_assert!(value(&bounds.at_least) <= value(&exact) || exact.exact().is_none());
            prop_assert!(value(&bounds.at_most) >= value(&exact) || bounds.at_most.exact().is_none());
            let edges = threshold % 1000 == 0 && short % 1000 == 0 && threshold <= 120_000;
            prop_assert!(bounds.is_exact() || (keep == KeepWaits::Histogram && !edges));
        }
    }

    #[test]
    fn rules_agree_when_everybody_is_answered(legs in legs(0..60)) {
        let answered: Vec<Leg> = legs
            .into_iter()
            .filter(|leg| leg.outcome == Outcome::Answered && leg.kind == LegKind::Inbound)
            .collect();
        let total = by_arrival(&answered, Every::Day).total();
        let first = level(&total, &rules()[0]);
        // All but those without a threshold, with a strict one, or that ask for something else.
        for at in [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 15] {
            prop_assert_eq!(level(&total, &rules()[at]), first);
        }
    }

    /// So many legs that they fill several blocks, and some make no sense of order.
    #[test]
    fn the_order_of_many_legs_changes_nothing(
        legs in legs(1400..2200), seed in any::<u64>(), some in 1_usize..40, attribution in 0_usize..7, keep in 0_usize..3,
    ) {
        let keep = [KeepWaits::Nothing, KeepWaits::Histogram, KeepWaits::Exact][keep];
        let settings = settings(Every::Minutes15, Attribution::ALL[attribution], keep);
        let mut sorted = legs;
        sorted.sort_by_key(|leg| leg.arrived);
        let whole = count(&sorted, settings.clone());
        for reordered in [shuffled(&sorted, seed), late(&sorted, some), sorted.iter().rev().cloned().collect()] {
            prop_assert!(count(&reordered, settings.clone()) == whole);
            assert_operators_agree(&sorted, &reordered)?;
        }
    }

    /// A run of legs in one interval may be cut anywhere: by a block, or between batches.
    #[test]
    fn runs_may_be_cut_anywhere(legs in legs(600..1300), cuts in prop::collection::vec(1_usize..700, 1..6), order in any::<bool>()) {
        let settings = settings(Every::Hour, Attribution::Arrival, KeepWaits::Exact);
        let mut legs = legs;
        if order {
            legs.sort_by_key(|leg| leg.arrived);
        }
        let whole = count(&legs, settings.clone());
        let mut builder = TallyBuilder::new(settings, whole.intervals().window()).unwrap();
        let (mut rest, mut turn) = (legs.as_slice(), 0);
        while !rest.is_empty() {
            let (part, after) = rest.split_at(cuts[turn % cuts.len()].min(rest.len()));
            builder.add(&part.iter().collect::<ContactTable>().columns());
            (rest, turn) = (after, turn + 1);
        }
        prop_assert!(builder.finish() == whole);
    }

    #[test]
    fn lines_and_operators_merge(legs in legs(0..60), pick in prop::collection::vec(any::<bool>(), 1..9)) {
        let (left, right) = split(&legs, &pick);
        let table = |legs: &[Leg]| legs.iter().collect::<ContactTable>();
        let (left, right, whole) = (table(&left), table(&right), table(&legs));
        let lines = [&left, &right, &whole].map(|table| WaitingLine::of(&[table.columns()]));
        let [a, b, all] = lines;
        prop_assert_eq!(a.merge(&b), all);
        let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Day);
        let tally = |table: &ContactTable| AgentTally::count(&[table.columns()], grid.clone(), None).unwrap();
        let (merged, whole) = (tally(&left).merge(&tally(&right)).unwrap(), tally(&whole));
        let policy = AccessPolicy::new("test", "made-up people", Granularity::Person).unwrap();
        let window = whole.intervals().window();
        for agent in whole.agents(&policy).unwrap() {
            let counts = |tally: &AgentTally| tally.agent_over(agent, window, &policy).unwrap();
            prop_assert_eq!(counts(&merged), counts(&whole));
        }
    }
}

#[test]
fn a_conversation_of_a_year_costs_no_more_than_a_short_one() {
    let year = TimeDelta::days(365);
    let leg = LegRecord::waiting(QueueId::new("sales").unwrap(), start())
        .answered(None, start())
        .finished(start() + year, start() + year)
        .check()
        .unwrap();
    let legs = vec![leg; 1000];
    let tally = by_arrival(&legs, Every::Minutes5);
    let busy = tally.total().figure(Kpi::Busy).numerator();
    assert_eq!(busy, i128::from(year.num_milliseconds()) * 1000);
    let queue = QueueId::new("sales").unwrap();
    let day = tally.intervals().iter().nth(50_000).unwrap();
    let load = tally.cell(&queue, day).unwrap().figure(Kpi::Load);
    assert_eq!(
        load.exact().map(|exact| exact.to_decimal(0)),
        Some(1000.into())
    );
}

/// The promises about speed, kept by counting work and not by a clock: linear in the
/// legs, whatever their order, and a block for every 512.
#[test]
fn each_leg_is_counted_once() {
    let work = |count: usize, sorted: bool| {
        let legs = bench_legs(count, 5, sorted);
        let batch = columns(&legs);
        let columns = batch.check().unwrap();
        let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Day);
        let tally = IntervalTally::count(
            &columns,
            settings(Every::Minutes15, Attribution::Arrival, KeepWaits::Exact),
        );
        (
            tally.unwrap().work(),
            AgentTally::count(&[columns], grid, None).unwrap().work(),
        )
    };
    for sorted in [true, false] {
        for legs in [5_000_u64, 20_000] {
            let (queues, operators) = work(usize::try_from(legs).unwrap(), sorted);
            let cuts = settings(Every::Day, Attribution::Arrival, KeepWaits::Nothing)
                .rules()
                .len() as u64;
            for work in [queues, operators] {
                assert_eq!(work.rows, legs);
                assert!(work.blocks <= legs.div_ceil(512) + 1, "{work:?}");
            }
            // A cell for each threshold, two for a conversation, five more for a long one.
            assert!(queues.cells <= legs * (cuts + 3), "{queues:?}");
            assert!(queues.settled <= legs / 50, "{queues:?}");
            assert!(operators.cells <= legs, "{operators:?}");
        }
    }
}

/// Made-up legs as columns.
fn columns(legs: &BenchLegs) -> ContactBatch<'_> {
    let queues = (0..20).map(|queue| QueueId::new(format!("q{queue}")).unwrap());
    let agents = (0..200).map(|agent| AgentId::new(format!("a{agent}")).unwrap());
    let outcomes = vec![Outcome::Answered, Outcome::Abandoned, Outcome::Overflowed];
    let queue = Codes::new(Column::new(&legs.queue), queues.collect::<Vec<_>>());
    let mut batch = ContactBatch::new(queue, Column::new(&legs.arrived_ms));
    let agent = Column::new(&legs.agent).with_null_value(u16::MAX.into());
    batch.agent = Some(Codes::new(agent, agents.collect::<Vec<_>>()));
    batch.exit = Some(Exit::Wait(Column::new(&legs.wait_ms)));
    batch.outcome = Some(Codes::new(Column::new(&legs.outcome), outcomes));
    batch.release = Some(Release::Talk(Column::new(&legs.talk_ms)));
    batch.hold = Some(Column::new(&legs.hold_ms));
    batch.wrap_up = Some(WrapUp::Lasting(Column::new(&legs.wrap_ms)));
    batch
}
