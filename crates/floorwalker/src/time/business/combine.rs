//! From business hours to pieces: versions one after the other, hours in common or in
//! union.

use std::collections::BTreeMap;

use super::compile;
use super::hours::{Form, Hours};
use super::pattern::{Pattern, WEEK};
use super::pieces::{Draft, Rule};
use crate::time::ranges::Range;

/// The rules of `hours` over a range of instants.
pub(super) fn draft(hours: &Hours, range: Range) -> Draft {
    match hours.form() {
        Form::Calendar(calendar) => compile::draft(calendar, range),
        Form::Versions { first, changes } => {
            let later = changes.iter().map(|change| (change.from_ms, &change.hours));
            versions((i64::MIN, &**first), later, range)
        }
        Form::AllOf(parts) => fold(parts, range, Both::All),
        Form::AnyOf(parts) => fold(parts, range, Both::Any),
    }
}

/// How two hours are put together.
#[derive(Clone, Copy)]
enum Both {
    All,
    Any,
}

fn versions<'a>(
    first: (i64, &'a Hours),
    later: impl Iterator<Item = (i64, &'a Hours)> + Clone,
    range: Range,
) -> Draft {
    let mut whole = Draft::new(range);
    let ends = later.clone().map(|(from, _)| from).chain([i64::MAX]);
    for ((from, hours), until) in std::iter::once(first).chain(later).zip(ends) {
        let part = (from.max(range.0), until.min(range.1));
        if part.0 < part.1 {
            let part = draft(hours, part);
            let mut places = vec![Rule::CLOSED.pattern, Rule::OPEN.pattern];
            places.extend(
                part.patterns
                    .into_iter()
                    .skip(2)
                    .map(|week| whole.place_of(week)),
            );
            for (start, rule) in part.rules {
                let pattern = places[rule.pattern as usize];
                whole.push(start, Rule { pattern, ..rule });
            }
        }
    }
    whole
}

fn fold(parts: &[Hours], range: Range, how: Both) -> Draft {
    let mut drafts = parts.iter().map(|part| draft(part, range));
    let first = drafts.next().unwrap_or_else(|| Draft::new(range));
    drafts.fold(first, |left, right| pair(&left, &right, how))
}

/// Walks along both and puts the rules together wherever one changes.
fn pair(left: &Draft, right: &Draft, how: Both) -> Draft {
    let mut whole = Draft::new(left.range);
    let mut known = BTreeMap::new();
    let (mut l, mut r) = (0, 0);
    let start =
        |draft: &Draft, place: usize| draft.rules.get(place).map_or(i64::MAX, |rule| rule.0);
    let mut at = left.range.0;
    while at < left.range.1 {
        let rules = (left.rules[l].1, right.rules[r].1);
        let rule = *known.entry(key(rules)).or_insert_with(|| {
            let weeks = (
                &left.patterns[rules.0.pattern as usize],
                &right.patterns[rules.1.pattern as usize],
            );
            let week = joined((weeks.0, rules.0.ahead), (weeks.1, rules.1.ahead), how);
            Rule {
                pattern: whole.place_of(week),
                ahead: 0,
            }
        });
        whole.push(at, rule);
        at = start(left, l + 1).min(start(right, r + 1));
        l += usize::from(start(left, l + 1) == at);
        r += usize::from(start(right, r + 1) == at);
    }
    whole
}

/// Two rules that differ by whole weeks of the clock are the same.
fn key((left, right): (Rule, Rule)) -> [(u32, i64); 2] {
    [left, right].map(|rule| (rule.pattern, rule.ahead.rem_euclid(WEEK)))
}

fn joined(left: (&Pattern, i64), right: (&Pattern, i64), how: Both) -> Pattern {
    match how {
        Both::All => Pattern::both(left, right),
        Both::Any => Pattern::either(left, right),
    }
}
