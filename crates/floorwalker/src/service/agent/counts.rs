//! What one operator handled, or a group of them.

use serde::{Deserialize, Serialize};

/// What one operator handled, or a group of them: a mergeable count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentCounts {
    /// Answered legs from a queue: inbound, transferred in, overflowed in.
    pub handled_inbound: u64,
    /// Answered call-back dials.
    pub handled_callback: u64,
    /// Answered outbound dials.
    pub handled_outbound: u64,
    /// Answered and wrapped up.
    pub completed: u64,
    /// Completed with time on hold.
    pub held: u64,
    /// Ended in a transfer.
    pub transferred_out: u64,
    /// Talk of completed legs in milliseconds.
    pub talk: u64,
    /// Hold of completed legs in milliseconds.
    pub hold: u64,
    /// Work after the call of completed legs in milliseconds.
    pub wrap_up: u64,
}

impl AgentCounts {
    /// Everything that was answered.
    #[must_use]
    pub fn handled(&self) -> u64 {
        self.handled_inbound + self.handled_callback + self.handled_outbound
    }

    /// Talk, hold and wrap-up together in milliseconds.
    #[must_use]
    pub fn handle_time(&self) -> u64 {
        self.talk
            .saturating_add(self.hold)
            .saturating_add(self.wrap_up)
    }

    /// Both counts together.
    pub fn add(&mut self, other: &Self) {
        let add = |mine: &mut u64, theirs: u64| *mine = mine.saturating_add(theirs);
        add(&mut self.handled_inbound, other.handled_inbound);
        add(&mut self.handled_callback, other.handled_callback);
        add(&mut self.handled_outbound, other.handled_outbound);
        add(&mut self.completed, other.completed);
        add(&mut self.held, other.held);
        add(&mut self.transferred_out, other.transferred_out);
        add(&mut self.talk, other.talk);
        add(&mut self.hold, other.hold);
        add(&mut self.wrap_up, other.wrap_up);
    }
}
