//! Forecast: calls and handling times by interval, from what past days brought.
//!
//! | question | look at |
//! |---|---|
//! | what will tomorrow bring, by interval? | [`DayModel`], [`DayForecast`] |
//! | how far may it be off? | [`Spread`], [`DayForecast::prediction_intervals`] |
//! | it is noon: what will the rest of the day bring? | [`DayForecast::reforecast`] |
//! | how good were forecasts? | [`Accuracy`], [`backtest`] |
//! | a number for the day, over its intervals | [`distribute`] |
//!
//! This is the contact centre's own part: classes of days, profiles over the day, and the
//! day that turns out otherwise. General models of time series (ARIMA and the like) are not
//! here; a level from such a model goes over the day by [`distribute`].

mod accuracy;
mod backtest;
mod day;
mod exact_sum;
mod history;
mod model;
mod spread;
#[cfg(test)]
mod tests;

pub use accuracy::{Accuracy, handling_error};
pub use backtest::backtest;
pub use day::{DayForecast, distribute};
pub use history::{DayClass, History, PastDay};
pub use model::{DayModel, ModelSettings};
pub use spread::Spread;
