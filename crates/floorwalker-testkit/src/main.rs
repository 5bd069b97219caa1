//! The conformance runner: `floorwalker-testkit SUITE PATH`.
//!
//! Checks a folder or file in the published format of a suite, shows the first
//! failures, and ends with the line `N passed, N failed`. The exit code is 1 if
//! anything failed, 2 if the call was wrong.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program talks to a terminal"
)]

use std::path::Path;
use std::process::ExitCode;

use floorwalker_testkit::conformance::{self, Case, SUITES};

/// How many failures are shown in full.
const SHOWN: usize = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [suite, path] = arguments.as_slice() else {
        eprintln!("usage: floorwalker-testkit SUITE PATH, where SUITE is");
        for (name, what) in SUITES {
            eprintln!("  {name:<12} {what}");
        }
        return ExitCode::from(2);
    };
    match conformance::run(suite, Path::new(path)) {
        Ok(cases) => report(&cases),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Shows the first failures and the closing line.
fn report(cases: &[Case]) -> ExitCode {
    let failures: Vec<(&str, &str)> = cases
        .iter()
        .filter_map(|(name, result)| Some((name.as_str(), result.as_ref().err()?.as_str())))
        .collect();
    for (name, failure) in failures.iter().take(SHOWN) {
        println!("FAILED {name}: {failure}");
    }
    if failures.len() > SHOWN {
        println!("... and {} more", failures.len() - SHOWN);
    }
    let failed = if cases.is_empty() { 1 } else { failures.len() };
    if cases.is_empty() {
        println!("FAILED: no case was found");
    }
    println!("{} passed, {failed} failed", cases.len() - failures.len());
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
