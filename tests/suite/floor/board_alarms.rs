//! Alarms of the live board, one by one, with times that can be checked by hand.

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::attendance::{Activity, AdherencePlan, PlannedSegment, PlannedShift, Verdict};
use floorwalker::contact::{LegKind, Outcome, StateKind};
use floorwalker::floor::{
    Alarm, AlarmChange, AlarmKind, Board, BoardEvent, BoardFindingKind, BoardRules,
    BoardRulesRecord, ExpectedContacts, Feed, Happening, Impact, LiveState, OnBoard, SlaRisk,
};
use floorwalker::service::{ClockStart, Limit, ServiceLevel};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span, Zone};

fn at(time: &str) -> DateTime<Utc> {
    format!("2026-03-02T{time}Z").parse().unwrap()
}

fn policy(granularity: Granularity) -> AccessPolicy {
    AccessPolicy::new("running the day", "agreement of 12 May 2026", granularity).unwrap()
}

fn board(change: impl FnOnce(&mut BoardRulesRecord)) -> Board {
    planned(&AdherencePlan::default(), change)
}

fn planned(plan: &AdherencePlan, change: impl FnOnce(&mut BoardRulesRecord)) -> Board {
    let level = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    let rules = BoardRules::new(Grid::new(Zone::utc(), Every::Minutes30), level).unwrap();
    Board::new(rules.with(change).unwrap(), at("08:00:00"), plan)
}

fn limit(secs: i64) -> Option<Limit> {
    Limit::new(TimeDelta::seconds(secs)).ok()
}

trait Tell {
    fn tell(&mut self, time: &str, what: Happening);
    fn enter(&mut self, time: &str, leg: &str);
    fn answer(&mut self, time: &str, leg: &str, agent: &str);
    fn state(&mut self, time: &str, agent: &str, state: LiveState);
    fn own_alarms(&self) -> Vec<Alarm>;
}

impl Tell for Board {
    fn tell(&mut self, time: &str, what: Happening) {
        self.push(BoardEvent::new(at(time), what).unwrap());
    }
    fn enter(&mut self, time: &str, leg: &str) {
        let (leg, queue) = (leg.parse().unwrap(), "sales".parse().unwrap());
        self.tell(
            time,
            Happening::Entered {
                leg,
                queue,
                kind: LegKind::Inbound,
            },
        );
    }
    fn answer(&mut self, time: &str, leg: &str, agent: &str) {
        let (leg, agent) = (leg.parse().unwrap(), agent.parse().unwrap());
        self.tell(time, Happening::Answered { leg, agent });
    }
    fn state(&mut self, time: &str, agent: &str, state: LiveState) {
        let agent = agent.parse().unwrap();
        self.tell(time, Happening::State { agent, state });
    }
    fn own_alarms(&self) -> Vec<Alarm> {
        self.agent_alarms(&policy(Granularity::Person)).unwrap()
    }
}

/// Raised and cleared, with the times of both.
fn told(changes: Vec<AlarmChange>) -> Vec<(AlarmKind, &'static str, String)> {
    let time = |at: DateTime<Utc>| at.format("%H:%M:%S%.3f").to_string();
    let tell = |change: AlarmChange| match change {
        AlarmChange::Raised(alarm) => (alarm.key.kind, "raised", time(alarm.raised)),
        AlarmChange::Cleared { alarm, at } => (alarm.key.kind, "cleared", time(at)),
    };
    changes.into_iter().map(tell).collect()
}

#[test]
fn a_wait_over_the_limit_ends_with_the_answer() {
    let mut board = board(|rules| rules.wait = limit(60));
    board.enter("08:00:00", "1");
    board.enter("08:00:00", "just in time");
    board.answer("08:01:00", "just in time", "anna");
    board.answer("08:01:30", "1", "leo");
    board.advance(at("08:02:00"));
    let expected = [
        (
            AlarmKind::WaitOverLimit,
            "raised",
            "08:01:00.000".to_owned(),
        ),
        (
            AlarmKind::WaitOverLimit,
            "cleared",
            "08:01:30.000".to_owned(),
        ),
    ];
    assert_eq!(told(board.take_changes()), expected);
    assert_eq!(board.take_changes(), []);
}

#[test]
fn a_long_call_is_about_an_operator() {
    let mut board = board(|rules| rules.call = limit(600));
    board.enter("08:00:00", "1");
    board.answer("08:00:10", "1", "anna");
    board.advance(at("08:10:11"));
    assert_eq!(board.alarms(), []);
    let alarm = &board.own_alarms()[0];
    assert_eq!(alarm.key.kind, AlarmKind::LongCall);
    assert_eq!(
        (alarm.since, alarm.limit_ms),
        (at("08:00:10"), Some(600_000))
    );
    assert!(
        board
            .agent_alarms(&policy(Granularity::Team))
            .unwrap_err()
            .is_policy()
    );
    assert!(
        board
            .agents(&policy(Granularity::Pseudonym))
            .unwrap_err()
            .is_policy()
    );
    assert!(
        board
            .take_agent_changes(&policy(Granularity::Team))
            .is_err()
    );
    board.tell(
        "08:10:20",
        Happening::Released {
            leg: "1".parse().unwrap(),
        },
    );
    board.advance(at("08:10:21"));
    assert_eq!(board.own_alarms(), []);
}

#[test]
fn a_break_counts_from_the_end_of_the_contact_in_which_it_began() {
    let mut board = board(|rules| rules.state_secs = [(StateKind::Break, 300)].into());
    board.enter("08:00:00", "1");
    board.answer("08:00:10", "1", "anna");
    board.state("08:01:00", "anna", LiveState::In(StateKind::Break));
    board.advance(at("08:02:00"));
    let row = &board.agents(&policy(Granularity::Person)).unwrap()[0];
    assert_eq!(row.doing, OnBoard::In(StateKind::Contact));
    board.tell(
        "08:04:00",
        Happening::Released {
            leg: "1".parse().unwrap(),
        },
    );
    board.advance(at("08:09:00"));
    assert_eq!(board.own_alarms(), []);
    board.advance(at("08:09:01"));
    assert_eq!(board.own_alarms()[0].since, at("08:04:00"));
    board.state("08:10:00", "anna", LiveState::In(StateKind::Ready));
    board.advance(at("08:10:01"));
    assert_eq!(board.own_alarms(), []);
}

/// Work from 08:00 to 10:00, break to 10:15, work to 12:00.
fn plan_of(agent: &str) -> AdherencePlan {
    let segment = |from: &str, to: &str, activity| PlannedSegment {
        span: Span::new(at(from), at(to)).unwrap(),
        activity,
    };
    let segments = vec![
        segment("08:00:00", "10:00:00", Activity::Work),
        segment("10:00:00", "10:15:00", Activity::Break),
        segment("10:15:00", "12:00:00", Activity::Work),
    ];
    let shift = PlannedShift::new(
        agent.parse().unwrap(),
        at("08:00:00").date_naive(),
        segments,
    );
    AdherencePlan::new(&[shift.unwrap()]).unwrap()
}

#[test]
fn adherence_knows_grace_impact_and_who_never_came() {
    let mut board = planned(&plan_of("anna"), |rules| rules.out_secs = Some(300));
    // Nobody heard of Anna: missing since the start of her shift.
    board.advance(at("08:05:01"));
    let alarm = board.own_alarms().remove(0);
    assert_eq!(
        (alarm.since, alarm.impact),
        (at("08:00:00"), Some(Impact::Negative))
    );
    assert_eq!(alarm.planned, Some(Activity::Work));
    board.state("08:07:00", "anna", LiveState::In(StateKind::Ready));
    // Three minutes late into the break are within the grace.
    board.state("10:03:00", "anna", LiveState::In(StateKind::Break));
    board.state("10:15:30", "anna", LiveState::In(StateKind::Lunch));
    board.advance(at("10:20:31"));
    let changes = board
        .take_agent_changes(&policy(Granularity::Person))
        .unwrap();
    let expected = [
        (
            AlarmKind::OutOfAdherence,
            "raised",
            "08:05:00.000".to_owned(),
        ),
        (
            AlarmKind::OutOfAdherence,
            "cleared",
            "08:07:00.000".to_owned(),
        ),
        (
            AlarmKind::OutOfAdherence,
            "raised",
            "10:20:00.000".to_owned(),
        ),
    ];
    assert_eq!(told(changes), expected);
    let row = &board.agents(&policy(Granularity::Person)).unwrap()[0];
    assert_eq!(
        (row.verdict, row.impact),
        (Some(Verdict::Out), Some(Impact::Negative))
    );
    assert_eq!(row.out_since, Some(at("10:15:00")));
    // The shift is over: nothing is planned, nothing is broken.
    board.advance(at("12:00:01"));
    assert_eq!(board.own_alarms(), []);
}

#[test]
fn the_impact_of_an_exception_may_change() {
    let mut board = planned(&plan_of("anna"), |rules| rules.out_secs = Some(60));
    board.state("08:00:00", "anna", LiveState::In(StateKind::Ready));
    board.advance(at("10:02:00"));
    // She takes contacts during her break.
    assert_eq!(board.own_alarms()[0].impact, Some(Impact::Positive));
    board.state("10:03:00", "anna", LiveState::In(StateKind::Meeting));
    board.advance(at("10:04:00"));
    let alarm = board.own_alarms().remove(0);
    assert_eq!(
        (alarm.since, alarm.impact),
        (at("10:00:00"), Some(Impact::Neutral))
    );
    board.advance(at("10:16:00"));
    assert_eq!(board.own_alarms()[0].impact, Some(Impact::Negative));
}

#[test]
fn an_unmapped_state_is_unknown_and_never_out() {
    let mut board = planned(&plan_of("anna"), |rules| rules.out_secs = Some(60));
    board.state(
        "08:00:00",
        "anna",
        LiveState::Unmapped("XY".parse().unwrap()),
    );
    board.advance(at("09:00:00"));
    let alarms: Vec<AlarmKind> = board.own_alarms().iter().map(|one| one.key.kind).collect();
    assert_eq!(alarms, [AlarmKind::UnmappedState]);
    let row = board
        .agents(&policy(Granularity::Person))
        .unwrap()
        .remove(0);
    assert_eq!((row.verdict, row.impact), (None, Some(Impact::Unknown)));
    assert_eq!(
        (row.doing, row.unmapped.as_deref()),
        (OnBoard::Unmapped, Some("XY"))
    );
    board.state("09:00:00", "anna", LiveState::In(StateKind::Ready));
    board.advance(at("09:00:01"));
    assert_eq!(board.own_alarms(), []);
}

#[test]
fn a_feed_that_falls_silent_is_told_once_and_comes_back() {
    let mut board = board(|rules| rules.silence_secs = [(Feed::States, 120)].into());
    board.tell("08:01:00", Happening::Alive { feed: Feed::States });
    board.tell("08:03:00", Happening::Alive { feed: Feed::States });
    board.enter("08:04:00", "another feed");
    board.advance(at("08:05:00"));
    assert_eq!(board.alarms(), []);
    board.advance(at("08:09:00"));
    board.tell("08:09:30", Happening::Alive { feed: Feed::States });
    board.advance(at("08:20:00"));
    let expected = [
        (AlarmKind::Silence, "raised", "08:05:00.000".to_owned()),
        (AlarmKind::Silence, "cleared", "08:09:30.000".to_owned()),
        (AlarmKind::Silence, "raised", "08:11:30.000".to_owned()),
    ];
    assert_eq!(told(board.take_changes()), expected);
}

fn at_risk(expected: Vec<ExpectedContacts>) -> Board {
    board(|rules| {
        rules.risk = Some(SlaRisk {
            target_permille: 800,
            min_contacts: 5,
            pace_contacts: 5,
            expected,
        });
    })
}

#[test]
fn the_level_is_at_risk_by_projection_and_ends_with_its_period() {
    let mut board = at_risk(Vec::new());
    for (leg, entered, answered) in [
        ("1", "08:00:00", "08:00:05"),
        ("2", "08:01:00", "08:01:20"),
        ("3", "08:02:00", "08:02:05"),
        ("4", "08:03:00", "08:03:05"),
    ] {
        board.enter(entered, leg);
        board.answer(answered, leg, "anna");
    }
    // The fifth waits: 4 of 4 so far. After 20 s it is taken as lost: 4 of 5 is 80 %.
    board.enter("08:04:00", "5");
    board.advance(at("08:04:30"));
    assert_eq!(board.alarms(), []);
    let row = board.queue(&"sales".parse().unwrap()).unwrap();
    assert_eq!((row.projection.judged, row.projection.late), (4, 1));
    assert_eq!(
        row.projection.expected().unwrap().to_decimal(3).to_string(),
        "0.800"
    );
    // A sixth waits in time and would go like the others: 5 of 6. Then it is late: 4 of 6.
    board.enter("08:05:00", "6");
    board.advance(at("08:05:20"));
    assert_eq!(board.alarms(), []);
    board.advance(at("08:30:01"));
    let expected = [
        (AlarmKind::SlaAtRisk, "raised", "08:05:20.000".to_owned()),
        (AlarmKind::SlaAtRisk, "cleared", "08:30:00.000".to_owned()),
    ];
    assert_eq!(told(board.take_changes()), expected);
    let row = board.queue(&"sales".parse().unwrap()).unwrap();
    assert_eq!((row.offered, row.projection.late, row.waiting), (0, 0, 2));
    assert_eq!(row.projection.so_far(), None);
}

#[test]
fn with_a_forecast_the_level_may_be_out_of_reach() {
    let forecast = ExpectedContacts {
        queue: "sales".parse().unwrap(),
        from: at("08:00:00"),
        contacts: 10,
    };
    let mut board = at_risk(vec![forecast]);
    for leg in ["1", "2", "3", "4", "5"] {
        board.enter("08:00:00", leg);
    }
    let lost = |leg: &str| Happening::Left {
        leg: leg.parse().unwrap(),
        outcome: Outcome::Abandoned,
    };
    board.tell("08:00:05", lost("1"));
    board.tell("08:00:06", lost("2"));
    board.advance(at("08:00:07"));
    // 0 of 2, 3 in time and 5 to come: at best 8 of 10. With a third it is 7 of 10.
    let kinds = |board: &Board| {
        board
            .alarms()
            .iter()
            .map(|one| one.key.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&board), [AlarmKind::SlaAtRisk]);
    board.tell("08:00:08", lost("3"));
    board.advance(at("08:00:09"));
    assert_eq!(
        kinds(&board),
        [AlarmKind::SlaAtRisk, AlarmKind::SlaOutOfReach]
    );
}

#[test]
fn odd_events_are_findings() {
    let mut board = board(|rules| rules.forget_secs = 3600);
    let leg = || "1".parse().unwrap();
    board.answer("08:00:00", "never entered", "anna");
    board.enter("08:00:01", "1");
    board.enter("08:00:02", "1");
    board.tell(
        "08:00:03",
        Happening::Left {
            leg: leg(),
            outcome: Outcome::Answered,
        },
    );
    board.state("08:00:04", "anna", LiveState::LoggedOut);
    board.answer("08:00:05", "1", "anna");
    board.answer("08:00:06", "1", "leo");
    board.advance(at("10:00:00"));
    let counts: Vec<_> = board
        .finding_counts()
        .iter()
        .map(|(&kind, &count)| (kind, count))
        .collect();
    let expected = [
        (BoardFindingKind::UnknownContact, 1),
        (BoardFindingKind::OutOfStep, 3),
        (BoardFindingKind::AnsweredLoggedOut, 1),
        (BoardFindingKind::GivenUp, 1),
    ];
    assert_eq!(counts, expected);
    let rows = board.agents(&policy(Granularity::Person)).unwrap();
    assert_eq!(rows[0].doing, OnBoard::LoggedOut);
    assert_eq!(board.queues()[0].talking, 0);
}

#[test]
fn dials_do_not_wait_and_are_not_offered() {
    let mut board = board(|rules| rules.wait = limit(10));
    let (leg, queue) = ("1".parse().unwrap(), "sales".parse().unwrap());
    board.tell(
        "08:00:00",
        Happening::Entered {
            leg,
            queue,
            kind: LegKind::Outbound,
        },
    );
    board.advance(at("08:01:00"));
    let row = board.queues().remove(0);
    assert_eq!((row.waiting, row.offered, board.alarms().len()), (0, 0, 0));
    board.answer("08:01:00", "1", "anna");
    board.advance(at("08:01:01"));
    assert_eq!(board.queues()[0].talking, 1);
}

#[test]
fn a_team_is_heads_and_no_names() {
    let mut board = planned(&plan_of("a0"), |_| {});
    for number in 0..5 {
        let state = if number == 4 {
            LiveState::LoggedOut
        } else {
            LiveState::In(StateKind::Ready)
        };
        board.state("08:00:00", &format!("a{number}"), state);
    }
    board.advance(at("08:00:01"));
    let team = board.team(None, &policy(Granularity::Team)).unwrap();
    assert_eq!(
        (team.people, team.here, team.ready, team.planned),
        (5, 4, 4, 1)
    );
    assert_eq!(team.net_staffing(), 3);
    let four: Vec<_> = (0..4)
        .map(|number| format!("a{number}").parse().unwrap())
        .collect();
    assert!(
        board
            .team(Some(&four), &policy(Granularity::Team))
            .unwrap_err()
            .is_policy()
    );
}

#[test]
fn a_new_plan_holds_from_now_on() {
    let mut board = planned(&plan_of("anna"), |rules| rules.out_secs = Some(60));
    board.advance(at("09:00:00"));
    assert_eq!(board.own_alarms().len(), 1);
    board.replan(&AdherencePlan::default());
    assert_eq!(board.own_alarms(), []);
    board.replan(&plan_of("leo"));
    board.advance(at("09:01:01"));
    assert_eq!(
        board.own_alarms()[0].key.agent.as_ref().unwrap().as_str(),
        "leo"
    );
}

#[test]
fn rules_are_checked_and_are_data() {
    let grid = || Grid::new(Zone::utc(), Every::Minutes30);
    let level = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    let rules = BoardRules::new(grid(), level.clone())
        .unwrap()
        .with_usual_alarms(800)
        .unwrap();
    let json = serde_json::to_string(&rules).unwrap();
    assert_eq!(serde_json::from_str::<BoardRules>(&json).unwrap(), rules);
    let other = level.with_clock(ClockStart::CentreEntry);
    assert_eq!(
        BoardRules::new(grid(), other).unwrap_err().code(),
        "options.conflict"
    );
    assert!(
        rules
            .clone()
            .with(|rules| rules.forget_secs = 1)
            .unwrap_err()
            .is_range()
    );
    assert!(rules.with_usual_alarms(1001).unwrap_err().is_range());
}

#[test]
fn work_after_a_contact_ends_with_its_event_or_with_another_state() {
    let mut board = board(|rules| rules.wrap_up = true);
    let release = |leg: &str| Happening::Released {
        leg: leg.parse().unwrap(),
    };
    let legs = ["1", "2"];
    for leg in legs {
        board.enter("08:00:00", leg);
    }
    for leg in legs {
        board.answer("08:00:10", leg, "anna");
    }
    for leg in legs {
        board.tell("08:02:00", release(leg));
    }
    board.advance(at("08:02:30"));
    let shown = |board: &Board| {
        let row = board.queues().remove(0);
        let anna = board
            .agents(&policy(Granularity::Person))
            .unwrap()
            .remove(0);
        (row.talking, row.wrapping_up, anna.doing)
    };
    assert_eq!(shown(&board), (0, 2, OnBoard::In(StateKind::Contact)));
    let leg = "1".parse().unwrap();
    board.tell("08:03:00", Happening::WrappedUp { leg });
    board.advance(at("08:03:01"));
    assert_eq!(shown(&board), (0, 1, OnBoard::In(StateKind::Contact)));
    board.state("08:04:00", "anna", LiveState::In(StateKind::Break));
    board.advance(at("08:04:01"));
    assert_eq!(shown(&board), (0, 0, OnBoard::In(StateKind::Break)));
}
