//! Whether one operator is logged in, and in a pause.

use serde::{Deserialize, Serialize};

use super::notes::Place;
use super::timeline::{Base, Timeline};
use crate::finding::FindingKind;

/// What an event does to an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Act {
    Add {
        queue: u32,
        paused: bool,
    },
    Remove {
        queue: u32,
    },
    Login,
    /// With the seconds of the session, if they were logged.
    Logoff {
        secs: Option<u32>,
    },
    /// In one queue or, without, in all.
    Pause {
        queue: Option<u32>,
        reason: u32,
    },
    Unpause {
        queue: Option<u32>,
    },
}

/// What comes out of an operator's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Session {
        from: i64,
        to: Option<i64>,
    },
    Pause {
        from: i64,
        to: Option<i64>,
        reason: u32,
    },
    Odd {
        kind: FindingKind,
        place: Place,
    },
}

/// The memberships, logins and pauses of one operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Track {
    /// Queues the operator is a member of.
    queues: Vec<u32>,
    /// Queues the operator was ever a member of.
    seen: Vec<u32>,
    is_logged_in: bool,
    was_logged_in: bool,
    session: Option<i64>,
    /// When the last session ended.
    out_since: Option<i64>,
    /// The queues in which the operator is paused, `None` for all of them.
    paused: Vec<Option<u32>>,
    pause: Option<(i64, u32)>,
    pub(crate) timeline: Timeline,
}

impl Track {
    pub(crate) fn new() -> Self {
        Self {
            queues: Vec::new(),
            seen: Vec::new(),
            is_logged_in: false,
            was_logged_in: false,
            session: None,
            out_since: None,
            paused: Vec::new(),
            pause: None,
            timeline: Timeline::new(),
        }
    }

    /// Whether the parts are what this type makes, after they came from outside.
    pub(crate) fn is_sound(&self, queues: usize, reasons: usize) -> bool {
        let known = |queue: &u32| (*queue as usize) < queues;
        self.queues.iter().all(known)
            && self.seen.iter().all(known)
            && self.paused.iter().flatten().all(known)
            && self
                .pause
                .is_none_or(|(_, reason)| (reason as usize) < reasons)
            && self.timeline.is_sound(reasons)
    }

    /// Whether it is known that the operator is there.
    pub(crate) fn is_in(&self) -> bool {
        self.session.is_some()
    }

    /// Takes the events of one instant, in an order that makes sense of them: what
    /// ends a state before what begins it, if the state lasted before.
    pub(crate) fn take(
        &mut self,
        at: i64,
        first: i64,
        acts: &[(Act, Place)],
        told: &mut Vec<Told>,
    ) {
        self.take_memberships(at, first, acts, told);
        self.take_pauses(at, acts, told);
        self.mark(at);
    }

    fn take_memberships(
        &mut self,
        at: i64,
        first: i64,
        acts: &[(Act, Place)],
        told: &mut Vec<Told>,
    ) {
        let mut keys: Vec<Option<u32>> = acts
            .iter()
            .filter_map(|(act, _)| membership(*act))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let of_key = acts.iter().filter(|(act, _)| membership(*act) == Some(key));
            let (added, removed): (Vec<_>, Vec<_>) = of_key.partition(|(act, _)| begins(*act));
            let was = self.has(key);
            let unknown = key.is_some_and(|queue| !self.seen.contains(&queue));
            // As many begins as ends: it lasts if it lasted before, or may have.
            let even = added.len() == removed.len();
            let is = added.len() > removed.len() || (even && (was || unknown));
            // Persistent members come back after each restart; only logins are odd.
            if let (None, true, [(_, place)], []) = (key, was, &*added, &*removed) {
                let (kind, place) = (FindingKind::RepeatedLogin, *place);
                told.push(Told::Odd { kind, place });
            }
            self.see(key);
            if was != is {
                self.set(key, is);
            }
        }
        self.retro_login(at, first, acts, told);
        self.update_session(at, told);
    }

    fn see(&mut self, key: Option<u32>) {
        if let Some(queue) = key
            && !self.seen.contains(&queue)
        {
            self.seen.push(queue);
        }
    }

    /// The end of a session whose start is missing proves the session.
    fn retro_login(&mut self, at: i64, first: i64, acts: &[(Act, Place)], told: &mut Vec<Told>) {
        if self.is_in() {
            return;
        }
        let begins_here = acts.iter().any(|(act, _)| begins(*act));
        let Some(&(_, place)) = acts
            .iter()
            .find(|(act, _)| matches!(act, Act::Remove { .. } | Act::Logoff { .. }))
        else {
            return;
        };
        let logged = acts.iter().filter_map(|(act, _)| match act {
            Act::Logoff { secs } => *secs,
            _ => None,
        });
        let earliest = self.out_since.unwrap_or(first).max(self.timeline.until());
        let wanted = match logged.max() {
            Some(secs) => at - i64::from(secs) * 1000,
            None if begins_here => return,
            None => first,
        };
        let from = wanted.max(earliest);
        if from >= at {
            return;
        }
        let kind = FindingKind::AssumedLogin;
        told.push(Told::Odd { kind, place });
        self.session = Some(from);
        self.was_logged_in = true;
        self.timeline.mark(from, Base::Ready);
    }

    fn has(&self, key: Option<u32>) -> bool {
        match key {
            Some(queue) => self.queues.contains(&queue),
            None => self.is_logged_in,
        }
    }

    fn set(&mut self, key: Option<u32>, is: bool) {
        match (key, is) {
            (None, is) => self.is_logged_in = is,
            (Some(queue), true) => self.queues.push(queue),
            (Some(queue), false) => {
                self.queues.retain(|&one| one != queue);
                self.paused.retain(|&one| one != Some(queue));
            }
        }
    }

    fn update_session(&mut self, at: i64, told: &mut Vec<Told>) {
        let is_in = self.is_logged_in || !self.queues.is_empty();
        match (self.session, is_in) {
            (None, true) => {
                // A pause before the login was that of a member who never logs in.
                self.end_pause(at, told);
                self.paused.clear();
                self.session = Some(at);
                self.was_logged_in = true;
            }
            (Some(from), false) => {
                self.end_pause(at, told);
                self.paused.clear();
                self.session = None;
                self.out_since = Some(at);
                let to = Some(at.max(from));
                told.push(Told::Session { from, to });
            }
            _ => {}
        }
    }

    fn take_pauses(&mut self, at: i64, acts: &[(Act, Place)], told: &mut Vec<Told>) {
        let was_paused = !self.paused.is_empty();
        if was_paused {
            self.end_pauses(acts, told, true);
        }
        let ended = was_paused && self.paused.is_empty();
        let reason = self.begin_pauses(acts, told);
        if !was_paused {
            let begun = !self.paused.is_empty();
            self.end_pauses(acts, told, begun);
        }
        match (self.pause, !self.paused.is_empty()) {
            (None, true) => self.pause = Some((at, reason.unwrap_or(0))),
            (Some((from, old)), true) => {
                // A second pause with another reason is a change of reason.
                if let Some(new) = reason
                    && new != old
                    && (new != 0 || ended)
                {
                    told.push(pause(from, at, old));
                    self.pause = Some((at, new));
                }
            }
            (Some(_), false) => self.end_pause(at, told),
            (None, false) => {}
        }
    }

    /// Pauses that begin; tells the reason of them all, the first if they differ.
    fn begin_pauses(&mut self, acts: &[(Act, Place)], told: &mut Vec<Told>) -> Option<u32> {
        let mut found: Option<u32> = None;
        for &(act, place) in acts {
            let (queue, reason) = match act {
                Act::Pause { queue, reason } => (queue, reason),
                Act::Add {
                    queue,
                    paused: true,
                } => (Some(queue), 0),
                _ => continue,
            };
            if self.was_logged_in && !self.is_in() {
                let kind = FindingKind::PauseOutsideLogin;
                told.push(Told::Odd { kind, place });
                continue;
            }
            if !self.paused.contains(&queue) {
                self.paused.push(queue);
            }
            found = match found {
                Some(0) | None => Some(reason),
                known => known,
            };
        }
        found
    }

    fn end_pauses(&mut self, acts: &[(Act, Place)], told: &mut Vec<Told>, was_paused: bool) {
        for &(act, place) in acts {
            let Act::Unpause { queue } = act else {
                continue;
            };
            if !was_paused {
                let kind = FindingKind::UnpauseWithoutPause;
                told.push(Told::Odd { kind, place });
            }
            match queue {
                None => self.paused.clear(),
                Some(queue) => {
                    self.paused.retain(|&one| one != Some(queue));
                    // "All queues" is only a mark beside the queues themselves.
                    if self.paused == [None] {
                        self.paused.clear();
                    }
                }
            }
        }
    }

    fn end_pause(&mut self, at: i64, told: &mut Vec<Told>) {
        if let Some((from, reason)) = self.pause.take() {
            told.push(pause(from, at, reason));
        }
    }

    fn mark(&mut self, at: i64) {
        let base = match (self.pause, self.session) {
            (Some((_, reason)), _) => Base::Paused(reason),
            (None, Some(_)) => Base::Ready,
            (None, None) => Base::Out,
        };
        if self.timeline.latest() != base {
            self.timeline.mark(at, base);
        }
    }

    /// Takes over what another name of the same operator had.
    pub(crate) fn absorb(&mut self, at: i64, other: &mut Self, told: &mut Vec<Told>) {
        for queue in std::mem::take(&mut other.queues) {
            if !self.queues.contains(&queue) {
                self.set(Some(queue), true);
            }
        }
        for queue in std::mem::take(&mut other.paused) {
            if !self.paused.contains(&queue) {
                self.paused.push(queue);
            }
        }
        self.is_logged_in |= std::mem::take(&mut other.is_logged_in);
        other.refresh(at, told);
    }

    /// Draws the conclusions from the memberships at `at`.
    pub(crate) fn refresh(&mut self, at: i64, told: &mut Vec<Told>) {
        self.update_session(at, told);
        self.mark(at);
    }

    /// The data is over: what lasts has no end.
    pub(crate) fn finish(&mut self, told: &mut Vec<Told>) {
        if let Some((from, reason)) = self.pause.take() {
            told.push(Told::Pause {
                from,
                to: None,
                reason,
            });
        }
        if let Some(from) = self.session.take() {
            told.push(Told::Session { from, to: None });
        }
    }
}

fn pause(from: i64, to: i64, reason: u32) -> Told {
    Told::Pause {
        from,
        to: Some(to.max(from)),
        reason,
    }
}

/// What the act is about: a queue, or the operator's own login.
fn membership(act: Act) -> Option<Option<u32>> {
    match act {
        Act::Add { queue, .. } | Act::Remove { queue } => Some(Some(queue)),
        Act::Login | Act::Logoff { .. } => Some(None),
        Act::Pause { .. } | Act::Unpause { .. } => None,
    }
}

fn begins(act: Act) -> bool {
    matches!(act, Act::Add { .. } | Act::Login)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LUNCH: u32 = 1;
    const COFFEE: u32 = 2;

    fn told(steps: &[(i64, &[Act])]) -> Vec<Told> {
        let mut track = Track::new();
        let mut told = Vec::new();
        for &(at, acts) in steps {
            let acts: Vec<_> = acts.iter().map(|&act| (act, Place::default())).collect();
            track.take(at, 0, &acts, &mut told);
        }
        track.finish(&mut told);
        told
    }

    fn add(queue: u32) -> Act {
        let paused = false;
        Act::Add { queue, paused }
    }

    fn remove(queue: u32) -> Act {
        Act::Remove { queue }
    }

    fn pause_in(queue: Option<u32>, reason: u32) -> Act {
        Act::Pause { queue, reason }
    }

    fn unpause(queue: Option<u32>) -> Act {
        Act::Unpause { queue }
    }

    fn session(from: i64, to: i64) -> Told {
        let to = Some(to);
        Told::Session { from, to }
    }

    fn odd(kind: FindingKind) -> Told {
        let place = Place::default();
        Told::Odd { kind, place }
    }

    #[test]
    fn a_session_is_the_union_of_the_queues() {
        let out = told(&[
            (0, &[add(0)]),
            (10, &[add(1)]),
            (20, &[remove(0)]),
            (25, &[add(1)]),
            (30, &[remove(1)]),
        ]);
        assert_eq!(out, [session(0, 30)]);
    }

    #[test]
    fn all_queues_and_each_queue_are_one_pause() {
        let out = told(&[
            (0, &[add(0), add(1)]),
            (
                10,
                &[
                    pause_in(None, 0),
                    pause_in(Some(0), LUNCH),
                    pause_in(Some(1), LUNCH),
                ],
            ),
            (40, &[unpause(None), unpause(Some(0)), unpause(Some(1))]),
            (50, &[remove(0), remove(1)]),
        ]);
        assert_eq!(out, [pause(10, 40, LUNCH), session(0, 50)]);
    }

    #[test]
    fn a_second_pause_changes_the_reason() {
        let changes: [&[Act]; 2] = [
            &[pause_in(Some(0), COFFEE)],
            &[unpause(Some(0)), pause_in(Some(0), COFFEE)],
        ];
        for change in changes {
            let out = told(&[
                (0, &[add(0)]),
                (10, &[pause_in(Some(0), LUNCH)]),
                (20, change),
                (30, &[remove(0)]),
            ]);
            let expected = [pause(10, 20, LUNCH), pause(20, 30, COFFEE), session(0, 30)];
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn a_logoff_without_login_proves_the_session() {
        let off = Act::Logoff { secs: Some(60) };
        let out = told(&[(100_000, &[off])]);
        assert_eq!(
            out,
            [odd(FindingKind::AssumedLogin), session(40_000, 100_000)]
        );
        let out = told(&[(100_000, &[remove(0)])]);
        assert_eq!(out, [odd(FindingKind::AssumedLogin), session(0, 100_000)]);
    }

    #[test]
    fn logins_may_repeat() {
        let off = Act::Logoff { secs: Some(5) };
        let out = told(&[(0, &[Act::Login]), (10, &[Act::Login]), (20, &[off])]);
        assert_eq!(out, [odd(FindingKind::RepeatedLogin), session(0, 20)]);
    }

    #[test]
    fn pauses_count_inside_the_login_only() {
        let out = told(&[
            (0, &[add(0)]),
            (10, &[remove(0)]),
            (20, &[pause_in(Some(0), LUNCH)]),
            (30, &[unpause(Some(0))]),
        ]);
        let expected = [
            session(0, 10),
            odd(FindingKind::PauseOutsideLogin),
            odd(FindingKind::UnpauseWithoutPause),
        ];
        assert_eq!(out, expected);
        let static_member = told(&[(20, &[pause_in(Some(0), LUNCH)]), (30, &[unpause(Some(0))])]);
        assert_eq!(static_member, [pause(20, 30, LUNCH)]);
    }

    #[test]
    fn events_of_one_second_come_in_any_order() {
        let orders: [&[Act]; 2] = [&[remove(0), add(0)], &[add(0), remove(0)]];
        for acts in orders {
            let out = told(&[(0, &[add(0)]), (10, acts), (20, &[remove(0)])]);
            assert_eq!(out, [session(0, 20)]);
            let out = told(&[(0, &[add(0)]), (5, &[remove(0)]), (10, acts)]);
            // A session of no length is none.
            assert_eq!(out, [session(0, 5)]);
        }
    }
}
