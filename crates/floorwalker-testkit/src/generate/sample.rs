//! The centre of the committed sample, `examples/data/sample.queue_log.gz`.
//!
//! Two weeks of a made-up Italian centre from Monday 2026-03-16 to Sunday 2026-03-29:
//! four queues, thirty agents, a surge on Monday 23 with three agents missing, quiet
//! Sundays, and on the last day the change to summer time, whose night has calls
//! because `tech` never closes.

use chrono::NaiveDate;

use super::names::agent_name;
use super::{
    AgentSpec, CentreSpec, Incident, OpenHours, PauseSpec, QueueSpec, ShiftSpec, TransferSpec,
    ZoneTable,
};

/// The seed of the committed sample.
pub const SAMPLE_SEED: u64 = 20_260_316;

const SALES: usize = 0;
const CARE: usize = 1;
const BILLING: usize = 2;
const TECH: usize = 3;

/// The centre of the committed sample.
pub fn sample_centre() -> CentreSpec {
    CentreSpec {
        zone: ZoneTable::rome_2026(),
        first_day: date(16),
        days: 14,
        queues: vec![sales(), care(), billing(), tech()],
        agents: ROSTER.iter().enumerate().map(agent).collect(),
        incidents: vec![bad_monday()],
        customers: 7_500,
        absence: 0.015,
        day_spread: 0.04,
    }
}

/// A wrong invoice run: far more calls than usual, and three agents do not come.
fn bad_monday() -> Incident {
    Incident {
        day: date(23),
        from: 660,
        to: 810,
        volume: 2.2,
        queues: Vec::new(),
        absent: vec![8, 14, 21],
    }
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).expect("a day of March")
}

/// Volume by local hour for queues open by day: a peak at ten, a lunch dip, a second
/// peak at five.
const DAY_PROFILE: [f64; 24] = [
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.62, 1.1, 1.35, 1.25, 1.05, 0.8, 0.85, 1.0, 1.05, 1.1,
    0.9, 0.7, 0.4, 0.2, 0.0, 0.0,
];

/// Volume by local hour for the queue that never closes.
const ROUND_PROFILE: [f64; 24] = [
    0.16, 0.13, 0.12, 0.1, 0.1, 0.12, 0.22, 0.4, 0.7, 1.0, 1.2, 1.2, 1.0, 0.85, 0.9, 1.0, 1.1,
    1.15, 1.1, 1.0, 0.8, 0.55, 0.35, 0.22,
];

fn sales() -> QueueSpec {
    QueueSpec {
        calls_per_hour: [16.0, 15.0, 14.5, 14.5, 15.0, 10.0, 0.0],
        patience_secs: 240.0,
        talk_secs: 320.0,
        talk_sigma: 0.75,
        wrap_up_secs: 30,
        key_exit: 0.02,
        transfers: vec![transfer(CARE, 0.03), transfer(BILLING, 0.02)],
        ..queue("sales", week(&[(540, 1140)], &[(540, 780)], &[]))
    }
}

fn care() -> QueueSpec {
    QueueSpec {
        calls_per_hour: [33.0, 31.0, 30.0, 30.0, 31.0, 17.0, 12.0],
        patience_secs: 300.0,
        talk_secs: 250.0,
        talk_sigma: 0.7,
        wrap_up_secs: 20,
        key_exit: 0.03,
        transfers: vec![
            transfer(BILLING, 0.04),
            transfer(TECH, 0.04),
            transfer(SALES, 0.01),
        ],
        ..queue("care", week(&[(480, 1200)], &[(480, 1080)], &[(540, 780)]))
    }
}

fn billing() -> QueueSpec {
    QueueSpec {
        calls_per_hour: [17.0, 16.0, 15.0, 15.0, 15.0, 0.0, 0.0],
        patience_secs: 360.0,
        talk_secs: 280.0,
        talk_sigma: 0.6,
        wrap_up_secs: 25,
        key_exit: 0.03,
        overflow: Some(CARE),
        transfers: vec![transfer(CARE, 0.03)],
        ..queue("billing", week(&[(510, 1110)], &[], &[]))
    }
}

fn tech() -> QueueSpec {
    QueueSpec {
        calls_per_hour: [11.0, 10.0, 9.5, 9.5, 10.0, 6.5, 4.5],
        patience_secs: 420.0,
        talk_secs: 400.0,
        talk_sigma: 0.8,
        wrap_up_secs: 30,
        profile: ROUND_PROFILE,
        transfers: vec![transfer(CARE, 0.02)],
        ..queue("tech", week(&[(0, 1440)], &[(0, 1440)], &[(0, 1440)]))
    }
}

/// What the four queues have in common.
fn queue(name: &str, hours: [Vec<OpenHours>; 7]) -> QueueSpec {
    QueueSpec {
        name: name.to_owned(),
        hours,
        calls_per_hour: [0.0; 7],
        profile: DAY_PROFILE,
        patience_secs: 300.0,
        talk_secs: 300.0,
        talk_sigma: 0.7,
        wrap_up_secs: 0,
        max_wait_secs: 600,
        overflow: None,
        key_exit: 0.0,
        redial: 0.3,
        transfers: Vec::new(),
    }
}

fn week(
    weekdays: &[(u32, u32)],
    saturday: &[(u32, u32)],
    sunday: &[(u32, u32)],
) -> [Vec<OpenHours>; 7] {
    let hours = |day: &[(u32, u32)]| -> Vec<OpenHours> {
        day.iter()
            .map(|&(from, to)| OpenHours { from, to })
            .collect()
    };
    std::array::from_fn(|weekday| match weekday {
        5 => hours(saturday),
        6 => hours(sunday),
        _ => hours(weekdays),
    })
}

fn transfer(to: usize, chance: f64) -> TransferSpec {
    TransferSpec { to, chance }
}

/// Thirty agents: a shift letter per weekday from Monday, a letter per queue, pace.
const ROSTER: [(&str, &str, f64); 30] = [
    ("NNNN---", "t", 1.0),
    ("N---NNN", "t", 1.05),
    ("-NNNN--", "t", 0.95),
    ("---NNNN", "t", 1.1),
    ("EEEEE--", "tc", 0.9),
    ("LLLLL--", "tc", 1.0),
    ("--EEEEE", "tc", 1.1),
    ("L--LLLL", "tc", 1.05),
    ("CCCCC--", "tb", 0.95),
    ("MMMM-EE", "tc", 1.0),
    ("AAAA-LL", "tc", 1.15),
    ("MMMMM--", "tcb", 0.9),
    ("MMMMM--", "cb", 1.0),
    ("AAAAA--", "tcb", 1.05),
    ("CCCCC--", "cb", 0.95),
    ("PPPPPP-", "csb", 1.2),
    ("PPPPPM-", "ct", 1.0),
    ("QQQQQ--", "cs", 1.0),
    ("AAAA-AP", "cs", 0.9),
    ("MMMMMM-", "cs", 1.1),
    ("CCCCC-P", "cst", 1.0),
    ("CCCCC--", "s", 0.85),
    ("PPPPPP-", "sc", 1.0),
    ("QQQQQ--", "sb", 1.05),
    ("MMMM-MM", "ct", 0.95),
    ("AAAAAA-", "cbt", 1.0),
    ("CCCCC--", "bs", 1.0),
    ("QQQQQ--", "cb", 1.1),
    ("PPPPPP-", "cs", 0.95),
    ("AAAAA--", "sb", 1.0),
];

fn agent((number, &(shifts, skills, pace)): (usize, &(&str, &str, f64))) -> AgentSpec {
    let letters: Vec<char> = shifts.chars().collect();
    AgentSpec {
        name: agent_name(number),
        skills: skills.chars().map(skill).collect(),
        shifts: std::array::from_fn(|weekday| shift(letters[weekday], number as u32 % 3 * 35)),
        pace,
        no_answer: 0.02 + 0.01 * (number % 5) as f64,
    }
}

fn skill(letter: char) -> usize {
    match letter {
        's' => SALES,
        'c' => CARE,
        'b' => BILLING,
        _ => TECH,
    }
}

/// The shifts by letter: night, early, late, morning, afternoon, whole day with lunch,
/// part time before and after noon. Pauses are staggered, so that colleagues are not
/// away together.
fn shift(letter: char, stagger: u32) -> Option<ShiftSpec> {
    let hours = |from, to, pauses: &[(&str, u32, u32)]| hours(from, to, stagger, pauses);
    match letter {
        'N' => Some(hours(1320, 1800, &[("Break", 150, 15), ("Meal", 270, 30)])),
        'E' => Some(hours(360, 850, &[("Break", 130, 15), ("Meal", 290, 30)])),
        'L' => Some(hours(835, 1330, &[("Break", 120, 15), ("Meal", 320, 30)])),
        'M' => Some(hours(480, 840, &[("Break", 120, 15), ("Break", 250, 15)])),
        'A' => Some(hours(840, 1215, &[("Break", 110, 15), ("Break", 240, 15)])),
        'C' => Some(hours(
            540,
            1050,
            &[("Break", 105, 15), ("Meal", 230, 45), ("Training", 380, 30)],
        )),
        'P' => Some(hours(540, 785, &[("Break", 125, 15)])),
        'Q' => Some(hours(900, 1150, &[("Break", 120, 15)])),
        _ => None,
    }
}

fn hours(from: u32, to: u32, stagger: u32, pauses: &[(&str, u32, u32)]) -> ShiftSpec {
    let pause = |&(reason, after, minutes): &(&str, u32, u32)| PauseSpec {
        reason: reason.to_owned(),
        after: after + stagger,
        minutes,
    };
    ShiftSpec {
        from,
        to,
        pauses: pauses.iter().map(pause).collect(),
    }
}
