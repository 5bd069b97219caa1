//! The live board on a log of Asterisk's queues, replayed: what happens in each queue, how
//! the operators stand, which alarms are raised and cleared.
//!
//! ```text
//! cargo run --release --example live_board
//! cargo run --release --example live_board -- --speed 60 --day 2026-03-03 queue_log
//! ```
//!
//! Without files it replays the first full day of the made-up centre of `examples/data`, an
//! hour a frame and without waiting. Operators are shown by name only with a stated purpose
//! and legal basis.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use clap::Parser;
use floorwalker::attendance::AdherencePlan;
use floorwalker::contact::{LegRecord, StateKind};
use floorwalker::floor::{
    Alarm, AlarmChange, Board, BoardEvent, BoardRules, Happening, LiveState, QueueNow,
};
use floorwalker::id::AgentId;
use floorwalker::service::ServiceLevel;
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span, Zone};
use floorwalker_acd::queue_log::{Options, QueueLog};

/// Replays a queue log on the live board.
#[derive(Parser)]
#[command(name = "live_board")]
struct Arguments {
    /// Log files of Asterisk's queues, plain or gzip, in any order; the sample without any
    files: Vec<PathBuf>,
    /// The zone of the centre
    #[arg(long, default_value = "Europe/Rome")]
    zone: Zone,
    /// The day to replay; the first full one by default
    #[arg(long)]
    day: Option<NaiveDate>,
    /// How many seconds of the log go by in one second; without it nothing is waited for
    #[arg(long)]
    speed: Option<u32>,
    /// How many minutes of the log lie between two frames when nothing is waited for
    #[arg(long, default_value_t = 60)]
    step: u32,
    /// The threshold of the service level, in seconds
    #[arg(long, default_value_t = 20)]
    within: u32,
    /// What was promised, in percent
    #[arg(long, default_value_t = 80)]
    percent: u16,
    /// What figures about operators are for
    #[arg(long, requires = "legal_basis")]
    purpose: Option<String>,
    /// What permits figures about operators
    #[arg(long, requires = "purpose")]
    legal_basis: Option<String>,
}

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let log = read(&arguments)?;
    let span = day(&arguments, &log)?;
    let mut events = events(&log, span)?;
    events.sort();
    let plan = AdherencePlan::default();
    let mut board = Board::new(rules(&arguments)?, span.start(), &plan);
    let mut events = events.into_iter().peekable();
    let step = match arguments.speed {
        Some(speed) => TimeDelta::seconds(i64::from(speed.max(1))),
        None => TimeDelta::minutes(i64::from(arguments.step.max(1))),
    };
    let mut now = span.start();
    while now < span.end() {
        now = (now + step).min(span.end());
        while let Some(event) = events.next_if(|event| event.at_ms() < now.timestamp_millis()) {
            board.push(event);
        }
        board.advance(now);
        let frame = frame(&mut board, &arguments)?;
        if !show(&frame, arguments.speed.is_some())? {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads the logs; the sample without any.
fn read(arguments: &Arguments) -> Result<QueueLog, Failure> {
    let sample = [Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample.queue_log.gz")];
    let files = if arguments.files.is_empty() {
        &sample[..]
    } else {
        &arguments.files
    };
    let options = Options::default().with_zone(arguments.zone.clone());
    Ok(floorwalker_acd::read_files(files, &options)?)
}

/// The day to replay.
fn day(arguments: &Arguments, log: &QueueLog) -> Result<Span, Failure> {
    let first = log
        .table()
        .columns()
        .span()
        .ok_or("no visit to a queue is in the log")?;
    let first = arguments.zone.day_of_ms(first.start_ms());
    let date = arguments.day.unwrap_or(first);
    let day = arguments.zone.day(date);
    Ok(day.ok_or_else(|| format!("{date} did not exist in {}", arguments.zone.name()))?)
}

fn rules(arguments: &Arguments) -> Result<BoardRules, Failure> {
    let level = ServiceLevel::offered(TimeDelta::seconds(i64::from(arguments.within)))?;
    let grid = Grid::new(arguments.zone.clone(), Every::Day);
    let target = arguments.percent.saturating_mul(10);
    Ok(BoardRules::new(grid, level)?.with_usual_alarms(target)?)
}

/// What the telephone system would have told on that day.
fn events(log: &QueueLog, day: Span) -> Result<Vec<BoardEvent>, Failure> {
    let mut events = Vec::new();
    for (number, leg) in log.legs().enumerate() {
        let leg = leg.into_record();
        if day.contains(leg.arrived) {
            add_contact(&mut events, number, &leg)?;
        }
    }
    for state in log.states() {
        let from = state.from().max(day.start());
        let until = state.to().unwrap_or(day.end());
        if from >= until || from >= day.end() {
            continue;
        }
        // A state that ends is a logout, unless another begins at the same instant: that
        // one has a higher number.
        let tell = |at, number, state: LiveState, agent: &AgentId| {
            let agent = agent.clone();
            let event = BoardEvent::new(at, Happening::State { agent, state })?;
            Ok::<_, floorwalker::Error>(event.numbered(number))
        };
        events.push(tell(from, 2, LiveState::In(state.state()), state.agent())?);
        if state.to().is_some() {
            events.push(tell(until, 1, LiveState::LoggedOut, state.agent())?);
        }
    }
    Ok(events)
}

/// The events of one contact.
fn add_contact(
    events: &mut Vec<BoardEvent>,
    number: usize,
    record: &LegRecord,
) -> Result<(), Failure> {
    let leg = || number.to_string().parse();
    let mut tell = |at: DateTime<Utc>, what| -> Result<(), Failure> {
        events.push(BoardEvent::new(at, what)?);
        Ok(())
    };
    let (queue, kind) = (record.queue.clone(), record.kind);
    if !record.outcome.is_queued() && !kind.is_dial() {
        return Ok(());
    }
    tell(
        record.arrived,
        Happening::Entered {
            leg: leg()?,
            queue,
            kind,
        },
    )?;
    match (record.answered, &record.agent, record.left_queue) {
        (Some(answered), Some(agent), _) => {
            let agent = agent.clone();
            tell(answered, Happening::Answered { leg: leg()?, agent })?;
            if let Some(released) = record.released {
                tell(released, Happening::Released { leg: leg()? })?;
            }
        }
        (_, _, Some(left)) => {
            let outcome = record.outcome;
            tell(
                left,
                Happening::Left {
                    leg: leg()?,
                    outcome,
                },
            )?;
        }
        _ => {}
    }
    Ok(())
}

/// What the board shows, as text.
fn frame(board: &mut Board, arguments: &Arguments) -> Result<String, Failure> {
    let zone = &arguments.zone;
    let at = zone.at_ms(board.at().timestamp_millis());
    let mut text = format!("{}\n", at.format("%A %-d %B %Y, %H:%M:%S"));
    text += "  queue            waiting  longest  talking  offered  answered  level  going to\n";
    for row in board.queues() {
        text += &queue_line(&row);
    }
    text += &people(board, arguments)?;
    let changes = board.take_changes();
    let raised = changes
        .iter()
        .filter(|one| matches!(one, AlarmChange::Raised(_)));
    let raised = raised.count();
    let cleared = changes.len() - raised;
    text += &format!(
        "  alarms about queues: {raised} raised, {cleared} cleared since the last frame\n"
    );
    for alarm in board.alarms() {
        text += &alarm_line(&alarm, zone);
    }
    Ok(text)
}

fn queue_line(row: &QueueNow) -> String {
    let percent = |value: Option<floorwalker::units::Fraction>| {
        value.map_or("-".to_owned(), |value| {
            format!("{} %", value.times(100).to_decimal(0))
        })
    };
    let longest = row
        .longest_wait_ms
        .map_or("-".to_owned(), |ms| format!("{} s", ms / 1000));
    format!(
        "  {:<16} {:>7}  {:>7}  {:>7}  {:>7}  {:>8}  {:>5}  {:>8}\n",
        row.queue,
        row.waiting,
        longest,
        row.talking,
        row.offered,
        row.answered,
        percent(row.projection.so_far()),
        percent(row.projection.expected()),
    )
}

/// The team in heads, or each operator where a purpose and a legal basis are stated.
fn people(board: &mut Board, arguments: &Arguments) -> Result<String, Failure> {
    let (Some(purpose), Some(basis)) = (&arguments.purpose, &arguments.legal_basis) else {
        let policy = AccessPolicy::new("running the day", "figures of a group", Granularity::Team)?;
        let team = match board.team(None, &policy) {
            Ok(team) => team,
            Err(error) if error.is_policy() => return Ok(format!("  team: {error}\n")),
            Err(error) => return Err(error.into()),
        };
        return Ok(format!(
            "  team: {} logged in, {} ready, {} with a contact, {} elsewhere\n",
            team.here, team.ready, team.busy, team.elsewhere
        ));
    };
    let policy = AccessPolicy::new(purpose, basis, Granularity::Person)?;
    let mut text = String::new();
    for row in board.agents(&policy)? {
        let kind = |state: StateKind| state.name();
        let doing = match row.doing {
            floorwalker::floor::OnBoard::In(state) => kind(state),
            _ => continue,
        };
        let minutes = (board.at() - row.since).num_minutes();
        text += &format!("  {:<16} {doing:<9} for {minutes} min\n", row.agent);
    }
    board.take_agent_changes(&policy)?;
    for alarm in board.agent_alarms(&policy)? {
        text += &alarm_line(&alarm, &arguments.zone);
    }
    Ok(text)
}

fn alarm_line(alarm: &Alarm, zone: &Zone) -> String {
    let key = &alarm.key;
    let about = [
        key.queue.as_ref().map(ToString::to_string),
        key.agent.as_ref().map(ToString::to_string),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let since = zone
        .at_ms(alarm.since.timestamp_millis())
        .format("%H:%M:%S");
    format!(
        "  ! {} {}: {} since {since}\n",
        key.kind.urgency(),
        key.kind,
        about.join(", ")
    )
}

/// Shows a frame; `false` if nobody reads any more.
fn show(frame: &str, waits: bool) -> Result<bool, Failure> {
    let mut out = io::stdout().lock();
    let clear = if waits && out.is_terminal() {
        "\x1b[2J\x1b[H"
    } else {
        ""
    };
    match out
        .write_all(format!("{clear}{frame}").as_bytes())
        .and_then(|()| out.flush())
    {
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => return Ok(false),
        written => written?,
    }
    if waits {
        thread::sleep(Duration::from_secs(1));
    }
    Ok(true)
}
