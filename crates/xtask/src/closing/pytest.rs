//! The output of `pytest -rsx`.

use super::Seen;
use crate::outcome::Skip;

pub(super) fn line(line: &str, seen: &mut Seen) {
    if let Some(skips) = skips(line) {
        seen.skips.extend(skips);
    } else if let Some(closing) = Closing::parse(line) {
        seen.closings += 1;
        seen.passed += closing.passed;
        seen.failed += closing.failed;
        seen.skipped += closing.skipped;
    }
}

/// Reads `SKIPPED [2] tests/test_a.py:4: reason` and `XFAIL tests/test_a.py::test_b - reason`.
fn skips(line: &str) -> Option<Vec<Skip>> {
    if let Some(text) = line.strip_prefix("XFAIL ") {
        let (what, why) = text.split_once(" - ").unwrap_or((text, "expected to fail"));
        return Some(vec![Skip::new(what, why)]);
    }
    let (times, text) = line.strip_prefix("SKIPPED [")?.split_once("] ")?;
    let (what, why) = text.split_once(": ").unwrap_or((text, "no reason given"));
    Some(vec![Skip::new(what, why); times.parse().ok()?])
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Closing {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Closing {
    /// Reads `== 1 failed, 3 passed, 1 skipped, 2 warnings in 0.12s ==`, with or without the bars.
    fn parse(line: &str) -> Option<Self> {
        let line = line.trim_matches('=').trim();
        let (counts, time) = line.rsplit_once(" in ")?;
        let seconds = time.split(' ').next()?.strip_suffix('s')?;
        seconds.parse::<f64>().ok()?;
        let mut closing = Self::default();
        if counts == "no tests ran" {
            return Some(closing);
        }
        for part in counts.split(", ") {
            let (number, word) = part.split_once(' ')?;
            let number: u64 = number.parse().ok()?;
            match word {
                "passed" | "xpassed" => closing.passed += number,
                "failed" | "error" | "errors" => closing.failed += number,
                "skipped" | "xfailed" => closing.skipped += number,
                "warning" | "warnings" | "deselected" | "rerun" => {}
                _ => return None,
            }
        }
        Some(closing)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Runner;
    use super::super::tests::count;
    use super::*;
    use crate::outcome::Outcome;

    fn closing(passed: u64, failed: u64, skipped: u64) -> Option<Closing> {
        Some(Closing {
            passed,
            failed,
            skipped,
        })
    }

    #[test]
    fn closing_lines_of_all_kinds() {
        assert_eq!(Closing::parse("3 passed in 0.12s"), closing(3, 0, 0));
        assert_eq!(
            Closing::parse("=== 1 failed, 3 passed, 2 skipped, 1 warning in 65.03s (0:01:05) ==="),
            closing(3, 1, 2)
        );
        assert_eq!(
            Closing::parse("2 xfailed, 1 xpassed, 2 errors in 1.00s"),
            closing(1, 2, 2)
        );
        assert_eq!(
            Closing::parse("== no tests ran in 0.01s =="),
            closing(0, 0, 0)
        );
    }

    #[test]
    fn other_lines_are_not_closing_lines() {
        assert_eq!(Closing::parse("3 calls in 0.12s"), None);
        assert_eq!(Closing::parse("3 passed in half an hour"), None);
        assert_eq!(Closing::parse("tests/test_a.py ..s   [100%]"), None);
        assert_eq!(Closing::parse("===== short test summary info ====="), None);
    }

    #[test]
    fn skips_keep_their_reasons() {
        let output = "
tests/test_a.py .ssx
SKIPPED [2] tests/test_a.py:4: polars: not installed
XFAIL tests/test_a.py::test_gap - spring gap
1 passed, 3 skipped, 1 xfailed in 0.12s";
        let polars = Skip::new("tests/test_a.py:4", "polars: not installed");
        let gap = Skip::new("tests/test_a.py::test_gap", "spring gap");
        let silent = Skip::new("a test", "no reason given");
        assert_eq!(
            count(Runner::Pytest, true, output),
            Outcome::new(1, 0, vec![polars.clone(), polars, gap, silent])
        );
    }
}
