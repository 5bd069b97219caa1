//! Adherence, conformance and occupancy of one operator.

use floorwalker::attendance::{
    AdherenceConvention, AdherencePlan, AdherenceRules, AdherenceSettings, AdherenceTally,
    AdherenceTimes, BusyTimes, ConformanceRule, Measure, Measured, PlanChange, ShrinkageRule,
    Silence,
};
use floorwalker::id::AgentId;
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span};
use serde_json::{Map, Value, json};

use super::Failure;
use super::given::{ANYBODY, Fields, Given};

/// Every convention by its name in percent, and the times in minutes.
pub(super) fn adherence(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let plan = AdherencePlan::new(&given.plan_as_shift()?)?
        .without_absences(&given.absences()?)
        .with_changes(&changes(&given)?);
    let window = window(&given)?;
    let rules: AdherenceRules = given.read("rules")?;
    let grid = Grid::new(given.zone.clone(), Every::Minutes15);
    let mut settings = AdherenceSettings::new(grid, window).with_rules(rules.clone());
    if given.has("as_of") {
        settings = settings.as_of(given.at("as_of")?);
    }
    let tally = AdherenceTally::count(&plan, &given.states()?, &settings)?;
    let policy = AccessPolicy::new("cases", "made-up people", Granularity::Person)?;
    let agent = AgentId::new(ANYBODY)?;
    let times = match tally.agent_over(&agent, window, &policy) {
        Err(error) if error.code() == "name.unknown" => AdherenceTimes::default(),
        times => times?,
    };
    let mut answer: Map<String, Value> = AdherenceConvention::ALL
        .iter()
        .map(|&one| entry(one.name(), &times.adherence(one, window)))
        .collect();
    for &rule in ConformanceRule::ALL {
        for (suffix, silence) in [("", Silence::IsUnknown), ("_or_absent", Silence::IsAbsence)] {
            let name = format!("conformance_{rule}{suffix}");
            answer.extend([entry(&name, &times.conformance(rule, silence, window))]);
        }
    }
    answer.extend([entry(
        "conformance_by_activity",
        &times.conformance_by_activity(&rules.map, window),
    )]);
    answer.extend(
        ShrinkageRule::ALL
            .iter()
            .map(|&one| entry(one.name(), &times.shrinkage(one, window))),
    );
    answer.insert("overlap_min".into(), minutes(tally.overlap_ms()));
    answer.insert(
        "minutes".into(),
        json!({
            "scheduled": minutes(times.scheduled()),
            "in": minutes(times.in_adherence()),
            "neutral": minutes(times.neutral()),
            "out": minutes(times.out_of_adherence()),
            "excused": minutes(times.excused()),
            "not_logged_in": minutes(times.not_logged_in()),
            "unscheduled": minutes(times.unscheduled()),
        }),
    );
    Ok(answer.into())
}

/// Occupancy and utilisation in percent, and the times in minutes.
pub(super) fn occupancy(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let window = window(&given)?;
    let handling: Vec<Span> = given
        .rows("handling")?
        .iter()
        .map(|row| row.span(0))
        .collect::<Result<_, _>>()?;
    let mut times = BusyTimes::of(&handling, &given.states()?, window);
    times.off_phone = given.read::<u64>("off_phone_min")? * 60_000;
    times.paid = given.read::<u64>("paid_min")? * 60_000;
    Ok(json!({
        "handling": minutes(times.handling),
        "waiting": minutes(times.waiting),
        "occupancy": percent(&times.occupancy(window)),
        "utilisation": percent(&times.utilisation(window)),
    }))
}

fn window(given: &Given<'_>) -> Result<Span, Failure> {
    Ok(Span::new(given.at("from")?, given.at("to")?)?)
}

/// Changes `[activity or null, from, to, effective]`.
fn changes(given: &Given<'_>) -> Result<Vec<PlanChange>, Failure> {
    let change = |row: &Fields<'_>| {
        Ok(PlanChange {
            agent: AgentId::new(ANYBODY)?,
            span: row.span(1)?,
            activity: row.term(0).ok(),
            effective: row.instant(3)?,
        })
    };
    given.rows("changes")?.iter().map(change).collect()
}

fn entry(name: &str, measure: &Measure) -> (String, Value) {
    (name.to_owned(), percent(measure))
}

/// Percent with two digits, or why there is no number.
fn percent(measure: &Measure) -> Value {
    match measure.measured() {
        Measured::Defined(value) => json!(value.times(100).to_decimal(2).to_string()),
        Measured::Infinite => json!("infinite"),
        Measured::Undefined(why) => json!(format!("undefined: {why}")),
    }
}

fn minutes(ms: u64) -> Value {
    if ms.is_multiple_of(60_000) {
        json!(ms / 60_000)
    } else {
        json!(format!("{ms} ms"))
    }
}
