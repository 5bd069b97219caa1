//! `forecast_accuracy.csv`: the figures of a forecast by half-hour, for each queue and day.

use std::collections::BTreeMap;
use std::path::Path;

use floorwalker::forecast::Accuracy;

use super::super::Case;
use super::super::table::{Row, Table};

const TABLE: &str = "forecast_accuracy.csv";

/// The pool of all queues: its forecast is the sum of theirs.
const ALL: &str = "ALL";

/// Actual and forecast calls by queue and day, in the order of the half-hours.
type Days = BTreeMap<(String, String), Vec<(f64, f64)>>;

pub(super) fn run(folder: &Path) -> Vec<Case> {
    let expected = folder.join("expected").join(TABLE);
    if !expected.exists() {
        return Vec::new();
    }
    let read = || Ok::<_, String>((Table::read(&expected)?, days(folder)?));
    match read() {
        Err(error) => vec![(TABLE.to_owned(), Err(error))],
        Ok((table, days)) => {
            let case = |row: Row<'_>| {
                (
                    format!("{TABLE} {} {}", row.get("queue"), row.get("day")),
                    check(row, &days),
                )
            };
            table.rows().map(case).collect()
        }
    }
}

fn days(folder: &Path) -> Result<Days, String> {
    let mut forecast: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in Table::read(&folder.join("forecast.csv"))?.rows() {
        let calls = number(row, "forecast_offered")?;
        for queue in [row.get("queue"), ALL] {
            let key = (queue.to_owned(), row.get("interval_start").to_owned());
            *forecast.entry(key).or_default() += calls;
        }
    }
    let mut days = Days::new();
    for row in Table::read(&folder.join("expected/interval_30.csv"))?.rows() {
        let key = (
            row.get("queue").to_owned(),
            row.get("interval_start").to_owned(),
        );
        if let Some(&expected) = forecast.get(&key) {
            let day = (row.get("queue").to_owned(), row.get("day").to_owned());
            days.entry(day)
                .or_default()
                .push((number(row, "offered")?, expected));
        }
    }
    Ok(days)
}

fn number(row: Row<'_>, column: &str) -> Result<f64, String> {
    let cell = row.get(column);
    cell.parse()
        .map_err(|_| format!("{column}: {cell:?} is no number"))
}

fn check(row: Row<'_>, days: &Days) -> Result<(), String> {
    let wanted = |(queue, day): &(String, String)| {
        queue == row.get("queue") && (row.get("day") == "TOTAL" || day == row.get("day"))
    };
    let pairs: Vec<(f64, f64)> = days
        .iter()
        .filter(|(key, _)| wanted(key))
        .flat_map(|(_, pairs)| pairs.clone())
        .collect();
    let (actual, forecast): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let accuracy = Accuracy::of(&actual, &forecast).map_err(|error| error.to_string())?;
    let counts = [
        ("n", accuracy.count()),
        ("zero_actual", accuracy.zero_actuals()),
    ];
    for (column, given) in counts {
        if given.to_string() != row.get(column) {
            return Err(format!(
                "{column}: expected {}, got {given}",
                row.get(column)
            ));
        }
    }
    let figures = [
        ("mape_excl_zero", accuracy.mape()),
        ("wape", accuracy.wape()),
        ("bias", accuracy.bias()),
        ("mae", accuracy.mae()),
        ("rmse", accuracy.rmse()),
        ("smape", accuracy.smape()),
        ("mase_lag1", accuracy.mase()),
    ];
    for (column, given) in figures {
        let near = match (row.get(column), given) {
            ("", None) => true,
            ("", Some(_)) | (_, None) => false,
            (_, Some(given)) => (given - number(row, column)?).abs() <= 1e-9,
        };
        if !near {
            return Err(format!(
                "{column}: expected {:?}, got {given:?}",
                row.get(column)
            ));
        }
    }
    Ok(())
}
