//! May the lines open at nine, with whom, what is missing, and who could fill it? Then who
//! sits where and does what over the morning.
//!
//! A made-up centre on a made-up Monday: calendar, roster, presence, skills and positions.
//! Runs without arguments.

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use chrono::{DateTime, NaiveTime, Utc};
use floorwalker::attendance::{
    AttendanceAccess, AttendanceInput, AttendanceRules, PlannedShift, PresenceBoard, Punch,
    PunchKind,
};
use floorwalker::floor::{
    CheckItem, Line, Opening, OpeningInput, Placement, PlacementInput, planned_shifts,
};
use floorwalker::id::AgentId;
use floorwalker::roster::{Activity, ActivityKind, Assignment, Piece, Roster};
use floorwalker::team::{
    Absence, AbsenceCalendar, AbsenceKind, AbsenceStatus, AccessPolicy, Granularity, Staff,
};
use floorwalker::time::business::{Calendar, DayWindow, WeekHours, italy};
use floorwalker::time::{LocalTimePolicy, Span, Zone};

type Failure = Box<dyn Error>;

const DAY: &str = "2026-03-02";

/// Skills with levels, contract, group and positions, as they come from a file.
const STAFF: &str = r#"{
    "contracts": [{"id": "full", "rule_pack": "it", "week_minutes": 2400}],
    "operators": [
        {"id": "Anna", "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"],
         "skills": [{"skill": "selling", "level": 4}, {"skill": "technics", "level": 3}]},
        {"id": "Bruno", "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"],
         "skills": [{"skill": "selling", "level": 3}]},
        {"id": "Carla", "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"],
         "skills": [{"skill": "technics", "level": 4}], "needs": ["step_free"]},
        {"id": "Dario", "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"],
         "skills": [{"skill": "technics", "level": 4}]},
        {"id": "Elena", "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"],
         "skills": [{"skill": "technics", "level": 3}]},
        {"id": "Fabio", "zone": "Europe/Rome", "contracts": [{"contract": "full"}], "groups": ["blue"],
         "skills": [{"skill": "technics", "level": 2}]}],
    "groups": [{"id": "blue", "leader": "Mara", "deputies": ["Anna"]}],
    "positions": [
        {"id": "A1", "equipment": ["headset"]},
        {"id": "A2", "equipment": ["headset", "second_screen"], "offers": ["step_free"]},
        {"id": "A3", "equipment": ["headset", "second_screen"]},
        {"id": "A4", "equipment": ["headset"]}]
}"#;

fn main() -> Result<(), Failure> {
    let zone = Zone::get("Europe/Rome")?;
    let staff: Staff = serde_json::from_str(STAFF)?;
    let roster = roster(&zone)?;
    let absences: AbsenceCalendar = [Absence::new(
        "Dario".parse()?,
        AbsenceKind::Sickness,
        zone.day(DAY.parse()?).ok_or("the day exists")?,
        AbsenceStatus::Observed,
    )]
    .into_iter()
    .collect();
    let policy = AccessPolicy::new(
        "opening the lines and placing operators",
        "agreement with the unions of 12 May 2026",
        Granularity::Person,
    )?;
    let shifts = planned_shifts(&roster)?;
    let here = who_is_here(&zone, &shifts, &absences, &policy)?;
    let lines = lines(&zone)?;

    let input = OpeningInput {
        staff: &staff,
        roster: &roster,
        absences: &absences,
        here: &here,
        out_of_order: &BTreeSet::new(),
    };
    let opening = Opening::check(&lines, input, at(&zone, "09:00")?)?;
    show_opening(&opening, &zone, &policy)?;

    let input = PlacementInput {
        staff: &staff,
        roster: &roster,
        absences: &absences,
        out_of_order: &BTreeSet::new(),
        kept: &BTreeMap::from([("Bruno".parse()?, "A4".parse()?)]),
    };
    let morning = Span::new(at(&zone, "09:00")?, at(&zone, "13:00")?)?;
    let placement = Placement::plan(&lines, input, morning)?;
    show_placement(&placement, &zone, &policy)
}

/// The lines in the order of their importance.
fn lines(zone: &Zone) -> Result<[Line; 2], Failure> {
    let office = [DayWindow::new("09:00", "18:00")?];
    let calendar = Calendar::new(zone.clone(), WeekHours::monday_to_friday(&office)?)?
        .with_holidays(italy::national());
    let sales = Line::new("sales".parse()?, 1)?.with(|line| {
        line.hours = Some(calendar.clone().into());
        line.skill = "selling".parse().ok();
    })?;
    let technics = Line::new("technics".parse()?, 2)?.with(|line| {
        line.hours = Some(calendar.into());
        line.skill = "technics".parse().ok();
        line.level = floorwalker::team::SkillLevel::new(3).unwrap_or(line.level);
        line.wanted_operators = 3;
        line.equipment = vec![floorwalker::team::Equipment::SecondScreen];
        line.led_by = "blue".parse().ok();
    })?;
    Ok([sales, technics])
}

/// Everybody from nine to five with a meal; Elena writes letters until eleven.
fn roster(zone: &Zone) -> Result<Roster, Failure> {
    let phone = Activity::new("phone".parse()?, ActivityKind::Contact);
    let letters = Activity::new("letters".parse()?, ActivityKind::BackOffice);
    let meal = Activity::new("meal".parse()?, ActivityKind::Meal);
    let span = |from: &str, to: &str| -> Result<Span, Failure> {
        Ok(Span::new(at(zone, from)?, at(zone, to)?)?)
    };
    let mut shifts = Vec::new();
    for (number, name) in ["Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio"]
        .into_iter()
        .enumerate()
    {
        let (from, to) = if number % 2 == 0 {
            ("12:00", "12:30")
        } else {
            ("12:30", "13:00")
        };
        let mut pieces = vec![
            Piece::productive(phone.clone(), span("09:00", "17:00")?),
            Piece::auxiliary(meal.clone(), span(from, to)?),
        ];
        if name == "Elena" {
            pieces.push(Piece::auxiliary(letters.clone(), span("09:00", "11:00")?));
        }
        shifts.push(Assignment::new(name.parse()?, DAY.parse()?, pieces)?);
    }
    Ok(Roster::new(shifts)?)
}

/// Who has punched in by nine.
fn who_is_here(
    zone: &Zone,
    shifts: &[PlannedShift],
    absences: &AbsenceCalendar,
    policy: &AccessPolicy,
) -> Result<BTreeSet<AgentId>, Failure> {
    let mut punches = Vec::new();
    for (name, time) in [
        ("Anna", "08:55"),
        ("Bruno", "08:50"),
        ("Elena", "08:58"),
        ("Fabio", "08:59"),
    ] {
        let time = at(zone, time)?.fixed_offset();
        punches.push(Punch::new(name.parse()?, PunchKind::In, time)?);
    }
    let input = AttendanceInput {
        shifts,
        punches: &punches,
        absences: absences.all(),
        ..AttendanceInput::default()
    };
    let rules = AttendanceRules::new(zone.clone());
    let board = PresenceBoard::at(at(zone, "09:00")?, input, &rules)?;
    let rows = board.rows(&AttendanceAccess::from(policy.clone()))?;
    let here = rows.into_iter().filter(|row| row.standing.is_here());
    Ok(here.map(|row| row.agent).collect())
}

fn show_opening(opening: &Opening, zone: &Zone, policy: &AccessPolicy) -> Result<(), Failure> {
    let time = |at: DateTime<Utc>| {
        zone.at_ms(at.timestamp_millis())
            .format("%H:%M")
            .to_string()
    };
    println!(
        "Monday 2 March 2026, {}: may the lines open?",
        time(opening.at())
    );
    for line in opening.lines() {
        let answer = if line.may_open() { "yes" } else { "no" };
        println!("  {}: {answer}", line.queue());
        for item in line.checks() {
            let CheckItem {
                kind, have, need, ..
            } = item;
            let mark = if item.passed { "ok" } else { "MISSING" };
            println!("    {:<10} {have} of {need}  {mark}", kind.name());
        }
        for member in line.crew(policy)? {
            let seat = member
                .position
                .as_ref()
                .map_or("away", |seat| seat.as_str());
            println!(
                "    with {} at {seat} until {}",
                member.operator,
                time(member.until)
            );
        }
        for candidate in line.candidates(policy)? {
            let from = candidate
                .from
                .map_or("if called".to_owned(), |at| format!("from {}", time(at)));
            println!(
                "    could be filled by {} ({}), {from}",
                candidate.operator, candidate.by
            );
        }
    }
    Ok(())
}

fn show_placement(
    placement: &Placement,
    zone: &Zone,
    policy: &AccessPolicy,
) -> Result<(), Failure> {
    let time = |at: DateTime<Utc>| {
        zone.at_ms(at.timestamp_millis())
            .format("%H:%M")
            .to_string()
    };
    println!("\nThe morning, as planned");
    for one in placement.placed(policy)? {
        let seat = one
            .position
            .as_ref()
            .map_or("no position", |seat| seat.as_str());
        let duties: Vec<String> = one
            .duties
            .iter()
            .map(|duty| {
                let what = duty
                    .line
                    .as_ref()
                    .map_or(duty.activity.as_str(), |line| line.as_str());
                format!("{} {what}", time(duty.span.start()))
            })
            .collect();
        println!("  {:<6} {seat:<11} {}", one.operator, duties.join(", "));
    }
    for gap in placement.gaps() {
        let (from, to) = (time(gap.span.start()), time(gap.span.end()));
        println!(
            "  {} lacks {} from {from} to {to}",
            gap.queue, gap.to_wanted
        );
    }
    Ok(())
}

/// A local time of the day.
fn at(zone: &Zone, time: &str) -> Result<DateTime<Utc>, Failure> {
    let date: chrono::NaiveDate = DAY.parse()?;
    let local = date.and_time(NaiveTime::parse_from_str(time, "%H:%M")?);
    Ok(zone.resolve(local, LocalTimePolicy::REFUSE)?)
}
