//! The conformance runner: suites that check a folder in a published format.
//!
//! A suite returns its cases in a fixed order; a case either holds or says what
//! was expected and what came out.

pub mod attendance;
pub mod bank;
pub mod complaint;
pub mod kpi_oracle;
pub mod queue_log;
pub mod roster;
pub mod sla;
pub mod staffing;
mod table;

use std::path::Path;

/// One case: its name, and what was wrong if anything was.
pub type Case = (String, Result<(), String>);

/// The names of the suites, and what each runs on.
pub const SUITES: &[(&str, &str)] = &[
    (
        "complaint",
        "a folder with policies.json and procedures.json",
    ),
    (
        "kpi-oracle",
        "a folder with contacts.csv, queues.csv, meta.csv and expected/",
    ),
    (
        "queue-log",
        "a folder with logs and NAME.expected.json beside each",
    ),
    (
        "bank",
        "MONTH.queue_log.gz or MONTH.tsv.gz, with its reference beside it",
    ),
    (
        "attendance",
        "a folder of cases and of punches with session rules",
    ),
    ("roster", "a folder of cases, a file for each rule pack"),
    ("sla", "a folder of files in the schema sla-conformance/1"),
    (
        "staffing",
        "a folder with erlang_a.csv, agents_required.csv and the like",
    ),
];

/// Runs a suite on a path.
///
/// # Errors
/// If there is no such suite.
pub fn run(suite: &str, path: &Path) -> Result<Vec<Case>, String> {
    match suite {
        "complaint" => Ok(complaint::run(path)),
        "kpi-oracle" => Ok(kpi_oracle::run(path)),
        "queue-log" => Ok(queue_log::run(path)),
        "bank" => Ok(bank::run(path)),
        "attendance" => Ok(attendance::run(path)),
        "roster" => Ok(roster::run(path)),
        "sla" => Ok(sla::run(path)),
        "staffing" => Ok(staffing::run(path)),
        other => {
            let names: Vec<&str> = SUITES.iter().map(|(name, _)| *name).collect();
            Err(format!(
                "no suite is called {other:?}: there are {}",
                names.join(", ")
            ))
        }
    }
}
