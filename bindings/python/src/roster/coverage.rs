//! Coverage as a table.

use floorwalker::id::SkillId;
use floorwalker::roster::{Coverage, Demand, Requirement, Roster};
use floorwalker::team::Staff;
use floorwalker::time::{Grid, Intervals, Span};
use floorwalker_arrow::TableBuilder;
use serde::Deserialize;

use crate::errors::{Failure, Result};
use crate::records::Records;
use crate::table::Table;

/// A need as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Need {
    at: chrono::DateTime<chrono::Utc>,
    required: u32,
    #[serde(default)]
    skill: Option<SkillId>,
}

/// The needs by skill, summed in their intervals.
fn demands(required: Records, intervals: &Intervals) -> Result<Vec<Demand>> {
    let needs: Vec<Need> = required.read("required")?;
    let mut demands: Vec<Demand> = Vec::new();
    for need in needs {
        let at = intervals.index_of_ms(need.at.timestamp_millis());
        let at = at.ok_or_else(|| {
            let message = format!("argument required: {} is outside the window", need.at);
            Failure::new("value.out_of_range", message)
        })?;
        let place = demands.iter().position(|demand| demand.skill == need.skill);
        let place = place.unwrap_or_else(|| {
            demands.push(Demand::new(need.skill.clone(), vec![0; intervals.len()]));
            demands.len() - 1
        });
        demands[place].required[at] += need.required;
    }
    Ok(demands)
}

pub(super) fn table(
    roster: &Roster,
    staff: &Staff,
    required: Records,
    grid: Grid,
    window: Span,
) -> Result<Table> {
    let intervals = grid.cover(window)?;
    let demands = demands(required, &intervals)?;
    let zone = grid.zone().name().to_owned();
    let requirement = Requirement::new(intervals.clone(), demands)?;
    let coverage = Coverage::of(roster, staff, &requirement);
    let mut rows = Vec::new();
    for row in &coverage.rows {
        for (at, interval) in intervals.iter().enumerate() {
            rows.push((row, at, interval.span()));
        }
    }
    let table = TableBuilder::new()
        .text(
            "skill",
            rows.iter()
                .map(|(row, ..)| row.skill.as_ref().map(SkillId::as_str)),
        )
        .instants(
            "start",
            &zone,
            rows.iter().map(|(.., span)| Some(span.start_ms())),
        )
        .instants(
            "end",
            &zone,
            rows.iter().map(|(.., span)| Some(span.end_ms())),
        )
        .durations(
            "required",
            rows.iter().map(|(row, at, _)| Some(row.required_ms[*at])),
        )
        .durations(
            "able",
            rows.iter().map(|(row, at, _)| Some(row.able_ms[*at])),
        )
        .durations("met", rows.iter().map(|(row, at, _)| Some(row.met_ms[*at])))
        .durations(
            "short",
            rows.iter().map(|(row, at, _)| Some(row.short_ms(*at))),
        );
    Ok(Table::from(table.finish()?))
}
