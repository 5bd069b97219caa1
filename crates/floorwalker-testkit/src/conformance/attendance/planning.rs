//! Shifts, days, rounding, shrinkage, ledgers.

use chrono::{DateTime, NaiveDate};
use floorwalker::attendance::{
    AttendanceAccess, LedgerBook, LedgerEntry, LedgerKind, Rounding, RoundingKind, ShrinkageKind,
    ShrinkagePart, ShrinkageTree, WorkDayMode, gross_up,
};
use floorwalker::id::AgentId;
use floorwalker::team::{AccessPolicy, Granularity};
use floorwalker::time::Span;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::Failure;
use super::given::{ANYBODY, Given};

/// The first shift of the case: its length and its edges on the local clock.
pub(super) fn shift(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let shifts = given.shifts()?;
    let shift = shifts.first().ok_or("no shift".to_owned())?;
    let span = shift.span();
    Ok(json!({
        "minutes": span.millis() / 60_000,
        "from": given.zone.at_ms(span.start_ms()).to_rfc3339(),
        "to": given.zone.at_ms(span.end_ms()).to_rfc3339(),
        "work_day": shift.work_day(),
    }))
}

/// The days to which a stretch counts, with their minutes.
pub(super) fn work_days(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let mode: WorkDayMode = given.needed("mode")?;
    let span = Span::new(given.at("from")?, given.at("to")?)?;
    let days = mode.days(span, &given.zone).into_iter();
    Ok(days
        .map(|(date, part)| json!([date, part.millis() / 60_000]))
        .collect())
}

/// A rounded instant on the local clock, or rounded seconds.
pub(super) fn round(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let kind: RoundingKind = given.needed("kind")?;
    let rounding = Rounding::new(kind, given.needed("unit_minutes")?)?;
    if given.has("seconds") {
        let ms = given.needed::<i64>("seconds")? * 1000;
        return Ok(json!(rounding.round_ms(ms) / 1000));
    }
    let at = given.at("at")?.timestamp_millis();
    let rounded: DateTime<_> = given.zone.at_ms(rounding.round_local_ms(at, &given.zone));
    Ok(json!(rounded.to_rfc3339()))
}

/// The total of a tree, and how many to plan.
pub(super) fn shrinkage(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let parts: Vec<ShrinkagePart> = given.read("parts")?;
    let mut tree = ShrinkageTree::new(parts)?;
    if given.has("without") {
        tree = tree.without(given.needed::<ShrinkageKind>("without")?);
    }
    let total = if given.has("share") {
        given.needed("share")?
    } else {
        tree.total()
    };
    let mut answer = json!({ "total": total.normalize().to_string() });
    if given.has("net") {
        let gross = gross_up(given.needed::<Decimal>("net")?, total)?;
        answer["heads"] = gross.heads().into();
        answer["rounded"] = gross.rounded(2).to_string().into();
    }
    let root = tree.root();
    for side in &root.children {
        answer[side.name] = side.of_paid.normalize().to_string().into();
    }
    Ok(answer)
}

/// The balance of a ledger.
pub(super) fn ledger(given: &Value) -> Result<Value, Failure> {
    let given = Given::new(given)?;
    let agent = AgentId::new(ANYBODY)?;
    let kind: LedgerKind = given.needed("kind")?;
    let mut book = LedgerBook::default();
    for mut entry in given.read::<Vec<Map<String, Value>>>("entries")? {
        entry.insert("agent".into(), ANYBODY.into());
        entry.insert("kind".into(), kind.name().into());
        book.add(serde_json::from_value(entry.into())?);
    }
    for month in given.read::<Vec<NaiveDate>>("law_104_months")? {
        book.add(LedgerEntry::law_104_of_month(agent.clone(), month, 480)?);
    }
    for year in given.read::<Vec<i32>>("assembly_years")? {
        book.add(LedgerEntry::assembly_of_year(agent.clone(), year)?);
    }
    let policy = AccessPolicy::new("cases", "made-up people", Granularity::Person)?;
    let mut access = AttendanceAccess::from(policy);
    if given.read("all_kinds")? {
        access = access.with_all_kinds("payroll")?;
    }
    Ok(serde_json::to_value(book.balance(
        &agent,
        kind,
        given.needed("at")?,
        &access,
    )?)?)
}
