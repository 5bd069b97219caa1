//! What a day brings before anybody meets: who will call and who will work.

use chrono::{Datelike, NaiveDate};

use super::history::{Names, Person};
use super::{CentreSpec, QueueSpec, Rng};

const MINUTE_MS: i64 = 60_000;
const QUARTER_MS: i64 = 15 * MINUTE_MS;
/// No conversation is longer, so that one caller cannot hold an agent for a shift.
const LONGEST_TALK_MS: i64 = 45 * MINUTE_MS;
/// No call arrives in the last minutes of the period, so that every call ends in it:
/// ten minutes of waiting and a transfer fit in.
const QUIET_MS: i64 = 60 * MINUTE_MS;

/// What a caller brings along, known before the wait begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Intent {
    /// Hangs up after waiting this long.
    pub(super) patience_ms: i64,
    /// Presses the key after waiting this long.
    pub(super) key_ms: Option<i64>,
    /// Talks this long with an agent of ordinary pace.
    pub(super) talk_ms: i64,
    /// Needs another queue in the end.
    pub(super) transfer: Option<u16>,
    /// Hangs up first at the end of the conversation.
    pub(super) hangs_up: bool,
}

impl Intent {
    /// Draws the mind of a caller of a queue.
    pub(super) fn draw(queue: &QueueSpec, rng: &mut Rng) -> Self {
        let talk_ms = millis(rng.lognormal(queue.talk_secs, queue.talk_sigma));
        let key = rng.chance(queue.key_exit);
        Self {
            patience_ms: millis(rng.exponential(queue.patience_secs)).max(1),
            key_ms: key.then(|| 20_000 + millis(rng.exponential(60.0))),
            talk_ms: talk_ms.clamp(3_000, LONGEST_TALK_MS),
            transfer: draw_transfer(queue, rng),
            hangs_up: rng.chance(0.62),
        }
    }
}

fn draw_transfer(queue: &QueueSpec, rng: &mut Rng) -> Option<u16> {
    let mut left = rng.uniform();
    let chosen = queue.transfers.iter().find(|transfer| {
        left -= transfer.chance;
        left < 0.0
    });
    chosen.map(|transfer| transfer.to as u16)
}

fn millis(secs: f64) -> i64 {
    (secs * 1000.0) as i64
}

/// A call to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival {
    pub(super) dial_ms: i64,
    pub(super) enter_ms: i64,
    pub(super) queue: u16,
    pub(super) caller: Option<Person>,
    pub(super) intent: Intent,
}

/// A shift to come.
#[derive(Clone, Debug)]
pub(super) struct PlannedShift {
    pub(super) agent: u16,
    pub(super) from_ms: i64,
    pub(super) to_ms: i64,
    /// Due, reason, length.
    pub(super) pauses: Vec<(i64, u16, i64)>,
}

/// The period played and its randomness: a stream of its own for each day and queue,
/// so that a change to one leaves the others as they were.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    spec: &'a CentreSpec,
    seed: u64,
    pub(super) start_ms: i64,
    pub(super) end_ms: i64,
    pub(super) names: Names,
}

impl<'a> Plan<'a> {
    pub(super) fn new(spec: &'a CentreSpec, seed: u64) -> Self {
        Self {
            spec,
            seed,
            start_ms: spec.zone.instant(spec.first_day, 0),
            end_ms: spec.zone.instant(spec.first_day, 1440 * spec.days),
            names: names_of(spec),
        }
    }

    /// The local date of a day of the period; day -1 is the eve of the first.
    pub(super) fn date(&self, day: i64) -> NaiveDate {
        self.spec.first_day + chrono::TimeDelta::days(day)
    }

    /// The instant at which a day begins.
    pub(super) fn midnight(&self, day: i64) -> i64 {
        self.spec.zone.instant(self.date(day), 0)
    }

    /// Whether a queue takes a caller at an instant.
    pub(super) fn is_open(&self, queue: u16, at_ms: i64) -> bool {
        let wall = self.spec.zone.wall_clock(at_ms);
        let weekday = wall.weekday().num_days_from_monday() as usize;
        let spec = &self.spec.queues[usize::from(queue)];
        at_ms < self.end_ms - QUIET_MS && spec.is_open(weekday, minute_of_day(wall))
    }

    fn stream(&self, day: i64, part: u64) -> Rng {
        Rng::new(self.seed, ((day + 1) as u64) << 17 | part)
    }

    /// The calls of a day, by the time they dial.
    pub(super) fn arrivals(&self, day: i64) -> Vec<Arrival> {
        let spread = self.spec.day_spread;
        let busy = self.stream(day, 0).lognormal(1.0, spread);
        let mut arrivals = Vec::new();
        for queue in 0..self.spec.queues.len() {
            let mut rng = self.stream(day, 2 + queue as u64);
            let mut slot_ms = self.midnight(day);
            while slot_ms < self.midnight(day + 1) {
                let expected = busy * self.expected_calls(queue, slot_ms);
                for _ in 0..rng.poisson(expected) {
                    arrivals.push(self.draw_arrival(queue, slot_ms, &mut rng));
                }
                slot_ms += QUARTER_MS;
            }
        }
        arrivals.retain(|arrival| arrival.dial_ms >= self.start_ms);
        arrivals.sort_by_key(|arrival| (arrival.dial_ms, arrival.queue));
        arrivals
    }

    /// Calls expected in the quarter of an hour that begins at an instant. Steps in
    /// real time and asks the wall clock, so a skipped hour brings nothing and a
    /// doubled one brings twice.
    fn expected_calls(&self, queue: usize, slot_ms: i64) -> f64 {
        let spec = &self.spec.queues[queue];
        let wall = self.spec.zone.wall_clock(slot_ms);
        let (weekday, minute) = (
            wall.weekday().num_days_from_monday() as usize,
            minute_of_day(wall),
        );
        if !self.is_open(queue as u16, slot_ms) {
            return 0.0;
        }
        let incidents = self.spec.incidents.iter();
        let surge: f64 = incidents
            .filter(|incident| incident.touches(queue, wall.date(), minute))
            .map(|incident| incident.volume)
            .product();
        0.25 * spec.calls_per_hour[weekday] * spec.profile[minute as usize / 60] * surge
    }

    fn draw_arrival(&self, queue: usize, slot_ms: i64, rng: &mut Rng) -> Arrival {
        let enter_ms = slot_ms + i64::from(rng.below(QUARTER_MS as u32));
        let menu_ms = millis(rng.between(1.0, 17.0));
        let person = Person(rng.below(self.spec.customers));
        Arrival {
            dial_ms: enter_ms - menu_ms,
            enter_ms,
            queue: queue as u16,
            caller: (!rng.chance(0.03)).then_some(person),
            intent: Intent::draw(&self.spec.queues[queue], rng),
        }
    }

    /// The shifts that begin on a day, by agent. People come and go a few minutes off
    /// the plan; a shift that runs into the period or out of it is cut there.
    pub(super) fn shifts(&self, day: i64) -> Vec<PlannedShift> {
        let mut rng = self.stream(day, 1);
        let agents = 0..self.spec.agents.len();
        agents
            .filter_map(|agent| self.draw_shift(agent, day, &mut rng))
            .collect()
    }

    fn draw_shift(&self, agent: usize, day: i64, rng: &mut Rng) -> Option<PlannedShift> {
        let date = self.date(day);
        let early_ms = millis(rng.between(-150.0, 180.0));
        let late_ms = millis(rng.between(0.0, 240.0));
        let ill = rng.chance(self.spec.absence);
        let weekday = date.weekday().num_days_from_monday() as usize;
        let shift = self.spec.agents[agent].shifts[weekday].as_ref()?;
        let incidents = self.spec.incidents.iter();
        let missing = incidents
            .filter(|incident| incident.day == date)
            .any(|i| i.absent.contains(&agent));
        let planned_ms = self.spec.zone.instant(date, shift.from);
        let to_ms = (self.spec.zone.instant(date, shift.to) + late_ms).min(self.end_ms - MINUTE_MS);
        let from_ms = (planned_ms + early_ms).max(self.start_ms + 3_000);
        if ill || missing || from_ms >= to_ms {
            return None;
        }
        let mut pauses = Vec::new();
        for pause in &shift.pauses {
            let due_ms = planned_ms
                + i64::from(pause.after) * MINUTE_MS
                + millis(rng.between(-300.0, 600.0));
            let length_ms = millis(f64::from(pause.minutes) * 60.0 * rng.between(0.85, 1.2));
            let reason = self
                .names
                .reasons
                .iter()
                .position(|reason| *reason == pause.reason)?;
            if (from_ms..to_ms).contains(&due_ms) {
                pauses.push((due_ms, reason as u16, length_ms));
            }
        }
        Some(PlannedShift {
            agent: agent as u16,
            from_ms,
            to_ms,
            pauses,
        })
    }
}

/// The names that the numbers in events stand for.
pub(super) fn names_of(spec: &CentreSpec) -> Names {
    let mut reasons: Vec<String> = Vec::new();
    let shifts = spec
        .agents
        .iter()
        .flat_map(|agent| agent.shifts.iter().flatten());
    for pause in shifts.flat_map(|shift| &shift.pauses) {
        if !reasons.contains(&pause.reason) {
            reasons.push(pause.reason.clone());
        }
    }
    Names {
        queues: spec.queues.iter().map(|queue| queue.name.clone()).collect(),
        agents: spec.agents.iter().map(|agent| agent.name.clone()).collect(),
        reasons,
    }
}

fn minute_of_day(wall: chrono::NaiveDateTime) -> u32 {
    use chrono::Timelike;
    wall.hour() * 60 + wall.minute()
}
