//! The tables of a report, once for all renderers that people read.
//!
//! A table holds exact values; the locale turns each into one text, so that the
//! terminal and the page cannot disagree.

mod cell;
mod operators;
mod results;
mod rules;
mod tables;
mod waits;

pub(crate) use cell::{Cell, Column, Row, Table, mark};
pub(crate) use operators::{operators, people};
pub(crate) use rules::{definitions, limits, other_rules, reckoning};
pub(crate) use tables::{
    by_day, by_interval, by_queue, by_queue_day, by_time_of_day, by_weekday_hour, exceptions,
    key_figures, outcomes,
};
pub(crate) use waits::{band_title, percentiles, used_bands, waits};
