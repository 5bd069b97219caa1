//! The models: blocking, waiting with and without patience, redials.

mod blocking;
mod line;
mod offered_wait;
mod search;
mod special;
mod waiting;

pub(super) use blocking::blocking_excess;
pub use blocking::{erlang_b, ln_erlang_b, load_for_blocking, servers_for_blocking};
pub(super) use line::{ByLimit, Fate, Line};
pub(super) use search::{greatest_real, least};
pub(super) use special::{ln_poisson, normal_below, normal_hazard};
pub(super) use waiting::Tail;
