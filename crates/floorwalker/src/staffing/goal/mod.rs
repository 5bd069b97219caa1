//! Goals, and the number that meets them for each unknown.

mod exact;
mod goals;
mod rule_shares;
mod sizing;

pub use exact::scheduled_agents;
pub(super) use goals::ReadyGoals;
pub use goals::{Goal, Goals};
pub(super) use rule_shares::{Happened, RuleShares};
pub use sizing::{
    Binding, Found, Sizing, least_threshold_secs, longest_aht_secs, most_calls,
    patience_ranges_secs, required_agents, required_agents_real,
};
pub(super) use sizing::{least_agents, unattainable};
