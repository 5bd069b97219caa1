//! The offsets of a zone over a span, as a table.
//!
//! Compiling a calendar asks for hundreds of local times. The table answers without
//! going through the rules of the zone each time.

use crate::time::Zone;
use crate::time::ranges::Range;

/// More than the largest clock change there ever was, a day.
const MARGIN: i64 = 4 * 86_400_000;

/// The offsets in force from a few days before a span to a few days after it.
///
/// Invariant: at least one entry; the instants increase; neighbours differ in offset.
/// All numbers are milliseconds.
pub(super) struct Offsets(Vec<Entry>);

#[derive(Clone, Copy)]
struct Entry {
    from: i64,
    offset: i64,
}

/// A change of the clock.
pub(super) struct ClockChange {
    pub(super) at: i64,
    /// How much the clock was put forward; negative if it was put back.
    pub(super) by: i64,
}

impl Offsets {
    pub(super) fn of(zone: &Zone, (from, until): Range) -> Self {
        let (from, until) = (from - MARGIN, until + MARGIN);
        let offset = |at: i64| i64::from(zone.rules().offset(at.div_euclid(1000))) * 1000;
        let mut entries = vec![Entry {
            from,
            offset: offset(from),
        }];
        let seconds = from.div_euclid(1000)..until.div_euclid(1000);
        for change in zone.rules().changes(seconds.start, seconds.end) {
            let entry = Entry {
                from: change * 1000,
                offset: offset(change * 1000),
            };
            if entries
                .last()
                .is_some_and(|last| last.offset != entry.offset)
            {
                entries.push(entry);
            }
        }
        Self(entries)
    }

    /// The instant of a local time by the "compatible" rule: in a skipped hour as much
    /// later as the clock was put forward, in a repeated hour the first time.
    pub(super) fn resolve(&self, local: i64) -> i64 {
        let entries = &self.0[self.near(local - MARGIN / 2)..];
        let mut before = entries[0].offset;
        for (place, entry) in entries.iter().enumerate() {
            let at = local - entry.offset;
            let end = entries.get(place + 1).map_or(i64::MAX, |next| next.from);
            if at < entry.from {
                return local - before;
            }
            if at < end {
                return at;
            }
            before = entry.offset;
        }
        local - before
    }

    /// The clock changes in `[from, until)`.
    pub(super) fn changes(&self, (from, until): Range) -> impl Iterator<Item = ClockChange> {
        self.0.windows(2).filter_map(move |pair| {
            let (at, by) = (pair[1].from, pair[1].offset - pair[0].offset);
            (from..until)
                .contains(&at)
                .then_some(ClockChange { at, by })
        })
    }

    /// The stretches of one offset that share time with `[from, until)`, cut at its
    /// ends: `(range of instants, offset)`.
    pub(super) fn stretches(&self, (from, until): Range) -> impl Iterator<Item = (Range, i64)> {
        let first = self.near(from);
        let ends = self.0[first..]
            .iter()
            .skip(1)
            .map(|next| next.from)
            .chain([i64::MAX]);
        self.0[first..]
            .iter()
            .zip(ends)
            .take_while(move |(entry, _)| entry.from < until)
            .map(move |(entry, end)| ((entry.from.max(from), end.min(until)), entry.offset))
            .filter(|((from, until), _)| from < until)
    }

    /// The offset of a range of instants, if it is the same throughout.
    pub(super) fn only(&self, (from, until): Range) -> Option<i64> {
        let place = self.near(from);
        let next = self.0.get(place + 1);
        let same = next.is_none_or(|next| next.from >= until);
        same.then_some(self.0[place].offset)
    }

    /// The smallest range that holds all instants at which the clock may read a time
    /// in the local range `[from, until)`.
    pub(super) fn around(&self, (from, until): Range) -> Range {
        let near = (from - MARGIN / 2, until + MARGIN / 2);
        if let Some(offset) = self.only(near) {
            return (from - offset, until - offset);
        }
        let offsets = self.stretches(near).map(|(_, offset)| offset);
        let (least, most) = offsets.fold((i64::MAX, i64::MIN), |(least, most), offset| {
            (least.min(offset), most.max(offset))
        });
        (from - most, until - least)
    }

    /// The place of the entry in force at an instant, or of the first.
    fn near(&self, at: i64) -> usize {
        self.0
            .partition_point(|entry| entry.from <= at)
            .saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::time::LocalTimePolicy;
    use crate::time::local::{Double, Missing};

    const COMPATIBLE: LocalTimePolicy = LocalTimePolicy {
        missing: Missing::ShiftForward,
        double: Double::Earlier,
    };

    #[test]
    fn the_table_resolves_as_the_zone_does() {
        for name in Zone::names() {
            let zone = Zone::get(name).unwrap();
            let span = (-3_000_000_000_000, 2_200_000_000_000);
            let offsets = Offsets::of(&zone, span);
            for change in offsets.changes(span) {
                let before = i64::from(zone.offset_secs_at_ms(change.at - 1)) * 1000;
                for shift in [
                    -7_200_000, -1_800_000, -1, 0, 1, 1_799_999, 1_800_000, 3_600_000,
                ] {
                    for local in [
                        change.at + before + shift,
                        change.at + before + change.by + shift,
                    ] {
                        let text = DateTime::from_timestamp_millis(local).unwrap().naive_utc();
                        let expected = zone.resolve(text, COMPATIBLE).unwrap().timestamp_millis();
                        assert_eq!(offsets.resolve(local), expected, "{name} {text}");
                    }
                }
            }
        }
    }

    #[test]
    fn stretches_cover_the_span_without_gap() {
        let rome = Zone::get("Europe/Rome").unwrap();
        let span = (1_767_225_600_000, 1_798_761_600_000);
        let offsets = Offsets::of(&rome, span);
        let stretches: Vec<(Range, i64)> = offsets.stretches(span).collect();
        let hours: Vec<i64> = stretches
            .iter()
            .map(|(_, offset)| offset / 3_600_000)
            .collect();
        assert_eq!(hours, [1, 2, 1]);
        assert_eq!((stretches[0].0.0, stretches[2].0.1), span);
        assert!(stretches.windows(2).all(|pair| pair[0].0.1 == pair[1].0.0));
    }
}
