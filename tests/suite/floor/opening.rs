//! Opening the lines and placing operators, on a small centre that can be checked by hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use floorwalker::floor::{
    CheckKind, FillBy, Line, Opening, OpeningInput, Placement, PlacementInput,
};
use floorwalker::id::{AgentId, PositionId};
use floorwalker::roster::Roster;
use floorwalker::team::{
    Absence, AbsenceCalendar, AbsenceKind, AbsenceStatus, AccessPolicy, Granularity, Staff,
};
use floorwalker::time::Span;
use serde_json::{Value, json};

fn at(time: &str) -> DateTime<Utc> {
    format!("2026-03-02T{time}:00Z").parse().unwrap()
}

fn policy() -> AccessPolicy {
    AccessPolicy::new(
        "opening the lines",
        "agreement of 12 May 2026",
        Granularity::Person,
    )
    .unwrap()
}

/// Operators with their skills and levels, all under one contract, in one group.
fn staff(people: &[(&str, &[(&str, u8)])], positions: Value) -> Staff {
    let operators: Vec<Value> = people
        .iter()
        .map(|(name, skills)| {
            let skill = |(skill, level): &(&str, u8)| json!({"skill": skill, "level": level});
            let skills: Vec<Value> = skills.iter().map(skill).collect();
            json!({"id": name, "zone": "UTC", "contracts": [{"contract": "c"}],
                   "skills": skills, "groups": ["blue"]})
        })
        .collect();
    serde_json::from_value(json!({
        "contracts": [{"id": "c", "rule_pack": "it", "week_minutes": 2400}],
        "operators": operators,
        "groups": [{"id": "blue", "leader": "mara", "deputies": ["leo"]}],
        "positions": positions,
    }))
    .unwrap()
}

/// Shifts as name, activity, from, to; a later one of the same person lies above.
fn roster(shifts: &[(&str, &str, &str, &str)]) -> Roster {
    let mut pieces: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (who, activity, from, to) in shifts {
        let of = pieces.entry(who).or_default();
        let layer = if of.is_empty() {
            "productive"
        } else {
            "auxiliary"
        };
        let span = json!({"start": at(from), "end": at(to)});
        of.push(json!({"activity": activity, "layer": layer, "span": span}));
    }
    let assignments: Vec<Value> = pieces
        .into_iter()
        .map(|(who, pieces)| json!({"operator": who, "work_day": "2026-03-02", "pieces": pieces}))
        .collect();
    serde_json::from_value(json!({
        "activities": [
            {"id": "phone", "kind": "contact"}, {"id": "letters", "kind": "back_office"},
            {"id": "meal", "kind": "meal"},
        ],
        "assignments": assignments,
    }))
    .unwrap()
}

fn line(json: Value) -> Line {
    serde_json::from_value(json).unwrap()
}

struct Centre {
    staff: Staff,
    roster: Roster,
    absences: AbsenceCalendar,
    here: BTreeSet<AgentId>,
    broken: BTreeSet<PositionId>,
}

impl Centre {
    fn opening(&self, lines: &[Line], time: &str) -> Opening {
        let input = OpeningInput {
            staff: &self.staff,
            roster: &self.roster,
            absences: &self.absences,
            here: &self.here,
            out_of_order: &self.broken,
        };
        Opening::check(lines, input, at(time)).unwrap()
    }
}

fn here(names: &[&str]) -> BTreeSet<AgentId> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}

fn centre() -> Centre {
    let people: &[(&str, &[(&str, u8)])] = &[
        ("anna", &[("sales", 4), ("tech", 3)]),
        ("bruno", &[("sales", 3)]),
        ("carla", &[("tech", 1)]),
        ("dario", &[("tech", 4)]),
        ("elena", &[("tech", 4)]),
        ("fabio", &[("tech", 4)]),
        ("gina", &[("tech", 4)]),
        ("ivo", &[("tech", 4)]),
        ("leo", &[("tech", 5)]),
        ("sick", &[("tech", 5)]),
    ];
    let positions = json!([{"id": "A1", "equipment": ["headset"]}, {"id": "A2"}, {"id": "A3"}]);
    let roster = roster(&[
        ("anna", "phone", "08:00", "16:00"),
        ("bruno", "phone", "08:00", "16:00"),
        ("carla", "phone", "08:00", "16:00"),
        ("dario", "phone", "08:00", "16:00"),
        ("elena", "letters", "08:00", "16:00"),
        ("fabio", "phone", "08:00", "16:00"),
        ("fabio", "meal", "09:00", "09:30"),
        ("gina", "phone", "12:00", "20:00"),
        ("sick", "phone", "08:00", "16:00"),
    ]);
    let whole_day = Span::new(at("00:00"), at("23:59")).unwrap();
    let sick = Absence::new(
        "sick".parse().unwrap(),
        AbsenceKind::Sickness,
        whole_day,
        AbsenceStatus::Observed,
    );
    Centre {
        staff: staff(people, positions),
        roster,
        absences: [sick].into_iter().collect(),
        here: here(&["anna", "bruno", "carla", "elena", "fabio", "leo"]),
        broken: BTreeSet::new(),
    }
}

fn sales() -> Line {
    line(json!({"queue": "sales", "skill": "sales", "min_operators": 1, "wanted_operators": 1}))
}

fn tech(min: u32) -> Line {
    line(
        json!({"queue": "tech", "skill": "tech", "level": 3, "min_operators": min,
                "wanted_operators": 4, "led_by": "blue"}),
    )
}

#[test]
fn each_line_says_with_whom_what_is_missing_and_who_could_fill_it() {
    let centre = centre();
    let opening = centre.opening(&[sales(), tech(2)], "09:15");
    assert!(!opening.is_ready());
    let [sales, tech] = opening.lines() else {
        panic!()
    };
    // Bruno sells, so that Anna can take the technical line.
    assert!(sales.may_open());
    assert_eq!(sales.crew(&policy()).unwrap()[0].operator.as_str(), "bruno");
    assert_eq!(sales.short(), 0);
    let crew = tech.crew(&policy()).unwrap();
    assert_eq!(crew.len(), 1);
    assert_eq!(
        (crew[0].operator.as_str(), crew[0].until),
        ("anna", at("16:00"))
    );
    assert_eq!(crew[0].position.as_ref().unwrap().as_str(), "A3");
    assert_eq!(tech.in_charge(&policy()).unwrap().unwrap().as_str(), "leo");
    let missing: Vec<_> = tech
        .missing()
        .map(|item| (item.kind, item.have, item.need))
        .collect();
    assert_eq!(
        missing,
        [(CheckKind::Crew, 1, 2), (CheckKind::Positions, 1, 2)]
    );
    let candidates: Vec<_> = tech
        .candidates(&policy())
        .unwrap()
        .iter()
        .map(|one| (one.operator.as_str(), one.by, one.from))
        .collect();
    let now = Some(at("09:15"));
    let expected = [
        ("leo", FillBy::Unplanned, now),
        ("elena", FillBy::OtherActivity, now),
        ("carla", FillBy::LowerLevel, now),
        ("fabio", FillBy::OnBreak, Some(at("09:30"))),
        ("dario", FillBy::Late, now),
        ("gina", FillBy::StartsLater, Some(at("12:00"))),
        ("ivo", FillBy::OffToday, None),
    ];
    assert_eq!(candidates, expected);
}

#[test]
fn names_need_a_policy_and_counts_do_not() {
    let opening = centre().opening(&[tech(1)], "09:15");
    let line = &opening.lines()[0];
    assert!(line.may_open() && line.crew_count() == 1 && line.candidate_count() > 0);
    for granularity in [Granularity::Team, Granularity::Pseudonym] {
        let policy = AccessPolicy::new("the day", "the law", granularity).unwrap();
        assert!(line.crew(&policy).unwrap_err().is_policy());
        assert!(line.candidates(&policy).unwrap_err().is_policy());
        assert!(line.in_charge(&policy).unwrap_err().is_policy());
    }
}

#[test]
fn without_a_leader_or_outside_its_hours_a_line_stays_closed() {
    let mut centre = centre();
    centre.here.remove(&"leo".parse::<AgentId>().unwrap());
    let opening = centre.opening(&[tech(1)], "09:15");
    let kinds: Vec<_> = opening.lines()[0].missing().map(|item| item.kind).collect();
    assert_eq!(kinds, [CheckKind::Leader]);

    let calendar: floorwalker::time::business::Calendar = {
        use floorwalker::time::business::{Calendar, DayWindow, WeekHours};
        let ten = [DayWindow::new("10:00", "18:00").unwrap()];
        let week = WeekHours::monday_to_friday(&ten).unwrap();
        Calendar::new(floorwalker::time::Zone::utc(), week).unwrap()
    };
    let late = sales()
        .with(|line| line.hours = Some(calendar.into()))
        .unwrap();
    let opening = centre.opening(&[late], "09:15");
    assert!(
        opening.is_ready(),
        "what is closed by its calendar hinders nobody"
    );
    let line = &opening.lines()[0];
    assert!(!line.may_open());
    assert_eq!(line.checks().len(), 1);
    assert_eq!(line.checks()[0].next, Some(at("10:00")));
    assert_eq!((line.crew_count(), line.short()), (0, 0));
}

#[test]
fn who_has_no_position_leaves_the_line_to_somebody_who_has() {
    let mut centre = centre();
    centre.staff = staff(
        &[("anna", &[("tech", 4)]), ("bruno", &[("tech", 4)])],
        json!([{"id": "A1", "equipment": ["headset"]}]),
    );
    let headset = tech(1)
        .with(|line| {
            line.equipment = vec![floorwalker::team::Equipment::Headset];
            line.led_by = None;
        })
        .unwrap();
    let opening = centre.opening(std::slice::from_ref(&headset), "10:00");
    let line = &opening.lines()[0];
    assert!(line.may_open());
    assert_eq!(line.candidates(&policy()).unwrap()[0].by, FillBy::Seat);
    centre.broken = [PositionId::new("A1").unwrap()].into();
    let opening = centre.opening(&[headset], "10:00");
    let kinds: Vec<_> = opening.lines()[0].missing().map(|item| item.kind).collect();
    assert_eq!(kinds, [CheckKind::Positions]);
}

#[test]
fn lines_are_checked() {
    let centre = centre();
    let input = OpeningInput {
        staff: &centre.staff,
        roster: &centre.roster,
        absences: &centre.absences,
        here: &centre.here,
        out_of_order: &centre.broken,
    };
    let check = |lines: &[Line]| Opening::check(lines, input, at("09:00")).unwrap_err();
    assert_eq!(check(&[sales(), sales()]).code(), "options.conflict");
    let led = sales()
        .with(|line| line.led_by = Some("blu".parse().unwrap()))
        .unwrap();
    assert!(check(&[led]).to_string().contains("did you mean"));
    let many: Vec<Line> = (0..65)
        .map(|number| Line::new(format!("q{number}").parse().unwrap(), 1).unwrap())
        .collect();
    assert!(check(&many).is_range());
}

#[test]
fn a_placement_says_who_sits_where_and_does_what() {
    let staff = staff(
        &[
            ("anna", &[("sales", 3), ("tech", 3)]),
            ("bruno", &[("sales", 3)]),
            ("carla", &[("tech", 3)]),
        ],
        json!([{"id": "A1"}, {"id": "A2", "equipment": ["headset"]}]),
    );
    let roster = roster(&[
        ("anna", "phone", "08:00", "14:00"),
        ("bruno", "phone", "08:00", "14:00"),
        ("bruno", "meal", "12:00", "12:30"),
        ("carla", "phone", "14:00", "20:00"),
    ]);
    let absences = AbsenceCalendar::default();
    let kept = [("anna".parse().unwrap(), "A2".parse().unwrap())].into();
    let input = PlacementInput {
        staff: &staff,
        roster: &roster,
        absences: &absences,
        out_of_order: &BTreeSet::new(),
        kept: &kept,
    };
    let tech = tech(1).with(|line| line.wanted_operators = 1).unwrap();
    let span = Span::new(at("08:00"), at("20:00")).unwrap();
    let placement = Placement::plan(&[sales(), tech], input, span).unwrap();
    let placed = placement.placed(&policy()).unwrap();
    let seats: Vec<_> = placed
        .iter()
        .map(|one| {
            (
                one.operator.as_str(),
                one.position.as_ref().map(PositionId::as_str),
            )
        })
        .collect();
    assert_eq!(
        seats,
        [
            ("anna", Some("A2")),
            ("bruno", Some("A1")),
            ("carla", Some("A1"))
        ]
    );
    assert_eq!((placement.headcount(), placement.unseated()), (3, 0));
    // Anna takes the technical line, and sales while Bruno eats.
    let duties = |who: usize| -> Vec<String> {
        let of = placed[who].duties.iter();
        of.map(|duty| {
            let line = duty.line.as_ref().map_or("-", |line| line.as_str());
            format!(
                "{} {} {line}",
                duty.span.start().format("%H:%M"),
                duty.activity
            )
        })
        .collect()
    };
    assert_eq!(
        duties(0),
        ["08:00 phone tech", "12:00 phone sales", "12:30 phone tech"]
    );
    assert_eq!(
        duties(1),
        ["08:00 phone sales", "12:00 meal -", "12:30 phone sales"]
    );
    let gaps: Vec<_> = placement
        .gaps()
        .iter()
        .map(|gap| {
            format!(
                "{} {} {}",
                gap.queue,
                gap.span.start().format("%H:%M"),
                gap.to_open
            )
        })
        .collect();
    assert_eq!(gaps, ["sales 14:00 1", "tech 12:00 1"]);
    let team = AccessPolicy::new("the day", "the law", Granularity::Team).unwrap();
    assert!(placement.placed(&team).unwrap_err().is_policy());
}
