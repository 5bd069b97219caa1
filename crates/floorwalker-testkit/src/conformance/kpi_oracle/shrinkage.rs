//! `shrinkage.csv`: what was lost of the planned time of the whole team.

use std::path::Path;

use floorwalker::attendance::{
    Activity, AdherenceConvention, AdherenceSettings, AdherenceTally, AdherenceTimes, ShrinkageRule,
};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span};

use super::super::Case;
use super::super::table::{Actual, Row, Table, compare};
use super::input::Input;

const FILE: &str = "shrinkage.csv";

pub(super) fn run(folder: &Path, input: &Input) -> Vec<Case> {
    let path = folder.join("expected").join(FILE);
    if !path.exists() {
        return Vec::new();
    }
    let table = Table::read(&path);
    match table.and_then(|table| Ok((table, count(input)?))) {
        Ok((table, (tally, policy))) => {
            let one = |row: Row<'_>| {
                let day = row.get("day");
                let times = input.span_of(day).and_then(|span| {
                    let times = tally.team_over(span, &policy);
                    Ok((span, times.map_err(|error| error.to_string())?))
                });
                let result = times.and_then(|(span, times)| check(&times, span, row));
                (format!("{FILE} {day}"), result)
            };
            table.rows().map(one).collect()
        }
        Err(error) => vec![(FILE.to_owned(), Err(error))],
    }
}

fn count(input: &Input) -> Result<(AdherenceTally, AccessPolicy), String> {
    let grid = Grid::new(input.zone.clone(), Every::Day);
    let settings = AdherenceSettings::new(grid, input.window).as_of(input.cutoff);
    let text = |error: floorwalker::Error| error.to_string();
    let tally = AdherenceTally::count(&input.plan, &input.states, &settings).map_err(text)?;
    let policy = AccessPolicy::new("conformance", "made-up people", Granularity::Team);
    Ok((tally, policy.map_err(text)?))
}

fn check(times: &AdherenceTimes, span: Span, row: Row<'_>) -> Result<(), String> {
    let lost = |rule| Actual::Number(times.shrinkage(rule, span).exact(), 10);
    let kept = times.adherence(AdherenceConvention::InPlan, span).exact();
    let columns = [
        ("scheduled_ms", Actual::Count(times.scheduled())),
        (
            "scheduled_work_ms",
            Actual::Count(times.scheduled_for(Activity::Work)),
        ),
        ("planned_shrinkage", lost(ShrinkageRule::Planned)),
        (
            "actual_work_inside_schedule_ms",
            Actual::Count(times.work_inside_schedule()),
        ),
        ("not_logged_in_ms", Actual::Count(times.not_logged_in())),
        ("absence_shrinkage", lost(ShrinkageRule::Absence)),
        ("actual_shrinkage", lost(ShrinkageRule::Actual)),
        ("team_adherence", Actual::Number(kept, 10)),
    ];
    let wrong: Vec<String> = columns
        .iter()
        .filter_map(|(column, actual)| {
            let result = compare(row.get(column), actual);
            result.err().map(|error| format!("{column}: {error}"))
        })
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("; "))
    }
}
