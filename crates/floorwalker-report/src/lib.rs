//! Renderers of floorwalker reports.
mod head;
mod locale;
mod table;
mod terminal;

pub use locale::{Label, Language, UnknownLanguage};
pub use terminal::{TerminalOptions, to_terminal};
