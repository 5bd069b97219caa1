//! Reading the closing lines of test runners.

mod libtest;
mod pytest;

use crate::outcome::{Outcome, Skip};

/// Which closing lines a command ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runner {
    /// `cargo test`, run with `--show-output`.
    Libtest,
    /// `pytest`, run with `-rsx`.
    Pytest,
    /// A program that ends with `N passed, N failed`.
    Plain,
    /// A program that only succeeds or fails.
    ExitCode,
}

/// Counts tests while the output of their runner passes by.
pub(crate) struct Counter {
    runner: Runner,
    libtest: libtest::Section,
    seen: Seen,
}

/// What has been read so far.
#[derive(Default)]
struct Seen {
    closings: u64,
    passed: u64,
    failed: u64,
    /// Tests the runner itself says it skipped.
    skipped: u64,
    skips: Vec<Skip>,
}

impl Counter {
    pub(crate) fn new(runner: Runner) -> Self {
        Self {
            runner,
            libtest: libtest::Section::default(),
            seen: Seen::default(),
        }
    }

    /// Reads one line of output.
    pub(crate) fn line(&mut self, line: &str) {
        match self.runner {
            Runner::Libtest => self.libtest.line(line, &mut self.seen),
            Runner::Pytest => pytest::line(line, &mut self.seen),
            Runner::Plain => plain_line(line, &mut self.seen),
            Runner::ExitCode => {}
        }
    }

    /// The counts, once the runner has ended. A runner that failed without a failed test, or ended
    /// without a closing line, is itself one failure.
    pub(crate) fn finish(self, success: bool) -> Outcome {
        if self.runner == Runner::ExitCode {
            return Outcome::check(success);
        }
        let mut seen = self.seen;
        for _ in seen.skips.len() as u64..seen.skipped {
            seen.skips.push(Skip::new("a test", "no reason given"));
        }
        let broke = seen.failed == 0 && (!success || seen.closings == 0);
        if broke {
            let what = if success {
                "ended without its closing line"
            } else {
                "failed outside its tests"
            };
            println!("the runner {what}");
        }
        Outcome::new(seen.passed, seen.failed + u64::from(broke), seen.skips)
    }
}

fn plain_line(line: &str, seen: &mut Seen) {
    if let Some(skip) = skip_line(line) {
        seen.skips.push(skip);
    } else if let Some([passed, failed]) = plain_closing(line) {
        seen.closings += 1;
        seen.passed += passed;
        seen.failed += failed;
    }
}

/// The numbers of `N passed, N failed` when nothing else is on the line.
fn plain_closing(line: &str) -> Option<[u64; 2]> {
    let (passed, failed) = line.trim().split_once(", ")?;
    Some([
        passed.strip_suffix(" passed")?.parse().ok()?,
        failed.strip_suffix(" failed")?.parse().ok()?,
    ])
}

/// Reads `SKIPPED: <what>: <why>`, the way a test says that its data or its tool is absent.
fn skip_line(line: &str) -> Option<Skip> {
    let text = line.strip_prefix("SKIPPED: ")?;
    let (what, why) = text.split_once(": ").unwrap_or((text, "no reason given"));
    Some(Skip::new(what, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The closing line after reading `output`.
    pub(super) fn count(runner: Runner, success: bool, output: &str) -> Outcome {
        let mut counter = Counter::new(runner);
        output.lines().for_each(|line| counter.line(line));
        counter.finish(success)
    }

    #[test]
    fn a_plain_closing_line_is_alone_on_its_line() {
        assert_eq!(plain_closing("12 passed, 3 failed"), Some([12, 3]));
        assert_eq!(plain_closing("case a: 12 passed, 3 failed"), None);
        assert_eq!(plain_closing("12 passed, 3 failed, 1 skipped"), None);
        assert_eq!(plain_closing("12 passed"), None);
    }

    #[test]
    fn plain_output_gives_counts_and_skips() {
        let output = "\
case one
SKIPPED: february: the file is absent
2 passed, 1 failed";
        assert_eq!(
            count(Runner::Plain, false, output),
            Outcome::new(2, 1, vec![Skip::new("february", "the file is absent")])
        );
    }

    #[test]
    fn a_runner_that_breaks_counts_as_one_failure() {
        assert_eq!(count(Runner::Plain, true, "").failed(), 1);
        assert_eq!(count(Runner::Libtest, false, "").failed(), 1);
        assert_eq!(
            count(Runner::Plain, false, "2 passed, 0 failed").failed(),
            1
        );
        assert_eq!(
            count(Runner::Plain, false, "2 passed, 4 failed").failed(),
            4
        );
    }

    #[test]
    fn a_program_without_tests_is_one_check() {
        let output = "9 passed, 9 failed";
        assert_eq!(count(Runner::ExitCode, true, output), Outcome::check(true));
        assert_eq!(
            count(Runner::ExitCode, false, output),
            Outcome::check(false)
        );
    }

    #[test]
    fn a_skip_line_names_what_and_why() {
        let skip = Skip::new("bank days", "data: not here");
        assert_eq!(skip_line("SKIPPED: bank days: data: not here"), Some(skip));
        assert_eq!(
            skip_line("SKIPPED: bank days"),
            Some(Skip::new("bank days", "no reason given"))
        );
        assert_eq!(skip_line("it was SKIPPED: yes"), None);
    }
}
