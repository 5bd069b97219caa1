//! The service-level report and its renderers, over the played sample centre and over
//! small centres made by hand.

mod agreement;
mod clock_changes;
mod figures;
mod hostile;
mod markup;
mod page;
mod people;
mod phrases;
mod sample;
mod schema;
mod text;
