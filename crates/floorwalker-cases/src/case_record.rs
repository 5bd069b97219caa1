//! One case of a log, and what figures need of it.

use floorwalker::complaint::{CaseSummary, LogCase, Meanings, ObligationState};
use floorwalker::id::{CaseId, CustomerId, Label};
use floorwalker::time::business::Timeline;

/// One case of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseRecord {
    /// Its number.
    pub id: String,
    /// When it was opened, in milliseconds since 1970.
    pub opened_ms: i64,
    /// When it was closed.
    pub closed_ms: Option<i64>,
    /// Its topic.
    pub topic: Option<String>,
    /// The customer.
    pub customer: Option<String>,
    /// Its priority, by its last row.
    pub priority: Option<String>,
    /// A standard and whether it was kept.
    pub standard: Option<(String, ObligationState)>,
    /// How often it was opened again, as the log counts.
    pub reopen_count: Option<u32>,
    /// Its rows, in an event log.
    pub log: Option<LogCase>,
}

impl CaseRecord {
    /// What figures need to know of it, by `hours`: from its rows as
    /// [`LogCase::summary`] says, or the one step `to_close`.
    ///
    /// # Errors
    /// `name.invalid` if a topic, a customer or a standard is no identifier.
    pub fn summary(
        &self,
        meanings: &Meanings,
        until_ms: i64,
        hours: &Timeline,
    ) -> floorwalker::Result<CaseSummary> {
        let mut summary = match &self.log {
            Some(log) => log.summary(meanings, until_ms, hours)?,
            None => CaseSummary {
                closed_ms: self.closed_ms,
                ..CaseSummary::received(self.opened_ms)
            },
        };
        if let (None, Some(closed_ms)) = (&self.log, self.closed_ms) {
            summary.steps.push((
                Label::new("to_close")?,
                hours.elapsed_ms(self.opened_ms, closed_ms),
            ));
        }
        summary.topics = self
            .topic
            .iter()
            .map(Label::new)
            .collect::<Result<_, _>>()?;
        summary.customer = self.customer.as_ref().map(CustomerId::new).transpose()?;
        if let Some((name, state)) = &self.standard {
            summary.standards.push((Label::new(name)?, *state));
        }
        summary.reopened = self.reopen_count.unwrap_or(summary.reopened);
        Ok(summary)
    }

    /// Its number as an identifier.
    ///
    /// # Errors
    /// `name.invalid` never for what was read.
    pub fn case_id(&self) -> floorwalker::Result<CaseId> {
        CaseId::new(&self.id)
    }
}
