//! Agents of a run: who is there, who is free, who leaves after the call.

use std::collections::VecDeque;

/// An agent's place: the group and when they are there, in microseconds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seat {
    pub(super) group: usize,
    /// Half-open, in order, not touching.
    pub(super) spans: Vec<(u64, u64)>,
    /// Whether a break that begins late ends late.
    pub(super) full_breaks: bool,
}

struct Agent {
    group: usize,
    spans: VecDeque<(u64, u64)>,
    full_breaks: bool,
    load: usize,
    present: bool,
    leaving: bool,
    /// When the last call ended, or they came.
    idle_since: u64,
    /// Counts changes of their listing; older entries in the lists are void.
    stamp: u32,
    listed: bool,
}

/// The agents and the lists of those who are free.
pub(super) struct Agents {
    agents: Vec<Agent>,
    /// For each group and number of calls in hand: who is free for one more, longest first.
    idle: Vec<Vec<VecDeque<(u32, u32)>>>,
}

impl Agents {
    /// Agents of these seats; `levels` is the most calls at once for each group.
    pub(super) fn new(seats: Vec<Seat>, levels: &[usize]) -> Self {
        let agent = |seat: Seat| Agent {
            group: seat.group,
            spans: seat.spans.into(),
            full_breaks: seat.full_breaks,
            load: 0,
            present: false,
            leaving: false,
            idle_since: 0,
            stamp: 0,
            listed: false,
        };
        Self {
            agents: seats.into_iter().map(agent).collect(),
            idle: levels
                .iter()
                .map(|&levels| vec![VecDeque::new(); levels])
                .collect(),
        }
    }

    pub(super) fn first_joins(&self) -> impl Iterator<Item = (u64, u32)> {
        let first = |(agent, index): (&Agent, u32)| Some((agent.spans.front()?.0, index));
        self.agents.iter().zip(0..).filter_map(first)
    }

    pub(super) fn group(&self, agent: u32) -> usize {
        self.agents[agent as usize].group
    }

    /// An agent comes; when they want to leave.
    pub(super) fn join(&mut self, agent: u32, now: u64) -> u64 {
        let agent = &mut self.agents[agent as usize];
        agent.present = true;
        agent.leaving = false;
        agent.idle_since = now;
        let (_, until) = agent.spans.front().copied().unwrap_or((now, now));
        until.max(now)
    }

    /// An agent's time is over: now, or after the calls in hand. The return of one who
    /// leaves now, if they come back.
    pub(super) fn wants_to_leave(&mut self, agent: u32, now: u64) -> Option<Option<u64>> {
        let here = &mut self.agents[agent as usize];
        here.leaving = true;
        here.listed = false;
        here.stamp += 1;
        (self.agents[agent as usize].load == 0).then(|| self.go(agent, now))
    }

    fn go(&mut self, agent: u32, now: u64) -> Option<u64> {
        let agent = &mut self.agents[agent as usize];
        agent.present = false;
        agent.listed = false;
        agent.stamp += 1;
        let (_, until) = agent.spans.pop_front()?;
        let late = if agent.full_breaks {
            now.saturating_sub(until)
        } else {
            0
        };
        let next = agent.spans.front_mut()?;
        next.0 = (next.0 + late).max(now);
        next.1 = next.1.max(next.0);
        Some(next.0)
    }

    /// Takes one call more; how many there are now.
    pub(super) fn begin(&mut self, agent: u32) -> usize {
        let agent = &mut self.agents[agent as usize];
        agent.load += 1;
        agent.stamp += 1;
        agent.listed = false;
        agent.load
    }

    /// A call has ended. If the agent goes with it, when they come back, if they do.
    pub(super) fn end(&mut self, agent: u32, now: u64) -> Option<Option<u64>> {
        let here = &mut self.agents[agent as usize];
        here.load -= 1;
        here.idle_since = now;
        here.stamp += 1;
        here.listed = false;
        (here.leaving && here.load == 0).then(|| self.go(agent, now))
    }

    pub(super) fn has_room(&self, agent: u32) -> bool {
        let agent = &self.agents[agent as usize];
        agent.present && !agent.leaving && agent.load < self.idle[agent.group].len()
    }

    pub(super) fn list_idle(&mut self, agent: u32) {
        let here = &mut self.agents[agent as usize];
        if !here.listed {
            here.listed = true;
            here.stamp += 1;
            self.idle[here.group][here.load].push_back((agent, here.stamp));
        }
    }

    /// The number in hand and the idle time of the free agent of a group who is next.
    #[inline]
    pub(super) fn longest_idle(&mut self, group: usize) -> Option<(usize, u64)> {
        for (load, list) in self.idle[group].iter_mut().enumerate() {
            while let Some(&(agent, stamp)) = list.front() {
                let agent = &self.agents[agent as usize];
                if agent.stamp == stamp {
                    return Some((load, agent.idle_since));
                }
                list.pop_front();
            }
        }
        None
    }

    /// The same agent, taken from the list. Who has room for more must be listed again.
    pub(super) fn take_longest_idle(&mut self, group: usize) -> Option<u32> {
        let (load, _) = self.longest_idle(group)?;
        let (agent, _) = self.idle[group][load].pop_front()?;
        self.agents[agent as usize].listed = false;
        Some(agent)
    }
}
