//! `staffing_15|30|60.csv`: planned and present staff by interval.

use std::path::Path;

use floorwalker::attendance::{AdherenceSettings, AdherenceTally};
use floorwalker::contact::StateKind;
use floorwalker::service::{AgentCounts, AgentFigures, AgentKpi, AgentTimes};
use floorwalker::time::{Every, Grid};

use super::super::Case;
use super::super::table::{Actual, Row, Table, compare};
use super::input::Input;

const TABLES: [(&str, Every); 3] = [
    ("staffing_15.csv", Every::Minutes15),
    ("staffing_30.csv", Every::Minutes30),
    ("staffing_60.csv", Every::Hour),
];

pub(super) fn run(folder: &Path, input: &Input) -> Vec<Case> {
    let mut cases = Vec::new();
    let present = |file: &str| folder.join("expected").join(file).exists();
    for (file, every) in TABLES.into_iter().filter(|(file, _)| present(file)) {
        let grid = Grid::new(input.zone.clone(), every);
        let counted = count(input, grid).map_err(|error| error.to_string());
        let table = Table::read(&folder.join("expected").join(file));
        match table.and_then(|table| Ok((table, counted?))) {
            Ok((table, (times, plan))) => {
                let place = |row: Row<'_>| format!("{file} {}", row.get("interval_start"));
                cases.extend(
                    table
                        .rows()
                        .map(|row| (place(row), check(&times, &plan, row))),
                );
            }
            Err(error) => cases.push((file.to_owned(), Err(error))),
        }
    }
    cases
}

fn count(input: &Input, grid: Grid) -> Result<(AgentTimes, AdherenceTally), floorwalker::Error> {
    let settings = AdherenceSettings::new(grid.clone(), input.window).as_of(input.cutoff);
    Ok((
        AgentTimes::count(&input.states, grid, input.window, Some(input.cutoff))?,
        AdherenceTally::count(&input.plan, &input.states, &settings)?,
    ))
}

fn check(times: &AgentTimes, plan: &AdherenceTally, row: Row<'_>) -> Result<(), String> {
    let start = row.get("interval_start");
    let start: chrono::DateTime<chrono::Utc> = start
        .parse()
        .map_err(|error| format!("{start:?}: {error}"))?;
    let at = times
        .intervals()
        .index_of_ms(start.timestamp_millis())
        .ok_or("outside the window")?;
    let span = times
        .intervals()
        .get(at)
        .ok_or("outside the window")?
        .span();
    let team = times.team_over(span);
    let figures = AgentFigures::new(AgentCounts::default(), team, span);
    let staffing = plan.staffing_over(span);
    let (planned, net) = (
        staffing.average_scheduled_work(span),
        staffing.net_staffing(span),
    );
    let ratio = |kpi| Actual::Number(figures.figure(kpi).exact(), 10);
    let columns = [
        (
            "contact_ms",
            Actual::Count(team.in_state(StateKind::Contact)),
        ),
        ("ready_ms", Actual::Count(team.in_state(StateKind::Ready))),
        ("aux_ms", Actual::Count(team.aux())),
        ("logged_in_ms", Actual::Count(team.logged_in())),
        ("occupancy", ratio(AgentKpi::Occupancy)),
        ("avg_logged_in", ratio(AgentKpi::AverageLoggedIn)),
        ("avg_working", ratio(AgentKpi::AverageWorking)),
        ("scheduled_ms", Actual::Count(staffing.scheduled)),
        ("scheduled_work_ms", Actual::Count(staffing.scheduled_work)),
        ("avg_scheduled_work", Actual::Number(planned.exact(), 10)),
        ("net_staffing", Actual::Number(net.exact(), 10)),
    ];
    let wrong: Vec<String> = columns
        .iter()
        .filter_map(|(column, actual)| {
            compare(row.get(column), actual)
                .err()
                .map(|error| format!("{column}: {error}"))
        })
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("; "))
    }
}
