//! Stages: named steps with a result and a time.

use std::time::{Duration, Instant};

use crate::outcome::Outcome;

struct Done {
    name: String,
    time: Duration,
    outcome: Outcome,
}

/// The stages that have run so far, in order.
pub(crate) struct Stages {
    done: Vec<Done>,
}

impl Stages {
    pub(crate) fn new() -> Self {
        Self { done: Vec::new() }
    }

    /// Runs one stage, and prints its name before and its result and time after.
    pub(crate) fn run(&mut self, name: &str, work: impl FnOnce() -> Outcome) {
        println!("==> {name}");
        let start = Instant::now();
        let outcome = work();
        let time = start.elapsed();
        let done = Done {
            name: name.to_owned(),
            time,
            outcome,
        };
        println!("<== {}\n", done.line(0));
        self.done.push(done);
    }

    /// All stages together.
    pub(crate) fn total(&self) -> Outcome {
        self.done.iter().fold(Outcome::default(), |sum, done| {
            sum.and(done.outcome.clone())
        })
    }

    /// Prints the table of stages, the skips with their reasons, and last the closing line.
    pub(crate) fn print_summary(&self) {
        print!("{}", self.summary());
    }

    fn summary(&self) -> String {
        let width = self.done.iter().map(|done| done.name.len()).max();
        let width = width.unwrap_or(0);
        let mut lines = vec!["stages:".to_owned()];
        lines.extend(
            self.done
                .iter()
                .map(|done| format!("  {}", done.line(width))),
        );
        let total = self.total();
        if !total.skips().is_empty() {
            lines.push("skipped:".to_owned());
            lines.extend(total.skips().iter().map(|skip| format!("  {skip}")));
        }
        lines.push(total.to_string());
        lines.join("\n") + "\n"
    }
}

impl Done {
    fn line(&self, width: usize) -> String {
        let verdict = if self.outcome.failed() == 0 {
            "ok"
        } else {
            "FAILED"
        };
        format!(
            "{:width$}  {verdict:6}  {:7.1} s  {}",
            self.name,
            self.time.as_secs_f64(),
            self.outcome
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(name: &str, millis: u64, outcome: Outcome) -> Done {
        Done {
            name: name.to_owned(),
            time: Duration::from_millis(millis),
            outcome,
        }
    }

    #[test]
    fn the_summary_ends_with_the_closing_line() {
        let stages = Stages {
            done: vec![
                done("format", 1_240, Outcome::check(true)),
                done("lints", 61_000, Outcome::check(false)),
                done("python", 3, Outcome::skip("python", "python3 not found")),
            ],
        };
        assert_eq!(
            stages.summary(),
            "\
stages:
  format  ok          1.2 s  1 passed, 0 failed, 0 skipped
  lints   FAILED     61.0 s  0 passed, 1 failed, 0 skipped
  python  ok          0.0 s  0 passed, 0 failed, 1 skipped
skipped:
  python: python3 not found
1 passed, 1 failed, 1 skipped
"
        );
    }

    #[test]
    fn a_run_without_skips_lists_none() {
        let stages = Stages {
            done: vec![done("format", 0, Outcome::check(true))],
        };
        assert!(!stages.summary().contains("skipped:"));
        assert!(
            stages
                .summary()
                .ends_with("\n1 passed, 0 failed, 0 skipped\n")
        );
    }
}
