//! Courses of a queue over a day: the set gives about 8 digits.

use chrono::TimeDelta;
use floorwalker::service::ServiceLevel;
use floorwalker::staffing::{CarryOver, DayWork, IntervalFigures, carry_over, steady_by_interval};

use super::super::Case;
use super::super::table::{Row, Table};
use super::near::{Within, compare, number, said};

/// Every row of each scenario, which is a day of its own from an empty queue.
pub(super) fn run(table: &Table) -> Vec<Case> {
    let rows: Vec<Row<'_>> = table.rows().collect();
    let mut cases = Vec::new();
    for scenario in rows.chunk_by(|a, b| a.get("scenario") == b.get("scenario")) {
        let name = |row: Row<'_>| {
            format!(
                "interval_transient.csv {} {}",
                row.get("scenario"),
                row.get("interval_index")
            )
        };
        match course(scenario) {
            Ok((course, steady)) => {
                for (at, &row) in scenario.iter().enumerate() {
                    cases.push((name(row), check(row, at, &course, &steady)));
                }
            }
            Err(error) => cases.push((name(scenario[0]), Err(error))),
        }
    }
    cases
}

fn course(rows: &[Row<'_>]) -> Result<(CarryOver, IntervalFigures), String> {
    let column = |name: &str| {
        rows.iter()
            .map(|&row| number(row, name))
            .collect::<Result<Vec<f64>, _>>()
    };
    let (calls, aht, agents) = (
        column("expected_calls")?,
        column("aht_s")?,
        column("agents")?,
    );
    let agents: Vec<u32> = agents.iter().map(|&agents| agents as u32).collect();
    let day = DayWork::new(number(rows[0], "interval_s")?, &calls, &aht).map_err(said)?;
    let day = day
        .with_patience(number(rows[0], "patience_s")?)
        .map_err(said)?;
    let rule = ServiceLevel::offered(TimeDelta::seconds(20)).map_err(said)?;
    let course = carry_over(&day, &agents, &rule).map_err(said)?;
    Ok((
        course,
        steady_by_interval(&day, &agents, &rule).map_err(said)?,
    ))
}

fn check(
    row: Row<'_>,
    at: usize,
    course: &CarryOver,
    steady: &IntervalFigures,
) -> Result<(), String> {
    let figures = course.figures();
    let given = [
        ("p_wait_exact", figures.waiting_probability[at]),
        (
            "mean_queue_exact",
            figures.mean_queue[at].unwrap_or(f64::NAN),
        ),
        ("mean_busy_agents_exact", figures.mean_busy[at]),
        ("expected_abandons_exact", course.abandons()[at]),
        (
            "p_abandon_exact",
            figures.abandonment[at].unwrap_or(f64::NAN),
        ),
        ("mean_in_system_at_end_exact", course.in_system_at_end()[at]),
        ("p_wait_stationary_sipp", steady.waiting_probability[at]),
        (
            "p_abandon_stationary_sipp",
            steady.abandonment[at].unwrap_or(f64::NAN),
        ),
    ];
    for (column, given) in given {
        let size = number(row, column)?.abs().max(1.0);
        compare(row, column, Within::Absolute(2e-8 * size), given)?;
    }
    Ok(())
}
