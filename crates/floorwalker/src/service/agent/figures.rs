//! The figures of operators, asked by name.

use super::counts::AgentCounts;
use super::times::StateTimes;
use crate::contact::StateKind;
use crate::service::figure::{Figure, Unit};
use crate::terms::terms;
use crate::time::Span;

terms! {
    /// A key performance indicator of operators, by its standard name.
    ///
    /// There is no single "occupancy" or "utilisation" either: the formula is
    /// in the documentation of each.
    AgentKpi ("operator indicator") {
        /// Answered legs, dials included.
        Handled = "handled",
        /// Answered legs from a queue.
        HandledInbound = "handled_inbound",
        /// Answered call-back dials.
        HandledCallback = "handled_callback",
        /// Answered outbound dials.
        HandledOutbound = "handled_outbound",
        /// Answered and wrapped up.
        Completed = "completed",
        /// Completed with time on hold.
        Held = "held",
        /// Answered legs that were passed on.
        TransferredOut = "transferred_out",
        /// Transferred out / handled.
        TransferRate = "transfer_rate",
        /// Talk / completed.
        Att = "att",
        /// Hold / completed.
        AverageHold = "ahold",
        /// Work after the call / completed.
        Acw = "acw",
        /// (Talk + hold + work after the call) / completed (tempo medio di gestione).
        Aht = "aht",
        /// Time logged in.
        LoggedIn = "logged_in",
        /// Contact / (contact + ready) (occupazione). Some products divide by the time logged in: see utilisation.
        Occupancy = "occupancy",
        /// Contact / logged in (utilizzo).
        Utilisation = "utilisation",
        /// (Contact + ready) / logged in.
        Availability = "availability",
        /// Handled / hours ready or with a contact.
        ContactsPerProductiveHour = "contacts_per_productive_hour",
        /// Handled / hours logged in.
        ContactsPerLoggedInHour = "contacts_per_logged_in_hour",
        /// Logged in / length of the window: operators present on average.
        AverageLoggedIn = "avg_logged_in",
        /// (Contact + ready) / length of the window: operators working on average.
        AverageWorking = "avg_working",
    }
}

/// What one operator or a group handled and how their time went, over one window.
///
/// ```
/// use floorwalker::service::{AgentCounts, AgentFigures, AgentKpi, StateTimes};
/// use floorwalker::time::Span;
///
/// let counts = AgentCounts { handled_inbound: 4, completed: 4, talk: 800_000, ..AgentCounts::default() };
/// let figures = AgentFigures::new(counts, StateTimes::default(), Span::from_millis(0, 3_600_000)?);
/// assert_eq!(figures.figure(AgentKpi::Aht).to_string(), "200.0 s");
/// assert_eq!(figures.figure(AgentKpi::Occupancy).value(), None);
/// # Ok::<(), floorwalker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentFigures {
    counts: AgentCounts,
    times: StateTimes,
    window: Span,
}

impl AgentFigures {
    /// Joins the two counts of the same people over the same window.
    #[must_use]
    pub fn new(counts: AgentCounts, times: StateTimes, window: Span) -> Self {
        Self {
            counts,
            times,
            window,
        }
    }

    /// What was handled.
    #[must_use]
    pub fn counts(&self) -> &AgentCounts {
        &self.counts
    }

    /// How the time went.
    #[must_use]
    pub fn times(&self) -> &StateTimes {
        &self.times
    }

    /// The time it is about.
    #[must_use]
    pub fn window(&self) -> Span {
        self.window
    }

    /// The figure of an indicator, with numerator and denominator.
    #[must_use]
    pub fn figure(&self, kpi: AgentKpi) -> Figure {
        use AgentKpi as K;
        let (counts, times) = (&self.counts, &self.times);
        let contact = times.in_state(StateKind::Contact);
        let length = self.window.millis().unsigned_abs();
        let (unit, numerator, denominator) = match kpi {
            K::Handled => (Unit::Count, counts.handled(), 1),
            K::HandledInbound => (Unit::Count, counts.handled_inbound, 1),
            K::HandledCallback => (Unit::Count, counts.handled_callback, 1),
            K::HandledOutbound => (Unit::Count, counts.handled_outbound, 1),
            K::Completed => (Unit::Count, counts.completed, 1),
            K::Held => (Unit::Count, counts.held, 1),
            K::TransferredOut => (Unit::Count, counts.transferred_out, 1),
            K::TransferRate => (Unit::Ratio, counts.transferred_out, counts.handled()),
            K::Att => (Unit::Milliseconds, counts.talk, counts.completed),
            K::AverageHold => (Unit::Milliseconds, counts.hold, counts.completed),
            K::Acw => (Unit::Milliseconds, counts.wrap_up, counts.completed),
            K::Aht => (Unit::Milliseconds, counts.handle_time(), counts.completed),
            K::LoggedIn => (Unit::Milliseconds, times.logged_in(), 1),
            K::Occupancy => (Unit::Ratio, contact, times.productive()),
            K::Utilisation => (Unit::Ratio, contact, times.logged_in()),
            K::Availability => (Unit::Ratio, times.productive(), times.logged_in()),
            K::ContactsPerProductiveHour => (Unit::PerHour, counts.handled(), times.productive()),
            K::ContactsPerLoggedInHour => (Unit::PerHour, counts.handled(), times.logged_in()),
            K::AverageLoggedIn => (Unit::Heads, times.logged_in(), length),
            K::AverageWorking => (Unit::Heads, times.productive(), length),
        };
        Figure::new(kpi.name(), unit, numerator.into(), denominator, self.window)
    }
}
