//! Laws of the live board: same state from any order of arrival the watermark allows,
//! alarms that are raised and cleared in pairs, work that grows with the logarithm.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::attendance::{Activity, AdherencePlan, PlannedSegment, PlannedShift};
use floorwalker::contact::{LegKind, Outcome, StateKind};
use floorwalker::floor::{
    AlarmChange, AlarmKey, AlarmKind, Board, BoardEvent, BoardFindingKind, BoardRules, Feed,
    Happening, LiveState, SlaRisk,
};
use floorwalker::service::{Limit, ServiceLevel};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span, Zone};
use proptest::prelude::*;

/// 2026-03-02T08:00:00Z, a Monday.
const START: i64 = 1_772_438_400_000;
const LATENESS: i64 = 10_000;
const WAIT: i64 = 20_000;

fn at(ms: i64) -> DateTime<Utc> {
    floorwalker::time::instant(START + ms).unwrap()
}

fn policy() -> AccessPolicy {
    AccessPolicy::new(
        "running the day",
        "agreement of 12 May 2026",
        Granularity::Person,
    )
    .unwrap()
}

fn rules() -> BoardRules {
    let level = ServiceLevel::offered(TimeDelta::seconds(15)).unwrap();
    let rules = BoardRules::new(Grid::new(Zone::utc(), Every::Minutes5), level).unwrap();
    let limit = |ms| Limit::new(TimeDelta::milliseconds(ms)).ok();
    let changed = rules.with(|rules| {
        rules.lateness_secs = (LATENESS / 1000) as u32;
        rules.wait = limit(WAIT);
        rules.call = limit(40_000);
        rules.state_secs = [(StateKind::Break, 30), (StateKind::Lunch, 60)].into();
        rules.out_secs = Some(20);
        rules.silence_secs = [(Feed::Contacts, 25), (Feed::States, 60)].into();
        rules.wrap_up = true;
        rules.forget_secs = 300;
        rules.risk = Some(SlaRisk {
            target_permille: 800,
            min_contacts: 3,
            pace_contacts: 4,
            expected: Vec::new(),
        });
    });
    changed.unwrap()
}

/// Half a minute of work, half a minute of break, and so on, for two of the operators.
fn plan() -> AdherencePlan {
    let shift = |agent: &str, offset: i64| {
        let segment = |number: i64| PlannedSegment {
            span: Span::new(
                at(offset + number * 30_000),
                at(offset + (number + 1) * 30_000),
            )
            .unwrap(),
            activity: if number % 2 == 0 {
                Activity::Work
            } else {
                Activity::Break
            },
        };
        let segments = (0..8).map(segment).collect();
        PlannedShift::new(agent.parse().unwrap(), at(0).date_naive(), segments).unwrap()
    };
    AdherencePlan::new(&[shift("agent 0", 0), shift("agent 1", 17_000)]).unwrap()
}

/// A contact as it may go: what is not given has not happened.
#[derive(Clone, Debug)]
struct Life {
    entered: i64,
    wait: i64,
    end: Option<Outcome>,
    talk: i64,
    wrap: i64,
    agent: usize,
    queue: usize,
}

fn lives() -> impl Strategy<Value = Vec<Life>> {
    let end = prop_oneof![
        4 => Just(Some(Outcome::Answered)),
        2 => Just(Some(Outcome::Abandoned)),
        1 => Just(Some(Outcome::TimedOut)),
        1 => Just(None),
    ];
    let life = (
        0_i64..300,
        0_i64..80,
        end,
        0_i64..150,
        0_i64..40,
        0_usize..4,
        0_usize..2,
    );
    let life = life.prop_map(|(entered, wait, end, talk, wrap, agent, queue)| Life {
        entered: entered * 500,
        wait: wait * 500,
        end,
        talk: talk * 500,
        wrap: wrap * 500,
        agent,
        queue,
    });
    proptest::collection::vec(life, 0..30)
}

fn state() -> impl Strategy<Value = LiveState> {
    prop_oneof![
        3 => Just(LiveState::In(StateKind::Ready)),
        1 => Just(LiveState::In(StateKind::Contact)),
        2 => Just(LiveState::In(StateKind::Break)),
        1 => Just(LiveState::In(StateKind::Lunch)),
        1 => Just(LiveState::LoggedOut),
        1 => Just(LiveState::Unmapped("odd".parse().unwrap())),
    ]
}

fn states() -> impl Strategy<Value = Vec<(i64, usize, LiveState)>> {
    let one = (0_i64..500, 0_usize..5, state()).prop_map(|(at, who, state)| (at * 500, who, state));
    proptest::collection::vec(one, 0..25)
}

fn event(ms: i64, what: Happening) -> BoardEvent {
    BoardEvent::new(at(ms), what).unwrap()
}

fn events_of(number: usize, life: &Life) -> Vec<BoardEvent> {
    let leg = || format!("leg {number:03}").parse().unwrap();
    let queue = format!("queue {}", life.queue).parse().unwrap();
    let kind = LegKind::Inbound;
    let mut events = vec![event(
        life.entered,
        Happening::Entered {
            leg: leg(),
            queue,
            kind,
        },
    )];
    let left = life.entered + life.wait;
    match life.end {
        Some(Outcome::Answered) => {
            let agent = format!("agent {}", life.agent).parse().unwrap();
            events.push(event(left, Happening::Answered { leg: leg(), agent }));
            events.push(event(left + life.talk, Happening::Released { leg: leg() }));
            events.push(event(
                left + life.talk + life.wrap,
                Happening::WrappedUp { leg: leg() },
            ));
        }
        Some(outcome) => events.push(event(
            left,
            Happening::Left {
                leg: leg(),
                outcome,
            },
        )),
        None => {}
    }
    events
}

fn all_events(lives: &[Life], states: &[(i64, usize, LiveState)]) -> Vec<BoardEvent> {
    let of_lives = lives
        .iter()
        .enumerate()
        .flat_map(|(number, life)| events_of(number, life));
    let of_states = states.iter().map(|(ms, who, state)| {
        let agent = format!("agent {who}").parse().unwrap();
        event(
            *ms,
            Happening::State {
                agent,
                state: state.clone(),
            },
        )
    });
    let mut events: Vec<BoardEvent> = of_lives.chain(of_states).collect();
    events.sort();
    events
}

/// Everything that a board shows and says.
fn everything(mut board: Board) -> String {
    let people = policy();
    let changes = (
        board.take_changes(),
        board.take_agent_changes(&people).unwrap(),
    );
    let shown = (board.queues(), board.agents(&people).unwrap());
    let alarms = (board.alarms(), board.agent_alarms(&people).unwrap());
    format!(
        "{} {shown:#?} {alarms:#?} {changes:#?} {:?}",
        board.at(),
        board.finding_counts()
    )
}

fn in_order(events: &[BoardEvent]) -> Board {
    let mut board = Board::new(rules(), at(0), &plan());
    board.extend(events.iter().cloned());
    board
}

const END: i64 = 900_000;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_order_the_watermark_allows_gives_the_same_board(
        lives in lives(),
        states in states(),
        delays in proptest::collection::vec(0..=LATENESS, 200),
        ticks in proptest::collection::vec(any::<bool>(), 200),
    ) {
        let events = all_events(&lives, &states);
        let mut expected = in_order(&events);
        expected.advance(at(END));

        // Each event arrives up to the lateness after it happened; the clock is told on the way.
        let mut arrivals: Vec<(i64, &BoardEvent)> = events
            .iter()
            .zip(delays.iter().cycle())
            .map(|(event, delay)| (event.at_ms() + delay, event))
            .collect();
        arrivals.sort_by_key(|(arrives, _)| *arrives);
        let mut board = Board::new(rules(), at(0), &plan());
        for ((arrives, event), tick) in arrivals.iter().zip(ticks.iter().cycle()) {
            if *tick {
                board.advance(floorwalker::time::instant(*arrives).unwrap());
            }
            board.push((*event).clone());
        }
        board.advance(at(END));
        prop_assert_eq!(board.finding_counts().get(&BoardFindingKind::Late), None);
        prop_assert_eq!(everything(board), everything(expected));
    }

    #[test]
    fn what_is_provisional_is_what_comes_if_nothing_else_does(lives in lives(), states in states()) {
        let events = all_events(&lives, &states);
        let board = in_order(&events);
        let newest = events.last().map_or(0, |event| event.at_ms() - START).max(0);
        let shown = board.provisional();
        prop_assert_eq!(shown.pending(), 0);
        let mut later = board.clone();
        later.advance(at(newest + LATENESS + 1));
        prop_assert_eq!(everything(shown), everything(later));
    }

    #[test]
    fn alarms_are_raised_and_cleared_in_pairs(lives in lives(), states in states()) {
        let mut board = in_order(&all_events(&lives, &states));
        board.advance(at(END));
        let mut changes = board.take_changes();
        changes.extend(board.take_agent_changes(&policy()).unwrap());
        let mut raised: BTreeMap<AlarmKey, DateTime<Utc>> = BTreeMap::new();
        for change in changes {
            let alarm = change.alarm();
            match change.clone() {
                AlarmChange::Raised(alarm) => {
                    prop_assert!(alarm.since <= alarm.raised);
                    prop_assert_eq!(raised.insert(alarm.key.clone(), alarm.raised), None);
                }
                AlarmChange::Cleared { at, .. } => {
                    let since = raised.remove(&alarm.key);
                    prop_assert_eq!(since, Some(alarm.raised));
                    prop_assert!(alarm.raised <= at);
                }
            }
        }
        let mut left: Vec<AlarmKey> = board.alarms().into_iter().map(|alarm| alarm.key).collect();
        left.extend(board.agent_alarms(&policy()).unwrap().into_iter().map(|alarm| alarm.key));
        prop_assert_eq!(raised.into_keys().collect::<Vec<_>>(), { left.sort(); left });
    }

    /// Lines and alarms of waiting, against a count over whole lives.
    #[test]
    fn waiting_is_what_a_count_over_whole_lives_gives(lives in lives(), now in 0_i64..700) {
        let now = now * 500;
        let mut board = in_order(&[]);
        let events = all_events(&lives, &[]);
        board.extend(events.into_iter().filter(|event| event.at_ms() < START + now));
        board.advance(at(now + LATENESS));
        prop_assert_eq!(board.at(), at(now));
        for queue in 0..2 {
            let left = |life: &&Life| life.end.is_none() || life.entered + life.wait >= now;
            let given_up = |life: &&Life| life.entered + 300_000 < now;
            let mine = lives.iter().filter(|life| life.queue == queue && life.entered < now);
            let waiting: Vec<&Life> = mine.filter(left).filter(|life| !given_up(life)).collect();
            let row = board.queue(&format!("queue {queue}").parse().unwrap());
            let row = row.map(|row| (row.waiting, row.longest_wait_ms));
            let longest = waiting.iter().map(|life| now - life.entered).max();
            prop_assert_eq!(row.unwrap_or((0, None)), (waiting.len() as u64, longest));
        }
        let late = |life: &&Life| {
            let end = if life.end.is_some() { life.entered + life.wait } else { i64::MAX };
            let gone = end < now || life.entered + 300_000 < now;
            life.entered + WAIT < now && end > life.entered + WAIT && !gone
        };
        let raised = board.alarms().into_iter().filter(|one| one.key.kind == AlarmKind::WaitOverLimit);
        prop_assert_eq!(raised.count(), lives.iter().filter(late).count());
    }
}

#[test]
fn an_event_after_the_watermark_is_a_finding() {
    let mut board = in_order(&[]);
    board.advance(at(60_000));
    let enter = |ms, leg: &str| {
        let (leg, queue) = (leg.parse().unwrap(), "queue 0".parse().unwrap());
        event(
            ms,
            Happening::Entered {
                leg,
                queue,
                kind: LegKind::Inbound,
            },
        )
    };
    board.push(enter(49_999, "late"));
    board.push(enter(50_000, "in time"));
    board.push(enter(50_000, "in time"));
    board.advance(at(61_000));
    let finding = board.findings().next().unwrap();
    assert_eq!(
        (finding.kind, finding.late_ms),
        (BoardFindingKind::Late, Some(1))
    );
    assert_eq!(board.finding_counts()[&BoardFindingKind::Duplicate], 1);
    assert_eq!(board.queues()[0].waiting, 1);
}

#[test]
fn work_for_an_event_grows_with_the_logarithm() {
    // As many contacts at once as there are operators, again and again.
    let steps_for_an_event = |operators: i64| {
        let mut board = Board::new(rules(), at(0), &AdherencePlan::default());
        let mut clock = 0;
        for round in 0..(40_000 / operators) {
            let mut events = Vec::new();
            for number in 0..operators {
                let leg = || format!("{round}/{number}").parse().unwrap();
                let agent = || format!("agent {number}").parse().unwrap();
                let queue = format!("queue {}", number % 10).parse().unwrap();
                let (entered, kind) = (clock + number, LegKind::Inbound);
                let (answered, released) = (entered + operators, entered + 2 * operators);
                let state = LiveState::In(StateKind::Ready);
                events.extend([
                    event(
                        entered,
                        Happening::Entered {
                            leg: leg(),
                            queue,
                            kind,
                        },
                    ),
                    event(
                        answered,
                        Happening::Answered {
                            leg: leg(),
                            agent: agent(),
                        },
                    ),
                    event(released, Happening::Released { leg: leg() }),
                    event(
                        released,
                        Happening::State {
                            agent: agent(),
                            state,
                        },
                    ),
                ]);
            }
            events.sort();
            board.extend(events);
            clock += 4 * operators;
        }
        board.advance(at(clock + 100_000));
        let work = board.work();
        assert_eq!(work.events as i64, 4 * (40_000 / operators) * operators);
        assert!(work.looks < 25 * work.events, "{work:?}");
        work.steps as f64 / work.events as f64
    };
    let (few, many) = (steps_for_an_event(20), steps_for_an_event(20_000));
    // A thousand times as much on the floor: ten steps more for each of some look-ups.
    assert!(many < few + 10.0 * 25.0, "{few} {many}");
    assert!(many < 3.0 * few, "{few} {many}");
}
