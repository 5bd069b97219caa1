//! What answered legs have: talk, hold and wrap-up.

use super::page::{Cell, Pages, sum};
use super::place::Places;
use super::row_list::RowList;
use crate::contact::{BLOCK, Block, NONE};

/// Adds the handling of the answered legs of a block to their cells, and writes
/// how long each kept its operator busy: [`NONE`] if that is not over.
pub(super) fn add_handling(
    block: &Block,
    places: &Places,
    answered: &RowList,
    (cells, busy): (&mut [Cell], &mut [i64; BLOCK]),
) {
    for row in answered.iter() {
        let (talk, hold, wrap_up) = (block.talk[row], block.hold[row], block.wrap_up[row]);
        if (talk == NONE) | (wrap_up == NONE) {
            busy[row] = NONE;
            continue;
        }
        busy[row] = talk + hold + wrap_up;
        if block.facts[row].is_dial() {
            continue;
        }
        let cell = &mut cells[places.slots[row] as usize];
        cell.talk = sum(cell.talk, talk);
        cell.hold = sum(cell.hold, hold);
        cell.wrap_up = sum(cell.wrap_up, wrap_up);
        cell.completed = cell.completed.saturating_add(1);
        cell.held = cell.held.saturating_add(u32::from(hold > 0));
    }
}

/// Counts the completed legs with less talk than the limit of short calls.
pub(super) fn count_short_answers(
    block: &Block,
    places: &Places,
    answered: &RowList,
    (pages, limit_ms): (&mut Pages, i64),
) {
    for row in answered.iter() {
        let is_completed = block.talk[row] != NONE && block.wrap_up[row] != NONE;
        let is_short = is_completed && block.talk[row] < limit_ms;
        if is_short && !block.facts[row].is_dial() && places.pages[row] > 0 {
            let short = &mut pages.rare_mut(places.slots[row] as usize).short_answers;
            *short = short.saturating_add(1);
        }
    }
}
