//! Square-root staffing: the rule of thumb, with its error shown.

use super::input;
use super::model::normal_hazard;
use super::performance::Performance;
use super::workload::Workload;
use crate::error::Result;

/// What square-root staffing says, and what is true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SquareRoot {
    /// The agents: traffic a plus `spare` times its square root, rounded up.
    pub agents: u32,
    /// The factor before the square root, usually between -1 and 2.
    pub spare: f64,
    /// The waiting probability that the rule of thumb promises for `spare`.
    pub promised: f64,
    /// The waiting probability that `agents` really give.
    pub exact: f64,
}

/// Square-root staffing for a waiting probability: a + β √a agents.
///
/// Without patience β solves the formula of Halfin and Whitt (1981), P = 1 / (1 + β Φ(β) /
/// φ(β)); with patience that of Garnett, Mandelbaum and Reiman (2002), P = 1 / (1 + √(θ/μ)
/// h(β √(μ/θ)) / h(-β)), h being the hazard rate of the normal distribution, μ one by the
/// handling time and θ one by the patience. Both are limits for large centres.
///
/// Use it to estimate on paper and as a start for a search; the exact number costs no
/// more: [`required_agents`](super::required_agents).
///
/// ```
/// use floorwalker::staffing::{Workload, square_root_agents};
///
/// let thumb = square_root_agents(&Workload::of_load(100.0, 180.0)?, 0.2)?;
/// assert_eq!(thumb.agents, 111);
/// assert!((thumb.exact - 0.1998).abs() < 0.0001);
/// # Ok::<(), floorwalker::Error>(())
/// ```
///
/// # Errors
/// `value.out_of_range` if `waiting` is not between 0.0001 and 0.9999, or if there would
/// be more than ten million agents.
pub fn square_root_agents(work: &Workload, waiting: f64) -> Result<SquareRoot> {
    let waiting = input::within("waiting probability", 1e-4, 0.9999, waiting)?;
    let load = work.load_erlangs();
    let ratio = work
        .patience_secs()
        .map(|patience| (patience / work.aht_secs()).sqrt());
    // Waiting falls with the spare: solved by bisection.
    let lowest = if ratio.is_some() { -10.0 } else { 1e-9 };
    let spare = super::model::greatest_real(0.0, 10.0 - lowest, |over| {
        limit_waiting(lowest + over, ratio) >= waiting
    });
    let spare = lowest + spare.unwrap_or(0.0);
    let agents = input::agents((load + spare * load.sqrt()).ceil().max(0.0))?;
    Ok(SquareRoot {
        agents: agents as u32,
        spare,
        promised: limit_waiting(spare, ratio),
        exact: Performance::of(work, agents)?.waiting_probability(),
    })
}

/// The limit of the waiting probability; `ratio` is √(patience / handling time).
fn limit_waiting(spare: f64, ratio: Option<f64>) -> f64 {
    match ratio {
        // β Φ(β) / φ(β) is β / h(-β).
        None => 1.0 / (1.0 + spare / normal_hazard(-spare)),
        Some(ratio) => 1.0 / (1.0 + normal_hazard(spare * ratio) / (ratio * normal_hazard(-spare))),
    }
}
