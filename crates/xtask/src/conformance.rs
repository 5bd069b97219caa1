//! The conformance runner, over the cases in the tree and over the shared data sets.

use crate::cargo::Cargo;
use crate::closing::Runner;
use crate::outcome::Outcome;
use crate::process;

const RUNNER: &str = "floorwalker-testkit";
const CASES: &str = "tests/conformance";
const SHARED: &str = "../shared/data";

/// Data sets that may lie beside the workspace: the suite that reads them, and where they are.
const SHARED_SETS: &[(&str, &str)] = &[
    ("kpi-oracle", "kpi-oracle"),
    ("queue-log", "queue-log-cases"),
    ("attendance", "attendance-punches"),
    ("staffing", "staffing"),
    ("bank", "anonymous-bank-1999/january.queue_log.gz"),
    ("bank", "anonymous-bank-1999/february.queue_log.gz"),
    ("bank", "anonymous-bank-1999/january.tsv.gz"),
    ("bank", "anonymous-bank-1999/february.tsv.gz"),
];

/// Runs every suite.
pub(crate) fn run_all(cargo: &Cargo<'_>) -> Outcome {
    let built = cargo.check(&["build", "--release", "--locked", "--package", RUNNER]);
    if built.failed() > 0 {
        return built;
    }
    let in_tree = in_tree(cargo.workspace().folders_in(CASES))
        .map(|(suite, folder)| run(cargo, &suite, &folder))
        .reduce(Outcome::and)
        .unwrap_or_else(|| Outcome::skip(CASES, "the folder has no suites"));
    SHARED_SETS
        .iter()
        .map(|(suite, set)| run_shared(cargo, suite, set))
        .fold(in_tree, Outcome::and)
}

/// The suites of the tree: each folder of cases is named for the suite that reads it.
fn in_tree(folders: Vec<String>) -> impl Iterator<Item = (String, String)> {
    folders.into_iter().map(|suite| {
        let folder = format!("{CASES}/{suite}");
        (suite, folder)
    })
}

fn run_shared(cargo: &Cargo<'_>, suite: &str, set: &str) -> Outcome {
    let path = format!("{SHARED}/{set}");
    if cargo.workspace().path(&path).exists() {
        run(cargo, suite, &path)
    } else {
        let why = "the shared data set is not beside the workspace";
        Outcome::skip(format!("conformance {suite} on {set}"), why)
    }
}

/// Runs one suite on a path that starts at the root of the workspace.
fn run(cargo: &Cargo<'_>, suite: &str, path: &str) -> Outcome {
    println!("--- suite {suite}: {path}");
    let mut command = cargo.command(&["run", "--quiet", "--release", "--locked"]);
    command.args(["--package", RUNNER, "--", suite, path]);
    process::run(&mut command, Runner::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_cases_names_its_suite() {
        let suites: Vec<_> = in_tree(vec!["queue-log".to_owned()]).collect();
        let expected = (
            "queue-log".to_owned(),
            "tests/conformance/queue-log".to_owned(),
        );
        assert_eq!(suites, [expected]);
    }
}
