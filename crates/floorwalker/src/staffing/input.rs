//! The ranges of numbers that the models take: everything else is refused by name.

use std::fmt;

use crate::error::{Error, Result};

/// The most agents or servers of one queue.
pub(super) const MOST_AGENTS: u32 = 10_000_000;
/// The most traffic in erlangs.
pub(super) const MOST_LOAD: f64 = 1e7;
/// The shortest duration that counts as one, in seconds.
pub(super) const LEAST_SECS: f64 = 1e-6;
/// The longest: 400 days.
pub(super) const MOST_SECS: f64 = 400.0 * 86_400.0;
/// The longest mean patience: beyond it nobody gives up in any centre.
pub(super) const MOST_PATIENCE_SECS: f64 = 1e9;

/// The value, if it lies in the range; NaN does not.
pub(super) fn within<T: PartialOrd + fmt::Display>(
    what: &'static str,
    min: T,
    max: T,
    value: T,
) -> Result<T> {
    if value >= min && value <= max {
        Ok(value)
    } else {
        Err(Error::range(what, min, max, value))
    }
}

pub(super) fn agents(value: f64) -> Result<f64> {
    within("agents", 0.0, f64::from(MOST_AGENTS), value)
}

pub(super) fn load(value: f64) -> Result<f64> {
    within("traffic in erlangs", 0.0, MOST_LOAD, value)
}

/// Traffic where any finite one has an answer.
pub(super) fn traffic(value: f64) -> Result<f64> {
    within("traffic in erlangs", 0.0, f64::MAX, value)
}

pub(super) fn secs(what: &'static str, value: f64) -> Result<f64> {
    within(what, LEAST_SECS, MOST_SECS, value)
}

/// A limit of time, which may be 0.
pub(super) fn limit_secs(what: &'static str, value: f64) -> Result<f64> {
    within(what, 0.0, MOST_SECS, value)
}

pub(super) fn patience_secs(value: f64) -> Result<f64> {
    within(
        "mean patience in seconds",
        LEAST_SECS,
        MOST_PATIENCE_SECS,
        value,
    )
}

pub(super) fn share(what: &'static str, value: f64) -> Result<f64> {
    within(what, 0.0, 1.0, value)
}
