//! Shifts and how they were kept, and who is here.

use floorwalker::attendance::{
    AttendanceAccess, AttendanceBook, AttendanceInput, AttendanceRules, KimaiMode, PayRounding,
    PresenceBoard, Standing,
};
use floorwalker::id::AgentId;
use floorwalker::team::{AccessPolicy, Granularity};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Failure;
use super::given::{ANYBODY, Given};

/// The days of operator "A", with their measures, and the repairs.
pub(super) fn days(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let lists = Lists::read(&given)?;
    let book = AttendanceBook::build(lists.input(), &rules(&given)?, given.at("as_of")?)?;
    let (agent, access) = (AgentId::new(ANYBODY)?, access(&given)?);
    let days = book.days_of(&agent, &access)?;
    let repairs = book.repairs_of(&agent, access.policy())?;
    let repairs: Vec<&str> = repairs.iter().map(|one| one.rule.name()).collect();
    let mut days = serde_json::to_value(days)?;
    for day in days.as_array_mut().into_iter().flatten() {
        for span in ["planned", "raw", "rounded"] {
            day[span] = local(&day[span], &given)?;
        }
    }
    Ok(json!({ "days": days, "repairs": repairs }))
}

/// A span as local times.
fn local(span: &Value, given: &Given<'_>) -> Result<Value, Failure> {
    if span.is_null() {
        return Ok(Value::Null);
    }
    let at = |key: &str| {
        let at = given.instant(span[key].as_str().unwrap_or_default())?;
        let local = given.zone.local_of_ms(at.timestamp_millis());
        Ok::<_, Failure>(local.format("%Y-%m-%dT%H:%M:%S").to_string())
    };
    Ok(json!([at("start")?, at("end")?]))
}

/// Where everybody stands at `now`, and how many are where.
pub(super) fn board(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let lists = Lists::read(&given)?;
    let board = PresenceBoard::at(given.at("now")?, lists.input(), &rules(&given)?)?;
    let access = access(&given)?;
    if given.read("team")? {
        let counts = board.counts(access.policy())?;
        let some = Standing::ALL.iter().filter(|&&one| counts.of(one) > 0);
        let counts: Map<String, Value> = some
            .map(|&one| (one.name().into(), counts.of(one).into()))
            .collect();
        return Ok(json!({ "counts": counts }));
    }
    let rows = board.rows(&access)?.into_iter().map(|row| {
        let agent = row.agent.to_string();
        Ok((agent, serde_json::to_value(row)?))
    });
    Ok(Value::Object(rows.collect::<Result<_, Failure>>()?))
}

/// The lists of a case, owned.
struct Lists {
    shifts: Vec<floorwalker::attendance::PlannedShift>,
    punches: Vec<floorwalker::attendance::Punch>,
    corrections: Vec<floorwalker::attendance::Correction>,
    states: Vec<floorwalker::contact::AgentState>,
    absences: Vec<floorwalker::team::Absence>,
}

impl Lists {
    fn read(given: &Given<'_>) -> Result<Self, Failure> {
        Ok(Self {
            shifts: given.shifts()?,
            punches: given.punches()?,
            corrections: given.read("corrections")?,
            states: given.states()?,
            absences: given.absences()?,
        })
    }

    fn input(&self) -> AttendanceInput<'_> {
        AttendanceInput {
            shifts: &self.shifts,
            punches: &self.punches,
            corrections: &self.corrections,
            states: &self.states,
            absences: &self.absences,
        }
    }
}

/// The rules of a case: those it names, and the usual ones.
fn rules(given: &Given<'_>) -> Result<AttendanceRules, Failure> {
    #[derive(Deserialize)]
    struct Kimai {
        mode: KimaiMode,
        unit_minutes: u16,
    }
    let mut rules: Map<String, Value> = given.read("rules")?;
    rules.insert("zone".into(), given.zone.name().into());
    let mut rules: AttendanceRules = serde_json::from_value(rules.into())?;
    if given.has("kimai") {
        let kimai: Kimai = given.needed("kimai")?;
        rules.rounding = PayRounding::kimai(kimai.mode, kimai.unit_minutes)?;
    }
    Ok(rules)
}

/// Who asks: a team leader, unless the case says otherwise.
fn access(given: &Given<'_>) -> Result<AttendanceAccess, Failure> {
    let granularity = if given.read("team")? {
        Granularity::Team
    } else {
        Granularity::Person
    };
    let access = AttendanceAccess::from(AccessPolicy::new("cases", "made-up people", granularity)?);
    match given.read::<String>("view")?.as_str() {
        "" => Ok(access),
        "open" => Ok(access.with_open_kinds()),
        basis => Ok(access.with_all_kinds(basis)?),
    }
}
