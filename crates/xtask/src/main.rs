//! The project's task runner: `cargo xtask test`, `cargo xtask ci`, `cargo xtask deep`.
//!
//! It needs only the standard library, so it compiles in a second or two. Every task is a list of
//! stages. Each stage prints its name, its own result and its time; the run ends with the skips and
//! their reasons, a table of the stages, and one line `N passed, N failed, N skipped`.

#![allow(clippy::print_stdout, reason = "a task runner reports on the terminal")]
#![allow(
    clippy::disallowed_methods,
    reason = "a task runner measures stages and reads its environment"
)]

mod binding;
mod cargo;
mod closing;
mod conformance;
mod deep;
mod examples;
mod json;
mod licences;
mod manifest;
mod outcome;
mod process;
mod python;
mod spdx;
mod stage;
mod tasks;
mod workspace;

use std::process::ExitCode;

use stage::Stages;
use workspace::Workspace;

const USAGE: &str = "\
usage: cargo xtask <task>

  test   every test: Rust, examples, conformance, Python when the binding is there
  ci     format, lints and licences, then `test`, then documentation, features and benches
  deep   slow and optional: coverage, mutation testing, fuzzing";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let task = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => tasks::test,
        ["ci"] => tasks::ci,
        ["deep"] => tasks::deep,
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let mut stages = Stages::new();
    task(&Workspace::of_this_package(), &mut stages);
    stages.print_summary();
    if stages.total().failed() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
