//! The output of Rust's own test harness, `cargo test -- --show-output`.

use std::collections::BTreeSet;

use super::{Seen, skip_line};
use crate::outcome::Skip;

/// Where in the output of one test binary the reader stands.
///
/// A test whose data is absent passes and prints `SKIPPED: ...`. The harness counts it as passed;
/// here it is taken out of the passed, because nothing was tested.
#[derive(Default)]
pub(super) struct Section {
    /// Inside the printed output of the tests that passed.
    in_successes: bool,
    /// The test whose printed output is passing by.
    test: Option<String>,
    /// Tests that passed by skipping.
    skipping: BTreeSet<String>,
}

impl Section {
    pub(super) fn line(&mut self, line: &str, seen: &mut Seen) {
        if let Some(skip) = ignored(line) {
            seen.skips.push(skip);
        } else if let Some(skip) = skip_line(line) {
            seen.skips.push(skip);
            if self.in_successes {
                self.skipping.extend(self.test.clone());
            }
        } else if let Some(name) = output_heading(line) {
            self.test = Some(name.to_owned());
        } else if line == "successes:" || line == "failures:" {
            self.in_successes = line == "successes:";
            self.test = None;
        } else if let Some(closing) = Closing::parse(line) {
            seen.closings += 1;
            seen.passed += closing.passed.saturating_sub(self.skipping.len() as u64);
            seen.failed += closing.failed;
            *self = Self::default();
        }
    }
}

/// The name in `---- name stdout ----`, the heading of what a test printed.
fn output_heading(line: &str) -> Option<&str> {
    line.strip_prefix("---- ")?.strip_suffix(" stdout ----")
}

/// Reads `test name ... ignored, reason`.
fn ignored(line: &str) -> Option<Skip> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ignored")?;
    let why = verdict.strip_prefix(", ").unwrap_or("marked as ignored");
    Some(Skip::new(name, why))
}

struct Closing {
    passed: u64,
    failed: u64,
}

impl Closing {
    /// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
    fn parse(line: &str) -> Option<Self> {
        let (_verdict, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let mut parts = counts.split("; ");
        Some(Self {
            passed: parts.next()?.strip_suffix(" passed")?.parse().ok()?,
            failed: parts.next()?.strip_suffix(" failed")?.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Runner;
    use super::super::tests::count;
    use crate::outcome::{Outcome, Skip};

    const OUTPUT: &str = "
running 4 tests
test bank::days ... ok
test bank::hours ... ok
test units::ratio ... FAILED
test slow::year ... ignored, takes an hour
test result - unit (line 3) ... ignored

successes:

---- bank::days stdout ----
SKIPPED: january: data absent
SKIPPED: february: data absent
---- bank::hours stdout ----
compared 48 half hours


successes:
    bank::days
    bank::hours

failures:

---- units::ratio stdout ----
SKIPPED: half of it: said before it failed


failures:
    units::ratio

test result: FAILED. 2 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s

     Running another binary
test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn tests_that_skipped_are_not_counted_as_passed() {
        let skips = vec![
            Skip::new("slow::year", "takes an hour"),
            Skip::new("result - unit (line 3)", "marked as ignored"),
            Skip::new("january", "data absent"),
            Skip::new("february", "data absent"),
            Skip::new("half of it", "said before it failed"),
        ];
        assert_eq!(
            count(Runner::Libtest, false, OUTPUT),
            Outcome::new(1 + 7, 1, skips)
        );
    }

    #[test]
    fn a_test_that_prints_a_closing_line_changes_nothing() {
        let output = "
---- a::b stdout ----
9 passed, 9 failed
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        assert_eq!(
            count(Runner::Libtest, true, output),
            Outcome::new(1, 0, Vec::new())
        );
    }
}
