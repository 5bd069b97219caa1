//! Who is here this minute, who should be, and what the day came to.
//!
//! Made-up people on a made-up Monday: a shift plan, punches, states of the telephone
//! system and an absence. Runs without arguments.

#![allow(clippy::print_stdout, reason = "an example talks to a terminal")]

use std::error::Error;

use chrono::{DateTime, NaiveTime, Utc};
use floorwalker::attendance::{
    Activity, AdherenceConvention, AdherencePlan, AdherenceSettings, AdherenceTally,
    AttendanceAccess, AttendanceBook, AttendanceInput, AttendanceRules, PlannedShift,
    PresenceBoard, Punch, PunchKind, Standing, StandingCounts,
};
use floorwalker::contact::{AgentState, StateKind};
use floorwalker::id::AgentId;
use floorwalker::team::{Absence, AbsenceKind, AbsenceStatus, AccessPolicy, Granularity};
use floorwalker::time::{Every, Grid, Span, Zone};

const DAY: &str = "2026-03-02";

fn main() -> Result<(), Box<dyn Error>> {
    let zone = Zone::get("Europe/Rome")?;
    let day = Day::make_up(&zone)?;
    let mut rules = AttendanceRules::new(zone.clone());
    rules.grace.late_secs = 300;
    rules.grace.no_show_after_minutes = 120;
    let policy = AccessPolicy::new(
        "running the day",
        "agreement with the unions of 12 May 2026",
        Granularity::Person,
    )?;
    let access = AttendanceAccess::from(policy);

    show_board(&day, &rules, &access)?;
    show_book(&day, &rules, &access)?;
    show_adherence(&day, &zone, &access)
}

/// Everybody at ten past ten.
fn show_board(
    day: &Day,
    rules: &AttendanceRules,
    access: &AttendanceAccess,
) -> Result<(), Box<dyn Error>> {
    let board = PresenceBoard::at(at("10:10")?, day.input(), rules)?;
    println!("Monday 2 March 2026, 10:10");
    println!(
        "  {:<9} {:<12} {:<8} {:<9} since",
        "operator", "standing", "planned", "actual"
    );
    for row in board.rows(access)? {
        let since = row
            .since
            .map(|since| rules.zone.at_ms(since.timestamp_millis()));
        println!(
            "  {:<9} {:<12} {:<8} {:<9} {}",
            row.agent,
            row.standing,
            row.planned.map_or("-", Activity::name),
            row.actual.map_or("-", StateKind::name),
            since.map_or("-".to_owned(), |since| since.format("%H:%M").to_string())
        );
    }
    let counts: StandingCounts = board.counts(access.policy())?;
    let missing =
        counts.of(Standing::Late) + counts.of(Standing::Missing) + counts.of(Standing::Away);
    println!(
        "  {} here, {missing} not where they should be",
        counts.here()
    );
    Ok(())
}

/// The shifts of the day, in the evening.
fn show_book(
    day: &Day,
    rules: &AttendanceRules,
    access: &AttendanceAccess,
) -> Result<(), Box<dyn Error>> {
    let book = AttendanceBook::build(day.input(), rules, at("20:00")?)?;
    println!("\nThe shifts of the day");
    println!(
        "  {:<9} {:<16} {:>6} {:>6} {:>7}",
        "operator", "class", "late", "early", "worked"
    );
    for agent in book.agents(access.policy())? {
        for one in book.days_of(&agent, access)? {
            let minutes = |ms: u64| ms / 60_000;
            println!(
                "  {:<9} {:<16} {:>6} {:>6} {:>7}",
                one.agent,
                one.class,
                minutes(one.late_ms),
                minutes(one.early_ms),
                minutes(one.worked_ms)
            );
        }
        for repair in book.repairs_of(&agent, access.policy())? {
            println!(
                "            {} ({} confidence)",
                repair.rule, repair.confidence
            );
        }
    }
    Ok(())
}

/// The same morning by two conventions of adherence.
fn show_adherence(day: &Day, zone: &Zone, access: &AttendanceAccess) -> Result<(), Box<dyn Error>> {
    let plan = AdherencePlan::new(&day.shifts)?.without_absences(&day.absences);
    let window = Span::new(at("00:00")?, at("20:00")?)?;
    let settings = AdherenceSettings::new(Grid::new(zone.clone(), Every::Day), window);
    let tally = AdherenceTally::count(&plan, &day.states, &settings.as_of(at("20:00")?))?;
    let team = tally.team_over(tally.intervals().window(), access.policy())?;
    println!("\nAdherence of the team, by convention");
    for convention in [
        AdherenceConvention::InPlan,
        AdherenceConvention::InPlanOutsideLoggedIn,
    ] {
        println!("  {}", team.adherence(convention, window));
    }
    Ok(())
}

/// What is known about a day.
struct Day {
    shifts: Vec<PlannedShift>,
    punches: Vec<Punch>,
    states: Vec<AgentState>,
    absences: Vec<Absence>,
}

impl Day {
    fn make_up(zone: &Zone) -> Result<Self, Box<dyn Error>> {
        let mut day = Self {
            shifts: Vec::new(),
            punches: Vec::new(),
            states: Vec::new(),
            absences: Vec::new(),
        };
        // Planned from and to; punched in and out.
        let people = [
            ("Anna", "09:00", "13:00", Some("08:57"), Some("13:02")),
            ("Bruno", "09:00", "17:00", Some("09:12"), Some("17:00")),
            ("Carla", "10:00", "18:00", None, None),
            ("Dario", "09:00", "17:00", None, None),
            ("Elena", "08:00", "16:00", Some("07:58"), None),
            ("Fabio", "12:00", "20:00", Some("11:55"), Some("20:00")),
        ];
        for (name, from, to, came, went) in people {
            day.plan(name, zone, (from, to))?;
            day.punch(name, PunchKind::In, came)?;
            day.punch(name, PunchKind::Out, went)?;
        }
        day.state("Anna", StateKind::Contact, "09:00", "13:00")?;
        day.state("Bruno", StateKind::Ready, "09:14", "10:05")?;
        day.state("Bruno", StateKind::Break, "10:05", "10:20")?;
        day.state("Bruno", StateKind::Ready, "10:20", "17:00")?;
        day.state("Elena", StateKind::Ready, "08:00", "15:58")?;
        day.state("Fabio", StateKind::Ready, "12:00", "20:00")?;
        day.absences.push(Absence::new(
            AgentId::new("Dario")?,
            AbsenceKind::Sickness,
            Span::new(at("09:00")?, at("17:00")?)?,
            AbsenceStatus::Observed,
        ));
        Ok(day)
    }

    fn input(&self) -> AttendanceInput<'_> {
        AttendanceInput {
            shifts: &self.shifts,
            punches: &self.punches,
            states: &self.states,
            absences: &self.absences,
            ..AttendanceInput::default()
        }
    }

    fn plan(
        &mut self,
        name: &str,
        zone: &Zone,
        (from, to): (&str, &str),
    ) -> Result<(), Box<dyn Error>> {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M");
        let times = (time(from)?, time(to)?);
        self.shifts.push(PlannedShift::local(
            AgentId::new(name)?,
            zone,
            DAY.parse()?,
            times,
        )?);
        Ok(())
    }

    fn punch(
        &mut self,
        name: &str,
        kind: PunchKind,
        time: Option<&str>,
    ) -> Result<(), Box<dyn Error>> {
        if let Some(time) = time {
            let at = at(time)?.fixed_offset();
            self.punches
                .push(Punch::new(AgentId::new(name)?, kind, at)?);
        }
        Ok(())
    }

    fn state(
        &mut self,
        name: &str,
        state: StateKind,
        from: &str,
        to: &str,
    ) -> Result<(), Box<dyn Error>> {
        let agent = AgentId::new(name)?;
        self.states
            .push(AgentState::new(agent, state, at(from)?, Some(at(to)?))?);
        Ok(())
    }
}

/// A local time of the day; Rome is an hour ahead of UTC in March.
fn at(time: &str) -> Result<DateTime<Utc>, Box<dyn Error>> {
    Ok(DateTime::parse_from_rfc3339(&format!("{DAY}T{time}:00+01:00"))?.to_utc())
}
