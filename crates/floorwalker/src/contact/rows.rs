//! Which rows of a batch are meant.

use super::block::BLOCK;

/// Rows that follow each other, or rows picked from anywhere.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rows<'a> {
    /// The rows from this one on.
    From(usize),
    /// These rows, counted from `start`, at most a block of them.
    Listed { start: usize, rows: &'a [u32] },
}

impl Rows<'_> {
    /// The row at a place.
    pub(super) fn row(self, at: usize) -> usize {
        match self {
            Self::From(start) => start + at,
            Self::Listed { start, rows } => start + rows[at] as usize,
        }
    }

    /// The values of the first `count` rows, next to each other; `room` is where picked ones are put.
    #[inline(always)]
    pub(super) fn of<'v, T: Copy + Default>(
        self,
        values: &'v [T],
        count: usize,
        room: &'v mut Option<[T; BLOCK]>,
    ) -> &'v [T] {
        match self {
            Self::From(start) => &values[start..start + count],
            Self::Listed { start, rows } => {
                let values = &values[start..];
                let room = room.insert([T::default(); BLOCK]);
                for (slot, &row) in room.iter_mut().zip(&rows[..count]) {
                    *slot = values[row as usize];
                }
                &room[..count]
            }
        }
    }
}
