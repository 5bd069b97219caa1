//! `agent.csv`: the columns about handled contacts, states and the schedule.

use std::path::Path;

use floorwalker::attendance::{
    Activity, AdherenceConvention, AdherenceRules, AdherenceSettings, AdherenceTally,
    AdherenceTimes, ConformanceRule, Silence,
};
use floorwalker::contact::StateKind;
use floorwalker::id::AgentId;
use floorwalker::service::{
    AgentCounts, AgentFigures, AgentKpi, AgentTally, AgentTimes, StateTimes,
};
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span};

use super::super::Case;
use super::super::table::{Actual, Row, Table, compare};
use super::input::Input;

pub(super) fn run(folder: &Path, input: &Input) -> Vec<Case> {
    let file = "agent.csv";
    if !folder.join("expected").join(file).exists() {
        return Vec::new();
    }
    match (
        Table::read(&folder.join("expected").join(file)),
        Counted::new(input),
    ) {
        (Ok(table), Ok(counted)) => {
            let place = |row: Row<'_>| format!("{file} {} {}", row.get("agent_id"), row.get("day"));
            table
                .rows()
                .map(|row| (place(row), counted.check(row)))
                .collect()
        }
        (Err(error), _) => vec![(file.to_owned(), Err(error))],
        (_, Err(error)) => vec![(file.to_owned(), Err(error.to_string()))],
    }
}

struct Counted<'a> {
    input: &'a Input,
    tally: AgentTally,
    times: AgentTimes,
    adherence: AdherenceTally,
    policy: AccessPolicy,
}

impl<'a> Counted<'a> {
    fn new(input: &'a Input) -> Result<Self, floorwalker::Error> {
        let grid = Grid::new(input.zone.clone(), Every::Day);
        let columns = input.legs.columns();
        let settings = AdherenceSettings::new(grid.clone(), input.window).as_of(input.cutoff);
        Ok(Self {
            input,
            tally: AgentTally::count(
                std::slice::from_ref(&columns),
                grid.clone(),
                Some(input.window),
            )?,
            times: AgentTimes::count(&input.states, grid, input.window, Some(input.cutoff))?,
            adherence: AdherenceTally::count(&input.plan, &input.states, &settings)?,
            policy: AccessPolicy::new("conformance", "made-up people", Granularity::Person)?,
        })
    }

    fn check(&self, row: Row<'_>) -> Result<(), String> {
        let span = self.input.span_of(row.get("day"))?;
        let agent = AgentId::new(row.get("agent_id")).map_err(|error| error.to_string())?;
        // An operator without any contact, or without any state, has zeros.
        let or_none =
            |error: floorwalker::Error| (error.code() == "name.unknown").then_some(()).ok_or(error);
        let counts = self.tally.agent_over(&agent, span, &self.policy);
        let counts = counts.or_else(|error| or_none(error).map(|()| AgentCounts::default()));
        let times = self.times.agent_over(&agent, span, &self.policy);
        let times = times.or_else(|error| or_none(error).map(|()| StateTimes::default()));
        let counts = counts.map_err(|error| error.to_string())?;
        let times = times.map_err(|error| error.to_string())?;
        let kept = self.adherence.agent_over(&agent, span, &self.policy);
        let kept = kept.or_else(|error| or_none(error).map(|()| AdherenceTimes::default()));
        let kept = kept.map_err(|error| error.to_string())?;
        let figures = AgentFigures::new(counts, times, span);
        let wrong: Vec<String> = row
            .cells()
            .into_iter()
            .filter_map(|(column, cell)| {
                let scheduled = || scheduled(&kept, self.adherence.rules(), span, column);
                let result = compare(cell, &actual(&figures, column).or_else(scheduled)?);
                result.err().map(|error| format!("{column}: {error}"))
            })
            .collect();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(wrong.join("; "))
        }
    }
}

/// What a column about contacts and states should hold.
// flat table
fn actual(figures: &AgentFigures, column: &str) -> Option<Actual> {
    let (counts, times) = (figures.counts(), figures.times());
    let ratio = |kpi| Actual::Number(figures.figure(kpi).exact(), 10);
    Some(match column {
        "handled" => Actual::Count(counts.handled()),
        "handled_inbound" => Actual::Count(counts.handled_inbound),
        "handled_callback" => Actual::Count(counts.handled_callback),
        "completed" => Actual::Count(counts.completed),
        "talk_ms" => Actual::Count(counts.talk),
        "hold_ms" => Actual::Count(counts.hold),
        "acw_ms" => Actual::Count(counts.wrap_up),
        "handle_ms" => Actual::Count(counts.handle_time()),
        "aht_ms" => Actual::Number(figures.figure(AgentKpi::Aht).exact(), 6),
        "held" => Actual::Count(counts.held),
        "transferred_out" => Actual::Count(counts.transferred_out),
        "transfer_rate" => ratio(AgentKpi::TransferRate),
        "state_contact_ms" => Actual::Count(times.in_state(StateKind::Contact)),
        "state_ready_ms" => Actual::Count(times.in_state(StateKind::Ready)),
        "state_break_ms" => Actual::Count(times.in_state(StateKind::Break)),
        "state_lunch_ms" => Actual::Count(times.in_state(StateKind::Lunch)),
        "state_training_ms" => Actual::Count(times.in_state(StateKind::Training)),
        "state_meeting_ms" => Actual::Count(times.in_state(StateKind::Meeting)),
        "logged_in_ms" => Actual::Count(times.logged_in()),
        "occupancy" => ratio(AgentKpi::Occupancy),
        "utilisation" => ratio(AgentKpi::Utilisation),
        "availability" => ratio(AgentKpi::Availability),
        "contacts_per_productive_hour" => ratio(AgentKpi::ContactsPerProductiveHour),
        "contacts_per_logged_in_hour" => ratio(AgentKpi::ContactsPerLoggedInHour),
        _ => return None,
    })
}

/// What a column about the schedule should hold.
fn scheduled(
    kept: &AdherenceTimes,
    rules: &AdherenceRules,
    span: Span,
    column: &str,
) -> Option<Actual> {
    let adherence = |convention| Actual::Number(kept.adherence(convention, span).exact(), 10);
    let conformance = |rule| {
        let measure = kept.conformance(rule, Silence::IsAbsence, span);
        Actual::Number(measure.exact(), 10)
    };
    Some(match column {
        "scheduled_ms" => Actual::Count(kept.scheduled()),
        "scheduled_work_ms" => Actual::Count(kept.scheduled_for(Activity::Work)),
        "adherent_ms" => Actual::Count(kept.in_adherence()),
        "unscheduled_logged_in_ms" => Actual::Count(kept.unscheduled()),
        "scheduled_not_logged_in_ms" => Actual::Count(kept.not_logged_in()),
        "work_inside_schedule_ms" => Actual::Count(kept.work_inside_schedule()),
        "adherence" => adherence(AdherenceConvention::InPlan),
        "adherence_incl_unscheduled" => adherence(AdherenceConvention::InPlanOutsideLoggedIn),
        "conformance_total" => conformance(ConformanceRule::Total),
        "conformance_work" => conformance(ConformanceRule::Work),
        "conformance_min" => {
            let measure = kept.conformance_by_activity(&rules.map, span);
            Actual::Number(measure.exact(), 10)
        }
        _ => return None,
    })
}
