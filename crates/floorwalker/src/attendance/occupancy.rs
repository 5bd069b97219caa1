//! Occupancy and utilisation: how much of their time people were busy.

use serde::{Deserialize, Serialize};

use super::measure::Measure;
use super::spans::SpanSet;
use crate::contact::{AgentState, StateKind};
use crate::time::Span;

/// Busy, waiting and paid time in milliseconds, of one operator or of a group: a
/// mergeable count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusyTimes {
    /// With at least one contact.
    pub handling: u64,
    /// Ready and without a contact.
    pub waiting: u64,
    /// Productive away from contacts: training, meetings, back office, as far as
    /// the host counts it.
    pub off_phone: u64,
    /// Paid.
    pub paid: u64,
}

impl BusyTimes {
    /// The times of one operator inside `window`.
    ///
    /// `handling` are the stretches with a contact, from answering to the end of
    /// the work after it; three chats at once are one stretch of wall time. Time
    /// in the state "contact" counts too. States that still last are counted to
    /// the end of the window. Paid time and productive time away from contacts
    /// are the host's to add.
    ///
    /// ```
    /// use floorwalker::attendance::BusyTimes;
    /// use floorwalker::time::Span;
    ///
    /// // Two chats that overlap: 0 to 6 minutes, 4 to 10 minutes.
    /// let minutes = |from: i64, to: i64| Span::from_millis(from * 60_000, to * 60_000);
    /// let times = BusyTimes::of(&[minutes(0, 6)?, minutes(4, 10)?], &[], minutes(0, 60)?);
    /// assert_eq!(times.handling, 10 * 60_000);
    /// # Ok::<(), floorwalker::Error>(())
    /// ```
    #[must_use]
    pub fn of(handling: &[Span], states: &[AgentState], window: Span) -> Self {
        let in_state = |wanted: StateKind| {
            let states = states.iter().filter(move |one| one.state() == wanted);
            states.filter_map(|one| Span::new(one.from(), one.to().unwrap_or(window.end())).ok())
        };
        let busy = handling.iter().copied().chain(in_state(StateKind::Contact));
        let busy = SpanSet::of(busy).within(window);
        let ready = SpanSet::of(in_state(StateKind::Ready)).within(window);
        Self {
            handling: busy.millis(),
            waiting: ready.minus(&busy).millis(),
            off_phone: 0,
            paid: 0,
        }
    }

    /// Handling / (handling + waiting) (occupazione): never above 1, undefined
    /// for nobody at work.
    #[must_use]
    pub fn occupancy(&self, window: Span) -> Measure {
        let part = self.handling.into();
        Measure::plain("occupancy", part, self.handling + self.waiting, window)
    }

    /// (Handling + waiting + off phone) / paid (utilizzo).
    #[must_use]
    pub fn utilisation(&self, window: Span) -> Measure {
        let part = self.handling + self.waiting + self.off_phone;
        Measure::plain("utilisation", part.into(), self.paid, window)
    }

    /// Both together.
    pub fn add(&mut self, other: &Self) {
        let more = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        more(&mut self.handling, other.handling);
        more(&mut self.waiting, other.waiting);
        more(&mut self.off_phone, other.off_phone);
        more(&mut self.paid, other.paid);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AgentId;
    use crate::time::instant;

    fn minutes(from: i64, to: i64) -> Span {
        Span::from_millis(from * 60_000, to * 60_000).unwrap()
    }

    fn state(kind: StateKind, from: i64, to: Option<i64>) -> AgentState {
        let at = |minute: i64| instant(minute * 60_000).unwrap();
        AgentState::new(AgentId::new("A").unwrap(), kind, at(from), to.map(at)).unwrap()
    }

    #[test]
    fn wall_time_counts_once_and_is_split_by_overlap() {
        let states = [
            state(StateKind::Ready, 0, Some(20)),
            state(StateKind::Contact, 20, None),
        ];
        let chats = [minutes(5, 10), minutes(8, 12), minutes(25, 30)];
        let whole = BusyTimes::of(&chats, &states, minutes(0, 40));
        assert_eq!((whole.handling, whole.waiting), (27 * 60_000, 13 * 60_000));
        let mut parts = BusyTimes::of(&chats, &states, minutes(0, 9));
        parts.add(&BusyTimes::of(&chats, &states, minutes(9, 40)));
        assert_eq!(parts, whole);
        assert_eq!(
            whole.occupancy(minutes(0, 40)).to_string(),
            "occupancy 1620000/2400000 = 67.50 %"
        );
    }

    #[test]
    fn nobody_at_work_has_no_occupancy() {
        let nobody = BusyTimes::of(&[], &[], minutes(0, 40));
        assert_eq!(nobody.occupancy(minutes(0, 40)).exact(), None);
        assert_eq!(nobody.utilisation(minutes(0, 40)).exact(), None);
    }
}
