//! Two lists of the rows of a run: those that a step is about, and the others.

use crate::contact::BLOCK;

/// Rows of a block, sorted out.
///
/// Whether a leg was answered cannot be predicted, and a wrong guess of the
/// processor costs as much as counting the leg. So the rows are first put into
/// two lists without a branch, and the steps take every row of a list.
#[derive(Debug)]
pub(in crate::service) struct RowLists {
    wanted: [u16; BLOCK],
    others: [u16; BLOCK],
    wanted_count: usize,
    others_count: usize,
}

impl RowLists {
    pub(in crate::service) fn new() -> Self {
        Self {
            wanted: [0; BLOCK],
            others: [0; BLOCK],
            wanted_count: 0,
            others_count: 0,
        }
    }

    /// Lists rows, numbers below [`BLOCK`], by whether they are wanted.
    #[inline(always)]
    pub(in crate::service) fn sort_out(
        &mut self,
        rows: std::ops::Range<usize>,
        mut is_wanted: impl FnMut(usize) -> bool,
    ) {
        let (first, mut wanted) = (rows.start, 0);
        for row in rows.clone() {
            // Written to both lists; the one that is not meant is written over by the next row.
            self.wanted[wanted % BLOCK] = row as u16;
            self.others[(row - first - wanted) % BLOCK] = row as u16;
            wanted += usize::from(is_wanted(row));
        }
        self.wanted_count = wanted;
        self.others_count = rows.len() - wanted;
    }

    /// The rows that were wanted.
    pub(in crate::service) fn wanted(&self) -> &[u16] {
        &self.wanted[..self.wanted_count.min(BLOCK)]
    }

    /// The rows that were not.
    pub(in crate::service) fn others(&self) -> &[u16] {
        &self.others[..self.others_count.min(BLOCK)]
    }
}
