//! How much work the board does: promises about speed are tested by counting it.

use serde::{Deserialize, Serialize};

/// Work that was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardWork {
    /// Events that were settled.
    pub events: u64,
    /// Things that came due.
    pub timers: u64,
    /// Look-ups, insertions and removals in trees and heaps.
    pub looks: u64,
    /// Steps of these: for each one more than the logarithm, to the base of two, of what
    /// was in the tree or heap.
    pub steps: u64,
}

impl BoardWork {
    /// One look into a tree or heap of `len`.
    pub(super) fn look(&mut self, len: usize) {
        self.looks += 1;
        self.steps += 1 + u64::from((len + 1).ilog2());
    }
}
