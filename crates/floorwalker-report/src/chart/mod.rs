//! The charts of the page: pure functions from data to inline SVG.
//!
//! No chart tells by colour alone: shapes, hatching and numbers say the same. Each has
//! a title and a description for a screen reader; its numbers are in a table below it.

mod draw;
mod heat_map;
mod heat_strip;
mod legend;
mod level_volume;
mod queue_bars;
mod scale;
mod shade;
mod wait_bars;

pub(crate) use heat_map::heat_map;
pub(crate) use heat_strip::{MAX_DAYS, heat_strip};
pub(crate) use level_volume::{LevelPoint, level_volume};
pub(crate) use queue_bars::queue_bars;
pub(crate) use wait_bars::wait_bars;
