//! How a service level came about.

use std::fmt;

use crate::service::figure::measure::Figure;
use crate::service::rule::{CATEGORIES, Category, ServiceLevel, Verdict};
use crate::service::tally::Scope;

/// One line of an [`Explanation`]: legs of one kind and what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplanationLine {
    /// What kind of legs.
    pub category: Category,
    /// Whether they counted.
    pub verdict: Verdict,
    /// How many.
    pub legs: u64,
}

/// How a service level came about: which legs counted for and against it, and
/// which were left out and why.
///
/// Displayed, it is a short text:
///
/// ```text
/// service_level 236/318 = 74.2 % by excl_short(20s, short 5s)
///   queues sales, from 2025-10-24T22:00:00Z to 2025-10-25T22:00:00Z
///   for       236  answered within the threshold
///   against    26  answered after the threshold
///   left out   11  abandoned at once (short) within the threshold
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    figure: Figure,
    rule: ServiceLevel,
    scope: Scope,
    lines: Vec<ExplanationLine>,
}

impl Explanation {
    pub(super) fn new(
        figure: Figure,
        rule: &ServiceLevel,
        cut: &[u64; CATEGORIES],
        scope: &Scope,
    ) -> Self {
        let mut lines: Vec<ExplanationLine> = Category::all()
            .map(|category| {
                let (verdict, legs) = (rule.judge(category), cut[category.index()]);
                ExplanationLine {
                    category,
                    verdict,
                    legs,
                }
            })
            .filter(|line| line.legs > 0)
            .collect();
        lines.sort_by_key(|line| match line.verdict {
            Verdict::For => 0,
            Verdict::Against => 1,
            Verdict::LeftOut => 2,
        });
        Self {
            figure,
            rule: rule.clone(),
            scope: scope.clone(),
            lines,
        }
    }

    /// The figure that is explained.
    #[must_use]
    pub fn figure(&self) -> &Figure {
        &self.figure
    }

    /// The rule it was made by.
    #[must_use]
    pub fn rule(&self) -> &ServiceLevel {
        &self.rule
    }

    /// Which queues and which time it is about.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Every kind of leg that occurred: those for it, those against it, those left out.
    #[must_use]
    pub fn lines(&self) -> &[ExplanationLine] {
        &self.lines
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {} by {}", self.figure.name(), self.figure, self.rule)?;
        let queues: Vec<&str> = self.scope.queues().iter().map(AsRef::as_ref).collect();
        let window = self.scope.window();
        write!(f, "  queues {}, from ", queues.join(", "))?;
        let instant = |at: chrono::DateTime<chrono::Utc>| {
            at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
        };
        write!(
            f,
            "{} to {}",
            instant(window.start()),
            instant(window.end())
        )?;
        for line in &self.lines {
            let verdict = match line.verdict {
                Verdict::For => "for",
                Verdict::Against => "against",
                Verdict::LeftOut => "left out",
            };
            write!(f, "\n  {verdict:<8} {:>6}  {}", line.legs, line.category)?;
        }
        Ok(())
    }
}
