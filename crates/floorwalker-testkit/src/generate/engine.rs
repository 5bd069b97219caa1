//! The play itself: takes what is due, one thing after another.

use super::agenda::{Agenda, Due};
use super::callers::Caller;
use super::desks::Desk;
use super::history::{CallId, CentreHistory, Event, Subject, Visit, What, WorkedShift};
use super::plan::{Plan, names_of};
use super::{CentreSpec, Rng, SpecError, spec_check};

/// Who watches the play. Events come in the order of time, visits and shifts when they
/// end.
pub(super) trait Observer {
    fn event(&mut self, event: &Event);
    fn visit(&mut self, visit: Visit);
    fn shift(&mut self, shift: WorkedShift);
}

/// Plays a centre and returns all that happened.
///
/// Callers wait in real queues, first come first served within a queue; a free agent
/// takes the longest waiting caller among the queues of their skills, and a caller
/// goes to the agent who has been free longest. The same specification and seed give
/// the same history.
///
/// # Errors
/// [`SpecError`] names the first part of the specification that cannot be played.
///
/// ```
/// use floorwalker_testkit::generate::{SAMPLE_SEED, generate, sample_centre};
///
/// let mut spec = sample_centre();
/// spec.days = 1;
/// let history = generate(&spec, SAMPLE_SEED)?;
/// assert!(history.visits().len() > 500);
/// # Ok::<(), floorwalker_testkit::generate::SpecError>(())
/// ```
pub fn generate(spec: &CentreSpec, seed: u64) -> Result<CentreHistory, SpecError> {
    let mut kept = play(spec, seed, u64::MAX, Keeper::default())?;
    kept.visits.sort_by_key(|visit| visit.serial);
    Ok(CentreHistory {
        zone: spec.zone.clone(),
        names: names_of(spec),
        events: kept.events,
        visits: kept.visits,
        shifts: kept.shifts,
    })
}

#[derive(Default)]
struct Keeper {
    events: Vec<Event>,
    visits: Vec<Visit>,
    shifts: Vec<WorkedShift>,
}

impl Observer for Keeper {
    fn event(&mut self, event: &Event) {
        self.events.push(event.clone());
    }

    fn visit(&mut self, visit: Visit) {
        self.visits.push(visit);
    }

    fn shift(&mut self, shift: WorkedShift) {
        self.shifts.push(shift);
    }
}

/// Plays a centre before an observer until its period is over or `calls` have been
/// dialled, and everybody has gone home.
pub(super) fn play<O: Observer>(
    spec: &CentreSpec,
    seed: u64,
    calls: u64,
    observer: O,
) -> Result<O, SpecError> {
    spec_check::check(spec)?;
    let mut engine = Engine::new(spec, seed, calls, observer);
    engine.open();
    while let Some((at_ms, due)) = engine.agenda.next() {
        engine.now_ms = at_ms;
        engine.handle(due);
    }
    Ok(engine.observer)
}

/// The state of a centre at an instant. The waiting callers of a queue stand in `lines`
/// by the order of entry.
pub(super) struct Engine<'a, O> {
    pub(super) spec: &'a CentreSpec,
    pub(super) plan: Plan<'a>,
    pub(super) observer: O,
    pub(super) agenda: Agenda,
    pub(super) now_ms: i64,
    pub(super) callers: Vec<Caller>,
    pub(super) vacant: Vec<u32>,
    pub(super) lines: Vec<Vec<u32>>,
    pub(super) members: Vec<Vec<u16>>,
    pub(super) desks: Vec<Desk>,
    pub(super) channels: u64,
    pub(super) serials: u32,
    pub(super) calls_left: u64,
    pub(super) ring_rng: Rng,
    pub(super) mind_rng: Rng,
}

/// Streams for what is drawn in the order of the play; the plan uses the lower ones.
const RING_STREAM: u64 = u64::MAX >> 2;
const MIND_STREAM: u64 = RING_STREAM - 1;

impl<'a, O: Observer> Engine<'a, O> {
    fn new(spec: &'a CentreSpec, seed: u64, calls: u64, observer: O) -> Self {
        let mut members = vec![Vec::new(); spec.queues.len()];
        for (agent, agent_spec) in spec.agents.iter().enumerate() {
            for &skill in &agent_spec.skills {
                members[skill].push(agent as u16);
            }
        }
        let plan = Plan::new(spec, seed);
        Self {
            spec,
            now_ms: plan.start_ms,
            plan,
            observer,
            agenda: Agenda::default(),
            callers: Vec::new(),
            vacant: Vec::new(),
            lines: vec![Vec::new(); spec.queues.len()],
            members,
            desks: spec.agents.iter().map(|_| Desk::default()).collect(),
            channels: 0,
            serials: 0,
            calls_left: calls,
            ring_rng: Rng::new(seed, RING_STREAM),
            mind_rng: Rng::new(seed, MIND_STREAM),
        }
    }

    fn open(&mut self) {
        self.tell(Subject::None, None, None, What::QueueStart);
        self.plan_shifts(-1);
        self.plan_day(0);
    }

    fn handle(&mut self, due: Due) {
        match due {
            Due::PlanDay(day) => self.plan_day(day),
            Due::Reload => self.tell(Subject::None, None, None, What::ConfigReload),
            Due::Dial(slot) => self.dial(slot),
            Due::Enter(slot) => self.enter(slot),
            Due::Exit { slot, serial, how } => self.exit(slot, serial, how),
            Due::RingEnds { agent, serial } => self.ring_ends(agent, serial),
            Due::TalkEnds { agent, serial } => self.talk_ends(agent, serial),
            Due::Ready { agent, serial } => self.ready(agent, serial),
            Due::SignOn { agent } => self.sign_on(agent),
            Due::SignOff { agent } => self.sign_off(agent),
            Due::Pause {
                agent,
                reason,
                length_ms,
            } => self.pause_due(agent, reason, length_ms),
            Due::Return { agent, serial } => self.pause_over(agent, serial),
        }
    }

    fn plan_day(&mut self, day: u32) {
        if day >= self.spec.days || self.calls_left == 0 {
            return;
        }
        let number = i64::from(day);
        self.plan_shifts(number);
        for arrival in self.plan.arrivals(number) {
            let slot = self.admit(&arrival);
            self.agenda.note(arrival.dial_ms, Due::Dial(slot));
        }
        self.plan_reload(number);
        let eve_ms = self.plan.midnight(number + 1) - 600_000;
        self.agenda.note(eve_ms, Due::PlanDay(day + 1));
    }

    fn plan_shifts(&mut self, day: i64) {
        for shift in self.plan.shifts(day) {
            let agent = shift.agent;
            self.agenda.note(shift.from_ms, Due::SignOn { agent });
            self.agenda.note(shift.to_ms, Due::SignOff { agent });
            for (due_ms, reason, length_ms) in shift.pauses {
                let pause = Due::Pause {
                    agent,
                    reason,
                    length_ms,
                };
                self.agenda.note(due_ms, pause);
            }
        }
    }

    /// The log is turned over on Sundays at a quarter past four, local time.
    fn plan_reload(&mut self, day: i64) {
        use chrono::Datelike;
        let date = self.plan.date(day);
        if date.weekday() == chrono::Weekday::Sun {
            let at_ms = self.spec.zone.instant(date, 4 * 60 + 15);
            self.agenda.note(at_ms, Due::Reload);
        }
    }

    /// Opens a telephone channel.
    pub(super) fn open_channel(&mut self) -> CallId {
        self.channels += 1;
        CallId {
            epoch_secs: self.now_ms.div_euclid(1000),
            number: self.channels,
        }
    }

    /// Logs an event of this moment.
    pub(super) fn tell(
        &mut self,
        subject: Subject,
        queue: Option<u16>,
        agent: Option<u16>,
        what: What,
    ) {
        self.observer.event(&Event {
            at_ms: self.now_ms,
            subject,
            queue,
            agent,
            what,
        });
    }
}
