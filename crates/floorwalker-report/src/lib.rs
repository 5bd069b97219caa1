//! Renderers of floorwalker reports.
mod chart;
mod head;
mod html;
mod locale;
mod table;
mod terminal;

pub use html::to_html;
pub use locale::{Label, Language, UnknownLanguage};
pub use terminal::{TerminalOptions, to_terminal};
