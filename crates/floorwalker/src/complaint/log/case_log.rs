//! One case of a log.

use super::meaning::{Meaning, Meanings};
use crate::complaint::figures::CaseSummary;
use crate::error::Result;
use crate::id::{ActorId, CaseId, Label};
use crate::time::business::Timeline;

/// One row of a log: the case changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The state after it, or the activity.
    pub word: Label,
    /// Who has it.
    pub actor: Option<ActorId>,
    /// Its priority.
    pub priority: Option<Label>,
}

/// One case of a log.
///
/// Invariant: it has at least one row; rows are in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCase {
    id: CaseId,
    entries: Vec<LogEntry>,
    opened_ms: Option<i64>,
    closed_ms: Option<i64>,
}

impl LogCase {
    /// A case with its rows in any order; `None` without rows.
    #[must_use]
    pub fn new(id: CaseId, mut entries: Vec<LogEntry>) -> Option<Self> {
        entries.sort_by_key(|entry| entry.at_ms);
        (!entries.is_empty()).then_some(Self {
            id,
            entries,
            opened_ms: None,
            closed_ms: None,
        })
    }

    /// The same case with the instant of opening that the log states beside its rows.
    #[must_use]
    pub fn with_opened_ms(self, opened_ms: i64) -> Self {
        Self {
            opened_ms: Some(opened_ms),
            ..self
        }
    }

    /// The same case with the instant of closing that the log states beside its rows.
    #[must_use]
    pub fn with_closed_ms(self, closed_ms: i64) -> Self {
        Self {
            closed_ms: Some(closed_ms),
            ..self
        }
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> &CaseId {
        &self.id
    }

    /// Its rows in order of time.
    #[must_use]
    pub fn entries(&self) -> &[LogEntry] {
        &self.entries
    }

    /// When it was opened: as stated, or at its first row.
    #[must_use]
    pub fn opened_ms(&self) -> i64 {
        self.opened_ms.unwrap_or(self.entries[0].at_ms)
    }

    /// When it was closed: as stated, or at the last row that closes it and is not
    /// followed by work; `None` while it is open.
    #[must_use]
    pub fn closed_ms(&self, meanings: &Meanings) -> Option<i64> {
        if self.closed_ms.is_some() {
            return self.closed_ms;
        }
        let mut closed = None;
        for (at_ms, meaning) in self.meant(meanings) {
            closed = match meaning {
                Meaning::Closed => closed.or(Some(at_ms)),
                _ => None,
            };
        }
        closed
    }

    /// How often it changed hands: rows with another actor than the row with one before.
    #[must_use]
    pub fn handovers(&self) -> u32 {
        let actors: Vec<&ActorId> = self
            .entries
            .iter()
            .filter_map(|entry| entry.actor.as_ref())
            .collect();
        let changes = actors.windows(2).filter(|pair| pair[0] != pair[1]).count();
        u32::try_from(changes).unwrap_or(u32::MAX)
    }

    /// How often it came straight back to the actor from whom it had just gone (rimpallo,
    /// *ping-pong*): 1 for A, B, A.
    #[must_use]
    pub fn ping_pong(&self) -> u32 {
        let mut actors: Vec<&ActorId> = self
            .entries
            .iter()
            .filter_map(|entry| entry.actor.as_ref())
            .collect();
        actors.dedup();
        let back = actors
            .windows(3)
            .filter(|triple| triple[0] == triple[2])
            .count();
        u32::try_from(back).unwrap_or(u32::MAX)
    }

    /// How often work was done and began again.
    #[must_use]
    pub fn reopened(&self, meanings: &Meanings) -> u32 {
        let meant: Vec<Meaning> = self.meant(meanings).map(|(_, meaning)| meaning).collect();
        let again = meant
            .windows(2)
            .filter(|pair| pair[0].is_done() && !pair[1].is_done())
            .count();
        u32::try_from(again).unwrap_or(u32::MAX)
    }

    /// The time in which it waited for somebody outside, until an instant, by the hours.
    #[must_use]
    pub fn waiting_ms(&self, meanings: &Meanings, until_ms: i64, hours: &Timeline) -> i64 {
        let waits = self
            .stretches(meanings, until_ms)
            .filter(|(.., meaning)| meaning.is_waiting());
        waits
            .map(|(from_ms, to_ms, _)| hours.elapsed_ms(from_ms, to_ms))
            .sum()
    }

    /// What figures need to know of it: the time in each meaning, and from opening
    /// `to_resolve` (the first time) and `to_close`, all by `hours`.
    ///
    /// # Errors
    /// None in practice; `name.invalid` cannot come from the names given here.
    pub fn summary(
        &self,
        meanings: &Meanings,
        until_ms: i64,
        hours: &Timeline,
    ) -> Result<CaseSummary> {
        let closed_ms = self.closed_ms(meanings);
        let end_ms = closed_ms.unwrap_or(until_ms);
        let mut steps: Vec<(Label, i64)> = Vec::new();
        for (from_ms, to_ms, meaning) in self.stretches(meanings, end_ms) {
            let taken_ms = hours.elapsed_ms(from_ms, to_ms);
            match steps
                .iter_mut()
                .find(|(name, _)| name.as_str() == meaning.name())
            {
                Some((_, total_ms)) => *total_ms += taken_ms,
                None => steps.push((Label::new(meaning.name())?, taken_ms)),
            }
        }
        let resolved = self.meant(meanings).find(|(_, meaning)| meaning.is_done());
        let ends = [
            ("to_resolve", resolved.map(|(at_ms, _)| at_ms)),
            ("to_close", closed_ms),
        ];
        for (name, at_ms) in ends {
            if let Some(at_ms) = at_ms {
                steps.push((Label::new(name)?, hours.elapsed_ms(self.opened_ms(), at_ms)));
            }
        }
        Ok(CaseSummary {
            closed_ms,
            steps,
            reopened: self.reopened(meanings),
            waiting_ms: self.waiting_ms(meanings, end_ms, hours),
            ..CaseSummary::received(self.opened_ms())
        })
    }

    /// The rows that say something about the state.
    fn meant(&self, meanings: &Meanings) -> impl Iterator<Item = (i64, Meaning)> {
        let meant = self
            .entries
            .iter()
            .map(|entry| (entry.at_ms, meanings.of(&entry.word)));
        meant.filter_map(|(at_ms, meaning)| {
            Some((at_ms, meaning.filter(|meaning| *meaning != Meaning::Note)?))
        })
    }

    /// How long it was in which state, until an instant. Before its first row it is
    /// worked on.
    fn stretches(
        &self,
        meanings: &Meanings,
        until_ms: i64,
    ) -> impl Iterator<Item = (i64, i64, Meaning)> {
        let first = [(self.opened_ms(), Meaning::Working)];
        let rows: Vec<(i64, Meaning)> = first.into_iter().chain(self.meant(meanings)).collect();
        let ends: Vec<i64> = rows
            .iter()
            .skip(1)
            .map(|(at_ms, _)| *at_ms)
            .chain([until_ms])
            .collect();
        let stretches = rows.into_iter().zip(ends);
        stretches
            .map(move |((from_ms, meaning), to_ms)| (from_ms, to_ms.min(until_ms), meaning))
            .filter(|(from_ms, to_ms, _)| from_ms < to_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::log::LogColumns;
    use crate::time::Zone;
    use crate::time::business::Calendar;

    fn meanings() -> Meanings {
        let json = r#"{"new": "working", "ask": "waiting_customer", "done": "resolved", "end": "closed", "memo": "note"}"#;
        serde_json::from_str(json).unwrap()
    }

    fn case(rows: &[(i64, &str, &str)]) -> LogCase {
        let at_ms: Vec<i64> = rows.iter().map(|row| row.0).collect();
        let word: Vec<&str> = rows.iter().map(|row| row.1).collect();
        let actor: Vec<&str> = rows.iter().map(|row| row.2).collect();
        let case = vec!["7"; rows.len()];
        let columns = LogColumns {
            case: &case,
            at_ms: &at_ms,
            word: &word,
            actor: Some(&actor),
            priority: None,
        };
        columns.cases().unwrap().remove(0)
    }

    #[test]
    fn a_story_is_measured() {
        let case = case(&[
            (50, "new", "b"),
            (0, "new", "a"),
            (10, "ask", "a"),
            (30, "memo", "c"),
            (40, "done", "a"),
            (90, "end", "a"),
        ]);
        let always = Timeline::new(Calendar::always_open(Zone::utc()));
        let summary = case.summary(&meanings(), 1000, &always).unwrap();
        assert_eq!(
            (summary.received_ms, summary.closed_ms, summary.reopened),
            (0, Some(90), 1)
        );
        assert_eq!(summary.waiting_ms, 30);
        let steps: Vec<(&str, i64)> = summary
            .steps
            .iter()
            .map(|(name, ms)| (name.as_str(), *ms))
            .collect();
        assert_eq!(
            steps,
            [
                ("working", 50),
                ("waiting_customer", 30),
                ("resolved", 10),
                ("to_resolve", 40),
                ("to_close", 90)
            ]
        );
        // a, c, a, b, a
        assert_eq!((case.handovers(), case.ping_pong()), (4, 2));
    }

    #[test]
    fn unknown_words_are_told_and_change_nothing() {
        let case = case(&[(0, "new", ""), (10, "-100", ""), (20, "end", "")]);
        let unknown: Vec<String> = meanings()
            .unknown([&case])
            .into_iter()
            .map(String::from)
            .collect();
        assert_eq!(unknown, ["-100"]);
        assert_eq!(case.closed_ms(&meanings()), Some(20));
    }

    #[test]
    fn bad_columns_are_named() {
        let columns = LogColumns {
            case: &["1"],
            at_ms: &[],
            word: &["new"],
            actor: None,
            priority: None,
        };
        assert_eq!(
            columns.cases().unwrap_err().code(),
            "columns.length_mismatch"
        );
        let columns = LogColumns {
            case: &[""],
            at_ms: &[0],
            word: &["new"],
            actor: None,
            priority: None,
        };
        assert_eq!(
            columns.cases().unwrap_err().to_string(),
            "column case, row 0: a name has 1 to 256 bytes and no control characters, given "
        );
    }
}
