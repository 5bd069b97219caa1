//! Swaps, bids, time off and overtime: judged, then applied.

use chrono::{DateTime, TimeDelta, Utc};
use floorwalker::roster::{
    Bid, Bidding, Checker, Demand, JudgePolicy, Judged, OpenShift, Origin, Proposal, Ranking,
    Refusal, Requirement, Roster, RulePacks, Severity,
};
use floorwalker::team::Staff;
use floorwalker::time::{Every, Grid, Span, Zone};
use serde_json::json;

use super::golden::{roster, staff, window};
use super::plan::{date, shifts};

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn checker(staff: &Staff) -> Checker<'_> {
    let window = window("2026-03-02", "2026-03-16");
    Checker::new(staff, &RulePacks::builtin(), window).unwrap()
}

/// The swap of the first shifts of these operators, agreed to by all.
fn swap(roster: &Roster, names: &[&str]) -> Proposal {
    let of = |name: &&str| roster.of(&name.parse().unwrap())[0].key();
    let keys: Vec<_> = names.iter().map(of).collect();
    let proposal = Proposal::swap(roster, &keys).unwrap();
    names
        .iter()
        .fold(proposal, |made, name| made.agreed_by(name.parse().unwrap()))
}

fn why(judged: &Judged) -> serde_json::Value {
    let why = serde_json::to_value(judged.refusals()).unwrap();
    why.as_array()
        .unwrap()
        .iter()
        .map(|one| one["why"].clone())
        .collect()
}

#[test]
fn a_cycle_of_three_is_judged_and_applied() {
    let staff = staff(&["anna", "ida", "leo"], "it");
    let plan = roster(&[
        ("anna", "2026-03-02 09:00-15:00"),
        ("ida", "2026-03-03 09:00-15:00"),
        ("leo", "2026-03-04 09:00-15:00"),
    ]);
    let cycle = swap(&plan, &["anna", "ida", "leo"]);
    let judged = checker(&staff).judge(&plan, cycle, NOW, JudgePolicy::default());
    assert!(judged.is_accepted(), "{:?}", judged.refusals());
    let after = judged.apply(&plan).unwrap();
    let day = |name: &str| after.of(&name.parse().unwrap())[0].work_day();
    assert_eq!(
        [day("anna"), day("ida"), day("leo")],
        [date("2026-03-04"), date("2026-03-02"), date("2026-03-03")]
    );
    assert_eq!(after.assignments()[0].details().origin, Origin::Swap);
}

#[test]
fn who_has_not_agreed_or_comes_late_is_refused() {
    let staff = staff(&["anna", "leo"], "it");
    let plan = roster(&[
        ("anna", "2026-03-02 09:00-15:00"),
        ("leo", "2026-03-03 09:00-15:00"),
    ]);
    let keys: Vec<_> = plan.assignments().iter().map(|one| one.key()).collect();
    let late = Proposal::swap(&plan, &keys)
        .unwrap()
        .agreed_by("leo".parse().unwrap())
        .expires(NOW);
    let judged = checker(&staff).judge(&plan, late, NOW, JudgePolicy::default());
    assert_eq!(why(&judged), json!(["expired", "not_agreed"]));
    assert!(judged.apply(&plan).unwrap_err().is_policy());
    assert!(Proposal::swap(&plan, &keys[..1]).is_err());
    assert!(Proposal::swap(&plan, &[keys[0].clone(), keys[0].clone()]).is_err());
}

#[test]
fn what_was_judged_on_another_roster_is_not_applied() {
    let staff = staff(&["anna", "leo"], "it");
    let plan = roster(&[
        ("anna", "2026-03-02 09:00-15:00"),
        ("leo", "2026-03-03 09:00-15:00"),
    ]);
    let judged = checker(&staff).judge(
        &plan,
        swap(&plan, &["anna", "leo"]),
        NOW,
        JudgePolicy::default(),
    );
    let changed = roster(&[
        ("anna", "2026-03-02 09:00-15:00"),
        ("leo", "2026-03-03 09:00-15:00"),
        ("leo", "2026-03-04 09:00-15:00"),
    ]);
    assert!(judged.apply(&changed).unwrap_err().is_policy());
    assert!(judged.apply(&plan).is_ok());
}

#[test]
fn locked_shifts_are_not_swapped() {
    let staff = staff(&["anna", "leo"], "it");
    let plan = roster(&[
        ("anna", "2026-03-02 09:00-15:00"),
        ("leo", "2026-03-03 09:00-15:00"),
    ]);
    let locked = plan.assignments().iter().cloned();
    let plan = Roster::new(locked.map(|one| one.with(|known| known.locked = true))).unwrap();
    let judged = checker(&staff).judge(
        &plan,
        swap(&plan, &["anna", "leo"]),
        NOW,
        JudgePolicy::default(),
    );
    assert_eq!(why(&judged), json!(["not_possible"]));
}

#[test]
fn a_breach_that_is_there_already_refuses_nothing() {
    // Leo has ten hours of rest on Thursday night, whatever happens to Monday.
    let staff = staff(&["anna", "leo"], "it");
    let plan = roster(&[
        ("anna", "2026-03-03 09:00-15:00"),
        ("leo", "2026-03-02 09:00-15:00"),
        ("leo", "2026-03-05 16:00-22:00"),
        ("leo", "2026-03-06 08:00-14:00"),
    ]);
    let judged = checker(&staff).judge(
        &plan,
        swap(&plan, &["anna", "leo"]),
        NOW,
        JudgePolicy::default(),
    );
    assert!(judged.is_accepted());
    assert_eq!(judged.difference().kept.len(), 1);
}

/// Monday in hours, with one operator needed all day.
fn one_on_monday() -> Requirement {
    let grid = Grid::new(Zone::get("Europe/Rome").unwrap(), Every::Hour);
    let monday = date("2026-03-02");
    let hours = grid.days(monday, monday).unwrap();
    Requirement::new(hours, vec![Demand::new(None, vec![1; 24])]).unwrap()
}

/// Time off of one operator from 13:00 to the end.
fn home_early(plan: &Roster, name: &str) -> Proposal {
    let shift = &plan.of(&name.parse().unwrap())[0];
    let end = shift.span().end();
    let span = Span::new(end - TimeDelta::hours(2), end).unwrap();
    let made = Proposal::time_off(plan, &shift.key(), span).unwrap();
    made.agreed_by(name.parse().unwrap())
}

#[test]
fn time_off_is_given_while_the_floor_is_covered() {
    let names = ["anna", "ida", "leo"];
    let staff = staff(&names, "it");
    let plan = roster(&names.map(|name| (name, "2026-03-02 09:00-15:00")));
    let requirement = one_on_monday();
    let policy = JudgePolicy {
        keep_cover: Some(&requirement),
        ..JudgePolicy::default()
    };
    let offers = || names.map(|name| home_early(&plan, name));
    let settled = checker(&staff)
        .settle(&plan, offers(), 9, NOW, policy)
        .unwrap();
    assert_eq!(settled.accepted().count(), 2);
    assert_eq!(
        why(&settled.judged[2]),
        json!(["cover_too_low", "cover_too_low"])
    );
    assert_eq!(settled.judged[2].cover_delta_ms(), Some(-2 * 3_600_000));
    let hours: Vec<i64> = settled
        .roster
        .assignments()
        .iter()
        .map(|one| one.work_ms() / 3_600_000)
        .collect();
    assert_eq!(hours, [4, 4, 6]);
    let settled = checker(&staff)
        .settle(&plan, offers(), 1, NOW, policy)
        .unwrap();
    assert_eq!(settled.accepted().count(), 1);
    assert!(settled.judged[1].refusals().contains(&Refusal::Taken));
}

#[test]
fn overtime_without_consent_is_a_warning() {
    let staff = staff(&["anna"], "it");
    let plan = roster(&[(
        "anna",
        "2026-03-02..2026-03-06 09:00-17:30 meal=13:00-13:30",
    )]);
    let rome = Zone::get("Europe/Rome").unwrap();
    let extra = shifts("2026-03-07 09:00-11:00", &"anna".parse().unwrap(), &rome).remove(0);
    let proposal = || Proposal::overtime(extra.clone()).agreed_by("anna".parse().unwrap());
    let judge = |policy| checker(&staff).judge(&plan, proposal(), NOW, policy);
    assert!(judge(JudgePolicy::default()).is_accepted());
    let strict = JudgePolicy {
        refuse_from: Severity::Warning,
        ..JudgePolicy::default()
    };
    let refused = judge(strict);
    assert_eq!(why(&refused), json!(["breaks_rule"]));
    let Refusal::BreaksRule { finding } = &refused.refusals()[0] else {
        panic!("another refusal");
    };
    assert_eq!(finding.rule.as_str(), "it.overtime_consent");
}

fn bid(operator: &str, points: u32, minute: i64) -> Bid {
    Bid {
        operator: operator.parse().unwrap(),
        shift: "sunday".to_owned(),
        points,
        at: NOW + TimeDelta::minutes(minute),
    }
}

#[test]
fn an_open_shift_goes_to_the_first_lawful_bid() {
    let staff: Staff = serde_json::from_value(json!({
        "contracts": [{"id": "c", "rule_pack": "it", "week_minutes": 2400}],
        "operators": [
            {"id": "anna", "zone": "Europe/Rome", "contracts": [{"contract": "c"}],
             "employed": {"from": "2020-01-01"}},
            {"id": "ida", "zone": "Europe/Rome", "contracts": [{"contract": "c"}],
             "employed": {"from": "2010-01-01"}},
            {"id": "leo", "zone": "Europe/Rome", "contracts": [{"contract": "c"}]}],
    }))
    .unwrap();
    // Ida works until 22:00 on the day before.
    let plan = roster(&[("ida", "2026-03-07 16:00-22:00")]);
    let zone = Zone::get("Europe/Rome").unwrap();
    let model = shifts("2026-03-08 08:00-14:00", &"x".parse().unwrap(), &zone).remove(0);
    let open = [OpenShift {
        id: "sunday".to_owned(),
        work_day: model.work_day(),
        pieces: model.pieces().to_vec(),
        details: model.details().clone(),
    }];
    let bids = [bid("leo", 5, 0), bid("anna", 5, 1), bid("ida", 90, 2)];
    let award = |ranking| {
        let policy = JudgePolicy::default();
        let bidding = Bidding {
            open: &open,
            bids: &bids,
            ranking,
        };
        let settled = checker(&staff).award(&plan, bidding, NOW, policy).unwrap();
        let order = settled.judged.iter().map(|one| {
            let waits = one.proposal().waits_for().count();
            assert_eq!(waits, 0);
            one.refusals().len()
        });
        let order: Vec<usize> = order.collect();
        let winner = settled
            .roster
            .assignments()
            .iter()
            .find(|one| one.work_day() == date("2026-03-08"));
        (winner.unwrap().operator().to_string(), order)
    };
    // Ida has the most points, but ten hours of rest.
    assert_eq!(award(Ranking::Points), ("leo".to_owned(), vec![1, 0, 1]));
    assert_eq!(award(Ranking::Seniority).0, "anna");
    assert_eq!(award(Ranking::FirstCome).0, "leo");
    let unknown = Bid {
        shift: "sundey".to_owned(),
        ..bid("leo", 1, 0)
    };
    let policy = JudgePolicy::default();
    let bidding = Bidding {
        open: &open,
        bids: &[unknown],
        ranking: Ranking::Points,
    };
    let error = checker(&staff).award(&plan, bidding, NOW, policy);
    assert!(error.unwrap_err().to_string().contains("did you mean"));
}
