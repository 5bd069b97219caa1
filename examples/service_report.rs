//! The service-level report on a log of Asterisk's queues: on the terminal, as a page, as
//! CSV and as JSON.
//!
//! ```text
//! cargo run --release --example service_report
//! cargo run --release --example service_report -- --target 80/20 --lang it queue_log queue_log.1.gz
//! ```
//!
//! Without files it reports on the made-up centre of `examples/data`. Operators are shown
//! only with a stated purpose and legal basis.

use std::error::Error;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::TimeDelta;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use floorwalker::report::{OperatorOptions, ReportOptions, ServiceReport, SourceNote, Target};
use floorwalker::service::{
    AgentTally, AgentTimes, IntervalTally, Limit, ServiceLevel, TallySettings, WaitingLine,
    parse_duration,
};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Zone};
use floorwalker_acd::queue_log::{Options, QueueLog};
use floorwalker_report::{
    CsvOptions, Language, TerminalOptions, to_csv, to_html, to_json, to_terminal,
};

/// Reports how well the queues of a contact centre were served.
#[derive(Parser)]
#[command(name = "service_report")]
struct Arguments {
    /// Log files of Asterisk's queues, plain or gzip, in any order; the sample without any
    files: Vec<PathBuf>,
    /// The zone whose days and hours are reported
    #[arg(long, default_value = "Europe/Rome")]
    zone: Zone,
    /// The length of the intervals: 5m, 10m, 15m, 30m, 1h, day, week, month
    #[arg(long, default_value = "30m")]
    every: Every,
    /// What was promised: percent, a slash, the time
    #[arg(long, default_value = "80/20")]
    target: Target,
    /// The definition of the service level, such as offered or excl_short(20s, 5s)
    #[arg(long, default_value = "offered")]
    rule: String,
    /// Abandoned within this time counts as a short abandon
    #[arg(long, default_value = "5s", value_parser = duration)]
    short: TimeDelta,
    /// The language of the report: en, it
    #[arg(long, default_value = "en")]
    lang: Language,
    /// The folder for page, tables and JSON
    #[arg(long, default_value = "target/service_report")]
    out: PathBuf,
    /// Text in ASCII alone
    #[arg(long)]
    ascii: bool,
    /// What figures about operators are for
    #[arg(long, requires = "legal_basis")]
    purpose: Option<String>,
    /// What permits figures about operators
    #[arg(long, requires = "purpose")]
    legal_basis: Option<String>,
    /// How closely operators are shown: team, pseudonym, person
    #[arg(long, default_value = "team", value_parser = granularity, requires = "purpose")]
    operators: Granularity,
}

type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let rule = match rule(&arguments) {
        Ok(rule) => rule,
        // Wrong use is told like any other wrong argument, with exit code 2.
        Err(error) => Arguments::command()
            .error(ErrorKind::ValueValidation, error)
            .exit(),
    };
    match run(&arguments, rule) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_wrong_use(&error) => Arguments::command()
            .error(ErrorKind::ArgumentConflict, error)
            .exit(),
        Err(error) => {
            let line = format!("error: {error}\n");
            // Nothing is left to be done if even this cannot be written.
            let _ = io::stderr().write_all(line.as_bytes());
            ExitCode::FAILURE
        }
    }
}

/// Whether the arguments contradict each other, such as a target of 20 s and a rule of 30 s.
fn is_wrong_use(error: &Failure) -> bool {
    let error = error.downcast_ref::<floorwalker::Error>();
    error.is_some_and(|error| error.code() == "options.conflict")
}

fn duration(text: &str) -> Result<TimeDelta, floorwalker::Error> {
    parse_duration(text)
}

fn granularity(text: &str) -> Result<Granularity, String> {
    match text {
        "team" => Ok(Granularity::Team),
        "pseudonym" => Ok(Granularity::Pseudonym),
        "person" => Ok(Granularity::Person),
        _ => Err("there are team, pseudonym and person".to_owned()),
    }
}

/// The rule by its name; a name alone takes the time of the target and the short limit.
fn rule(arguments: &Arguments) -> Result<ServiceLevel, floorwalker::Error> {
    let name = &arguments.rule;
    let is_complete = name.contains('(');
    let within = arguments.target.within_time();
    match within {
        Some(within) if !is_complete => {
            let [within, short] = [within, arguments.short].map(|time| time.num_milliseconds());
            let complete = match name.parse::<ServiceLevel>() {
                // Some rules have no threshold, or their own.
                Ok(rule) => return Ok(rule),
                Err(_) if name.ends_with("excl_short") => format!("{name}({within}ms, {short}ms)"),
                Err(_) => format!("{name}({within}ms)"),
            };
            complete.parse()
        }
        _ => name.parse(),
    }
}

fn run(arguments: &Arguments, rule: ServiceLevel) -> Result<(), Failure> {
    let log = read(arguments)?;
    let report = report(arguments, rule, &log)?;
    let mut options = TerminalOptions::new(arguments.lang);
    if arguments.ascii {
        options = options.in_ascii();
    }
    print(&to_terminal(&report, &options))?;
    write_files(&report, arguments)?;
    tell(&format!(
        "page, tables and JSON: {}",
        arguments.out.display()
    ))
}

/// Reads the logs; the sample without any.
fn read(arguments: &Arguments) -> Result<QueueLog, Failure> {
    let sample = [Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample.queue_log.gz")];
    let files = if arguments.files.is_empty() {
        &sample[..]
    } else {
        &arguments.files
    };
    let bytes: u64 = files
        .iter()
        .filter_map(|file| fs::metadata(file).ok())
        .map(|file| file.len())
        .sum();
    tell(&format!(
        "reading {} log files, {} kB",
        files.len(),
        bytes.div_ceil(1000)
    ))?;
    let options = Options::default().with_zone(arguments.zone.clone());
    let log = floorwalker_acd::read_files(files, &options)?;
    tell(&format!(
        "read {} visits to queues, {} findings",
        log.table().len(),
        log.findings().total()
    ))?;
    if log.table().is_empty() {
        let odd = log.findings().total();
        return Err(format!(
            "no visit to a queue is in the log; {odd} findings say what is odd in it"
        )
        .into());
    }
    Ok(log)
}

fn report(
    arguments: &Arguments,
    rule: ServiceLevel,
    log: &QueueLog,
) -> Result<ServiceReport, Failure> {
    let grid = Grid::new(arguments.zone.clone(), arguments.every);
    let mut settings =
        TallySettings::new(grid.clone(), rule).with_short_abandons(Limit::new(arguments.short)?);
    if let Some(last) = log.last_stamp() {
        settings = settings.with_as_of(last);
    }
    let columns = log.table().columns();
    let tally = IntervalTally::count(&columns, settings)?;
    let notes = log.findings().counts().iter();
    let notes =
        notes.map(|(kind, &count)| SourceNote::new(kind.name(), count).assuming(kind.assumption()));
    let options = ReportOptions::new(arguments.target.clone()).with_source_notes(notes);
    let report =
        ServiceReport::new(&tally, &options)?.with_waiting(&WaitingLine::of(&[columns]))?;
    let Some(shown) = operators(arguments)? else {
        return Ok(report);
    };
    let window = tally.intervals().window();
    let handled = AgentTally::count(&[log.table().columns()], grid.clone(), Some(window))?;
    let times = AgentTimes::count(log.states(), grid, window, log.last_stamp())?;
    Ok(report.with_operators(&handled, Some(&times), &shown)?)
}

/// How operators are shown, if a purpose and a legal basis are stated.
fn operators(arguments: &Arguments) -> Result<Option<OperatorOptions>, Failure> {
    let (Some(purpose), Some(basis)) = (&arguments.purpose, &arguments.legal_basis) else {
        return Ok(None);
    };
    let policy = AccessPolicy::new(purpose, basis, arguments.operators)?;
    // A new key for every report, from the randomness of the standard library's maps.
    let draw = || u128::from(RandomState::new().hash_one(0));
    Ok(Some(
        OperatorOptions::new(policy).with_key(draw() << 64 | draw()),
    ))
}

fn write_files(report: &ServiceReport, arguments: &Arguments) -> Result<(), Failure> {
    let write = |name: &str, text: &str| {
        let path = arguments.out.join(name);
        fs::write(&path, text).map_err(|why| format!("{} cannot be written: {why}", path.display()))
    };
    fs::create_dir_all(&arguments.out)
        .map_err(|why| format!("{} cannot be made: {why}", arguments.out.display()))?;
    write("report.html", &to_html(report, arguments.lang))?;
    write("report.json", &to_json(report))?;
    for file in to_csv(report, CsvOptions::new()) {
        write(&file.name, &file.text)?;
    }
    Ok(())
}

/// Writes the report; a reader that has seen enough, such as `head`, is no failure.
fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Says on the error stream how far it is, if somebody watches.
fn tell(line: &str) -> Result<(), Failure> {
    if io::stderr().is_terminal() {
        io::stderr().write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(())
}
