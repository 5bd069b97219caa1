//! What counting cost, in steps instead of seconds.

/// How much work a count was: promises about speed are tested by it, not by a clock.
///
/// Counting is linear: a leg is one row, in one block, and touches one cell for
/// each rule's threshold, one or two more if it was answered, and at most
/// five more if the conversation was long, however long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Blocks of rows that were decoded.
    pub blocks: u64,
    /// Rows that were looked at.
    pub rows: u64,
    /// Additions to cells while rows were looked at.
    pub cells: u64,
    /// Additions to cells afterwards, for conversations that cover many intervals.
    pub settled: u64,
}

impl Work {
    pub(in crate::service) fn add(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.rows += other.rows;
        self.cells += other.cells;
        self.settled += other.settled;
    }
}
