//! The machine out -> in -> break -> in -> out.

use std::collections::BTreeMap;

use super::clean::clean;
use super::correction::{Correction, correct};
use super::record::{Punch, PunchKind};
use super::repair::{PunchMark, Repair, RepairRule};
use super::rules::{Pairing, PunchRules, SecondIn, minutes_ms};
use super::session::{Edge, Origin, PunchDay, Session};
use crate::attendance::spans::between;
use crate::id::AgentId;
use crate::time::instant;

/// What punches come to: work days of sessions, and every repair on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PairedPunches {
    days: Vec<PunchDay>,
    repairs: Vec<Repair>,
}

impl PairedPunches {
    /// The work days, by operator and time.
    #[must_use]
    pub fn days(&self) -> &[PunchDay] {
        &self.days
    }

    /// What was repaired, by operator; of each operator in the order it was done.
    #[must_use]
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    pub(in crate::attendance) fn into_parts(self) -> (Vec<PunchDay>, Vec<Repair>) {
        (self.days, self.repairs)
    }
}

/// Pairs punches of any operators, in any order, by a session rule.
///
/// First the corrections by people are applied, then duplicates are dropped,
/// then each operator's punches are read one after the other. Sessions may lack
/// an end or a start: whether the telephone system or the plan can tell is
/// decided later, where the shift is known.
///
/// The cost is that of sorting.
#[must_use]
pub fn pair(punches: &[Punch], corrections: &[Correction], rules: &PunchRules) -> PairedPunches {
    let mut by_agent: BTreeMap<&AgentId, Recorded<'_>> = BTreeMap::new();
    for punch in punches {
        let recorded = by_agent.entry(punch.agent()).or_default();
        recorded.punches.push((punch.at_ms(), punch.kind()));
    }
    for correction in corrections {
        let recorded = by_agent.entry(&correction.agent).or_default();
        recorded.corrections.push(correction);
    }
    let mut paired = PairedPunches::default();
    for (agent, recorded) in by_agent {
        let Recorded {
            mut punches,
            corrections,
        } = recorded;
        paired.repairs.extend(correct(&mut punches, &corrections));
        let kept = clean(agent, punches, rules, &mut paired.repairs);
        let mut machine = Machine::new(agent, rules);
        kept.into_iter()
            .for_each(|(at, kind)| machine.read(at, kind));
        machine.close_day();
        paired.days.append(&mut machine.days);
        paired.repairs.append(&mut machine.repairs);
    }
    paired
}

/// What was recorded about one operator.
#[derive(Default)]
struct Recorded<'a> {
    punches: Vec<(i64, PunchKind)>,
    corrections: Vec<&'a Correction>,
}

/// One operator's punches, read so far.
struct Machine<'a> {
    agent: &'a AgentId,
    rules: &'a PunchRules,
    days: Vec<PunchDay>,
    repairs: Vec<Repair>,
    day: Vec<Session>,
    open: Option<Session>,
    last_ms: Option<i64>,
}

impl<'a> Machine<'a> {
    fn new(agent: &'a AgentId, rules: &'a PunchRules) -> Self {
        Self {
            agent,
            rules,
            days: Vec::new(),
            repairs: Vec::new(),
            day: Vec::new(),
            open: None,
            last_ms: None,
        }
    }

    fn read(&mut self, at: i64, kind: PunchKind) {
        if self.begins_new_day(at) {
            self.close_day();
        }
        self.last_ms = Some(at);
        match self.rules.pairing {
            Pairing::Alternating if self.open.is_some() => self.go(at),
            Pairing::Alternating => self.come(at),
            Pairing::ByKind => self.read_kind(at, kind),
        }
    }

    /// Whether the punch belongs to another work day: the session is too long,
    /// or the time off was.
    fn begins_new_day(&self, at: i64) -> bool {
        let (since, limit) = match self.open.as_ref().and_then(|open| open.from) {
            Some(from) => (Some(from.at_ms()), self.rules.max_shift_minutes),
            None => (self.last_ms, self.rules.new_day_after_minutes),
        };
        since.is_some_and(|since| at - since > minutes_ms(limit))
    }

    fn read_kind(&mut self, at: i64, kind: PunchKind) {
        let on_break = self.open.as_ref().map(|open| open.open_break.is_some());
        match (on_break, kind) {
            (None, PunchKind::In) => self.come(at),
            (Some(_), PunchKind::Out) => self.go(at),
            (Some(false), PunchKind::BreakStart) => self.begin_break(at),
            (Some(true), PunchKind::BreakEnd) => self.end_break(at),
            (_, PunchKind::Unknown) => self.read_unknown(at, on_break),
            (None, PunchKind::Out | PunchKind::BreakStart) => self.orphan(at, kind),
            (None, PunchKind::BreakEnd) => self.back_while_out(at),
            (Some(false), PunchKind::In) => self.come_twice(at),
            (Some(false), PunchKind::BreakEnd) => {
                self.note(RepairRule::BreakEndDropped, (at, kind), None);
            }
            (Some(true), PunchKind::BreakStart) => {
                self.note(RepairRule::SecondBreakStartDropped, (at, kind), None);
            }
            (Some(true), PunchKind::In) => {
                self.note(
                    RepairRule::InAsBreakEnd,
                    (at, kind),
                    Some(PunchKind::BreakEnd),
                );
                self.end_break(at);
            }
        }
    }

    fn read_unknown(&mut self, at: i64, on_break: Option<bool>) {
        let read = match on_break {
            None => PunchKind::In,
            Some(true) => PunchKind::BreakEnd,
            Some(false) => PunchKind::Out,
        };
        self.note(
            RepairRule::UnknownRead,
            (at, PunchKind::Unknown),
            Some(read),
        );
        self.read_kind(at, read);
    }

    fn come(&mut self, at: i64) {
        self.open = Some(Session {
            from: Edge::new(at, Origin::Punch),
            ..Session::default()
        });
    }

    fn go(&mut self, at: i64) {
        if let Some(mut session) = self.open.take() {
            session.to = Edge::new(at, Origin::Punch);
            self.day.push(session);
        }
    }

    fn begin_break(&mut self, at: i64) {
        if let Some(open) = &mut self.open {
            open.open_break = instant(at);
        }
    }

    fn end_break(&mut self, at: i64) {
        if let Some(open) = &mut self.open {
            let from = open.open_break.take().map(|from| from.timestamp_millis());
            open.breaks.extend(from.and_then(|from| between(from, at)));
        }
    }

    /// Coming while already there.
    fn come_twice(&mut self, at: i64) {
        let before = (at, PunchKind::In);
        match self.rules.second_in {
            SecondIn::KeepFirst => self.note(RepairRule::SecondInDropped, before, None),
            SecondIn::IsOut => {
                self.note(RepairRule::SecondInAsOut, before, Some(PunchKind::Out));
                self.go(at);
            }
            SecondIn::StartsAnew => {
                self.note(RepairRule::SecondInStartsAnew, before, Some(PunchKind::In));
                self.day.extend(self.open.take());
                self.come(at);
            }
        }
    }

    /// Going without having come: an end without a start.
    fn orphan(&mut self, at: i64, kind: PunchKind) {
        self.note(RepairRule::OutWithoutIn, (at, kind), Some(PunchKind::Out));
        self.day.push(Session {
            to: Edge::new(at, Origin::Punch),
            ..Session::default()
        });
    }

    /// Back from a break, but out: the last going was the break, or this is coming.
    fn back_while_out(&mut self, at: i64) {
        let longest = minutes_ms(self.rules.break_out_minutes);
        let is_break = |session: &mut Session| {
            let to = session.to.filter(|_| session.from.is_some());
            to.is_some_and(|to| at - to.at_ms() <= longest)
        };
        let Some(mut session) = self.day.pop_if(is_break) else {
            self.note(
                RepairRule::BreakEndAsIn,
                (at, PunchKind::BreakEnd),
                Some(PunchKind::In),
            );
            return self.come(at);
        };
        if let Some(to) = session.to.take() {
            // Whoever was in a break already only pressed one key too many.
            let began = session
                .open_break
                .take()
                .map(|open| open.timestamp_millis());
            let read = began.is_none().then_some(PunchKind::BreakStart);
            let before = (to.at_ms(), PunchKind::Out);
            self.note(RepairRule::OutWasBreakStart, before, read);
            session
                .breaks
                .extend(between(began.unwrap_or(to.at_ms()), at));
        }
        self.open = Some(session);
    }

    fn close_day(&mut self) {
        self.day.extend(self.open.take());
        if !self.day.is_empty() {
            self.days.push(PunchDay {
                agent: self.agent.clone(),
                sessions: std::mem::take(&mut self.day),
            });
        }
    }

    fn note(&mut self, rule: RepairRule, (at, kind): (i64, PunchKind), read: Option<PunchKind>) {
        let before = PunchMark::at_ms(at, kind);
        let after = read.and_then(|read| PunchMark::at_ms(at, read));
        self.repairs
            .push(Repair::by_rule(self.agent, rule, before, after));
    }
}
