//! What a stage, or a whole run, has counted.

use std::fmt;

/// Something that did not run, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skip {
    what: String,
    why: String,
}

impl Skip {
    pub(crate) fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
        }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

/// Counts of tests and checks. The number skipped is the number of reasons given, so no skip goes
/// unexplained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    passed: u64,
    failed: u64,
    skips: Vec<Skip>,
}

impl Outcome {
    pub(crate) fn new(passed: u64, failed: u64, skips: Vec<Skip>) -> Self {
        Self {
            passed,
            failed,
            skips,
        }
    }

    /// One check that either holds or does not.
    pub(crate) fn check(holds: bool) -> Self {
        Self::new(u64::from(holds), u64::from(!holds), Vec::new())
    }

    /// One thing that did not run.
    pub(crate) fn skip(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(0, 0, vec![Skip::new(what, why)])
    }

    /// Both together; the skips keep their order.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skips.extend(other.skips);
        self
    }

    pub(crate) fn failed(&self) -> u64 {
        self.failed
    }

    pub(crate) fn skips(&self) -> &[Skip] {
        &self.skips
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let skipped = self.skips.len();
        write!(
            f,
            "{} passed, {} failed, {skipped} skipped",
            self.passed, self.failed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_add_up() {
        let total = Outcome::check(true)
            .and(Outcome::check(false))
            .and(Outcome::skip("python", "no python3"))
            .and(Outcome::new(5, 2, vec![Skip::new("bank", "absent")]));
        assert_eq!(total.to_string(), "6 passed, 3 failed, 2 skipped");
        assert_eq!(total.failed(), 3);
        let reasons: Vec<String> = total.skips().iter().map(Skip::to_string).collect();
        assert_eq!(reasons, ["python: no python3", "bank: absent"]);
    }
}
