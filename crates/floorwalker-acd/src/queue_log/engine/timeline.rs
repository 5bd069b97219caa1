//! The day of one operator: what they are logged in for, and the calls on top of it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// What an operator is without calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Base {
    /// Not logged in, as far as is known.
    Out,
    Ready,
    /// In a pause with the reason of this number.
    Paused(u32),
}

/// What an operator does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Doing {
    Ready,
    Contact,
    Paused(u32),
}

/// An unbroken stretch of one doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) doing: Doing,
    pub(crate) from: i64,
    pub(crate) to: Option<i64>,
}

/// What is known of an operator's time from `until` on.
///
/// Invariants: `marks` and `contacts` are in order of their start, and no mark lies
/// before `until`. Before `until` everything was handed over and is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Timeline {
    until: i64,
    base: Base,
    marks: VecDeque<(i64, Base)>,
    contacts: VecDeque<(i64, i64)>,
    growing: Option<(Doing, i64)>,
}

/// More than this is not kept for one operator.
const MOST_PENDING: usize = 4096;

impl Timeline {
    pub(crate) fn new() -> Self {
        Self {
            until: i64::MIN,
            base: Base::Out,
            marks: VecDeque::new(),
            contacts: VecDeque::new(),
            growing: None,
        }
    }

    /// Whether the parts are what this type makes, after they came from outside.
    pub(crate) fn is_sound(&self, reasons: usize) -> bool {
        let known = |reason: u32| (reason as usize) < reasons;
        let base_known = |base: Base| match base {
            Base::Paused(reason) => known(reason),
            _ => true,
        };
        let doing_known = match self.growing {
            Some((Doing::Paused(reason), _)) => known(reason),
            _ => true,
        };
        doing_known && base_known(self.base) && self.marks.iter().all(|&(_, base)| base_known(base))
    }

    /// Up to here everything was handed over.
    pub(crate) fn until(&self) -> i64 {
        self.until
    }

    /// What the operator is after all that is known.
    pub(crate) fn latest(&self) -> Base {
        self.marks.back().map_or(self.base, |&(_, base)| base)
    }

    /// Whether more is pending than should be.
    pub(crate) fn is_full(&self) -> bool {
        self.marks.len() + self.contacts.len() > MOST_PENDING
    }

    /// Whether so few calls wait to be settled that more can be waited for: settling
    /// several at once is cheaper.
    pub(crate) fn can_wait(&self) -> bool {
        self.contacts.len() < 4
    }

    /// From `at` on the operator is something else; never before what is settled.
    pub(crate) fn mark(&mut self, at: i64, base: Base) {
        let at = at.max(self.until);
        match self.marks.back_mut() {
            Some(last) if last.0 >= at => last.1 = base,
            _ => self.marks.push_back((at, base)),
        }
    }

    /// The operator was with a contact in `[from, to)`.
    pub(crate) fn contact(&mut self, from: i64, to: i64) {
        let from = from.max(self.until);
        if from >= to {
            return;
        }
        if self.contacts.back().is_none_or(|&(last, _)| last <= from) {
            self.contacts.push_back((from, to));
        } else {
            let place = self.contacts.partition_point(|&(start, _)| start <= from);
            self.contacts.insert(place, (from, to));
        }
    }

    /// Hands over all that happened before `until`.
    pub(crate) fn settle(&mut self, until: i64, mut each: impl FnMut(Stretch)) {
        self.settle_calls(until, &mut each);
        while self.until < until {
            let now = self.until;
            while let Some(&(at, base)) = self.marks.front()
                && at <= now
            {
                self.base = base;
                self.marks.pop_front();
            }
            let (doing, next) = self.doing_at(now);
            self.grow(doing, now, &mut each);
            self.until = next.min(until);
        }
    }

    /// Settles calls that follow each other while nothing else changes, which is what
    /// nearly always happens.
    fn settle_calls(&mut self, until: i64, each: &mut impl FnMut(Stretch)) {
        let mark = self.marks.front().map_or(i64::MAX, |&(at, _)| at);
        // A call that ends with the settled time may be followed by another at once.
        let limit = mark.min(until - 1);
        while let (Base::Ready, Some((Doing::Ready, ready)), Some(&(from, to))) =
            (self.base, self.growing, self.contacts.front())
        {
            let next = self.contacts.get(1).map_or(i64::MAX, |&(from, _)| from);
            if from < self.until || to > limit.min(next.saturating_sub(1)) {
                return;
            }
            self.contacts.pop_front();
            if ready < from {
                each(Stretch {
                    doing: Doing::Ready,
                    from: ready,
                    to: Some(from),
                });
            }
            each(Stretch {
                doing: Doing::Contact,
                from,
                to: Some(to),
            });
            self.growing = Some((Doing::Ready, to));
            self.until = to;
        }
    }

    /// What the operator does at `now`, and when that may change.
    fn doing_at(&mut self, now: i64) -> (Option<Doing>, i64) {
        let mark = self.marks.front().map_or(i64::MAX, |&(at, _)| at);
        let mut busy_until = now;
        let mut next_contact = i64::MAX;
        for &(from, to) in &self.contacts {
            if from > now {
                next_contact = from;
                break;
            }
            busy_until = busy_until.max(to);
        }
        while let Some(&(_, to)) = self.contacts.front()
            && to <= now
        {
            self.contacts.pop_front();
        }
        if busy_until > now {
            return (Some(Doing::Contact), busy_until.min(mark));
        }
        let doing = match self.base {
            Base::Out => None,
            Base::Ready => Some(Doing::Ready),
            Base::Paused(reason) => Some(Doing::Paused(reason)),
        };
        (doing, mark.min(next_contact))
    }

    fn grow(&mut self, doing: Option<Doing>, now: i64, each: &mut impl FnMut(Stretch)) {
        if self.growing.map(|(doing, _)| doing) == doing {
            return;
        }
        if let Some((doing, from)) = self.growing.take()
            && from < now
        {
            let to = Some(now);
            each(Stretch { doing, from, to });
        }
        self.growing = doing.map(|doing| (doing, now));
    }

    /// The data is over at `end`: hands over the rest. What lasts stays without an end.
    pub(crate) fn finish(&mut self, end: i64, is_busy: bool, mut each: impl FnMut(Stretch)) {
        let last = self.contacts.iter().map(|&(_, to)| to).max().unwrap_or(end);
        self.settle(end.max(last), &mut each);
        let now = self.until;
        while let Some((at, base)) = self.marks.pop_front() {
            if at <= now {
                self.base = base;
            }
        }
        let doing = match self.base {
            _ if is_busy => Some(Doing::Contact),
            Base::Out => None,
            Base::Ready => Some(Doing::Ready),
            Base::Paused(reason) => Some(Doing::Paused(reason)),
        };
        self.grow(doing, now, &mut each);
        if let Some((doing, from)) = self.growing.take() {
            let to = None;
            each(Stretch { doing, from, to });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn settled(timeline: &mut Timeline, until: i64) -> Vec<Stretch> {
        let mut out = Vec::new();
        timeline.settle(until, |stretch| out.push(stretch));
        out
    }

    fn stretch(doing: Doing, from: i64, to: i64) -> Stretch {
        Stretch {
            doing,
            from,
            to: Some(to),
        }
    }

    #[test]
    fn calls_lie_on_top_of_the_login() {
        let mut timeline = Timeline::new();
        timeline.mark(0, Base::Ready);
        timeline.contact(20, 60);
        timeline.contact(50, 80);
        timeline.mark(70, Base::Paused(3));
        timeline.mark(90, Base::Ready);
        timeline.mark(100, Base::Out);
        let expected = [
            stretch(Doing::Ready, 0, 20),
            stretch(Doing::Contact, 20, 80),
            stretch(Doing::Paused(3), 80, 90),
            stretch(Doing::Ready, 90, 100),
        ];
        assert_eq!(settled(&mut timeline.clone(), 200), expected);
        let by_steps: Vec<_> = (0..200)
            .flat_map(|until| settled(&mut timeline, until))
            .collect();
        assert_eq!(by_steps, expected);
    }

    /// The states of every instant, put together to stretches.
    fn brute_force(marks: &[(i64, Base)], contacts: &[(i64, i64)], end: i64) -> Vec<Stretch> {
        let doing = |now: i64| {
            let busy = contacts.iter().any(|&(from, to)| (from..to).contains(&now));
            let base = marks.iter().rev().find(|&&(at, _)| at <= now);
            match base.map_or(Base::Out, |&(_, base)| base) {
                _ if busy => Some(Doing::Contact),
                Base::Out => None,
                Base::Ready => Some(Doing::Ready),
                Base::Paused(reason) => Some(Doing::Paused(reason)),
            }
        };
        let mut out: Vec<Stretch> = Vec::new();
        for now in 0..end {
            match (doing(now), out.last_mut()) {
                (Some(doing), Some(last)) if last.doing == doing && last.to == Some(now) => {
                    last.to = Some(now + 1);
                }
                (Some(doing), _) => out.push(stretch(doing, now, now + 1)),
                (None, _) => {}
            }
        }
        out
    }

    proptest! {
        #[test]
        fn stretches_are_those_of_every_instant(
            marks in prop::collection::btree_map(0_i64..100, 0_u32..4, 0..8),
            contacts in prop::collection::vec((0_i64..100, 0_i64..20), 0..12),
            steps in prop::collection::btree_set(0_i64..140, 0..10),
        ) {
            let base = |kind| match kind {
                0 => Base::Out,
                1 | 2 => Base::Ready,
                reason => Base::Paused(reason),
            };
            let marks: Vec<(i64, Base)> = marks.into_iter().map(|(at, kind)| (at, base(kind))).collect();
            let contacts: Vec<(i64, i64)> = contacts.into_iter().map(|(from, long)| (from, from + long)).collect();
            let mut timeline = Timeline::new();
            marks.iter().for_each(|&(at, base)| timeline.mark(at, base));
            contacts.iter().for_each(|&(from, to)| timeline.contact(from, to));
            let mut out = Vec::new();
            for until in steps.into_iter().chain([200, 201]) {
                out.extend(settled(&mut timeline, until));
            }
            timeline.finish(201, false, |stretch| out.push(Stretch { to: Some(201), ..stretch }));
            prop_assert_eq!(out, brute_force(&marks, &contacts, 201));
        }
    }

    #[test]
    fn calls_count_without_a_login() {
        let mut timeline = Timeline::new();
        timeline.contact(20, 60);
        assert_eq!(
            settled(&mut timeline, 100),
            [stretch(Doing::Contact, 20, 60)]
        );
    }

    #[test]
    fn what_lasts_has_no_end() {
        let mut timeline = Timeline::new();
        timeline.mark(0, Base::Ready);
        timeline.mark(30, Base::Paused(1));
        let mut out = Vec::new();
        timeline.finish(50, false, |stretch| out.push(stretch));
        let lasting = Stretch {
            doing: Doing::Paused(1),
            from: 30,
            to: None,
        };
        assert_eq!(out, [stretch(Doing::Ready, 0, 30), lasting]);
    }

    #[test]
    fn the_past_is_not_changed() {
        let mut timeline = Timeline::new();
        timeline.mark(0, Base::Ready);
        settled(&mut timeline, 100);
        timeline.mark(40, Base::Out);
        assert_eq!(settled(&mut timeline, 200), [stretch(Doing::Ready, 0, 100)]);
    }
}
