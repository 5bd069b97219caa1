//! Laws that hold for any punches, whoever made them.

use std::collections::BTreeMap;

use floorwalker::attendance::{
    Duplicates, PairedPunches, Pairing, Punch, PunchRules, RepairRule, SecondIn, pair,
};

use super::super::Case;

/// Checks every law under every kind of session rule.
pub(super) fn check(name: &str, punches: &[Punch]) -> Vec<Case> {
    rules()
        .into_iter()
        .flat_map(|rules| {
            let paired = pair(punches, &[], &rules);
            let case = |law: &str, result| {
                let rule = format!(
                    "{}, {}, {}",
                    rules.pairing, rules.duplicates, rules.second_in
                );
                (format!("{name} {law} ({rule})"), result)
            };
            let mut cases = vec![
                case(
                    "sessions are in order and short enough",
                    in_order(&paired, &rules),
                ),
                case("every punch is accounted for", accounted(&paired, punches)),
                case(
                    "order of input changes nothing",
                    any_order(&paired, punches, &rules),
                ),
            ];
            if rules.pairing == Pairing::Alternating {
                cases.push(case(
                    "a second way of counting agrees",
                    counted_again(&paired, punches, &rules),
                ));
            }
            cases
        })
        .collect()
}

fn rules() -> Vec<PunchRules> {
    let mut rules = Vec::new();
    for &duplicates in Duplicates::ALL {
        for &second_in in SecondIn::ALL {
            rules.push(PunchRules {
                duplicates,
                second_in,
                ..PunchRules::default()
            });
        }
        rules.push(PunchRules {
            pairing: Pairing::Alternating,
            duplicates,
            ..PunchRules::default()
        });
    }
    rules
}

fn in_order(paired: &PairedPunches, rules: &PunchRules) -> Result<(), String> {
    let longest = u64::from(rules.max_shift_minutes) * 60_000;
    for day in paired.days() {
        let mut last = i64::MIN;
        for session in day.sessions() {
            let edges = [session.from(), session.to()].into_iter().flatten();
            for edge in edges {
                let at = edge.at.timestamp_millis();
                if at < last {
                    return Err(format!("{} at {} is out of order", day.agent(), edge.at));
                }
                last = at;
            }
            let too_long = session
                .span()
                .filter(|span| span.millis().unsigned_abs() > longest);
            if let Some(span) = too_long {
                return Err(format!("{} from {span} is too long", day.agent()));
            }
            let breaks: i64 = session.breaks().iter().map(|one| one.millis()).sum();
            if session.span().is_some_and(|span| breaks > span.millis()) {
                return Err(format!("{} rests longer than they are there", day.agent()));
            }
        }
    }
    Ok(())
}

/// Each punch is an edge of a session or of a break, or was dropped with a record.
fn accounted(paired: &PairedPunches, punches: &[Punch]) -> Result<(), String> {
    let mut used = 0;
    for session in paired.days().iter().flat_map(|day| day.sessions()) {
        used += usize::from(session.from().is_some()) + usize::from(session.to().is_some());
        used += 2 * session.breaks().len() + usize::from(session.open_break().is_some());
    }
    let repairs = paired.repairs().iter();
    let dropped = repairs
        .filter(|one| one.before.is_some() && one.after.is_none())
        .count();
    if used + dropped == punches.len() {
        Ok(())
    } else {
        Err(format!(
            "{} punches, but {used} used and {dropped} dropped",
            punches.len()
        ))
    }
}

fn any_order(paired: &PairedPunches, punches: &[Punch], rules: &PunchRules) -> Result<(), String> {
    // Punches of one person in the same second keep their order, so that turning people around is
    // all that may be done.
    let mut by_agent: BTreeMap<String, Vec<Punch>> = BTreeMap::new();
    for punch in punches {
        by_agent
            .entry(punch.agent().to_string())
            .or_default()
            .push(punch.clone());
    }
    let turned: Vec<Punch> = by_agent.into_values().rev().flatten().collect();
    if pair(&turned, &[], rules) == *paired {
        Ok(())
    } else {
        Err("another order gives another answer".to_owned())
    }
}

/// Alternating pairs counted in another way: by the punches that count, two by two.
fn counted_again(
    paired: &PairedPunches,
    punches: &[Punch],
    rules: &PunchRules,
) -> Result<(), String> {
    let mut by_agent: BTreeMap<&str, Vec<(i64, usize)>> = BTreeMap::new();
    for (place, punch) in punches.iter().enumerate() {
        let at = punch.at().timestamp_millis();
        by_agent
            .entry(punch.agent().as_str())
            .or_default()
            .push((at, place));
    }
    let dropped = paired
        .repairs()
        .iter()
        .filter(|one| one.rule == RepairRule::DuplicateDropped);
    let (mut total, mut duplicates) = (0_u64, 0);
    for each in by_agent.values_mut() {
        each.sort_unstable();
        let mut kept: Vec<(i64, usize)> = Vec::new();
        for &(at, place) in each.iter() {
            let near = i64::from(rules.duplicate_within_secs) * 1000;
            let same = |last: usize| {
                rules.duplicates == Duplicates::AnyKind
                    || punches[last].kind() == punches[place].kind()
            };
            match kept.last() {
                Some(&(last, other)) if at - last <= near && same(other) => duplicates += 1,
                _ => kept.push((at, place)),
            }
        }
        let mut come: Option<i64> = None;
        for (at, _) in kept {
            come = match come {
                Some(from) if at - from <= i64::from(rules.max_shift_minutes) * 60_000 => {
                    total += at.abs_diff(from);
                    None
                }
                _ => Some(at),
            };
        }
    }
    let sessions = paired.days().iter().flat_map(|day| day.sessions());
    let worked: u64 = sessions.map(|one| one.worked_ms()).sum();
    let found = (worked, dropped.count());
    if found == (total, duplicates) {
        Ok(())
    } else {
        Err(format!("expected {:?}, got {found:?}", (total, duplicates)))
    }
}
