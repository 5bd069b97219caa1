//! Data for the tests of the report: the played sample centre as legs and operator states,
//! and small centres made by hand.

use std::sync::OnceLock;

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::contact::{AgentState, ContactTable, Leg, LegRecord, Outcome, StateKind};
use floorwalker::id::{AgentId, QueueId};
use floorwalker::report::{OperatorOptions, ReportOptions, ServiceReport};
use floorwalker::service::{
    AgentTally, AgentTimes, IntervalTally, Limit, ServiceLevel, TallySettings, WaitingLine,
};
use floorwalker::time::{Every, Grid, Zone, instant};
use floorwalker_testkit::generate::{
    CentreHistory, Ending, RingEnd, SAMPLE_SEED, Visit, VisitEnd, generate, sample_centre,
};

/// Legs, operator states, and the report on them.
pub(crate) struct Sample {
    pub(crate) history: CentreHistory,
    pub(crate) legs: ContactTable,
    pub(crate) states: Vec<AgentState>,
}

/// The two weeks of the committed sample log, straight from the play.
pub(crate) fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let history = generate(&sample_centre(), SAMPLE_SEED).unwrap();
        let legs = history.visits().iter().map(|visit| leg(&history, visit));
        let legs: Vec<Leg> = legs.collect();
        Sample {
            legs: ContactTable::from_iter(&legs),
            states: states(&history),
            history,
        }
    })
}

/// Logs keep whole seconds, the fraction cut off.
fn logged(ms: i64) -> DateTime<Utc> {
    instant(ms.div_euclid(1000) * 1000).unwrap()
}

fn leg(history: &CentreHistory, visit: &Visit) -> Leg {
    let names = history.names();
    let queue = QueueId::new(&names.queues[usize::from(visit.queue)]).unwrap();
    let mut record = LegRecord::waiting(queue, logged(visit.entered_ms));
    let rings = visit.rings.iter();
    let not_taken = rings.filter(|ring| ring.end == RingEnd::NoAnswer).count();
    record.ring_no_answers = u32::try_from(not_taken).unwrap();
    let record = match visit.end {
        VisitEnd::Abandoned { at_ms } => record.left(Outcome::Abandoned, logged(at_ms)),
        VisitEnd::TimedOut { at_ms } => record.left(Outcome::TimedOut, logged(at_ms)),
        VisitEnd::LeftByKey { at_ms } => record.left(Outcome::LeftByKey, logged(at_ms)),
        VisitEnd::Answered {
            agent,
            connected_ms,
            ended_ms,
            ending,
        } => {
            let agent = AgentId::new(&names.agents[usize::from(agent)]).unwrap();
            let ended = logged(ended_ms);
            let record = record.answered(Some(agent), logged(connected_ms));
            let mut record = record.finished(ended, ended + TimeDelta::seconds(25));
            record.transferred_out = matches!(ending, Ending::Transferred(_));
            record
        }
    };
    record.check().unwrap()
}

/// Logged in and ready during shifts, apart from the pauses.
fn states(history: &CentreHistory) -> Vec<AgentState> {
    let mut states = Vec::new();
    for shift in history.shifts() {
        let agent = AgentId::new(&history.names().agents[usize::from(shift.agent)]).unwrap();
        let mut push = |state, from: i64, to: i64| {
            if from < to {
                let stretch = AgentState::new(agent.clone(), state, logged(from), Some(logged(to)));
                states.push(stretch.unwrap());
            }
        };
        let mut from = shift.from_ms;
        for pause in &shift.pauses {
            push(StateKind::Ready, from, pause.from_ms);
            let kind = match history.names().reasons[usize::from(pause.reason)].as_str() {
                "Meal" => StateKind::Lunch,
                "Training" => StateKind::Training,
                _ => StateKind::Break,
            };
            push(kind, pause.from_ms, pause.to_ms);
            from = pause.to_ms;
        }
        push(StateKind::Ready, from, shift.to_ms);
    }
    states
}

pub(crate) fn rome(every: Every) -> Grid {
    Grid::new(Zone::get("Europe/Rome").unwrap(), every)
}

pub(crate) fn settings(every: Every) -> TallySettings {
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).unwrap();
    let short = Limit::new(TimeDelta::seconds(5)).unwrap();
    TallySettings::new(rome(every), rule).with_short_abandons(short)
}

pub(crate) fn options() -> ReportOptions {
    ReportOptions::new("80/20".parse().unwrap())
}

/// A report on some legs.
pub(crate) fn report_on(legs: &[Leg], every: Every) -> ServiceReport {
    let table = ContactTable::from_iter(legs);
    let tally = IntervalTally::count(&table.columns(), settings(every)).unwrap();
    ServiceReport::new(&tally, &options()).unwrap()
}

/// The report on the sample centre, without a word about operators.
pub(crate) fn sample_report() -> &'static ServiceReport {
    static REPORT: OnceLock<ServiceReport> = OnceLock::new();
    REPORT.get_or_init(|| {
        let columns = sample().legs.columns();
        let tally = IntervalTally::count(&columns, settings(Every::Minutes30)).unwrap();
        let report = ServiceReport::new(&tally, &options()).unwrap();
        report.with_waiting(&WaitingLine::of(&[columns])).unwrap()
    })
}

/// The same with operators.
pub(crate) fn with_operators(shown: &OperatorOptions) -> ServiceReport {
    let sample = sample();
    let tally = AgentTally::count(&[sample.legs.columns()], rome(Every::Minutes30), None).unwrap();
    let window = tally.intervals().window();
    let grid = rome(Every::Minutes30);
    let times = AgentTimes::count(&sample.states, grid, window, None).unwrap();
    let report = sample_report().clone();
    report.with_operators(&tally, Some(&times), shown).unwrap()
}
