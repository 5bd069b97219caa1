//! What a centre is like: its queues, its people, its bad days.
//!
//! Everything here is data with public fields; [`generate`](super::generate) checks it.
//! Weekday arrays start on Monday. Queues and agents are named by their place in
//! [`CentreSpec::queues`] and [`CentreSpec::agents`].

use chrono::NaiveDate;

use super::ZoneTable;

/// A contact centre over a period of whole local days.
#[derive(Clone, Debug)]
pub struct CentreSpec {
    /// Civil time of the centre.
    pub zone: ZoneTable,
    /// The first local day played.
    pub first_day: NaiveDate,
    /// How many local days are played.
    pub days: u32,
    /// The queues, with their volumes and rules.
    pub queues: Vec<QueueSpec>,
    /// The agents, with their skills and shifts.
    pub agents: Vec<AgentSpec>,
    /// Surges and absences on given days.
    pub incidents: Vec<Incident>,
    /// How many different customers may call.
    pub customers: u32,
    /// The chance that an agent misses a shift without notice.
    pub absence: f64,
    /// Spread of whole days around their expected volume: the standard deviation of
    /// the logarithm of a factor common to all queues.
    pub day_spread: f64,
}

/// A queue.
#[derive(Clone, Debug)]
pub struct QueueSpec {
    /// Its name in the log.
    pub name: String,
    /// When callers may enter, by weekday.
    pub hours: [Vec<OpenHours>; 7],
    /// Expected callers per open hour at a profile of 1, by weekday.
    pub calls_per_hour: [f64; 7],
    /// Factor on the volume by local hour of the day.
    pub profile: [f64; 24],
    /// Mean patience of a caller (exponential).
    pub patience_secs: f64,
    /// Mean length of a conversation (log-normal, cut at 45 minutes).
    pub talk_secs: f64,
    /// Standard deviation of the logarithm of the length of a conversation.
    pub talk_sigma: f64,
    /// After-call work, the same after every call as the telephone system enforces it.
    pub wrap_up_secs: u32,
    /// A caller who waited this long leaves the queue.
    pub max_wait_secs: u32,
    /// Where a caller goes who waited too long; `None` ends the call.
    pub overflow: Option<usize>,
    /// The chance that a caller presses the key offered while waiting.
    pub key_exit: f64,
    /// The chance that a caller who hung up while waiting dials again within minutes.
    pub redial: f64,
    /// Blind transfers of answered calls.
    pub transfers: Vec<TransferSpec>,
}

/// Opening hours within one local day, in minutes after midnight; half-open. Both are
/// multiples of 15 and at most 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenHours {
    /// First minute open.
    pub from: u32,
    /// First minute closed.
    pub to: u32,
}

/// A chance of handing an answered call to another queue.
#[derive(Clone, Copy, Debug)]
pub struct TransferSpec {
    /// The queue that receives the caller, if open at that moment.
    pub to: usize,
    /// The chance for each answered call.
    pub chance: f64,
}

/// An agent.
#[derive(Clone, Debug)]
pub struct AgentSpec {
    /// The member name in the log.
    pub name: String,
    /// The queues this agent serves.
    pub skills: Vec<usize>,
    /// The shift by the weekday on which it begins.
    pub shifts: [Option<ShiftSpec>; 7],
    /// Factor on the length of conversations.
    pub pace: f64,
    /// The chance that a ringing call is not taken.
    pub no_answer: f64,
}

/// A shift, in minutes after local midnight.
#[derive(Clone, Debug)]
pub struct ShiftSpec {
    /// When it begins.
    pub from: u32,
    /// When it ends; more than 1440 means on the next day.
    pub to: u32,
    /// The pauses planned in it.
    pub pauses: Vec<PauseSpec>,
}

/// A pause planned within a shift.
#[derive(Clone, Debug)]
pub struct PauseSpec {
    /// The reason given to the telephone system.
    pub reason: String,
    /// When it is due, in minutes after the planned begin of the shift.
    pub after: u32,
    /// How long it lasts.
    pub minutes: u32,
}

/// Something out of the ordinary on one local day.
#[derive(Clone, Debug)]
pub struct Incident {
    /// The day.
    pub day: NaiveDate,
    /// When it begins, in minutes after local midnight.
    pub from: u32,
    /// When it ends, in minutes after local midnight.
    pub to: u32,
    /// Factor on the volume.
    pub volume: f64,
    /// The queues concerned; empty means all.
    pub queues: Vec<usize>,
    /// The agents who miss their shift of that day.
    pub absent: Vec<usize>,
}

impl QueueSpec {
    /// Whether the queue takes callers on a weekday (0 is Monday) at a local minute.
    pub fn is_open(&self, weekday: usize, minute: u32) -> bool {
        self.hours[weekday]
            .iter()
            .any(|hours| (hours.from..hours.to).contains(&minute))
    }
}

impl Incident {
    /// Whether the incident changes the volume of a queue on a day at a local minute.
    pub fn touches(&self, queue: usize, day: NaiveDate, minute: u32) -> bool {
        self.day == day
            && (self.from..self.to).contains(&minute)
            && (self.queues.is_empty() || self.queues.contains(&queue))
    }
}
