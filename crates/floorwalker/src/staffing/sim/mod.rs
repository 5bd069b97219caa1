//! Simulation: a centre played call by call.

mod agents;
mod draw;
mod engine;
mod fcfs;
mod log;
mod patience;
mod random;
mod replay;
mod run;
mod scenario;
mod skills;
mod source;
#[cfg(test)]
mod tests;

pub use draw::Duration;
pub use fcfs::{OneQueue, QueueCounts};
pub use log::SimLog;
pub use patience::PatienceCurve;
pub use replay::{Presence, Replay};
pub use run::{Estimate, compare, replicate, simulate};
pub use scenario::{
    AgentGroup, Break, CallType, Callback, Redial, Route, Routing, Scenario, ScenarioRecord,
};
pub use skills::{PoolBound, SkillDemand, SkillGroup, SkillPlan, SkillSearch, staff_by_skill};
