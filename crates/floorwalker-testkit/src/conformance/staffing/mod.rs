//! The suite `staffing`: Erlang models and requirements against values of 90 digits.
//!
//! A folder with `erlang_b.csv`, `erlang_b_real_servers.csv`, `erlang_c.csv`,
//! `erlang_a.csv`, `erlang_x.csv`, `agents_required.csv`, `published.csv` and
//! `interval_transient.csv`; a file that is not there has no cases. Tolerances are those that its README
//! suggests, written beside each comparison.

mod blocking;
mod near;
mod published;
mod required;
mod transient;
mod waiting;

use std::path::Path;

use super::Case;
use super::table::{Row, Table};

type Check = fn(Row<'_>) -> Result<(), String>;

const FILES: [(&str, Check); 7] = [
    ("erlang_b.csv", blocking::whole),
    ("erlang_b_real_servers.csv", blocking::real),
    ("erlang_c.csv", waiting::erlang_c),
    ("erlang_a.csv", waiting::erlang_a),
    ("erlang_x.csv", waiting::erlang_x),
    ("agents_required.csv", required::check),
    ("published.csv", published::check),
];

/// Runs the suite on a folder.
#[must_use]
pub fn run(folder: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for (file, check) in FILES {
        let path = folder.join(file);
        if !path.exists() {
            continue;
        }
        match Table::read(&path) {
            Ok(table) => cases.extend(
                table
                    .rows()
                    .map(|row| (format!("{file} {}", row.get("id")), check(row))),
            ),
            Err(error) => cases.push((file.to_owned(), Err(error))),
        }
    }
    let path = folder.join("interval_transient.csv");
    if path.exists() {
        match Table::read(&path) {
            Ok(table) => cases.extend(transient::run(&table)),
            Err(error) => cases.push(("interval_transient.csv".to_owned(), Err(error))),
        }
    }
    cases
}
