//! What is simulated: types of calls, groups of agents, and who takes what.

use serde::{Deserialize, Serialize};

use super::draw::Duration;
use crate::error::{ErrorKind, Result};
use crate::id::QueueId;
use crate::staffing::day::ForecastError;
use crate::staffing::input;

/// Calls of one kind, which wait in one queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallType {
    /// The queue.
    pub queue: QueueId,
    /// Expected calls by interval; Poisson within each.
    pub calls: Vec<f64>,
    /// How long an agent is busy with one.
    pub handling: Duration,
    /// How long callers wait before they give up.
    pub patience: Duration,
    /// Who gives up and calls again.
    #[serde(default)]
    pub redial: Option<Redial>,
    /// Who leaves a number instead of waiting on.
    #[serde(default)]
    pub callback: Option<Callback>,
}

impl CallType {
    /// Calls that are handled and given up on as said, without redials and call-backs.
    #[must_use]
    pub fn new(queue: QueueId, calls: Vec<f64>, handling: Duration, patience: Duration) -> Self {
        Self {
            queue,
            calls,
            handling,
            patience,
            redial: None,
            callback: None,
        }
    }
}

/// Callers who gave up and call again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redial {
    /// The part of them, 0 to 1.
    pub part: f64,
    /// How long after.
    pub after: Duration,
}

/// Callers who are offered a call-back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// After how many seconds of waiting it is offered.
    pub after_secs: f64,
    /// The part that accepts, 0 to 1. They are called when no caller waits for the agent.
    pub part: f64,
}

/// A queue that a group of agents serves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The place of the call type in the scenario.
    pub call_type: usize,
    /// 0 is served first.
    pub priority: u8,
    /// Only calls that have waited so long: overflow.
    #[serde(default)]
    pub after_secs: f64,
    /// Handling times of this group, as a multiple of the type's.
    #[serde(default = "one")]
    pub pace: f64,
}

fn one() -> f64 {
    1.0
}

impl Route {
    /// A call type taken at once, at its usual pace.
    #[must_use]
    pub fn new(call_type: usize, priority: u8) -> Self {
        Self {
            call_type,
            priority,
            after_secs: 0.0,
            pace: 1.0,
        }
    }
}

/// Agents of the same skills.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentGroup {
    /// What they serve.
    pub routes: Vec<Route>,
    /// How many are there, by interval. Who leaves ends the call first.
    pub agents: Vec<u32>,
    /// Breaks of single agents, inside their presence.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// How long a call lasts by the number that its agent then has, as a multiple of
    /// the handling time: `[1.0]` for one at a time, `[1.0, 1.3]` for two chats at once.
    #[serde(default = "alone")]
    pub at_once: Vec<f64>,
}

fn alone() -> Vec<f64> {
    vec![1.0]
}

impl AgentGroup {
    /// Agents who take one call at a time and have no breaks but those in their number.
    #[must_use]
    pub fn new(routes: Vec<Route>, agents: Vec<u32>) -> Self {
        Self {
            routes,
            agents,
            breaks: Vec::new(),
            at_once: alone(),
        }
    }
}

/// A break of one agent of a group. It begins when a running call has ended, and then
/// lasts its full time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// The agent, from 0: the number 0 is there longest.
    pub agent: u32,
    /// When it is planned, in seconds from the start.
    pub start_secs: f64,
    /// How long it lasts, in seconds.
    pub secs: f64,
}

/// Which of several free agents takes a call, after the priorities of their routes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Routing {
    /// Who has been idle longest.
    #[default]
    LongestIdle,
    /// Who has the fewest skills, so that others stay free for what only they can do.
    MostSpecialised,
}

/// A contact centre over some intervals.
///
/// Invariants: at most 64 types of calls and 256 groups; one number of calls and of agents
/// for each interval; routes name types that there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ScenarioRecord", into = "ScenarioRecord")]
pub struct Scenario(pub(super) ScenarioRecord);

/// The plain fields of a [`Scenario`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRecord {
    /// When it begins, in milliseconds since 1970.
    pub start_ms: i64,
    /// The length of an interval in seconds.
    pub interval_secs: f64,
    /// The types of calls.
    pub types: Vec<CallType>,
    /// The groups of agents.
    pub groups: Vec<AgentGroup>,
    /// Who takes a call.
    #[serde(default)]
    pub routing: Routing,
    /// How far the true number of calls is from the expected one, drawn for each run
    /// anew and common to all types: busyness.
    #[serde(default = "sure")]
    pub busyness: ForecastError,
}

fn sure() -> ForecastError {
    ForecastError::SURE
}

impl ScenarioRecord {
    /// The fields with the usual choices: longest idle, and as many calls as expected.
    #[must_use]
    pub fn new(
        start_ms: i64,
        interval_secs: f64,
        types: Vec<CallType>,
        groups: Vec<AgentGroup>,
    ) -> Self {
        let (routing, busyness) = (Routing::default(), ForecastError::SURE);
        Self {
            start_ms,
            interval_secs,
            types,
            groups,
            routing,
            busyness,
        }
    }

    /// The scenario, if all its parts fit together.
    ///
    /// # Errors
    /// `columns.length_mismatch` if numbers by interval differ in length;
    /// `value.out_of_range` for a number outside its range.
    pub fn check(self) -> Result<Scenario> {
        input::within(
            "start in milliseconds",
            crate::time::MIN_MS,
            crate::time::MAX_MS,
            self.start_ms,
        )?;
        input::within("interval in seconds", 1.0, 86_400.0, self.interval_secs)?;
        input::within("types of calls", 1, 64, self.types.len())?;
        input::within("groups of agents", 0, 256, self.groups.len())?;
        let intervals = self.types[0].calls.len();
        input::within("intervals", 1, 100_000, intervals)?;
        let fits = |column: &'static str, given: usize| {
            let (reference, expected) = ("calls of the first type", intervals);
            if given == expected {
                return Ok(());
            }
            Err(crate::error::Error::from(ErrorKind::ColumnLength {
                column,
                given,
                reference,
                expected,
            }))
        };
        for call_type in &self.types {
            fits("calls", call_type.calls.len())?;
            call_type.check()?;
        }
        for group in &self.groups {
            fits("agents", group.agents.len())?;
            group.check(self.types.len())?;
        }
        Ok(Scenario(self))
    }
}

impl CallType {
    fn check(&self) -> Result<()> {
        for &calls in &self.calls {
            input::within("calls", 0.0, 1e9, calls)?;
        }
        if let Some(redial) = &self.redial {
            input::within("part of redials", 0.0, 0.999, redial.part)?;
        }
        if let Some(callback) = &self.callback {
            input::share("part of call-backs", callback.part)?;
            input::limit_secs("wait before a call-back", callback.after_secs)?;
        }
        Ok(())
    }
}

impl AgentGroup {
    fn check(&self, types: usize) -> Result<()> {
        for &agents in &self.agents {
            input::within("agents", 0, 100_000, agents)?;
        }
        for route in &self.routes {
            input::within("call type of a route", 0, types - 1, route.call_type)?;
            input::limit_secs("wait before an overflow", route.after_secs)?;
            input::within("pace", 0.01, 100.0, route.pace)?;
        }
        for pause in &self.breaks {
            input::limit_secs("start of a break", pause.start_secs)?;
            input::limit_secs("length of a break", pause.secs)?;
        }
        input::within("calls at once", 1, 20, self.at_once.len())?;
        for &factor in &self.at_once {
            input::within("handling time with several at once", 0.01, 100.0, factor)?;
        }
        Ok(())
    }
}

impl Scenario {
    /// The fields.
    #[must_use]
    pub fn record(&self) -> &ScenarioRecord {
        &self.0
    }

    /// The same with other numbers of agents in one group, by interval.
    ///
    /// # Errors
    /// As for [`ScenarioRecord::check`]; `value.out_of_range` if there is no such group.
    pub fn with_agents(&self, group: usize, agents: Vec<u32>) -> Result<Self> {
        let mut record = self.0.clone();
        input::within("group", 0, record.groups.len().saturating_sub(1), group)?;
        record.groups[group].agents = agents;
        record.check()
    }

    pub(super) fn end_secs(&self) -> f64 {
        self.0.interval_secs * self.0.types[0].calls.len() as f64
    }
}

impl TryFrom<ScenarioRecord> for Scenario {
    type Error = crate::error::Error;
    fn try_from(record: ScenarioRecord) -> Result<Self> {
        record.check()
    }
}

impl From<Scenario> for ScenarioRecord {
    fn from(scenario: Scenario) -> Self {
        scenario.0
    }
}
