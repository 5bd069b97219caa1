//! Erlang B: relative 1e-14 x (1 + cond), cond being |d ln B / d ln a|.

use floorwalker::staffing::{erlang_b, ln_erlang_b};

use super::super::table::Row;
use super::near::{Within, compare, near, number, said};

pub(super) fn whole(row: Row<'_>) -> Result<(), String> {
    let condition = number(row, "cond_load").unwrap_or(0.0);
    check(row, condition)
}

pub(super) fn real(row: Row<'_>) -> Result<(), String> {
    let (servers, load) = (
        number(row, "servers")?,
        number(row, "offered_load_erlangs")?,
    );
    let blocking = number(row, "blocking")?;
    // d ln B / d ln a = n - a (1 - B).
    check(row, (servers - load * (1.0 - blocking)).abs())
}

fn check(row: Row<'_>, condition: f64) -> Result<(), String> {
    let (servers, load) = (
        number(row, "servers")?,
        number(row, "offered_load_erlangs")?,
    );
    let part = 1e-14 * (1.0 + condition);
    let given = erlang_b(servers, load).map_err(said)?;
    compare(row, "blocking", Within::Relative(part), given)?;
    let wanted = number(row, "ln_blocking")?;
    // What is relative in B is absolute in its logarithm, to which its own digits add.
    let tolerance = Within::Absolute(part + 1e-15 * wanted.abs());
    let given = ln_erlang_b(servers, load).map_err(said)?;
    near("ln_blocking", wanted, tolerance, given)
}
