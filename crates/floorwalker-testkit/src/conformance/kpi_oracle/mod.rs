//! Suite `kpi-oracle`: a small centre whose key figures were computed by brute force.
//!
//! Every column of `interval_15|30|60.csv`, `day.csv`, `staffing_*.csv`,
//! `shrinkage.csv` and `forecast_accuracy.csv` is checked; of `agent.csv`, the columns about contacts, states
//! and the schedule. A file that is not there has no cases.

mod agents;
mod forecast;
mod input;
mod intervals;
mod shrinkage;
mod staffing;

use std::path::Path;

use super::Case;

/// Runs the suite on a folder with the input files and a folder `expected`.
#[must_use]
pub fn run(folder: &Path) -> Vec<Case> {
    match input::Input::read(folder) {
        Err(error) => vec![("input".to_owned(), Err(error))],
        Ok(input) => {
            let mut cases = intervals::run(folder, &input);
            cases.extend(agents::run(folder, &input));
            cases.extend(staffing::run(folder, &input));
            cases.extend(shrinkage::run(folder, &input));
            cases.extend(forecast::run(folder));
            cases
        }
    }
}
