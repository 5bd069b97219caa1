//! The figures of one operator, or of a group.

use serde::{Deserialize, Serialize};

use crate::contact::StateKind;
use crate::report::Quotient;
use crate::service::{AgentFigures, AgentKpi};

macro_rules! operator_figures {
    (
        counts { $($count:ident = $count_kpi:ident,)* }
        shares_and_means { $($mean:ident = $mean_kpi:ident,)* }
    ) => {
        /// What an operator or a group handled, and how their time went.
        ///
        /// Each field bears the name of its [`AgentKpi`]. Times are milliseconds; contacts per
        /// hour are contacts over milliseconds until a renderer makes hours of them.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct OperatorFigures {
            $(#[doc = concat!("The number [`AgentKpi::", stringify!($count_kpi), "`].")] pub $count: u64,)*
            $(#[doc = concat!("The quotient [`AgentKpi::", stringify!($mean_kpi), "`].")] pub $mean: Quotient,)*
            /// Time by state.
            pub states: StateMillis,
        }

        impl OperatorFigures {
            /// The indicators that a row has, in the order of the columns.
            pub const KPIS: &'static [AgentKpi] = &[$(AgentKpi::$count_kpi,)* $(AgentKpi::$mean_kpi,)*];

            pub(super) fn new(figures: &AgentFigures) -> Self {
                let quotient = |kpi| {
                    let figure = figures.figure(kpi);
                    let numerator = u64::try_from(figure.numerator()).unwrap_or(u64::MAX);
                    Quotient::new(numerator, figure.denominator())
                };
                Self {
                    $($count: quotient(AgentKpi::$count_kpi).numerator(),)*
                    $($mean: quotient(AgentKpi::$mean_kpi),)*
                    states: StateMillis::new(figures),
                }
            }

            /// An indicator by name; `None` if rows do not have it.
            #[must_use]
            pub fn of(&self, kpi: AgentKpi) -> Option<Quotient> {
                Some(match kpi {
                    $(AgentKpi::$count_kpi => Quotient::whole(self.$count),)*
                    $(AgentKpi::$mean_kpi => self.$mean,)*
                    _ => return None,
                })
            }
        }
    };
}

operator_figures! {
    counts {
        handled = Handled,
        handled_inbound = HandledInbound,
        handled_callback = HandledCallback,
        handled_outbound = HandledOutbound,
        completed = Completed,
        held = Held,
        transferred_out = TransferredOut,
        logged_in = LoggedIn,
    }
    shares_and_means {
        transfer_rate = TransferRate,
        att = Att,
        ahold = AverageHold,
        acw = Acw,
        aht = Aht,
        occupancy = Occupancy,
        utilisation = Utilisation,
        availability = Availability,
        contacts_per_productive_hour = ContactsPerProductiveHour,
    }
}

/// Time in each state, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct StateMillis {
    /// Waiting for a contact.
    pub ready: u64,
    /// With a contact, work after it included.
    pub contact: u64,
    /// Short rest.
    pub r#break: u64,
    /// Meal.
    pub lunch: u64,
    /// Training.
    pub training: u64,
    /// Meeting or coaching.
    pub meeting: u64,
    /// Any other pause.
    pub aux: u64,
}

impl StateMillis {
    fn new(figures: &AgentFigures) -> Self {
        let time = |state| figures.times().in_state(state);
        Self {
            ready: time(StateKind::Ready),
            contact: time(StateKind::Contact),
            r#break: time(StateKind::Break),
            lunch: time(StateKind::Lunch),
            training: time(StateKind::Training),
            meeting: time(StateKind::Meeting),
            aux: time(StateKind::Aux),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_bear_the_names_of_their_indicators() {
        let json = serde_json::to_value(OperatorFigures::default()).unwrap();
        for kpi in OperatorFigures::KPIS {
            assert!(json.get(kpi.name()).is_some(), "{kpi} has no field");
        }
        let states = json.get("states").unwrap();
        for state in StateKind::ALL {
            assert!(states.get(state.name()).is_some(), "{state} has no field");
        }
    }
}
