//! Which instant of a leg decides the interval it is counted in.

use crate::contact::{Milestones, NONE};
use crate::terms::terms;

terms! {
    /// Which instant of a leg decides the interval it is counted in.
    ///
    /// Products differ silently here: on the same calls and with the same rule,
    /// the service level of a half-hour can move by fifteen points. Counts are
    /// never split between intervals; time (busy, load) is always clipped to
    /// them, whatever the attribution.
    Attribution ("attribution") {
        /// Entry into the queue. The usual choice for queues, and the default of the reports.
        Arrival = "arrival",
        /// Leaving the queue, however. Legs still waiting are not counted.
        QueueExit = "queue_exit",
        /// The answer. The usual choice for operators; only answered legs are counted.
        Answer = "answer",
        /// The earlier of leaving the queue and reaching the threshold of the first rule (as Cisco UCCE does).
        ServiceLevelEvent = "service_level_event",
        /// The end of the conversation; only answered and released legs are counted.
        Release = "release",
        /// The end of the work after the call; only finished legs are counted.
        WrapUpEnd = "wrap_up_end",
        /// The end of the contact: its release or, unanswered, its leaving the queue (as Amazon Connect does).
        Disconnect = "disconnect",
    }
}

impl Attribution {
    /// The instant, or [`NONE`] if the leg has not reached it. `threshold` is
    /// that of the first rule for the leg's queue.
    #[inline(always)]
    pub(in crate::service) fn instant(self, leg: Milestones, threshold: i64) -> i64 {
        match self {
            Self::Arrival => leg.arrived,
            Self::QueueExit => leg.left,
            Self::Answer => leg.answered,
            Self::Release if leg.answered == NONE => NONE,
            Self::Release => leg.released,
            Self::WrapUpEnd if leg.answered == NONE => NONE,
            Self::WrapUpEnd => leg.wrapped_up,
            Self::Disconnect if leg.answered == NONE => leg.left,
            Self::Disconnect => leg.released,
            Self::ServiceLevelEvent => {
                let expiry = leg.arrived.saturating_add(threshold);
                if leg.left != NONE && leg.left <= expiry {
                    leg.left
                } else {
                    expiry
                }
            }
        }
    }
}
