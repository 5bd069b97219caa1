//! Proposals: swaps, bids, time off and overtime, judged before they are applied.

mod bids;
mod decision;
mod judge;
mod make;

pub use bids::{Bid, Bidding, OpenShift, Ranking};
pub use decision::{Judged, Refusal, Settled};
pub use judge::JudgePolicy;
pub use make::{Proposal, ProposalKind};
