//! The figures of one row of a report.

use serde::{Deserialize, Serialize};

use crate::report::Quotient;
use crate::service::{Kpi, Tally};

macro_rules! figures {
    (
        counts { $($count:ident = $count_kpi:ident,)* }
        shares_and_means { $($mean:ident = $mean_kpi:ident,)* }
    ) => {
        /// The figures of one row: counts, and quotients of sums that are divided last.
        ///
        /// Each field bears the name of its [`Kpi`], where its formula is. Figures add
        /// field by field, so every row of a report is the sum of the rows it covers;
        /// only the longest wait is the larger one.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct Figures {
            $(#[doc = concat!("The count [`Kpi::", stringify!($count_kpi), "`].")] pub $count: u64,)*
            /// The count [`Kpi::ShortAbandoned`]; `None` without a limit for short abandons.
            pub short_abandoned: Option<u64>,
            $(#[doc = concat!("The quotient [`Kpi::", stringify!($mean_kpi), "`].")] pub $mean: Quotient,)*
            /// The longest wait in milliseconds, [`Kpi::LongestWait`]; `None` where no wait is known.
            pub longest_wait: Option<u64>,
            /// The quotient [`Kpi::Load`]: milliseconds of work over milliseconds of time.
            pub load: Quotient,
        }

        impl Figures {
            /// The indicators that a row has, in the order of the columns.
            pub const KPIS: &'static [Kpi] = &[
                $(Kpi::$count_kpi,)* Kpi::ShortAbandoned, $(Kpi::$mean_kpi,)* Kpi::LongestWait, Kpi::Load,
            ];

            /// The figures of a tally.
            #[must_use]
            pub fn of_tally(tally: &Tally) -> Self {
                let quotient = |kpi| {
                    let figure = tally.figure(kpi);
                    let numerator = u64::try_from(figure.numerator()).unwrap_or(u64::MAX);
                    Quotient::new(numerator, figure.denominator())
                };
                let count = |kpi| {
                    let count = quotient(kpi);
                    count.is_defined().then_some(count.numerator())
                };
                Self {
                    $($count: count(Kpi::$count_kpi).unwrap_or(0),)*
                    short_abandoned: count(Kpi::ShortAbandoned),
                    $($mean: quotient(Kpi::$mean_kpi),)*
                    longest_wait: tally.sums().longest_wait(),
                    load: quotient(Kpi::Load),
                }
            }

            /// An indicator by name; `None` if rows do not have it, undefined where there is
            /// nothing to divide by.
            #[must_use]
            pub fn of(&self, kpi: Kpi) -> Option<Quotient> {
                let or_undefined = |count: Option<u64>| count.map_or(Quotient::default(), Quotient::whole);
                Some(match kpi {
                    $(Kpi::$count_kpi => Quotient::whole(self.$count),)*
                    Kpi::ShortAbandoned => or_undefined(self.short_abandoned),
                    $(Kpi::$mean_kpi => self.$mean,)*
                    Kpi::LongestWait => or_undefined(self.longest_wait),
                    Kpi::Load => self.load,
                    _ => return None,
                })
            }

            /// Adds all but the load.
            fn add(&mut self, other: &Self) {
                $(self.$count = self.$count.saturating_add(other.$count);)*
                self.short_abandoned = either(self.short_abandoned, other.short_abandoned, u64::saturating_add);
                $(self.$mean = self.$mean.plus(other.$mean);)*
                self.longest_wait = either(self.longest_wait, other.longest_wait, u64::max);
            }
        }
    };
}

fn either(a: Option<u64>, b: Option<u64>, both: impl Fn(u64, u64) -> u64) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(both(a, b)),
        (one, None) | (None, one) => one,
    }
}

figures! {
    counts {
        attempts = Attempts,
        offered = Offered,
        answered = Answered,
        answered_in = AnsweredIn,
        abandoned = Abandoned,
        callback_requested = CallbackRequested,
        flow_outs = FlowOuts,
        open = Open,
        lost = Lost,
        blocked = Blocked,
        closed = Closed,
        transfer_in = TransferIn,
        transferred_out = TransferredOut,
        completed = Completed,
        ring_no_answers = RingNoAnswers,
        callback_dials = CallbackDials,
        callback_answered = CallbackAnswered,
        outbound_dials = OutboundDials,
        outbound_answered = OutboundAnswered,
    }
    shares_and_means {
        service_level = ServiceLevel,
        answer_rate = AnswerRate,
        abandon_rate = AbandonRate,
        abandon_rate_excl_short = AbandonRateExclShort,
        transfer_rate = TransferRate,
        blocking_rate = BlockingRate,
        asa = Asa,
        ata = Ata,
        tma = Tma,
        att = Att,
        ahold = AverageHold,
        acw = Acw,
        aht = Aht,
    }
}

impl Figures {
    /// No contacts in `millis` of time.
    #[must_use]
    pub(crate) fn nothing(millis: u64, with_short: bool) -> Self {
        Self {
            short_abandoned: with_short.then_some(0),
            load: Quotient::new(0, millis),
            ..Self::default()
        }
    }

    /// The figures of a tally, without asking for each where nothing happened.
    pub(super) fn of_cell(tally: &Tally) -> Self {
        let busy = tally.sums().busy > 0;
        let counted = tally.offered() + tally.blocked() + tally.closed() > 0;
        let counts = tally.counts();
        let dials = counts.callback_dials + counts.outbound_dials > 0;
        if busy || counted || dials {
            Self::of_tally(tally)
        } else {
            let millis = tally.scope().window().millis().unsigned_abs();
            Self::nothing(millis, tally.settings().short_abandons().is_some())
        }
    }

    /// Adds another queue over the same time.
    pub(super) fn pool(&mut self, other: &Self) {
        self.add(other);
        let busy = self.load.numerator().saturating_add(other.load.numerator());
        let time = self.load.denominator().max(other.load.denominator());
        self.load = Quotient::new(busy, time);
    }

    /// Adds another time of the same queues.
    pub(super) fn then(&mut self, other: &Self) {
        self.add(other);
        self.load = self.load.plus(other.load);
    }

    /// The figures of the same queues over several stretches of time that do not overlap.
    #[must_use]
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        parts.into_iter().for_each(|part| sum.then(part));
        sum
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let idle = Self::nothing(self.load.denominator(), self.short_abandoned.is_some());
        *self == idle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_bear_the_names_of_their_indicators() {
        let json = serde_json::to_value(Figures::default()).unwrap();
        let fields: Vec<&String> = json.as_object().unwrap().keys().collect();
        assert_eq!(fields.len(), Figures::KPIS.len());
        for kpi in Figures::KPIS {
            assert!(json.get(kpi.name()).is_some(), "{kpi} has no field");
            assert!(Figures::default().of(*kpi).is_some());
        }
    }

    #[test]
    fn queues_share_their_time_and_times_add() {
        let hour = |busy| Figures {
            load: Quotient::new(busy, 3_600_000),
            ..Figures::default()
        };
        let mut pooled = hour(1_800_000);
        pooled.pool(&hour(3_600_000));
        assert_eq!(pooled.load, Quotient::new(5_400_000, 3_600_000));
        pooled.then(&hour(0));
        assert_eq!(pooled.load, Quotient::new(5_400_000, 7_200_000));
    }
}
