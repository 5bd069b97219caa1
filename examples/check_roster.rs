//! Checks a week's roster against Italian working-time rules, says what would fix the
//! worst finding, and judges a swap.
//!
//! ```text
//! cargo run --example check_roster
//! cargo run --example check_roster -- --pack de
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use chrono::{DateTime, NaiveDate};
use clap::Parser;
use floorwalker::id::{AgentId, PackId};
use floorwalker::roster::{
    Activity, ActivityKind, Anchor, BreakRule, CheckWindow, Checker, Coverage, Demand, Fix,
    JudgePolicy, Layer, LengthBy, Midnight, Proposal, Requirement, Roster, RulePacks, Severity,
    ShiftTemplate, TemplatePart, TemplateRecord,
};
use floorwalker::team::{Contract, Operator, Staff, StaffRecord};
use floorwalker::time::{Every, Grid, LocalTimePolicy, Zone};

/// Check a made-up roster of the week in which the clock is put forward.
#[derive(Parser)]
struct Arguments {
    /// The rule pack: it, ccnl_tlc, eu, uk, fr, de or us.
    #[arg(long, default_value = "it")]
    pack: String,
    /// The time zone of the site.
    #[arg(long, default_value = "Europe/Rome")]
    zone: String,
}

/// Each operator's week, Monday to Sunday: early, late, night or free.
const WEEK: [(&str, &str); 5] = [
    ("anna", "EEEEE--"),
    ("bruno", "LLLL-EE"),
    ("carla", "-NNNNN-"),
    ("dario", "LELEL--"),
    ("elena", "EEEEEEE"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let zone = Zone::get(&arguments.zone)?;
    let staff = staff(&zone, arguments.pack.parse()?)?;
    let monday: NaiveDate = "2026-03-23".parse()?;
    let roster = roster(&zone, monday)?;
    let window = CheckWindow::new(monday, monday + chrono::Days::new(7))?;
    let checker = Checker::new(&staff, &RulePacks::builtin(), window)?;

    let report = checker.plan(&roster);
    println!(
        "{} findings under {}:",
        report.findings.len(),
        arguments.pack
    );
    for finding in &report.findings {
        println!("  {:7} {finding}", finding.severity);
    }
    println!("not judged:");
    for open in &report.not_judged {
        let rule = open.rule.as_ref().map_or("", |rule| rule.as_str());
        println!(
            "  {rule}: {:?}, {} operators",
            open.reason,
            open.operators.len()
        );
    }
    if let Some(worst) = report.at_least(Severity::Breach).next() {
        println!(
            "\nwhat would fix {} of {} on {}:",
            worst.rule, worst.operator, worst.day
        );
        checker
            .fixes(&roster, worst)
            .iter()
            .take(3)
            .for_each(show_fix);
    }
    show_coverage(&roster, &staff, &zone, monday)?;
    show_swap(&checker, &roster)
}

fn show_fix(fix: &Fix) {
    let minutes = fix.disturbed_ms / 60_000;
    println!("  {minutes} minutes: {}", name_of(fix));
}

fn name_of(fix: &Fix) -> String {
    use floorwalker::roster::Change;
    match &fix.change {
        Change::Remove(key) => format!("take away the shift at {}", key.start),
        Change::Reassign(key, to) => format!("give the shift at {} to {to}", key.start),
        Change::Replace(key, new) => format!("make the shift at {} {}", key.start, new.span()),
        other => format!("{other:?}"),
    }
}

/// Operators of one full-time contract.
fn staff(zone: &Zone, pack: PackId) -> Result<Staff, floorwalker::Error> {
    let operator =
        |(name, _): &(&str, &str)| Ok(Operator::new(name.parse()?, zone.clone(), "full".parse()?));
    let operators = WEEK
        .iter()
        .map(operator)
        .collect::<Result<_, floorwalker::Error>>()?;
    Staff::try_from(StaffRecord {
        contracts: vec![Contract::full_time("full".parse()?, pack)],
        operators,
        ..StaffRecord::default()
    })
}

/// A shift of eight hours and a half: a briefing, two pauses from the screen, a meal.
fn template(name: &str, start: &str) -> Result<ShiftTemplate, Box<dyn Error>> {
    let activity =
        |name: &str, kind| Ok::<_, floorwalker::Error>(Activity::new(name.parse()?, kind));
    let breaks = |activity, count, minutes, margin| BreakRule {
        activity,
        over_minutes: 360,
        count,
        minutes,
        after_start_minutes: margin,
        before_end_minutes: margin,
        gap_minutes: 60,
    };
    let start = start.parse()?;
    let record = TemplateRecord {
        id: name.parse()?,
        activity: activity("phone", ActivityKind::Contact)?,
        earliest_start: start,
        latest_start: start,
        step_minutes: 15,
        min_minutes: 510,
        max_minutes: 510,
        length_by: LengthBy::Clock,
        midnight: Midnight::StartDay,
        parts: vec![TemplatePart {
            activity: activity("briefing", ActivityKind::Meeting)?,
            layer: Layer::Auxiliary,
            anchor: Anchor::Start,
            distance_minutes: 0,
            minutes: 15,
        }],
        breaks: vec![
            breaks(activity("meal", ActivityKind::Meal)?, 1, 30, 180),
            breaks(activity("pause", ActivityKind::ScreenBreak)?, 2, 15, 60),
        ],
    };
    Ok(ShiftTemplate::try_from(record)?)
}

fn roster(zone: &Zone, monday: NaiveDate) -> Result<Roster, Box<dyn Error>> {
    let early = template("early", "06:00:00")?;
    let late = template("late", "13:30:00")?;
    let night = template("night", "21:45:00")?;
    let mut assignments = Vec::new();
    for (name, week) in WEEK {
        let operator: AgentId = name.parse()?;
        for (day, letter) in monday.iter_days().zip(week.chars()) {
            let shift = match letter {
                'E' => &early,
                'L' => &late,
                'N' => &night,
                _ => continue,
            };
            let policy = LocalTimePolicy::EARLIER;
            assignments.extend(shift.place(operator.clone(), day, zone, policy)?);
        }
    }
    Ok(Roster::new(assignments)?)
}

/// One operator is needed around the clock, two from nine to five.
fn show_coverage(
    roster: &Roster,
    staff: &Staff,
    zone: &Zone,
    monday: NaiveDate,
) -> Result<(), Box<dyn Error>> {
    let grid = Grid::new(zone.clone(), Every::Hour);
    let hours = grid.days(monday, monday + chrono::Days::new(6))?;
    let need = |local: String| {
        if ("T09".."T17").contains(&&local[10..13]) {
            2
        } else {
            1
        }
    };
    let required = hours.iter().map(|hour| need(hour.label())).collect();
    let requirement = Requirement::new(hours, vec![Demand::new(None, required)])?;
    let coverage = Coverage::of(roster, staff, &requirement);
    let row = &coverage.rows[0];
    let hours: Vec<usize> = (0..row.met_ms.len())
        .filter(|&hour| row.short_ms(hour) > 0)
        .collect();
    let missing = coverage.short_ms() / 3_600_000;
    println!(
        "\n{} of {} hours are short, by {missing} operator-hours",
        hours.len(),
        row.met_ms.len()
    );
    Ok(())
}

/// Bruno's Monday evening for Anna's Tuesday morning.
fn show_swap(checker: &Checker<'_>, roster: &Roster) -> Result<(), Box<dyn Error>> {
    let (anna, bruno): (AgentId, AgentId) = ("anna".parse()?, "bruno".parse()?);
    let keys = [roster.of(&anna)[1].key(), roster.of(&bruno)[0].key()];
    let swap = Proposal::swap(roster, &keys)?
        .agreed_by(anna)
        .agreed_by(bruno);
    let judged = checker.judge(roster, swap, DateTime::UNIX_EPOCH, JudgePolicy::default());
    let verdict = if judged.is_accepted() {
        "may be made"
    } else {
        "is refused"
    };
    println!("\nthe swap of Bruno's Monday and Anna's Tuesday {verdict}:");
    for finding in judged.difference().harm() {
        println!("  {finding}");
    }
    Ok(())
}
