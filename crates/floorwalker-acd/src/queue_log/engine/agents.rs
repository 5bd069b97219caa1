//! All operators: their events of the last seconds, their tracks, their open calls.

use serde::{Deserialize, Serialize};

use super::calls::VisitRef;
use super::hash;
use super::names::Names;
use super::notes::Place;
use super::timeline::{Base, Stretch};
use super::track::{Act, Told, Track};
use crate::finding::FindingKind;

/// An event about an operator that waits until late lines have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AgentEvent {
    pub(crate) at: i64,
    /// The number of the name in the line.
    pub(crate) agent: u32,
    /// The hash of the call by which the operator logged in or out, if it was one.
    pub(crate) call: Option<u64>,
    pub(crate) act: Act,
    /// The hash of the line, which orders the events of one instant.
    pub(crate) line: u64,
    pub(crate) place: Place,
}

/// What comes out, and about whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgentOut {
    Told(u32, Told),
    Stretch(u32, Stretch),
    /// One name turned out to be the operator of another.
    Alias {
        name: u32,
        person: u32,
        place: Place,
    },
}

/// Two events of one login by call lie at most this far apart, in milliseconds.
const ONE_LOGIN_MS: i64 = 1000;

/// All operators.
#[derive(Debug)]
pub(crate) struct Agents {
    pub(crate) pending: Vec<AgentEvent>,
    pub(crate) tracks: Vec<Track>,
    /// Answered calls that are not over, by operator: since when.
    open: Vec<Vec<(VisitRef, i64)>>,
    /// How long the timeline of somebody who is not logged in stays open to a late proof.
    lag: i64,
    out: Vec<AgentOut>,
    told: Vec<Told>,
}

impl Agents {
    pub(crate) fn new(lag: i64) -> Self {
        Self {
            pending: Vec::new(),
            tracks: Vec::new(),
            open: Vec::new(),
            lag,
            out: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Takes the tracks of a saved state.
    pub(crate) fn restore(&mut self, tracks: Vec<Track>) {
        self.tracks = tracks;
        self.open.resize_with(self.tracks.len(), Vec::new);
    }

    /// What came out since the last time.
    pub(crate) fn take_out(&mut self) -> Option<Vec<AgentOut>> {
        (!self.out.is_empty()).then(|| std::mem::take(&mut self.out))
    }

    /// Gives the emptied list back.
    pub(crate) fn give_back(&mut self, mut out: Vec<AgentOut>) {
        out.clear();
        self.out = out;
    }

    fn make_room(&mut self, person: u32) {
        while self.tracks.len() <= person as usize {
            self.tracks.push(Track::new());
        }
        while self.open.len() < self.tracks.len() {
            self.open.push(Vec::new());
        }
    }

    /// An operator was connected to a call.
    pub(crate) fn begin_contact(&mut self, person: u32, visit: VisitRef, from: i64) {
        self.make_room(person);
        self.open[person as usize].push((visit, from));
    }

    /// A call is over: from when to when the operator was busy with it.
    pub(crate) fn end_contact(&mut self, person: u32, visit: VisitRef, from: i64, to: i64) {
        self.make_room(person);
        self.forget_contact(person, visit);
        self.tracks[person as usize].timeline.contact(from, to);
    }

    pub(crate) fn forget_contact(&mut self, person: u32, visit: VisitRef) {
        if let Some(open) = self.open.get_mut(person as usize) {
            open.retain(|&(one, _)| one != visit);
        }
    }

    /// The start of the first answered call of an operator after `from`, that is
    /// known and not over.
    pub(crate) fn next_contact(&self, person: u32, from: i64) -> Option<i64> {
        let open = self.open.get(person as usize)?;
        open.iter()
            .map(|&(_, start)| start)
            .filter(|&start| start > from)
            .min()
    }

    /// The same after a call, once a few calls have come together.
    pub(crate) fn settle_calls(&mut self, person: u32, until: i64) {
        let track = self.tracks.get(person as usize);
        if track.is_some_and(|track| !track.timeline.can_wait()) {
            self.settle(person, until);
        }
    }

    /// Hands over what is settled of an operator's time up to `until`.
    pub(crate) fn settle(&mut self, person: u32, until: i64) {
        let Self {
            tracks,
            open,
            lag,
            out,
            ..
        } = self;
        let Some(track) = tracks.get_mut(person as usize) else {
            return;
        };
        let busy_since = open[person as usize].iter().map(|&(_, from)| from).min();
        let settled = until;
        let mut until = until.min(busy_since.unwrap_or(i64::MAX));
        if track.timeline.is_full() {
            let kind = FindingKind::TooMuchPending;
            let place = Place::default();
            out.push(AgentOut::Told(person, Told::Odd { kind, place }));
            until = settled;
        } else if !track.is_in() && track.timeline.latest() == Base::Out {
            until -= *lag;
        }
        track.timeline.settle(until, |stretch| {
            out.push(AgentOut::Stretch(person, stretch))
        });
    }

    /// Takes all pending events of the instant `at`.
    pub(crate) fn take(&mut self, at: i64, first: i64, names: &mut Names) {
        if self.pending.iter().all(|event| event.at != at) {
            return;
        }
        if self.pending.iter().any(|event| event.call.is_some()) {
            self.find_aliases(at, names);
        }
        let mut events: Vec<AgentEvent> = Vec::new();
        self.pending.retain(|event| {
            let now = event.at == at;
            events.extend(now.then_some(*event));
            !now
        });
        events.sort_by(|a, b| {
            let name = |event: &AgentEvent| names.agent_id(names.person(event.agent));
            name(a).cmp(name(b)).then(a.line.cmp(&b.line))
        });
        let person = |event: &AgentEvent| names.person(event.agent);
        for group in events.chunk_by(|a, b| person(a) == person(b)) {
            let acts: Vec<(Act, Place)> = group.iter().map(|one| (one.act, one.place)).collect();
            self.take_person(person(&group[0]), at, first, &acts);
        }
    }

    fn take_person(&mut self, person: u32, at: i64, first: i64, acts: &[(Act, Place)]) {
        self.make_room(person);
        let track = &mut self.tracks[person as usize];
        track.take(at, first, acts, &mut self.told);
        let told = self.told.drain(..);
        self.out
            .extend(told.map(|told| AgentOut::Told(person, told)));
        self.settle(person, at);
    }

    /// One call that adds a member under one name and logs in under another shows
    /// that both are the same operator.
    fn find_aliases(&mut self, at: i64, names: &mut Names) {
        let near: Vec<AgentEvent> = self
            .pending
            .iter()
            .filter(|event| event.call.is_some() && (at..=at + ONE_LOGIN_MS).contains(&event.at))
            .copied()
            .collect();
        for event in &near {
            let member = matches!(event.act, Act::Add { .. } | Act::Remove { .. });
            let mut others = near
                .iter()
                .filter(|other| other.call == event.call && other.agent != event.agent);
            let Some(other) = others.next() else { continue };
            let is_login = !matches!(other.act, Act::Add { .. } | Act::Remove { .. });
            let is_alone = others.all(|third| third.agent == other.agent);
            let (name, person) = (names.person(event.agent), names.person(other.agent));
            if member && is_login && is_alone && name != person {
                names.unite(name, person);
                self.unite(at, name, person);
                let place = event.place;
                self.out.push(AgentOut::Alias {
                    name,
                    person,
                    place,
                });
            }
        }
    }

    /// What one name had goes to the operator it stands for.
    fn unite(&mut self, at: i64, name: u32, person: u32) {
        self.make_room(name.max(person));
        let mut other = std::mem::replace(&mut self.tracks[name as usize], Track::new());
        self.tracks[person as usize].absorb(at, &mut other, &mut self.told);
        self.tracks[name as usize] = other;
        let told = self.told.drain(..);
        self.out.extend(told.map(|told| AgentOut::Told(name, told)));
        self.tracks[person as usize].refresh(at, &mut self.told);
        let told = self.told.drain(..);
        self.out
            .extend(told.map(|told| AgentOut::Told(person, told)));
        let open = std::mem::take(&mut self.open[name as usize]);
        self.open[person as usize].extend(open);
        self.settle(name, at);
    }

    /// The data is over at `end`.
    pub(crate) fn finish(&mut self, end: i64, names: &Names) {
        let mut people: Vec<u32> = (0..self.tracks.len() as u32).collect();
        people.sort_by_key(|&person| names.agent_id(person));
        for person in people {
            let is_busy = !self.open[person as usize].is_empty();
            let track = &mut self.tracks[person as usize];
            track.finish(&mut self.told);
            let told = self.told.drain(..);
            self.out
                .extend(told.map(|told| AgentOut::Told(person, told)));
            let since = self.open[person as usize].iter().map(|&(_, from)| from);
            let since = since.min().unwrap_or(end);
            let out = &mut self.out;
            let mut each = |stretch| out.push(AgentOut::Stretch(person, stretch));
            track.timeline.settle(since.min(end), &mut each);
            if is_busy {
                track.timeline.contact(since, end);
            }
            track.timeline.finish(end, is_busy, each);
        }
        self.open.clear();
    }
}

/// A hash of the call by which an operator logs in: not of the words that stand for none.
pub(crate) fn login_call(callid: &[u8]) -> Option<u64> {
    match callid {
        b"" | b"NONE" | b"MANAGER" | b"CLI" | b"REALTIME" => None,
        id => Some(hash::stable(id)),
    }
}
