//! Suite `bank`: a month of the call centre of a bank in 1999, as a table of calls or
//! as a queue log, with reference figures by day or half-hour where they were published.
//!
//! Given `MONTH.queue_log.gz`, every column of `MONTH.queue_log.by_half_hour.csv` is
//! compared; given `MONTH.tsv.gz`, every column of `MONTH.tsv.by_day.csv`. Without a
//! reference the figures must agree among themselves, and table and log of the month
//! with each other. The data is public for research (Technion, Mandelbaum and Guedj).

mod figures;
mod tsv;

use std::path::{Path, PathBuf};

use floorwalker::contact::ContactTable;
use floorwalker::time::{Every, Zone};
use floorwalker_acd::queue_log::Options;
use floorwalker_acd::read_files;

use super::Case;
use figures::Sums;

/// The clock of the bank.
const ZONE: &str = "Asia/Jerusalem";

/// A month that was read: its visits, and the lines that were no call.
struct Month {
    legs: ContactTable,
    odd: Vec<String>,
}

/// Runs the suite on the file of a month.
#[must_use]
pub fn run(path: &Path) -> Vec<Case> {
    check(path).unwrap_or_else(|error| vec![("input".to_owned(), Err(error))])
}

fn check(path: &Path) -> Result<Vec<Case>, String> {
    let zone = Zone::get(ZONE).map_err(|error| error.to_string())?;
    let name = path.to_string_lossy().into_owned();
    let is_log = name.ends_with(".queue_log.gz");
    let month = read(path, &zone)?;
    let (every, ending) = if is_log {
        (Every::Minutes30, "by_half_hour.csv")
    } else {
        (Every::Day, "by_day.csv")
    };
    let reference = PathBuf::from(name.replace(".gz", &format!(".{ending}")));
    let mut cases = vec![odd_rows(&month)];
    let tally = figures::tally(&month.legs, &zone, every)?;
    if reference.exists() {
        cases.extend(figures::compare(&tally, &zone, &reference)?);
    } else {
        cases.extend(figures::consistency(&tally));
    }
    cases.extend(agreement(path, is_log, &month, &zone)?);
    Ok(cases)
}

fn read(path: &Path, zone: &Zone) -> Result<Month, String> {
    if path.to_string_lossy().ends_with(".tsv.gz") {
        return tsv::read(path, zone);
    }
    let log = read_files(&[path], &Options::default()).map_err(|error| error.to_string())?;
    Ok(Month {
        legs: log.table().clone(),
        odd: log
            .findings()
            .list()
            .iter()
            .map(ToString::to_string)
            .collect(),
    })
}

/// Odd rows are named, and are not fatal.
fn odd_rows(month: &Month) -> Case {
    let name = match month.odd.as_slice() {
        [] => "odd rows: none".to_owned(),
        odd => format!("odd rows: {} ({})", odd.len(), odd.join("; ")),
    };
    (name, Ok(()))
}

/// The table and the log of a month tell the same, if both are there.
fn agreement(path: &Path, is_log: bool, month: &Month, zone: &Zone) -> Result<Vec<Case>, String> {
    let name = path.to_string_lossy();
    let other = if is_log {
        name.replace(".queue_log.gz", ".tsv.gz")
    } else {
        name.replace(".tsv.gz", ".queue_log.gz")
    };
    let other = Path::new(&other);
    if !other.exists() {
        return Ok(Vec::new());
    }
    let this = Sums::of(&figures::tally(&month.legs, zone, Every::Day)?);
    let that = read(other, zone)?;
    let that = Sums::of(&figures::tally(&that.legs, zone, Every::Day)?);
    let result = if this == that {
        Ok(())
    } else {
        Err(format!("{this:?} here, {that:?} in {}", other.display()))
    };
    Ok(vec![("table and log agree".to_owned(), result)])
}
