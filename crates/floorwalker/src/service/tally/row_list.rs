//! Some of the rows of a block.

use crate::contact::BLOCK;

/// Rows of a block that a later step is about.
///
/// Whether a leg was answered cannot be predicted, and a wrong guess of the
/// processor costs as much as counting the leg. So the rows are first listed
/// without a branch, and the later step takes every row of the list.
#[derive(Debug)]
pub(in crate::service) struct RowList {
    rows: Box<[u16; BLOCK]>,
    len: usize,
}

impl RowList {
    pub(in crate::service) fn new() -> Self {
        Self {
            rows: Box::new([0; BLOCK]),
            len: 0,
        }
    }

    pub(in crate::service) fn clear(&mut self) {
        self.len = 0;
    }

    /// Lists `row`, a number below [`BLOCK`], if `wanted`.
    #[inline(always)]
    pub(in crate::service) fn offer(&mut self, row: usize, wanted: bool) {
        self.rows[self.len % BLOCK] = row as u16;
        self.len += usize::from(wanted);
    }

    /// The rows, each below [`BLOCK`].
    #[inline(always)]
    pub(in crate::service) fn iter(&self) -> impl Iterator<Item = usize> {
        // The remainder changes nothing; it tells the compiler that no index is out of bounds.
        self.rows[..self.len.min(BLOCK)]
            .iter()
            .map(|&row| usize::from(row) % BLOCK)
    }
}
