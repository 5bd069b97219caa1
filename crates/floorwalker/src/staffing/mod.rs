//! Staffing: how many agents a workload needs, and what so many agents achieve.
//!
//! | question | look at |
//! |---|---|
//! | what happens with so many agents? | [`Performance`] |
//! | how many agents meet the goals, and which goal binds? | [`required_agents`], [`Goals`] |
//! | how many calls, how long, how patient, what promise? | [`most_calls`], [`longest_aht_secs`], [`patience_ranges_secs`], [`least_threshold_secs`] |
//! | a day of intervals at once, in columns | [`DayWork`], [`required_by_interval`], [`steady_by_interval`] |
//! | what does one interval leave to the next? | [`carry_over`] |
//! | how likely is the service level kept if the forecast is off? | [`attainment`] |
//! | play the centre call by call: skills, overflow, redials, call-backs, breaks | [`simulate`], [`replicate`], [`compare`] |
//! | how many of which skills? | [`staff_by_skill`] |
//! | what would a real day have been with one operator more? | [`Replay`] |
//! | how patient are callers? | [`PatienceCurve`] |
//! | how many must be planned for so many there? | [`scheduled_agents`] |
//! | how many telephone lines? | [`lines_required`], [`servers_for_blocking`] |
//! | chats, several at once | [`ChatWorkload`] |
//! | outbound calls in quiet minutes | [`Blend`], [`least_reserve`] |
//! | e-mail with deadlines | [`spread_deferred`], [`level_deferred`] |
//! | the rule of thumb, and how wrong it is | [`square_root_agents`] |
//!
//! # Models
//!
//! A [`Workload`] without patience is Erlang C: nobody gives up. With patience it is Erlang
//! A, with redials Erlang X. Arrivals are Poisson, handling times exponential, the first
//! to come is the first to be served, and the state is a steady one; all of these are
//! approximations of a real half-hour.
//!
//! Overload and zero load have answers: probabilities of 0 or 1, and `None` for means
//! that grow without end. No figure is NaN. Numbers out of range are refused by name.
//!
//! # Precision
//!
//! All sums have positive terms only. Against values of 90 digits: Erlang B to 1e-14 times
//! its condition, Erlang C to 1e-12, probabilities of Erlang A and X to 1e-12 absolute, and
//! waits to 1e-9 relative (`tests/conformance/staffing`).

mod blend;
mod chat;
mod day;
mod deferred;
mod goal;
mod input;
mod lines;
mod model;
mod performance;
mod sim;
mod square_root;
#[cfg(test)]
mod tests;
mod workload;

pub use blend::{Blend, least_reserve};
pub use chat::ChatWorkload;
pub use day::{
    Attainment, CarryOver, DayAttainment, DayWork, ForecastError, IntervalFigures, attainment,
    carry_over, required_by_interval, steady_by_interval,
};
pub use deferred::{DeferredPlan, level_deferred, spread_deferred};
pub use goal::{
    Binding, Found, Goal, Goals, Sizing, least_threshold_secs, longest_aht_secs, most_calls,
    patience_ranges_secs, required_agents, required_agents_real, scheduled_agents,
};
pub use lines::{line_blocking, lines_required};
pub use model::{erlang_b, ln_erlang_b, load_for_blocking, servers_for_blocking};
pub use performance::{Performance, PerformanceFigures};
pub use sim::{
    AgentGroup, Break, CallType, Callback, Duration, Estimate, OneQueue, PatienceCurve, Presence,
    QueueCounts, Redial, Replay, Route, Routing, Scenario, ScenarioRecord, SimLog, compare,
    replicate, simulate,
};
pub use sim::{PoolBound, SkillDemand, SkillGroup, SkillPlan, SkillSearch, staff_by_skill};
pub use square_root::{SquareRoot, square_root_agents};
pub use workload::Workload;
