//! Figures: numbers with their numerator, denominator, rule and window.

mod bands;
mod explain;
mod kpi;
mod measure;
mod percentile;
mod questions;
mod waited;

pub use bands::{UCCE_BANDS, WaitBand};
pub use explain::{Explanation, ExplanationLine};
pub use kpi::{Better, Kpi, Unit};
pub use measure::Figure;
pub use percentile::Percentile;
pub use questions::Bounds;
